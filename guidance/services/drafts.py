"""Drafts as documents, and what every change to one brings about."""

from collections.abc import Iterable
from typing import Any, cast

from django.contrib.auth import get_user_model
from django.db import models, transaction

from guidance.documents import KINDS, PAGE_KINDS
from guidance.engine.problems import WARN, Problem, failures
from guidance.models import DRAFTS, Action, Draft, Event, Publication, State
from guidance.services.publishing import Entry, check, current_publication, digest, says_the_same

# A new life of the draft begins with these: who worked on it before no longer counts as its author. Bringing back an
# old version is none of them, for a draft that somebody works on stays as it is.
CHANGES = (Action.EDIT, Action.IMPORT)
ENDS = (Action.PUBLISH, Action.SCHEDULE)


def find_draft(kind: str, key: str) -> Draft | None:
    """The draft of a document, None when there is none."""
    return DRAFTS[kind].objects.filter(key=key).first() if kind in DRAFTS else None


def find_drafts(places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Draft]:
    """The drafts of documents given as (kind, key), in the same order; those without a draft are left out."""
    wanted = list(places)
    found: dict[tuple[str, str], Draft] = {}
    for kind in {kind for kind, _ in wanted} & DRAFTS.keys():
        keys = {key for name, key in wanted if name == kind}
        found |= {(kind, draft.key): draft for draft in DRAFTS[kind].objects.filter(key__in=keys)}
    return {place: found[place] for place in wanted if place in found}


def touched(draft: Draft, user: Any, note: str = "") -> None:
    """A draft or a row inside it was changed: whatever was approved no longer is. Call it in the same transaction.

    One person's changes in a row are one step on the record, but for one with a note of its own.
    """
    draft.state = State.PUBLISHED if _as_live(draft) else State.DRAFT
    draft.submitted = ""
    draft.updated_by = user
    draft.save(update_fields=["state", "submitted", "updated_by", "updated_at"])
    last = Event.objects.about(draft.KIND, draft.key).last()
    if note or last is None or last.action != Action.EDIT or last.actor_id != (user.pk if user else None):
        record(Action.EDIT, user, draft, note)


def record(action: Action, user: Any, draft: Draft, note: str = "", **more: Any) -> Event:
    """Add a step in the life of a document to the record."""
    return Event.objects.create(action=action, actor=user, kind=draft.KIND, key=draft.key, note=note, **more)


def authors(draft: Draft) -> set[int]:
    """Primary keys of everybody who changed the draft since it was published last."""
    return authors_of([draft])[draft.KIND, draft.key]


def authors_of(drafts: Iterable[Draft]) -> dict[tuple[str, str], set[int]]:
    """The same for many drafts, by (kind, key), in one query."""
    found = {(draft.KIND, draft.key): draft for draft in drafts}
    kinds, keys = {kind for kind, _ in found}, {key for _, key in found}
    counted = Event.objects.filter(kind__in=kinds, key__in=keys, action__in=(*CHANGES, *ENDS, Action.UNSCHEDULE))
    steps: dict[tuple[str, str], list[Event]] = {place: [] for place in found}
    for step in counted.defer("document"):
        steps.get((step.kind, step.key), []).append(step)
    return {place: _wrote(draft, steps[place]) for place, draft in found.items()}


def _wrote(draft: Draft, steps: list[Event]) -> set[int]:
    """What was scheduled and cancelled was never published."""
    cancelled = {step.number for step in steps if step.action == Action.UNSCHEDULE}
    writers: set[int] = set()
    for step in steps:
        if step.action in ENDS and not (step.action == Action.SCHEDULE and step.number in cancelled):
            writers = set()
        elif step.action in CHANGES and step.actor_id:
            writers.add(step.actor_id)
    return writers | ({draft.updated_by_id} if draft.updated_by_id and draft.state != State.PUBLISHED else set())


def other_reviewers(people: Iterable[int]) -> models.QuerySet[Any]:
    """Active staff who may review and are none of `people`."""
    users = cast("Any", get_user_model()).objects
    found = users.with_perm("guidance.review_revision", backend="django.contrib.auth.backends.ModelBackend")
    return found.filter(is_staff=True).exclude(pk__in=people)


