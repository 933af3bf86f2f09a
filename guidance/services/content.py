"""Content on its way in from files and out to files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from django.db import transaction
from django.db.models import Q

from guidance.documents import KINDS, PAGE_KINDS, canonical
from guidance.engine.problems import Problem
from guidance.models import DRAFTS, Publication, Revision, State
from guidance.models.article import PageDraft
from guidance.services.archive import pack
from guidance.services.drafts import with_rows
from guidance.services.files import document_files, file_name, file_text, is_document
from guidance.services.publishing import (
    Entry,
    Refused,
    Release,
    canonical_document,
    live_entries,
    publish,
    says_the_same,
)

STARTING_CONTENT = Path(__file__).resolve().parent.parent / "content"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did, as (kind, key). kept: changed by people here, so left as they are. refused: with problems."""

    published: list[tuple[str, str]]
    kept: list[tuple[str, str]]
    refused: Mapping[tuple[str, str], Sequence[Problem]]


def load(entries: Iterable[Entry], *, keep_going: bool = False) -> Loaded:
    """Bring content in: drafts and publication in one transaction.

    A document that anybody changed here, in its draft or by publishing, is kept as it is. Raises Refused when a check
    of any document fails; with `keep_going`, the others are published and the refused ones named.
    """
    with transaction.atomic():
        fresh: list[Entry] = []
        kept: list[Entry] = []
        pointers = Publication.objects.latest_started().select_related("revision")
        live = {(pointer.kind, pointer.key): pointer.revision for pointer in pointers}
        for entry in entries:
            revision = live.get((entry.kind, entry.key))
            if revision and says_the_same(revision, entry.document):
                continue
            (kept if _changed_here(entry, revision) else fresh).append(entry)
        published, refused = _published(fresh, keep_going=keep_going)
        for entry in fresh:
            if (entry.kind, entry.key) not in refused:
                draft = DRAFTS[entry.kind].objects.filter(key=entry.key).first() or DRAFTS[entry.kind]()
                draft.state = State.PUBLISHED
                draft.load(canonical_document(entry.kind, entry.document))
    return Loaded([(r.kind, r.key) for r in published], [(entry.kind, entry.key) for entry in kept], refused)


def _published(
    entries: list[Entry], *, keep_going: bool
) -> tuple[list[Revision], dict[tuple[str, str], Sequence[Problem]]]:
    """Publish all of them; what cannot be, and what rests on it, is left out when `keep_going`."""
    refused: dict[tuple[str, str], Sequence[Problem]] = dict(_taken_by_drafts(entries))
    if refused and not keep_going:
        raise Refused(refused)
    while True:
        try:
            left = [entry for entry in entries if (entry.kind, entry.key) not in refused]
            return publish(left, Release(note="随站点提供的内容")), refused
        except Refused as refusal:
            if not keep_going:
                raise
            refused |= refusal.problems


def _taken_by_drafts(entries: Iterable[Entry]) -> Iterator[tuple[tuple[str, str], Sequence[Problem]]]:
    """Pages whose slug stands in somebody's draft of another page."""
    for entry in entries:
        if entry.kind in PAGE_KINDS:
            drafts = cast("type[PageDraft]", DRAFTS[entry.kind]).objects.exclude(key=entry.key)
            slug = entry.document.get("slug")
            for other in drafts.filter(slug=slug):
                problem = Problem("slug", f"网址名“{slug}”已经用在草稿“{other.key}”里，请换一个")
                yield (entry.kind, entry.key), [problem]


def _changed_here(entry: Entry, live: Revision | None) -> bool:
    revisions = Revision.objects.filter(kind=entry.kind, key=entry.key)
    if revisions.filter(Q(author__isnull=False) | Q(reviewer__isnull=False)).exists():
        return True
    if Publication.objects.filter(kind=entry.kind, key=entry.key, ends_at__isnull=False).exists():
        return True  # taken off here
    draft = DRAFTS[entry.kind].objects.filter(key=entry.key).first()
    if draft is None:
        return False
    return live is None or not says_the_same(live, draft.to_document())


def content_files(*, drafts: bool = False) -> dict[str, str]:
    """Every live document, or every draft, as the text of its file, by name. The same content always gives the same.

    Raises LookupError when there are none: an empty database must not empty a folder.
    """
    entries = _draft_entries() if drafts else live_entries()
    files = {file_name(each.kind, each.key): file_text(each.kind, _as_stored(each)) for each in entries}
    if not files:
        raise LookupError("no drafts" if drafts else "nothing is live")
    return files


def _draft_entries() -> list[Entry]:
    return [Entry(kind, d.to_document()) for kind, model in DRAFTS.items() for d in with_rows(model.objects.all())]


def _as_stored(entry: Entry) -> Mapping[str, Any]:
    """The document in canonical form; one that cannot be wholly read as it stands, so that nothing is left out."""
    value, problems = KINDS[entry.kind].read(dict(entry.document))
    return entry.document if problems else canonical(value)


def export_archive(*, drafts: bool = False) -> bytes:
    """Every live document, or every draft, as a ZIP file; raises LookupError when there are none."""
    return pack(content_files(drafts=drafts))


def export(folder: Path, *, drafts: bool = False) -> int:
    """Write every live document, or every draft, into `folder`, one file each; gives their number.

    Files of other documents are removed, so that it holds these and no other; whatever else is there is left alone.
    Raises LookupError when there are none.
    """
    wanted = {folder / name: text for name, text in content_files(drafts=drafts).items()}
    for path in [path for kind in KINDS for path in document_files(folder, kind) if path not in wanted]:
        if is_document(path):
            path.unlink()
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return len(wanted)
