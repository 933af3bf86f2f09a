"""Content on its way into drafts: shown beside what is there, then taken over as a whole; nothing is published."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from guidance.documents import KINDS, PAGE_KINDS, canonical
from guidance.documents.difference import Change, compare_documents, place_words
from guidance.documents.naming import called
from guidance.engine.problems import Problem
from guidance.models import DRAFTS, Action, Draft, Revision, State
from guidance.models.article import PageDraft
from guidance.services import drafts as desk
from guidance.services.archive import BrokenArchiveError, ContentFile
from guidance.services.files import FileProblem
from guidance.services.publishing import check, digest, says_the_same

Drafts = Mapping[tuple[str, str], Draft]
AT_WORK = (State.IN_REVIEW, State.RETURNED, State.APPROVED)


@dataclass(frozen=True, slots=True)
class Item:
    """One document of an import beside the draft here.

    draft: None where there is none. before: what it says. contested: somebody works on it, or it says what was never
    published, so that overwriting it loses something.
    """

    file: ContentFile
    draft: Draft | None
    before: Mapping[str, Any]
    same: bool
    contested: bool

    @property
    def name(self) -> str:
        return self.file.name

    @property
    def label(self) -> str:
        return KINDS[self.file.kind].label

    @property
    def title(self) -> str:
        return called(self.file.document) or self.file.key

    def changes(self) -> list[Change]:
        return compare_documents(self.file.kind, self.before, self.file.document)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do. missing: drafts that it does not speak of, which stay. fingerprint: of what is here."""

    items: Sequence[Item]
    missing: Sequence[Draft]
    fingerprint: str

    @property
    def new(self) -> list[Item]:
        return [item for item in self.items if item.draft is None]

    @property
    def changed(self) -> list[Item]:
        return [item for item in self.items if item.draft is not None and not item.same]

    @property
    def same(self) -> list[Item]:
        return [item for item in self.items if item.same]

    def chosen(self, overwrite: Collection[str]) -> list[Item]:
        """What would be loaded: a contested draft only when its file is named."""
        return [item for item in self.items if not item.same and (not item.contested or item.name in overwrite)]


class ChangedError(Exception):
    """Somebody changed a draft here since the plan was shown. plan: as it is now."""

    def __init__(self, now: Plan) -> None:
        super().__init__("the drafts have changed")
        self.plan = now


def plan(files: Iterable[ContentFile]) -> Plan:
    """What bringing in these files would do; changes nothing."""
    here = _drafts()
    items = [_item(file, here.get((file.kind, file.key))) for file in files]
    named = {(item.file.kind, item.file.key) for item in items}
    stand = {item.name: [desk.fingerprint(d), d.state, d.updated_by_id] for item in items if (d := item.draft)}
    return Plan(items, [draft for at, draft in here.items() if at not in named], digest(stand))


def _drafts() -> Drafts:
    return {
        (kind, draft.key): draft
        for kind, model in DRAFTS.items()
        for draft in desk.with_rows(model.objects.select_related("updated_by"))
    }


def _item(file: ContentFile, draft: Draft | None) -> Item:
    if draft is None:
        return Item(file, None, {}, same=False, contested=False)
    document = draft.to_document()
    value, problems = KINDS[file.kind].read(document)
    before = document if problems else canonical(value)
    same = before == file.document
    contested = not same and bool(problems or draft.state in AT_WORK or _unpublished(draft, before))
    return Item(file, draft, before, same, contested)


def _unpublished(draft: Draft, document: Mapping[str, Any]) -> bool:
    """Whether a draft says what no published version says."""
    revisions = Revision.objects.filter(kind=draft.KIND, key=draft.key)
    return not any(says_the_same(revision, document) for revision in revisions)


def findings(of: Plan) -> dict[str, list[tuple[int, str, Problem]]]:
    """What is to be mended before the documents that would change can be published: by file, each with its line and
    its place in words."""
    found = check(item.file.entry for item in of.items)
    return {
        item.name: [
            (item.file.line(p.place, p.message), place_words(item.file.kind, item.file.document, p.place), p)
            for p in found[item.file.kind, item.file.key]
        ]
        for item in of.items
        if not item.same
    }


def taken_addresses(of: Plan, chosen: Iterable[Item]) -> Iterator[FileProblem]:
    """Addresses that two drafts would have: these cannot be stored."""
    incoming = {(item.file.kind, item.file.key): item for item in chosen}
    stay = [(item.file.kind, item.file.key, item.before.get("slug")) for item in of.items if item.draft]
    stay += [(draft.KIND, draft.key, getattr(draft, "slug", None)) for draft in of.missing]
    owners = {(kind, slug): key for kind, key, slug in stay if (kind, key) not in incoming}
    for (kind, key), item in incoming.items():
        if kind in PAGE_KINDS:
            slug = item.file.document["slug"]
            other = owners.setdefault((kind, slug), key)
            if other != key:
                message = f"网址名“{slug}”已经是“{other}”的草稿在用，请换一个"
                yield FileProblem(item.name, item.file.line("slug"), "slug", message)


def bring_in(files: Iterable[ContentFile], seen: str, overwrite: Collection[str], user: Any, note: str) -> list[Item]:
    """Load files into the drafts, all or none; gives what was loaded.

    seen: the fingerprint of the plan that somebody agreed to. overwrite: names of files whose contested drafts go.
    Raises ChangedError when the plan is another by now, BrokenArchiveError for what cannot be stored.
    """
    with transaction.atomic():
        _lock()
        now = plan(files)
        if now.fingerprint != seen:
            raise ChangedError(now)
        chosen = now.chosen(overwrite)
        if problems := list(taken_addresses(now, chosen)):
            raise BrokenArchiveError(problems)
        _free_addresses(chosen)
        for item in chosen:
            draft = desk.find_draft(item.file.kind, item.file.key) or DRAFTS[item.file.kind]()
            desk.load(draft, dict(item.file.document), user)
            desk.record(Action.IMPORT, user, draft, note)
    return chosen


def _lock() -> None:
    """Keep all drafts from others until the transaction ends."""
    for model in DRAFTS.values():
        list(model.objects.select_for_update().values_list("pk"))


def _free_addresses(items: Iterable[Item]) -> None:
    """Two pages may exchange their addresses: in between, each has one that no page can have."""
    for item in items:
        if item.draft and item.file.kind in PAGE_KINDS:
            nowhere = Concat(Value("~"), Cast("pk", CharField()))
            cast("type[PageDraft]", DRAFTS[item.file.kind]).objects.filter(pk=item.draft.pk).update(slug=nowhere)
