"""What changed in rules and claims, for readers who follow them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db import models
from django.db.models import Q
from django.utils import timezone

from guidance.documents import KINDS
from guidance.documents.claim import REFUTED
from guidance.documents.source import Source
from guidance.models import DRAFTS, Action, Event, Revision
from guidance.services.live import Published, site

FOLLOWED = ("claim", "flow")
LATEST = 50
READ = 4 * LATEST  # among them mere re-checks, which are no news
# Fields that say how a document was handled, not what it says.
SILENT = {"key", "checked_on", "checked_by", "review_by", "origin", "aliases", "scenarios"}
PARTS = {"causes": "原因", "questions": "题目", "evidence": "证据", "advice": "建议"}


@dataclass(frozen=True, slots=True)
class Change:
    """One publication of a rule or claim. lines: what changed, why, and the sources, in words."""

    kind: str
    key: str
    number: int
    at: datetime
    title: str
    lines: list[str]
    refuted: bool


def changes() -> list[Change]:
    """The latest LATEST changes, newest first. What the site began with is no change, nor is a new date of checking."""
    since = Q(number__gt=1) | Q(author__isnull=False)
    started = Revision.objects.filter(since, kind__in=FOLLOWED, publication__starts_at__lte=timezone.now())
    found = started.select_related("publication").order_by("-publication__starts_at", "-pk")[:READ]
    revisions = list(found)
    before = _before(revisions)
    sources = site().sources
    found_changes = [_change(r, before.get(r.pk), sources) for r in revisions]
    return [change for change in found_changes if change][:LATEST]


def reason_for_end(published: Published[Any]) -> str:
    """Why something is live no more: what was written for readers on withdrawing it, "" when its time ended."""
    steps = Event.objects.about(published.kind, published.value.key).filter(action=Action.WITHDRAW)
    last = steps.filter(number=published.number).last()
    return last.note if last else ""


def _before(revisions: list[Revision]) -> dict[int, Mapping[str, Any]]:
    """What the public read before each of them, by its primary key, in two queries; what was cancelled never was."""
    keys = {revision.key for revision in revisions}
    public = Revision.objects.filter(kind__in=FOLLOWED, key__in=keys, publication__starts_at__lte=timezone.now())
    earlier: dict[tuple[str, str], int] = {}
    before: dict[int, int] = {}
    for pk, kind, key in public.order_by("number").values_list("pk", "kind", "key"):
        before[pk] = earlier.get((kind, key), 0)
        earlier[kind, key] = pk
    wanted = {revision.pk: before[revision.pk] for revision in revisions}
    payloads = dict(Revision.objects.filter(pk__in=wanted.values()).values_list("pk", "payload"))
    return {pk: payloads[old] for pk, old in wanted.items() if old}


def _change(revision: Revision, before: Mapping[str, Any] | None, sources: Mapping[str, Source]) -> Change | None:
    payload = revision.payload
    name = payload.get("title") or payload.get("text", "")
    verb = "更新" if before else "新增"
    # Only people give reasons; what came with the site has a note of its own.
    why = [f"为什么：{revision.note}"] if revision.note and revision.author_id else []
    what = _differences(revision.kind, before, payload) if before else [f"内容：{name}"]
    if not what:
        return None
    return Change(
        kind=revision.kind,
        key=revision.key,
        number=revision.number,
        at=revision.publication.starts_at,
        title=f"{verb}{KINDS[revision.kind].label}：{name}",
        lines=[*what, *why, *_sources(payload, sources)],
        refuted=payload.get("status") == REFUTED,
    )


def _differences(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    fields = (*DRAFTS[kind].FIELDS, *DRAFTS[kind].PARTS)  # those of today: old payloads may have others
    names = [name for name in fields if before.get(name) != after.get(name) and name not in SILENT]
    return [_difference(kind, name, before.get(name), after.get(name)) for name in names]


def _difference(kind: str, name: str, before: Any, after: Any) -> str:
    if name in PARTS:
        return f"{PARTS[name]}：{_counts(before or [], after or [])}"
    field = cast("models.Field[Any, Any]", DRAFTS[kind]._meta.get_field(name))  # noqa: SLF001 - its public name
    label = field.verbose_name
    if isinstance(after, str) and isinstance(before, str):
        words = dict(field.flatchoices)
        return f"{label}：原来“{words.get(before, before)}”，现在“{words.get(after, after)}”"
    return f"{label}：有变化"


def _counts(before: list[Any], after: list[Any]) -> str:
    old, new = ({item["key"]: item for item in items} for items in (before, after))
    changed = [key for key in new if key in old and new[key] != old[key]]
    return f"改动{len(changed)}处，新增{len(new.keys() - old.keys())}处，删去{len(old.keys() - new.keys())}处"


def _sources(payload: Mapping[str, Any], known: Mapping[str, Source]) -> list[str]:
    titles = [known[key].title for key in payload.get("sources", []) if key in known]
    return [f"依据：{'；'.join(titles)}"] if titles else []
