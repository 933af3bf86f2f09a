"""What waits at the desk: for one person, and for everybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.utils import timezone

from guidance.documents import PAGE_KINDS
from guidance.documents.claim import REFUTED
from guidance.documents.naming import LISTS, TEXTS, called
from guidance.engine.problems import Problem
from guidance.models import DRAFTS, Action, Draft, Event, Publication, State
from guidance.services.drafts import authors_of
from guidance.services.live import site
from guidance.services.publishing import check, live_entries

SOON = timedelta(days=30)
# In the order of the list.
REVIEWED = ("claim", "article", "faq", "flow", "term", "contact", "source", "pin", "phrase", "synonym")


@dataclass(frozen=True, slots=True)
class Due:
    """A live document whose review is past or near."""

    kind: str
    key: str
    title: str
    on: date

    @property
    def past(self) -> bool:
        return self.on <= timezone.localdate()


def drafts_in(*states: State) -> Iterator[Draft]:
    """All drafts in some states, the kinds in their order, the latest change first."""
    for model in DRAFTS.values():
        yield from model.objects.filter(state__in=states).select_related("updated_by").order_by("-updated_at")


def my_drafts(user: Any) -> list[Draft]:
    """What somebody changed and has not sent in: what was returned to them first."""
    found = [draft for draft in drafts_in(State.DRAFT, State.RETURNED) if draft.updated_by_id == user.pk]
    return sorted(found, key=lambda draft: draft.state != State.RETURNED)


def sent_by(user: Any) -> list[Draft]:
    """What somebody sent in, and what waits since then for a reviewer or a publisher."""
    return [draft for draft in drafts_in(State.IN_REVIEW, State.APPROVED) if draft.updated_by_id == user.pk]


def comment_on(draft: Draft) -> str:
    """What whoever returned a draft wants changed; "" unless it was returned."""
    if draft.state != State.RETURNED:
        return ""
    last = Event.objects.about(draft.KIND, draft.key).filter(action=Action.RETURN).last()
    return last.note if last else ""


def waiting_for(user: Any) -> list[Draft]:
    """What somebody may review: sent in, and not written by themselves."""
    if not user.has_perm("guidance.review_revision"):
        return []
    waiting = list(drafts_in(State.IN_REVIEW))
    writers = authors_of(waiting)
    return [draft for draft in waiting if user.pk not in writers[draft.KIND, draft.key]]


def scheduled() -> list[Publication]:
    """What will start, and what will end, the nearest first."""
    now = timezone.now()
    ending = Publication.objects.current(now).exclude(ends_at=None).select_related("revision")
    found = [*Publication.objects.waiting().select_related("revision"), *ending]
    return sorted(found, key=lambda each: each.starts_at if each.starts_at > now else each.ends_at or now)


def due() -> list[Due]:
    """Live documents to be reviewed within SOON, the longest overdue first. Withdrawn pages rest."""
    last = timezone.localdate() + SOON
    current = site()
    found = []
    for kind in REVIEWED:
        for published in current.all(kind):
            value = published.value
            on = date.fromisoformat(value.review_by)
            if on <= last and getattr(value, "withdrawn", None) is None:
                found.append(Due(kind, value.key, title_of(value), on))
    return sorted(found, key=lambda each: each.on)


def title_of(value: Any) -> str:
    """What editors know a document by."""
    return called({name: getattr(value, name, "") for name in (*TEXTS, *LISTS)}) or value.key


def unsourced() -> list[tuple[str, str, str]]:
    """Live documents that nothing stands behind, as (kind, key, title): claims without a source, pages without a claim,
    sources nobody can look up."""
    current = site()
    found = [("claim", c.key, c.text) for c in current.claims.values() if not c.sources and c.status != REFUTED]
    for kind in PAGE_KINDS:
        pages = current.shelf(kind).pages.values()
        found += [(kind, page.value.key, page.value.title) for page in pages if not page.value.rests_on()]
    found += [("source", s.key, s.title) for s in current.sources.values() if not s.url and not s.note]
    return found


def failures_live() -> list[tuple[str, str, Problem]]:
    """What today's checks refuse in live documents: also what a new release checks for the first time."""
    return _failures(site().fingerprint, timezone.localdate())


@lru_cache(maxsize=1)
def _failures(_fingerprint: str, _today: date) -> list[tuple[str, str, Problem]]:
    found = check(live_entries())
    return [(kind, key, problem) for (kind, key), problems in found.items() for problem in problems if problem.blocks]
