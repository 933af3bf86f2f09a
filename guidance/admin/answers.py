"""Form fields for answers to a self-check: of an editor's case, filled in by a page, or said by readers."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from guidance.admin.condition import NO_OPTION, ClausesField, are_keys
from guidance.admin.fields import Piece, picked, with_unknown
from guidance.admin.lists import BLANKS, RowsField
from guidance.engine.conditions import Clause
from guidance.engine.reading import KEY, repeated


class AnswersField(ClausesField):
    """Answers by question: one option, or several."""

    template = "answers"

    def nothing(self) -> dict[str, Any]:
        return {}

    def rows(self, document: Any) -> tuple[Clause, ...] | None:
        if not isinstance(document, dict):
            return None
        lists = {key: [given] if isinstance(given, str) else given for key, given in document.items()}
        if not all(key and are_keys(given) for key, given in lists.items()):
            return None
        return tuple(Clause(key, frozenset(given)) for key, given in lists.items())

    def read(self, data: Mapping[str, Any], name: str) -> tuple[Clause, ...]:
        return self.read_clauses(data, name)

    def document(self, rows: tuple[Clause, ...]) -> dict[str, Any]:
        problems = [f"第{i}行：{NO_OPTION}。" for i, row in enumerate(rows, 1) if not row.options]
        problems += [f"题目“{key}”选了不止一次，请合在一行里。" for key in repeated(row.question for row in rows)]
        if problems:
            raise ValidationError(problems)
        before = self.rows(self.stored) or ()
        lists = {row.question: sorted(row.options) for row in rows}
        made = {key: options[0] if len(options) == 1 else options for key, options in lists.items()}
        return made | {row.question: self.stored[row.question] for row in rows if row in before}

    def context(self, name: str, rows: tuple[Clause, ...]) -> dict[str, Any]:
        return {"rows": self.show_clauses(name, rows, "回答", "再加一题…")}


class NextCheckField(Piece):
    """A self-check to go on with, and answers filled in; rows are its key, and answers as question.option."""

    template = "next_check"

    def nothing(self) -> None:
        return None

    def rows(self, document: Any) -> tuple[str, tuple[str, ...]] | None:
        if document is None:
            return "", ()
        if not isinstance(document, dict) or not document.keys() <= {"flow", "answers"}:
            return None
        flow, answers = document.get("flow"), document.get("answers") or {}
        if not isinstance(flow, str) or not flow or not isinstance(answers, dict):
            return None
        if not all(question and isinstance(option, str) and option for question, option in answers.items()):
            return None
        return flow, tuple(f"{question}.{option}" for question, option in answers.items())

    def read(self, data: Mapping[str, Any], name: str) -> tuple[str, tuple[str, ...]]:
        return data.get(name) or "", tuple(filter(None, picked(data, f"{name}-answers")))

    def document(self, rows: tuple[str, tuple[str, ...]]) -> dict[str, Any] | None:
        flow, answers = rows
        if not flow and answers:
            raise ValidationError("请选一个自查，或者把预填的回答都清空。")
        before = self._shown(self.stored)
        known = {*self._options(flow), *(before[1] if before[0] == flow else ())}
        problems = [f"“{answer}”不是这个自查里的回答，请重新选。" for answer in answers if answer not in known]
        pairs = [(key, option) for key, _, option in (answer.partition(".") for answer in answers)]
        problems += [f"题目“{key}”选了不止一次，只能预填一个回答。" for key in repeated(key for key, _ in pairs)]
        if problems:
            raise ValidationError(problems)
        return ({"flow": flow} | ({"answers": dict(pairs)} if pairs else {})) if flow else None

    def context(self, name: str, rows: tuple[str, tuple[str, ...]]) -> dict[str, Any]:
        flow, answers = rows
        groups = [
            (asked.label, {f"{key}.{option}": label for option, label in asked.options.items()})
            for key, asked in (self.choices.answers_in(flow) if flow else {}).items()
        ]
        gone = with_unknown({}, *(answer for answer in answers if answer not in self._options(flow)))
        groups += [("", gone)] if gone else []
        blanks = [""] * (BLANKS if flow else 0)
        flows = with_unknown(self.choices.flows, flow)
        return {"flows": flows, "flow": flow, "groups": groups, "rows": [*answers, *blanks]}

    def _options(self, flow: str) -> set[str]:
        questions = self.choices.answers_in(flow) if flow else {}
        return {f"{key}.{option}" for key, asked in questions.items() for option in asked.options}


class SaidField(RowsField):
    """The answer that somebody's words give: a question of a self-check and some of its options, each picked whole.

    Its document holds flow, question and options; rows are flow/question/option.
    """

    template = "said"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            lambda choices: {key: label for _, labels in choices.answers for key, label in labels.items()}, **kwargs
        )

    def nothing(self) -> dict[str, Any]:
        return {"flow": "", "question": "", "options": []}

    def rows(self, document: Any) -> tuple[str, ...] | None:
        if document == self.nothing():
            return ()
        if not isinstance(document, dict) or document.keys() != self.nothing().keys():
            return None
        options = document["options"] if isinstance(document["options"], list) else []
        keys = [document["flow"], document["question"], *options]
        if not options or not all(isinstance(key, str) and KEY.fullmatch(key) for key in keys):
            return None
        return tuple(f"{document['flow']}/{document['question']}/{option}" for option in options)

    def document(self, rows: tuple[str, ...]) -> Any:
        known = {*self._offers(self.choices), *(self.rows(self.stored) or ())}
        problems = [f"“{row}”不是自查里的回答，请重新选。" for row in rows if row not in known]
        if len({row.rpartition("/")[0] for row in rows}) > 1:
            problems.append("一种说法只回答一道题，请只选同一道题的选项。")
        if problems:
            raise ValidationError(problems)
        pieces = [row.split("/") for row in dict.fromkeys(rows)]
        if not pieces:
            return self.nothing()
        flow, question, _ = pieces[0]
        return {"flow": flow, "question": question, "options": sorted(option for _, _, option in pieces)}

    def context(self, name: str, rows: tuple[str, ...]) -> dict[str, Any]:
        gone = with_unknown({}, *(row for row in rows if row not in self._offers(self.choices)))
        groups = [*self.choices.answers, *([("不在自查里", gone)] if gone else [])]
        return {"groups": groups, "rows": [*rows, *[""] * BLANKS]}
