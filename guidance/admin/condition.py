"""The form field for conditions: alternatives of clauses, picked from questions and their options."""

from collections.abc import Iterable, Mapping
from itertools import count, takewhile
from typing import Any

from django.core.exceptions import ValidationError

from guidance.admin.choices import Asked, Choices
from guidance.admin.fields import Piece, picked, with_unknown
from guidance.engine.conditions import Clause

LATER = "（在后面）"
NO_OPTION = "请勾选选项"


class ClausesField(Piece):
    """What fields that pick options of questions share. A row is a Clause; its controls are named by its place."""

    def offered(self) -> dict[str, Asked]:
        """The questions that can be picked."""
        return self.choices.questions

    def read_clauses(self, data: Mapping[str, Any], place: str) -> tuple[Clause, ...]:
        places = (f"{place}-{i}" for i in count())
        there = takewhile(lambda each: f"{each}-question" in data, places)
        return tuple(clause for each in there if (clause := _read(data, each)).question)

    def show_clauses(self, place: str, clauses: Iterable[Clause], called: str, more: str) -> list[dict[str, Any]]:
        """What the template _clause.html needs, for each clause and a blank one. called: before the number of each.

        more: what the blank one says.
        """
        return [
            {"place": f"{place}-{i}", "called": f"{called}{i + 1}", "more": more, "clause": clause}
            | self._pickable(clause)
            for i, clause in enumerate([*clauses, Clause("", frozenset())])
        ]

    def _pickable(self, clause: Clause) -> dict[str, Any]:
        known = self.choices.questions.get(clause.question)
        labels = {key: asked.label for key, asked in self.offered().items()}
        if known and clause.question not in labels:
            labels[clause.question] = known.label + LATER
        options = with_unknown(known.options if known else {}, *sorted(clause.options))
        return {"questions": with_unknown(labels, clause.question), "options": options}


def _read(data: Mapping[str, Any], place: str) -> Clause:
    question = data.get(f"{place}-question") or ""
    # Options ticked for another question say nothing about the one that was picked instead.
    options = picked(data, f"{place}-options") if data.get(f"{place}-shown") == question else []
    return Clause(question, frozenset(options), negated=bool(options) and data.get(f"{place}-is") == "none")


def are_keys(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(key, str) and key for key in value)


class ConditionField(ClausesField):
    """A condition. earlier: only questions before the form's own can be picked."""

    template = "condition"

    def __init__(self, *, earlier: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._earlier = earlier
        self._own: int | None = None

    def settle(self, row: int | None, stored: Any, choices: Choices) -> None:
        super().settle(row, stored, choices)
        self._own = row

    def offered(self) -> dict[str, Asked]:
        questions = self.choices.questions.items()
        return dict(takewhile(lambda each: each[1].pk != self._own, questions) if self._earlier else questions)

    def rows(self, document: Any) -> tuple[tuple[Clause, ...], ...] | None:
        if not isinstance(document, list) or not all(isinstance(each, list) and each for each in document):
            return None
        found = tuple(tuple(map(_clause, alternative)) for alternative in document)
        return None if any(None in alternative for alternative in found) else found  # type: ignore[return-value]

    def read(self, data: Mapping[str, Any], name: str) -> tuple[tuple[Clause, ...], ...]:
        places = (f"{name}-{i}" for i in count())
        there = takewhile(lambda each: f"{each}-0-question" in data, places)
        return tuple(clauses for each in there if (clauses := self.read_clauses(data, each)))

    def document(self, rows: tuple[tuple[Clause, ...], ...]) -> list[list[dict[str, Any]]]:
        missing = [(i, j) for i, case in enumerate(rows, 1) for j, each in enumerate(case, 1) if not each.options]
        if missing:
            raise ValidationError([f"情况{i}的条件{j}：{NO_OPTION}。" for i, j in missing])
        return [[self._as_stored(clause) for clause in alternative] for alternative in rows]

    def context(self, name: str, rows: tuple[tuple[Clause, ...], ...]) -> dict[str, Any]:
        cases = [
            self.show_clauses(f"{name}-{i}", case, f"情况{i + 1}的条件", "再加一个条件…") for i, case in enumerate(rows)
        ]
        more = "再加一种情况…" if rows else "选一道题…"
        return {"cases": cases, "blank": self.show_clauses(f"{name}-{len(rows)}", (), "另一种情况的条件", more)}

    def _as_stored(self, clause: Clause) -> dict[str, Any]:
        """The document of a clause; the stored one when it says the same."""
        if self.rows(self.stored):
            for document in (each for alternative in self.stored for each in alternative):
                if _clause(document) == clause:
                    return dict(document)
        return {"question": clause.question, "none_of" if clause.negated else "any_of": sorted(clause.options)}


def _clause(document: Any) -> Clause | None:
    """A stored clause, as far as the controls can show it."""
    if not isinstance(document, dict) or not document.keys() <= {"question", "any_of", "none_of"}:
        return None
    question, any_of, none_of = (document.get(name) or [] for name in ("question", "any_of", "none_of"))
    if not isinstance(question, str) or not are_keys(any_of) or not are_keys(none_of) or (any_of and none_of):
        return None
    return Clause(question, frozenset(any_of or none_of), negated=bool(none_of))
