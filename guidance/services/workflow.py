"""The road of a draft: written, reviewed by somebody else, approved, published; and back again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from guidance.documents import KINDS, PAGE_KINDS
from guidance.engine.aliases import aliases_back_to
from guidance.engine.problems import failures
from guidance.models import Action, Draft, Event, Publication, Revision, State
from guidance.services import publishing
from guidance.services.drafts import authors, find_draft, fingerprint, other_reviewers, record
from guidance.services.live import site
from guidance.services.publishing import Entry, Refused, Release, canonical_document, publish

WRITE, REVIEW, PUBLISH = "write", "guidance.review_revision", "guidance.publish_revision"


class Stopped(Exception):  # noqa: N818 - the answer to a step, not an accident
    """A step that cannot be taken; its text says why, in Chinese, to whoever wanted to take it."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A step that moves a draft from one of `sources` to `target`; any of `permissions` will do."""

    sources: tuple[State, ...]
    target: State
    permissions: tuple[str, ...]
    needs_note: bool = False


EDGES = {
    Action.SUBMIT: Edge((State.DRAFT, State.RETURNED, State.PUBLISHED), State.IN_REVIEW, (WRITE,)),
    Action.RECALL: Edge((State.IN_REVIEW, State.APPROVED), State.DRAFT, (WRITE,)),
    Action.RETURN: Edge((State.IN_REVIEW, State.APPROVED), State.RETURNED, (REVIEW, PUBLISH), needs_note=True),
    Action.APPROVE: Edge((State.IN_REVIEW,), State.APPROVED, (REVIEW,)),
    Action.OVERRIDE: Edge((State.IN_REVIEW,), State.APPROVED, (PUBLISH,), needs_note=True),
}


def allowed(user: Any, permissions: Iterable[str], kind: str) -> bool:
    """Whether somebody holds any of the permissions for a kind of document."""
    return any(user.has_perm(f"guidance.change_{kind}draft" if name == WRITE else name) for name in permissions)


def steps(draft: Draft, user: Any) -> list[Action]:
    """The steps that somebody could take with a draft now."""
    possible = [a for a, e in EDGES.items() if draft.state in e.sources and allowed(user, e.permissions, draft.KIND)]
    writers = authors(draft)
    never = {Action.APPROVE} if user.pk in writers else set()
    if Action.APPROVE in {*possible} - never or other_reviewers(writers | {user.pk}).exists():
        never.add(Action.OVERRIDE)
    if draft.state == State.PUBLISHED and _unchanged(draft):
        never.add(Action.SUBMIT)
    return [action for action in possible if action not in never]


@transaction.atomic
def move(draft: Draft, action: Action, user: Any, note: str = "", seen: str | None = None) -> None:
    """Take a step. `seen`: the fingerprint of what the person looked at. Raises Stopped, and Refused on submitting
    what cannot be published."""
    draft = _locked(draft)
    edge = EDGES[action]
    if not allowed(user, edge.permissions, draft.KIND):
        raise Stopped("你的角色不能做这一步。")
    if draft.state not in edge.sources:
        raise Stopped(f"这份草稿现在是“{draft.get_state_display()}”，不能再“{action.label}”。请看最新的状态。")
    if edge.needs_note and not note.strip():
        raise Stopped(f"“{action.label}”要写明原因。")
    now = fingerprint(draft)
    if seen is not None and seen != now:
        raise Stopped("你打开之后，内容又有人改过。请看过新的内容再决定。")
    _guard(draft, action, user, now)
    draft.state = edge.target
    draft.submitted = now if edge.target in (State.IN_REVIEW, State.APPROVED) else ""
    draft.save(update_fields=["state", "submitted"])
    record(action, user, draft, note.strip(), document=draft.to_document() if action == Action.SUBMIT else None)


def _guard(draft: Draft, action: Action, user: Any, now: str) -> None:
    """What a step demands beyond state and role."""
    if action == Action.SUBMIT:
        _publishable([Entry(draft.KIND, draft.to_document())])
        if _unchanged(draft):
            raise Stopped("内容和线上一样，没有要审核的。")
    if action in (Action.APPROVE, Action.OVERRIDE):
        if draft.submitted != now:
            raise Stopped("送审之后内容变了。请先退回，改好再送审。")
        writers = authors(draft)
        if action == Action.APPROVE and user.pk in writers:
            raise Stopped("这份草稿你改过，要由别人审核。")
        others = [str(person) for person in other_reviewers(writers | {user.pk})]
        if action == Action.OVERRIDE and others:
            raise Stopped(f"还有别人可以审核：{'、'.join(others)}。")


