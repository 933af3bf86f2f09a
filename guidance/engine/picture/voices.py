"""What each option speaks for and against: the lines of a picture, told in words."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from guidance.engine.conditions import Clause
from guidance.engine.flow import EFFECTS, Flow, Question


@dataclass(frozen=True, slots=True)
class Voice:
    """alone: the option is enough; otherwise the answers to other questions must fit, too."""

    effect: str
    cause: str
    alone: bool


def voices(flow: Flow) -> dict[tuple[str, str], tuple[Voice, ...]]:
    """By keys of question and option: each effect on each cause once, in the order of the flow's causes."""
    alone: dict[tuple[str, str], dict[tuple[str, str], bool]] = defaultdict(dict)
    for evidence in flow.evidence:
        for alternative in evidence.when.alternatives:
            for clause in alternative:
                question = flow.question_by_key.get(clause.question)
                enough = len({each.question for each in alternative}) == 1
                for key in _accepted(clause, question) if question else ():
                    said = alone[clause.question, key]
                    effect = (evidence.cause, evidence.effect)
                    said[effect] = said.get(effect, False) or enough
    order = {cause.key: i for i, cause in enumerate(flow.causes)}
    return {
        option: tuple(
            Voice(effect, cause, said[cause, effect])
            for cause, effect in sorted(said, key=lambda each: (order.get(each[0], len(order)), EFFECTS.index(each[1])))
        )
        for option, said in alone.items()
    }


def _accepted(clause: Clause, question: Question) -> Iterator[str]:
    for option in question.options:
        if clause.accepts(frozenset({option.key})):
            yield option.key