def fingerprint(draft: Draft) -> str:
    """Of all that a draft says now: what was looked at is what is approved and published."""
    return digest(draft.to_document())


def with_rows(drafts: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """The same drafts, their rows fetched in a fixed number of queries."""
    return drafts.prefetch_related(*_paths(drafts.model))


def _paths(model: Any, before: str = "") -> list[str]:
    paths = []
    for name in model.PARTS:
        path = f"{before}{name}"
        paths += [path, *_paths(model._meta.get_field(name).related_model, f"{path}__")]  # noqa: SLF001 - its public name
    return paths


@transaction.atomic
def load(draft: Draft, document: dict[str, Any], user: Any, note: str = "") -> None:
    """Overwrite a draft with a document in canonical form; `note` says why on the record."""
    draft.load(document)
    touched(type(draft).objects.get(pk=draft.pk), user, note)  # without the rows it had been fetched with


def _as_live(draft: Draft) -> bool:
    """Whether a draft says, without a fault, just what the public reads."""
    current = current_publication(draft.KIND, draft.key)
    if current is None:
        return False
    document = draft.to_document()
    return not failures(KINDS[draft.KIND].read(dict(document))[1]) and says_the_same(current.revision, document)


def examined(draft: Draft) -> list[Problem]:
    """What is to be mended in a draft: the list that publishing uses. Drafts that need each other count as published
    together; a warning names each."""
    entry = Entry(draft.KIND, draft.to_document())
    alone = check([entry])[draft.KIND, draft.key]
    others = companions(draft) if failures(alone) else []
    if not others:
        return alone
    together = check([entry, *(Entry(other.KIND, other.to_document()) for other in others)])[draft.KIND, draft.key]
    if len(failures(together)) == len(failures(alone)):
        return alone
    return [*together, *(Problem("", f"要和“{other}”一起发布", WARN) for other in others)]


def companions(draft: Draft) -> list[Draft]:
    """The drafts on their way to the public that a draft refers to, and those that these refer to."""
    found: dict[tuple[str, str], Draft] = {}
    todo = [draft]
    while todo:
        for kind, key in _references(todo.pop()):
            other = _referred(kind, key)
            place = (other.KIND, other.key) if other else None
            if other and place and place not in found and other != draft and other.state != State.PUBLISHED:
                found[place] = other
                todo.append(other)
    return list(found.values())


def _referred(kind: str, key: str) -> Draft | None:
    """The draft that a reference means; pages may be referred to by their address."""
    for page_kind, name in PAGE_KINDS.items():
        if kind == name:
            return cast("Any", DRAFTS[page_kind]).objects.filter(slug=key).first()
    return find_draft("claim" if kind == "myth" else kind, key)


def says_nothing_new(draft: Draft) -> bool:
    """Whether a draft says what is live already, or is scheduled to be."""
    waiting = Publication.objects.waiting().of(draft.KIND, draft.key).first()
    known = waiting or current_publication(draft.KIND, draft.key)
    return known is not None and says_the_same(known.revision, draft.to_document())


def locked(draft: Draft) -> Draft:
    """The row as it is now, kept from others until the transaction ends."""
    return type(draft).objects.select_for_update().get(pk=draft.pk)


def drafts_using(draft: Draft) -> list[Draft]:
    """Other drafts that refer to a document: by its key or, to a page, by its address."""
    names = {(draft.KIND, draft.key)}
    if draft.KIND == "claim":
        names.add(("myth", draft.key))
    if draft.KIND in PAGE_KINDS:
        names.add((PAGE_KINDS[draft.KIND], str(getattr(draft, "slug", ""))))
    others = (other for model in DRAFTS.values() for other in with_rows(model.objects.all()))
    return [other for other in others if other != draft and names & _references(other)]


def _references(draft: Draft) -> set[tuple[str, str]]:
    value, _ = KINDS[draft.KIND].read(draft.to_document())
    return {(reference.kind, reference.key) for reference in KINDS[draft.KIND].references(value)}
