"""What would change a result: single answers that flip it, and unknowns worth finding out."""

from dataclasses import dataclass

from guidance.engine.conditions import Answers
from guidance.engine.flow import Flow, Option, Question
from guidance.engine.verdict import PRESENT, Tally, weigh
from guidance.engine.walk import walk

OPEN_QUESTIONS = 2


@dataclass(frozen=True, slots=True)
class Flip:
    """If `question` were answered with `option` alone, the primary cause would be `primary` (None: no cause)."""

    question: Question
    option: Option
    primary: str | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """flips: the other answers that would each change the primary cause, in flow order.

    open_questions: the questions answered with "I do not know" whose answer would change the ranking most.
    """

    flips: tuple[Flip, ...]
    open_questions: tuple[Question, ...]


def what_if(flow: Flow, answers: Answers) -> WhatIf:
    """Try every single-option answer that was not given, one at a time, to the questions on the path."""
    before, path = weigh(flow, answers), walk(flow, answers)
    found: list[Flip] = []
    gain: dict[str, int] = {}
    for question in path.asked:
        for option in question.options:
            if option.key in path.answers[question.key]:
                continue
            after = weigh(flow, {**answers, question.key: frozenset({option.key})})
            gain[question.key] = max(gain.get(question.key, 0), _difference(before, after))
            if not option.unknown and _primary(after) != _primary(before):
                found.append(Flip(question, option, _primary(after)))
    worth = sorted((q for q in path.unknown() if gain[q.key]), key=lambda question: -gain[question.key])
    return WhatIf(tuple(found), tuple(worth[:OPEN_QUESTIONS]))


def _primary(tallies: dict[str, Tally]) -> str | None:
    first = next(iter(tallies), None)
    return first if first is not None and tallies[first].status in PRESENT else None


def _difference(before: dict[str, Tally], after: dict[str, Tally]) -> int:
    """How much a ranking changed; another primary cause counts more than any change of certainty."""
    changed = sum(before[cause].status != after[cause].status for cause in before)
    return changed + (len(before) + 1) * (_primary(before) != _primary(after))
