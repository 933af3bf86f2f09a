"""What a draft or a row inside one says, field by field in words, for whoever may read it and not write."""

from typing import Any

from guidance.documents.difference import ADDED, compare_documents, place_words
from guidance.models import DRAFTS, Draft
from guidance.services.drafts import find_draft

Line = tuple[str, str]  # the name of a field and what it says
KEYS = {"claims": "claim", "sources": "source", "related": "article", "guide": "article"}  # fields that hold keys


def said(draft: Draft, row: Any) -> list[Line]:
    """The fields of a row that are filled in. `row` may be the draft itself; the rows inside it are left out then."""
    whole: Any = find_draft(draft.KIND, draft.key) or draft
    document = whole.to_document()
    if row == draft:
        own = {name: value for name, value in document.items() if name not in draft.PARTS}
        return _lines(draft.KIND, document, document | dict.fromkeys(own))
    name = row._meta.get_field("flow").remote_field.related_name  # noqa: SLF001 - its public name
    index = [each.pk for each in getattr(whole, name).all()].index(row.pk)
    parts = document[name]
    without = document | {name: [*parts[:index], {"key": parts[index]["key"]}, *parts[index + 1 :]]}
    called = place_words(draft.KIND, document, f"{name}/{index}")
    return [(label.removeprefix(called).lstrip("：的"), text) for label, text in _lines(draft.KIND, document, without)]


def _lines(kind: str, document: dict[str, Any], without: dict[str, Any]) -> list[Line]:
    """What a document says beyond another."""
    found = []
    for change in compare_documents(kind, without, document):
        text = "".join(span.text for span in change.spans if span.op == ADDED)
        refers = KEYS.get(change.place.rpartition("/")[2])
        found.append((change.label, _titles(refers, text.split()) if refers else text))
    return found


def _titles(kind: str, keys: list[str]) -> str:
    """What documents are called, a line for each; a key that there is none for stays."""
    titles = {draft.key: str(draft) for draft in DRAFTS[kind].objects.filter(key__in=keys)}
    return "\n".join(titles.get(key, key) for key in keys)