def publish_drafts(drafts: Sequence[Draft], user: Any, release: Release) -> list[Revision]:
    """Publish approved drafts together, or none of them. Raises Stopped or Refused."""
    with transaction.atomic():
        # In one order whoever asks, so that two people never wait for each other.
        locked = [_locked(draft) for draft in sorted(drafts, key=lambda draft: (draft.KIND, draft.pk))]
        for draft in locked:
            _ready(draft, user)
        revisions = publish([_entry(draft) for draft in locked], release)
        numbers = {(revision.kind, revision.key): revision.number for revision in revisions}
        action = Action.SCHEDULE if release.starts_at else Action.PUBLISH
        for draft in locked:
            draft.state = State.PUBLISHED
            draft.save(update_fields=["state"])
            if number := numbers.get((draft.KIND, draft.key)):
                record(action, user, draft, _with_times(release), number=number)
    return revisions


def _ready(draft: Draft, user: Any) -> None:
    if not allowed(user, [PUBLISH], draft.KIND):
        raise Stopped("你的角色不能发布。")
    if draft.state != State.APPROVED:
        raise Stopped(f"“{draft}”是“{draft.get_state_display()}”，审核通过才能发布。")
    if draft.submitted != fingerprint(draft):
        raise Stopped(f"“{draft}”在审核之后变了，请重新送审。")


def _entry(draft: Draft) -> Entry:
    approval = Event.objects.about(draft.KIND, draft.key).filter(action__in=(Action.APPROVE, Action.OVERRIDE)).last()
    return Entry(draft.KIND, draft.to_document(), draft.updated_by, approval.actor if approval else None)


def _with_times(release: Release) -> str:
    times = [
        f"{word}{timezone.localtime(at):%Y-%m-%d %H:%M}"
        for word, at in (("开始：", release.starts_at), ("结束：", release.ends_at))
        if at
    ]
    return "；".join([*times, *([release.note] if release.note else [])])


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
    payload = _with_todays_keys(old)
    revisions = publish([Entry(kind, payload, user)], Release(note=note or f"恢复第{number}版"))
    if not revisions:
        raise Stopped(f"线上的内容就是第{number}版，没有要恢复的。")
    record(Action.RESTORE, user, draft, f"恢复第{number}版。{note}".strip(), number=revisions[0].number)
    _follow(draft, payload)
    return revisions[0]


def _with_todays_keys(old: Revision) -> dict[str, Any]:
    """An old payload that keeps what readers' links hold today: former addresses, and where retired keys went."""
    payload: dict[str, Any] = canonical_document(old.kind, old.payload)
    latest = Publication.objects.latest_started().filter(kind=old.kind, key=old.key).select_related("revision").get()
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
    current = Publication.objects.current().filter(kind=draft.KIND, key=draft.key).select_related("revision").first()
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
def confirm(draft: Draft, user: Any, review_by: date, ticks: Iterable[str], note: str = "") -> Revision:
    """Record that what is live was looked at again and stays as it is. Every ground needs its tick.

    Raises Stopped or Refused.
    """
    if not allowed(user, [REVIEW, PUBLISH], draft.KIND):
        raise Stopped("你的角色不能记录核对。")
    draft = _locked(draft)  # always before the site stamp, which publishing locks
    missing = {ground.tick for ground in grounds(draft)} - set(ticks)
    if missing:
        raise Stopped(f"还有{len(missing)}个来源没有勾选。每个来源都要重新看过。")
    today = timezone.localdate()
    if review_by <= today:
        raise Stopped("下次核对应该在今天以后。")
    current = Publication.objects.current().filter(kind=draft.KIND, key=draft.key).select_related("revision").first()
    if current is None:
        raise Stopped("它现在不在线上，没有可核对的。")
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


def _for_publishing(draft: Draft, user: Any) -> Draft:
    if not allowed(user, [PUBLISH], draft.KIND):
        raise Stopped("你的角色不能做这一步。")
    return _locked(draft)


def _locked(draft: Draft) -> Draft:
    """The row as it is now, kept from others until the transaction ends."""
    return type(draft).objects.select_for_update().get(pk=draft.pk)


def _publishable(entries: list[Entry]) -> None:
    problems = {at: failures(found) for at, found in publishing.check(entries).items()}
    if any(problems.values()):
        raise Refused({at: found for at, found in problems.items() if found})


def _unchanged(draft: Draft) -> bool:
    current = Publication.objects.current().filter(kind=draft.KIND, key=draft.key).select_related("revision").first()
    return current is not None and publishing.says_the_same(current.revision, draft.to_document())
