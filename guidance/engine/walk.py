"""Where a reader stands: which questions the answers lead through and which one comes next."""

from dataclasses import dataclass

from guidance.engine.conditions import Answers
from guidance.engine.flow import Flow, Question


@dataclass(frozen=True, slots=True)
class Walk:
    """The path of some answers through a flow.

    asked: the answered questions on the path, in order.
    answers: the answers on the path; others are left out, so nothing downstream can use them.
    next: the question to ask now, or None when the path is complete.
    """

    asked: tuple[Question, ...]
    answers: dict[str, frozenset[str]]
    next: Question | None

    @property
    def complete(self) -> bool:
        return self.next is None

    def unknown(self) -> tuple[Question, ...]:
        """The questions on the path that were answered with "I do not know"."""
        return tuple(question for question in self.asked if self.answers[question.key] & question.unknown)


def walk(flow: Flow, answers: Answers) -> Walk:
    """Follow `answers` through `flow`. An answer that a question cannot take counts as not given."""
    asked: list[Question] = []
    given: dict[str, frozenset[str]] = {}
    for question in flow.questions:
        if not question.ask_when.holds(given):
            continue
        chosen = answers.get(question.key, frozenset())
        if question.refusal(chosen):
            return Walk(tuple(asked), given, question)
        asked.append(question)
        given[question.key] = chosen
    return Walk(tuple(asked), given, None)
