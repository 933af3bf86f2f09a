"""The care of what is live: bring an old version back, take something off, cancel what is scheduled, look again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from guidance.documents import KINDS, PAGE_KINDS
from guidance.engine.aliases import aliases_back_to
from guidance.models import Action, Draft, Publication, Revision, State
from guidance.services import publishing
from guidance.services.drafts import find_draft, fingerprint, locked, record
from guidance.services.live import site
from guidance.services.publishing import Entry, Release, canonical_document, current_publication, publish
from guidance.services.workflow import PUBLISH, REVIEW, Stopped, allowed


@transaction.atomic
def unschedule(draft: Draft, user: Any, note: str = "") -> None:
    """Cancel what is scheduled; the draft is approved again when it still says the same. Raises Stopped or Refused."""
    draft = _for_publishing(draft, user)
    try:
        revision = publishing.cancel(draft.KIND, draft.key)
    except LookupError:
        raise Stopped("没有定时的版本，可能已经开始了。") from None
    if draft.state == State.PUBLISHED and draft.submitted == fingerprint(draft):
        draft.state = State.APPROVED
        draft.save(update_fields=["state"])
    record(Action.UNSCHEDULE, user, draft, note, number=revision.number)


@transaction.atomic
def restore(kind: str, key: str, number: int, user: Any, note: str = "") -> Revision:
    """Make an old version the newest: a new revision that says the same. A draft somebody is working on is left alone.

    Raises Stopped, and Refused when today's checks do not let it pass.
    """
    old = Revision.objects.filter(kind=kind, key=key, number=number, publication__starts_at__lte=timezone.now()).first()
    draft = find_draft(kind, key)
    if old is None or draft is None:
        raise Stopped("没有这个版本，或者它没有公开过。")
    draft = _for_publishing(draft, user)
    payload = with_todays_keys(old)
    revisions = publish([Entry(kind, payload, user)], Release(note=note or f"恢复第{number}版"))
    if not revisions:
        raise Stopped(f"线上的内容就是第{number}版，没有要恢复的。")
    record(Action.RESTORE, user, draft, f"恢复第{number}版。{note}".strip(), number=revisions[0].number)
    _follow(draft, payload)
    return revisions[0]


def with_todays_keys(old: Revision) -> dict[str, Any]:
    """An old payload that keeps what readers' links hold today: former addresses, and where retired keys went."""
    payload: dict[str, Any] = canonical_document(old.kind, old.payload)
    latest = Publication.objects.latest_started().of(old.kind, old.key).first()
    if latest is None:
        return payload
    current, _ = KINDS[old.kind].read(latest.revision.payload)
    if old.kind in PAGE_KINDS:
        slugs = {*payload.get("former_slugs", []), current.slug, *current.former_slugs} - {payload["slug"]}
        return payload | {"former_slugs": sorted(slugs)}
    if old.kind == "flow":
        value, _ = KINDS["flow"].read(payload)
        return canonical_document("flow", payload | {"aliases": aliases_back_to(value, current)})
    return payload


def _follow(draft: Draft, payload: dict[str, Any]) -> None:
    """Let the draft say what is live now, unless somebody is working on it."""
    if draft.state == State.PUBLISHED:
        draft.load(payload)


@transaction.atomic
def withdraw(draft: Draft, user: Any, reason: str, instead: str = "") -> None:
    """Take what is live off the site. Pages leave their reason and where to go. Raises Stopped or Refused."""
    draft = _for_publishing(draft, user)
    if not reason.strip():
        raise Stopped("撤下要写明原因。")
    current = current_publication(draft.KIND, draft.key)
    if current is None:
        raise Stopped("它现在不在线上。")
    if draft.KIND in PAGE_KINDS:
        payload = canonical_document(draft.KIND, current.revision.payload)
        payload |= {"withdrawn": {"reason": reason.strip(), "instead": instead}}
        revisions = publish([Entry(draft.KIND, payload, user)], Release(note=reason.strip()))
        number = revisions[0].number if revisions else current.revision.number
        _follow(draft, payload)
    else:
        number = publishing.take_off(draft.KIND, draft.key).number
    if draft.state in (State.IN_REVIEW, State.APPROVED):  # what was approved would bring it back unseen
        draft.state, draft.submitted = State.DRAFT, ""
        draft.save(update_fields=["state", "submitted"])
    record(Action.WITHDRAW, user, draft, reason.strip(), number=number)


@dataclass(frozen=True, slots=True)
class Ground:
    """A source to look at again: of a claim, or of the document itself (claim is then "")."""

    claim: str
    source: str

    @property
    def tick(self) -> str:
        return f"{self.claim}/{self.source}"


def grounds(draft: Draft) -> list[Ground]:
    """What must be looked at before a live document may be called checked: every source of every claim, once each."""
    current = site()
    published = current.get(draft.KIND, draft.key)
    if published is None:
        return []
    if draft.KIND == "source":
        return [Ground("", draft.key)]
    found: dict[Ground, None] = {}
    for reference in KINDS[draft.KIND].references(published.value):
        if reference.kind == "source":
            found[Ground("", reference.key)] = None
        claim = current.claims.get(reference.key) if reference.kind == "claim" else None
        if claim:
            found |= {Ground(claim.key, source): None for source in claim.sources}
    return list(found)


@transaction.atomic
def confirm(
    draft: Draft, user: Any, review_by: date, ticks: Iterable[str], note: str = "", *, number: int | None = None
) -> Revision:
    """Record that what is live was looked at again and stays as it is. Every ground needs its tick.

    `number`: of the version that was looked at. Raises Stopped or Refused.
    """
    if not allowed(user, [REVIEW, PUBLISH], draft.KIND):
        raise Stopped("你的角色不能记录核对。")
    draft = locked(draft)  # always before the site stamp, which publishing locks
    missing = {ground.tick for ground in grounds(draft)} - set(ticks)
    if missing:
        raise Stopped(f"还有{len(missing)}个来源没有勾选。每个来源都要重新看过。")
    today = timezone.localdate()
    if review_by <= today:
        raise Stopped("下次核对应该在今天以后。")
    current = _looked_at(draft, number)
    dates = {"checked_on": today.isoformat(), "review_by": review_by.isoformat()}
    if draft.KIND == "claim":
        dates["checked_by"] = str(user)[:40]
    payload = canonical_document(draft.KIND, current.revision.payload) | dates
    release = Release(note=note, ends_at=current.ends_at)
    revisions = publish([Entry(draft.KIND, payload, current.revision.author, user)], release)
    if not revisions:
        raise Stopped("今天已经核对过，日期也没有变。")
    for name, value in dates.items():
        setattr(draft, name, value)
    draft.version += 1
    if draft.state in (State.IN_REVIEW, State.APPROVED):
        draft.submitted = fingerprint(draft)
    draft.save()
    record(Action.CONFIRM, user, draft, note, number=revisions[0].number)
    return revisions[0]


def _looked_at(draft: Draft, number: int | None) -> Publication:
    """What is live, when it is what was looked at."""
    current = current_publication(draft.KIND, draft.key)
    if current is None:
        raise Stopped("它现在不在线上，没有可核对的。")
    if number is not None and number != current.revision.number:
        raise Stopped(f"你打开之后，第{current.revision.number}版已经上线。请看过新的内容，再核对。")
    if current.revision.payload.get("withdrawn"):
        raise Stopped("它已经撤下，不用核对。")
    return current


def _for_publishing(draft: Draft, user: Any) -> Draft:
    if not allowed(user, [PUBLISH], draft.KIND):
        raise Stopped("你的角色不能做这一步。")
    return locked(draft)
