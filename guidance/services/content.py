"""Content files: one YAML file a document (guides: Markdown with a YAML head), in a folder named after its kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from guidance.documents import KINDS
from guidance.models import DRAFTS, Live, Revision
from guidance.services.publishing import Entry, canonical_document, publish, says_the_same

STARTING_CONTENT = Path(__file__).resolve().parent.parent / "content"
HEAD_MARK = "---\n"


class BrokenFileError(ValueError):
    """A content file that cannot be read; the message names the file and says why."""


class _PlainLoader(yaml.CSafeLoader):
    """YAML whose dates stay texts, as in every other form of a document."""


_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did, as (kind, key). kept: changed by people here, so left as they are."""

    published: list[tuple[str, str]]
    kept: list[tuple[str, str]]


def read_folder(folder: Path) -> list[Entry]:
    """All documents below `folder`, in the order in which they can be published; raises BrokenFileError."""
    return [
        Entry(kind, read_file(path))
        for kind in KINDS
        for path in sorted((folder / f"{kind}s").glob("*.*"))
        if path.suffix in (".yaml", ".md")
    ]


def read_file(path: Path) -> dict[str, Any]:
    """The document in one file; raises BrokenFileError."""
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".md":
            return _markdown_document(path, text)
        document = yaml.load(text, _PlainLoader)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise BrokenFileError(f"{path}：文件读不出来，{error}") from error
    if not isinstance(document, dict):
        raise BrokenFileError(f"{path}：内容应该是一组“字段：内容”")
    if document.get("key") != path.stem:
        raise BrokenFileError(f"{path}：key 应该和文件名一样")
    return document


def _markdown_document(path: Path, text: str) -> dict[str, Any]:
    parts = text.split(HEAD_MARK, 2)
    if len(parts) != 3 or parts[0]:
        raise BrokenFileError(f"{path}：开头应该是用 --- 隔开的字段")
    head = yaml.load(parts[1], _PlainLoader)  # noqa: S506 - a safe loader
    if not isinstance(head, dict) or head.get("key") != path.stem:
        raise BrokenFileError(f"{path}：key 应该和文件名一样")
    return head | {"body": parts[2].strip()}


def load(entries: Iterable[Entry]) -> Loaded:
    """Bring the starting content in: drafts and publication in one transaction.

    A document that anybody changed here, in its draft or by publishing, is kept as it is.
    """
    with transaction.atomic():
        fresh: list[Entry] = []
        kept: list[Entry] = []
        live = {(pointer.kind, pointer.key): pointer.revision for pointer in Live.objects.select_related("revision")}
        for entry in entries:
            revision = live.get((entry.kind, entry.key))
            if revision and says_the_same(revision, entry.document):
                continue
            (kept if _changed_here(entry, revision) else fresh).append(entry)
        published = publish(fresh, note="随站点提供的内容")
        for entry in fresh:
            draft = DRAFTS[entry.kind].objects.filter(key=entry.key).first() or DRAFTS[entry.kind]()
            draft.load(canonical_document(entry.kind, entry.document))
    return Loaded([(r.kind, r.key) for r in published], [(entry.kind, entry.key) for entry in kept])


def _changed_here(entry: Entry, live: Revision | None) -> bool:
    if Revision.objects.filter(kind=entry.kind, key=entry.key, author__isnull=False).exists():
        return True
    draft = DRAFTS[entry.kind].objects.filter(key=entry.key).first()
    if draft is None:
        return False
    return live is None or not says_the_same(live, draft.to_document())
