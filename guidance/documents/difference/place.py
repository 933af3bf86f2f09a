"""Places of a document as editors call them: 题目“账单还清了吗？”的选项“还没有”：提示."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guidance.documents.difference.wording import Wording, key_of, parts_of
from guidance.documents.labels import CONDITION, FIELDS, GROUP, PARTS, Field


@dataclass(frozen=True, slots=True)
class Place:
    """A part or group of a document. path, label: "" for the document itself. key: of the part."""

    path: str = ""
    label: str = ""
    key: str = ""

    def field(self, name: str, label: str) -> tuple[str, str]:
        """Path and label of a field here."""
        return "/".join(filter(None, (self.path, name))), "：".join(filter(None, (self.label, label)))

    def inside(self, path: str, label: str, key: str = "") -> "Place":
        """A part or group in this one."""
        return Place("/".join(filter(None, (self.path, path))), "的".join(filter(None, (self.label, label))), key)


def place_words(kind: str, document: Any, place: str) -> str:
    """The place of a problem, e.g. questions/2/options/0/label, in words; what is not known is left as it is."""
    words = Wording(document if isinstance(document, Mapping) else {})
    at, table, value, steps = Place(), kind, document, place.split("/")
    while steps:
        name, steps = steps[0], steps[1:]
        field = FIELDS.get(table, {}).get(name, Field(name))
        value = value.get(name) if isinstance(value, Mapping) else None
        part = _part(field, value, steps)
        if part is not None:
            called = words.name(name, part, at.key)
            at, table, value, steps = at.inside("", f"{field.label}“{called}”", key_of(part)), name, part, steps[1:]
        elif field.form == GROUP:
            at, table = at.inside("", field.label), name
        else:
            return at.field(name, "：".join([field.label, *_item(field, steps)]))[1]
    return at.label


def _part(field: Field, value: Any, steps: Sequence[str]) -> Mapping[str, Any] | None:
    """The part that the next step goes into."""
    parts = parts_of(value) if field.form == PARTS else None
    index = int(steps[0]) if steps and steps[0].isdecimal() else None
    return parts[index] if parts and index is not None and index < len(parts) else None


def _item(field: Field, steps: Sequence[str]) -> list[str]:
    """The item of a list, counted from one as editors do."""
    if field.form == CONDITION and len(steps) > 1 and steps[0].isdecimal() and steps[1].isdecimal():
        return [f"第{int(steps[0]) + 1}种情况的第{int(steps[1]) + 1}个条件"]
    return [f"第{int(step) + 1}项" if step.isdecimal() else step for step in steps[:1]]
