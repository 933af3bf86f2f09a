"""Form fields for lists in order: keys picked from what is there, or texts with what others wrote as suggestions."""

from collections.abc import Callable, Mapping
from typing import Any

from guidance.admin.choices import Choices
from guidance.admin.fields import Piece, picked, with_unknown
from guidance.engine.reading import one_newline

BLANKS = 2
MANY = 6000  # options in one field: beyond them a filled row offers only what it holds, and blank rows everything


class RowsField(Piece):
    """A list of texts, a control each, and blank ones at the end."""

    def __init__(self, offers: Callable[[Choices], Mapping[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._offers = offers

    def rows(self, document: Any) -> tuple[str, ...] | None:
        if not isinstance(document, list) or not all(isinstance(row, str) for row in document):
            return None
        return tuple(_one_line(row) for row in document if _one_line(row))

    def read(self, data: Mapping[str, Any], name: str) -> tuple[str, ...]:
        return tuple(_one_line(row) for row in picked(data, name) if _one_line(row))

    def document(self, rows: tuple[str, ...]) -> list[str]:
        return list(dict.fromkeys(rows))


def _one_line(text: str) -> str:
    return one_newline(text).replace("\n", "").strip()


class KeysField(RowsField):
    """Keys, each picked in a select."""

    template = "keys"

    def context(self, name: str, rows: tuple[str, ...]) -> dict[str, Any]:
        offered = with_unknown(self._offers(self.choices), *rows)
        short = len(offered) * (len(rows) + BLANKS) > MANY
        filled = [(row, {row: offered[row]} if short else offered) for row in rows]
        return {"rows": [*filled, *[("", offered)] * BLANKS]}


class PhrasesField(RowsField):
    """Texts of one line, typed or taken from a list of suggestions."""

    template = "phrases"

    def context(self, name: str, rows: tuple[str, ...]) -> dict[str, Any]:
        return {"rows": [*rows, *[""] * BLANKS], "offered": self._offers(self.choices)}
