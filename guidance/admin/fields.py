"""Form fields for pieces of a document: plain controls, so that nothing is typed as code."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from guidance.admin.choices import Choices
from guidance.engine.reading import one_newline, unsavable

GONE = "（不存在）"


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the controls of a field. cleared: a stored piece that they cannot show is to be dropped."""

    rows: Any
    cleared: bool = False


class PieceWidget(forms.Widget):
    """The controls of a Piece; the field knows everything about them."""

    use_fieldset = True
    piece: "Piece"

    class Media:
        css = {"all": ["desk/fields.css"]}

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        return Typed(self.piece.read(data, name), cleared=f"{name}-clear" in data)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False  # a list without rows is an answer, too

    def id_for_label(self, id_: str) -> str:
        return id_ if self.piece.one_control and not self.piece.disabled else ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        base = {"name": name, "id": (attrs or {}).get("id", f"id_{name}"), "piece": self.piece}
        context = base | self.piece.context(name, value.rows)
        return render_to_string(f"admin/guidance/widgets/{self.piece.template}.html", context)


class Piece(forms.Field):
    """A list, a group or a condition, in one column. What was not changed in meaning stays stored as it was.

    Kinds of it say how a document looks as rows of controls, how rows are read and what document they make.
    """

    template: ClassVar[str]  # in templates/admin/guidance/widgets/
    one_control: ClassVar[bool] = False
    stored: Any = None
    choices: Choices
    url = ""  # gives the controls again, as typed so far; "" when nobody does

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": PieceWidget, **kwargs})

    def nothing(self) -> Any:
        """The document of no rows."""
        return []

    def rows(self, document: Any) -> Any:
        """The rows that show a document, None when they cannot; without a document, no rows."""
        raise NotImplementedError

    def read(self, data: Mapping[str, Any], name: str) -> Any:
        """The rows that were typed, blank ones left out."""
        raise NotImplementedError

    def document(self, rows: Any) -> Any:
        """What to store; raises ValidationError."""
        raise NotImplementedError

    def context(self, name: str, rows: Any) -> dict[str, Any]:
        """What the template shows besides `name`, `id` and `piece`."""
        raise NotImplementedError

    def settle(self, row: int | None, stored: Any, choices: Choices) -> None:
        """Belong to the form of one row, None for a new one: what is stored, what can be picked."""
        self.stored = self.nothing() if stored is None else stored
        self.choices = choices
        self.widget.piece = self

    @property
    def unreadable(self) -> str:
        """What is stored, as text, when the controls cannot show it."""
        if self.rows(self.stored) is not None:
            return ""
        try:
            return json.dumps(self.stored, ensure_ascii=False, indent=1)
        except RecursionError:
            return "……"

    def prepare_value(self, value: Any) -> Typed:
        return value if isinstance(value, Typed) else Typed(self._shown(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return not self.disabled and (data.cleared or data.rows != self._shown(self.stored))

    def clean(self, value: Any) -> Any:
        if not self.has_changed(None, value):
            document = self.stored
        else:
            document = self.document(value.rows)
            if any(True for _ in unsavable(document)):
                raise ValidationError("这里有无法保存的字符，请删掉。")
        if self.required and document == self.nothing():
            raise ValidationError(self.error_messages["required"])
        return document

    def _shown(self, document: Any) -> Any:
        rows = self.rows(self.nothing() if document is None else document)
        return self.rows(self.nothing()) if rows is None else rows


def picked(data: Mapping[str, Any], name: str) -> list[str]:
    """Every value sent under a name, in order."""
    many = getattr(data, "getlist", None)
    return list(many(name)) if many else [value for value in [data.get(name)] if value is not None]


def with_unknown(offered: Mapping[str, str], *keys: str, mark: str = GONE) -> dict[str, str]:
    """What is offered, and the keys that are not, marked, so that they are not lost."""
    return {**offered, **{key: f"{key}{mark}" for key in keys if key and key not in offered}}


class LinesField(Piece):
    """A list of texts, one a line."""

    template = "lines"
    one_control = True

    def rows(self, document: Any) -> tuple[str, ...] | None:
        if not isinstance(document, list) or not all(isinstance(line, str) for line in document):
            return None
        return _lines("\n".join(document))

    def read(self, data: Mapping[str, Any], name: str) -> tuple[str, ...]:
        return _lines(data.get(name) or "")

    def document(self, rows: tuple[str, ...]) -> list[str]:
        return list(rows)

    def context(self, name: str, rows: tuple[str, ...]) -> dict[str, Any]:
        return {"lines": rows, "text": "\n".join(rows), "height": max(3, len(rows) + 1)}


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in one_newline(text).split("\n") if line.strip())


class KeyField(forms.ChoiceField):
    """One key out of those offered, kept and marked when it is not among them."""

    def __init__(self, offers: Callable[[Choices], Mapping[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._offers = offers

    def settle(self, typed: str, choices: Choices) -> None:
        """Belong to one form. typed: the key that stands in it now."""
        self.choices = lambda: [("", "———"), *with_unknown(self._offers(choices), typed).items()]

    def valid_value(self, value: Any) -> bool:
        return True  # a key that is gone is for the checks of the draft to name
