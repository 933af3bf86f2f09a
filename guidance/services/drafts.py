"""Drafts as documents, and what every change to one brings about."""

from collections.abc import Iterable
from typing import Any, cast

from django.contrib.auth import get_user_model
from django.db import models, transaction

from guidance.documents import KINDS, PAGE_KINDS
from guidance.engine.problems import failures
from guidance.models import DRAFTS, Action, Draft, Event, Publication, State
from guidance.services.publishing import digest, says_the_same

# A new life of the draft begins with these: who worked on it before no longer counts as its author. Bringing back an
# old version is none of them, for a draft that somebody works on stays as it is.
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


def touched(draft: Draft, user: Any) -> None:
    """A draft or a row inside it was changed: whatever was approved no longer is. Call it in the same transaction."""
    draft.state = State.PUBLISHED if _as_live(draft) else State.DRAFT
    draft.submitted = ""
    draft.updated_by = user
    draft.save(update_fields=["state", "submitted", "updated_by", "updated_at"])
    last = Event.objects.about(draft.KIND, draft.key).last()
    if last is None or last.action != Action.EDIT or last.actor_id != (user.pk if user else None):
        record(Action.EDIT, user, draft)


def record(action: Action, user: Any, draft: Draft, note: str = "", **more: Any) -> Event:
    """Add a step in the life of a document to the record."""
    return Event.objects.create(action=action, actor=user, kind=draft.KIND, key=draft.key, note=note, **more)


def authors(draft: Draft) -> set[int]:
    """Primary keys of everybody who changed the draft since it was published last; what was cancelled never was."""
    steps = Event.objects.about(draft.KIND, draft.key)
    cancelled = steps.filter(action=Action.UNSCHEDULE).values_list("number", flat=True)
    end = steps.filter(action__in=ENDS).exclude(action=Action.SCHEDULE, number__in=list(cancelled)).last()
    mine = steps.filter(action__in=(Action.EDIT, Action.IMPORT), pk__gt=end.pk if end else 0)
    found = set(mine.exclude(actor=None).values_list("actor_id", flat=True))
    return found | ({draft.updated_by_id} if draft.updated_by_id and draft.state != State.PUBLISHED else set())


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
def load(draft: Draft, document: dict[str, Any], user: Any) -> None:
    """Overwrite a draft with a document in canonical form."""
    draft.load(document)
    touched(type(draft).objects.get(pk=draft.pk), user)  # without the rows it had been fetched with


def _as_live(draft: Draft) -> bool:
    """Whether a draft says, without a fault, just what the public reads."""
    current = Publication.objects.current().filter(kind=draft.KIND, key=draft.key).select_related("revision").first()
    if current is None:
        return False
    document = draft.to_document()
    return not failures(KINDS[draft.KIND].read(dict(document))[1]) and says_the_same(current.revision, document)


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
