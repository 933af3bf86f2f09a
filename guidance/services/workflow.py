"""The road of a draft: written, reviewed by somebody else, approved, published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db import transaction

from guidance.engine.problems import failures
from guidance.models import Action, Draft, Event, Revision, State
from guidance.services.drafts import authors, examined, fingerprint, locked, other_reviewers, record, says_nothing_new
from guidance.services.moments import moment
from guidance.services.publishing import Entry, Refused, Release, publish

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
    if draft.state == State.PUBLISHED and says_nothing_new(draft):
        never.add(Action.SUBMIT)
    return [action for action in possible if action not in never]


@transaction.atomic
def move(draft: Draft, action: Action, user: Any, note: str = "", seen: str | None = None) -> None:
    """Take a step. `seen`: the fingerprint of what the person looked at. Raises Stopped, and Refused on submitting
    what cannot be published."""
    draft = locked(draft)
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
        if found := failures(examined(draft)):
            raise Refused({(draft.KIND, draft.key): found})
        if says_nothing_new(draft):
            raise Stopped("内容和线上一样，或者已经定时，没有要审核的。")
    if action in (Action.APPROVE, Action.OVERRIDE):
        if draft.submitted != now:
            raise Stopped("送审之后内容变了。请先退回，改好再送审。")
        writers = authors(draft)
        if action == Action.APPROVE and user.pk in writers:
            raise Stopped("这份草稿你改过，要由别人审核。")
        others = [str(person) for person in other_reviewers(writers | {user.pk})]
        if action == Action.OVERRIDE and others:
            raise Stopped(f"还有别人可以审核：{'、'.join(others)}。")


def publish_drafts(
    drafts: Sequence[Draft], user: Any, release: Release, seen: Mapping[int, str] = MappingProxyType({})
) -> list[Revision]:
    """Publish approved drafts together, or none of them. Raises Stopped or Refused.

    `seen`: by primary key, the fingerprints of what the person looked at.
    """
    with transaction.atomic():
        # In one order whoever asks, so that two people never wait for each other.
        ready = [locked(draft) for draft in sorted(drafts, key=lambda draft: (draft.KIND, draft.pk))]
        for draft in ready:
            _ready(draft, user, seen.get(draft.pk))
        revisions = publish([_entry(draft) for draft in ready], release)
        numbers = {(revision.kind, revision.key): revision.number for revision in revisions}
        action = Action.SCHEDULE if release.starts_at else Action.PUBLISH
        for draft in ready:
            draft.state = State.PUBLISHED
            draft.save(update_fields=["state"])
            record(action, user, draft, _with_times(release), number=numbers.get((draft.KIND, draft.key)))
    return revisions


def _ready(draft: Draft, user: Any, seen: str | None) -> None:
    if not allowed(user, [PUBLISH], draft.KIND):
        raise Stopped("你的角色不能发布。")
    if draft.state != State.APPROVED:
        raise Stopped(f"“{draft}”是“{draft.get_state_display()}”，审核通过才能发布。")
    now = fingerprint(draft)
    if draft.submitted != now:
        raise Stopped(f"“{draft}”在审核之后变了，请重新送审。")
    if seen is not None and seen != now:
        raise Stopped(f"你打开之后，“{draft}”又有人改过。请看过新的内容再决定。")


def _entry(draft: Draft) -> Entry:
    approval = Event.objects.about(draft.KIND, draft.key).filter(action__in=(Action.APPROVE, Action.OVERRIDE)).last()
    return Entry(draft.KIND, draft.to_document(), draft.updated_by, approval.actor if approval else None)


def _with_times(release: Release) -> str:
    times = [f"{word}{moment(at)}" for word, at in (("开始：", release.starts_at), ("结束：", release.ends_at)) if at]
    return "；".join([*times, *([release.note] if release.note else [])])
