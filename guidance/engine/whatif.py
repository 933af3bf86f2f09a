"""What would change a result: single answers that flip it, and unknowns worth finding out."""

from dataclasses import dataclass

from guidance.engine.conditions import Answers
from guidance.engine.flow import Flow, Option, Question
from guidance.engine.verdict import Verdict, conclude
from guidance.engine.walk import walk


@dataclass(frozen=True, slots=True)
class Flip:
    """If `question` were answered with `option` alone, the primary cause would be `primary` (None: no cause)."""

    question: Question
    option: Option
    primary: str | None


def flips(flow: Flow, answers: Answers) -> tuple[Flip, ...]:
    """The other answers to questions on the path that would each change the primary cause, in flow order."""
    now = _primary(conclude(flow, answers))
    found = []
    for question, option, verdict in _alternatives(flow, answers):
        if not option.unknown and _primary(verdict) != now:
            found.append(Flip(question, option, _primary(verdict)))
    return tuple(found)


def open_questions(flow: Flow, answers: Answers, limit: int = 2) -> tuple[Question, ...]:
    """The questions answered with "I do not know" whose answer would change the ranking most, at most `limit`."""
    before = conclude(flow, answers)
    gain: dict[str, int] = {}
    for question, _, verdict in _alternatives(flow, answers):
        change = 10 * (_primary(verdict) != _primary(before))
        change += sum(before.statuses[key] != status for key, status in verdict.statuses.items())
        gain[question.key] = max(gain.get(question.key, 0), change)
    worth = [question for question in walk(flow, answers).unknown() if gain.get(question.key)]
    return tuple(sorted(worth, key=lambda question: -gain[question.key])[:limit])


def _primary(verdict: Verdict) -> str | None:
    return verdict.primary.cause.key if verdict.primary else None


def _alternatives(flow: Flow, answers: Answers) -> list[tuple[Question, Option, Verdict]]:
    """Every single-option answer that was not given to a question on the path, with the verdict it would lead to."""
    return [
        (question, option, conclude(flow, {**answers, question.key: frozenset({option.key})}))
        for question in walk(flow, answers).asked
        for option in question.options
        if option.key not in answers[question.key]
    ]
