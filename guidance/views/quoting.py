"""What pages quote: claims and contacts as they stand today, and the sources behind them."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.utils import timezone

from guidance.documents.source import WEIGHTS
from guidance.markup import Embeds
from guidance.services.live import Site


def embeds_today(current: Site) -> Embeds:
    """What references in Markdown stand for today."""
    return _embeds(current, timezone.localdate())


@lru_cache(maxsize=2)
def _embeds(current: Site, today: date) -> Embeds:
    return Embeds(current.claims, current.contacts, today)


def sources(current: Site, claims: Iterable[str]) -> list[dict[str, str]]:
    """The sources behind some claims, the weightiest first, each once."""
    keys = dict.fromkeys(key for name in claims if name in current.claims for key in current.claims[name].sources)
    found = [current.sources[key] for key in keys if key in current.sources]
    order = list(WEIGHTS)
    return [
        {
            "title": source.title,
            "publisher": source.publisher,
            "kind_words": WEIGHTS[source.kind],
            "url": source.url,
            "checked_on": source.checked_on,
        }
        for source in sorted(found, key=lambda source: order.index(source.kind))
    ]
