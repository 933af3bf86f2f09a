"""What pages quote: claims, contacts and terms as they stand today, and the sources behind them."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.utils import timezone
from django.utils.safestring import SafeString

from guidance.documents.article import Article
from guidance.documents.source import WEIGHTS
from guidance.markup import Embeds, Rendered, render
from guidance.services import doubt
from guidance.services.doubt import IN_DOUBT
from guidance.services.live import Site, site

__all__ = ["IN_DOUBT", "Quoting", "answer_today", "embeds_today", "in_doubt", "source_cards", "sources"]


class Quoting:
    """The texts of one page, in the order of reading: each term is linked where it is used first."""

    def __init__(self, current: Site) -> None:
        self._embeds = embeds_today(current)
        self._used: frozenset[str] = frozenset()

    def render(self, text: str) -> Rendered:
        rendered = render(text, self._embeds, self._used)
        self._used |= rendered.terms
        return rendered

    def html(self, text: str) -> SafeString:
        return self.render(text).html


def embeds_today(current: Site) -> Embeds:
    """What references in Markdown stand for today."""
    return _embeds(current, timezone.localdate())


@lru_cache(maxsize=2)
def _embeds(current: Site, today: date) -> Embeds:
    return Embeds(current.claims, current.contacts, today, current.terms)


def in_doubt(claims: Iterable[str]) -> bool:
    """Whether any of these claims may no longer be shown as current."""
    return doubt.in_doubt(claims, site().claims, timezone.localdate())


def answer_today(article: Article) -> str:
    """The short answer of a page, or that it is being checked: wherever the answer stands without its page, too."""
    return IN_DOUBT if in_doubt(article.rests_on()) else article.summary


def sources(current: Site, claims: Iterable[str]) -> list[dict[str, str]]:
    """The sources behind some claims, the weightiest first, each once."""
    return source_cards(
        current, (key for name in claims if name in current.claims for key in current.claims[name].sources)
    )


def source_cards(current: Site, keys: Iterable[str]) -> list[dict[str, str]]:
    """Some sources, the weightiest first, each once."""
    found = [current.sources[key] for key in dict.fromkeys(keys) if key in current.sources]
    order = list(WEIGHTS)
    return [
        {
            "title": source.title,
            "publisher": source.publisher,
            "kind_words": WEIGHTS[source.kind],
            "url": source.url,
            "note": source.note,
            "checked_on": source.checked_on,
        }
        for source in sorted(found, key=lambda source: order.index(source.kind))
    ]
