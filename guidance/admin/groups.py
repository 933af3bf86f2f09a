"""Form fields for groups of texts: some with names that are always the same, one with names that editors choose."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from guidance.admin.choices import Choices
from guidance.admin.fields import Piece, picked, with_unknown
from guidance.engine.reading import one_newline, repeated

BLANKS = 2
NO_SUCCESSOR = "-"


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a group. long: of several lines. offers: suggestions, for a text of one line."""

    name: str
    label: str
    long: bool = False
    offers: Callable[[Choices], Mapping[str, str]] | None = None


class TextsField(Piece):
    """A group of texts that are always the same; the empty ones are left out. absent: what is stored without any."""

    template = "texts"

    def __init__(self, *texts: Text, absent: dict[str, Any] | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._texts = texts
        self._absent = absent

    def nothing(self) -> dict[str, Any] | None:
        return self._absent

    def rows(self, document: Any) -> tuple[str, ...] | None:
        group = {} if document is None else document
        if not isinstance(group, dict) or not group.keys() <= {text.name for text in self._texts}:
            return None
        found = [group.get(text.name, "") for text in self._texts]
        return tuple(map(_trim, found)) if all(isinstance(each, str) for each in found) else None

    def read(self, data: Mapping[str, Any], name: str) -> tuple[str, ...]:
        return tuple(_trim(data.get(f"{name}-{text.name}") or "") for text in self._texts)

    def document(self, rows: tuple[str, ...]) -> Any:
        pairs = zip(self._texts, rows, strict=True)
        return {text.name: typed for text, typed in pairs if typed} or self.nothing()

    def context(self, name: str, rows: tuple[str, ...]) -> dict[str, Any]:
        pairs = zip(self._texts, rows, strict=True)
        offered = {text.name: text.offers(self.choices) for text in self._texts if text.offers}
        return {"texts": [(text, typed, offered.get(text.name)) for text, typed in pairs]}


def _trim(text: str) -> str:
    return one_newline(text).strip()


class AliasesField(Piece):
    """What became of old keys: rows of an old key and its successor."""

    template = "aliases"

    def nothing(self) -> dict[str, Any]:
        return {}

    def rows(self, document: Any) -> tuple[tuple[str, str], ...] | None:
        if not isinstance(document, dict):
            return None
        found = [(old.strip(), NO_SUCCESSOR if new is None else new) for old, new in document.items()]
        return tuple(found) if all(old and isinstance(new, str) and new for old, new in found) else None

    def read(self, data: Mapping[str, Any], name: str) -> tuple[tuple[str, str], ...]:
        pairs = zip(picked(data, f"{name}-old"), picked(data, f"{name}-new"), strict=False)
        return tuple((old.strip(), new) for old, new in pairs if old.strip() or new)

    def document(self, rows: tuple[tuple[str, str], ...]) -> dict[str, str | None]:
        problems = [f"第{i}行：请写上旧标识。" for i, (old, _) in enumerate(rows, 1) if not old]
        problems += [f"旧标识“{old}”：请选它改成了什么，或者选“没有继任者”。" for old, new in rows if not new]
        problems += [f"旧标识“{old}”写了不止一次。" for old in repeated(old for old, _ in rows)]
        if problems:
            raise ValidationError(problems)
        return {old: None if new == NO_SUCCESSOR else new for old, new in rows}

    def context(self, name: str, rows: tuple[tuple[str, str], ...]) -> dict[str, Any]:
        offered = {NO_SUCCESSOR: "没有继任者", **self.choices.answer_keys}
        retired = [old for old, _ in rows if old not in offered]
        offered = with_unknown(offered, *retired, mark="（另一个旧标识）")
        return {
            "rows": [*rows, *[("", "")] * BLANKS],
            "offered": with_unknown(offered, *(new for _, new in rows)),
        }
