"""What no reader can ever come to: questions that are never asked, evidence that never holds, causes nobody finds."""

from dataclasses import dataclass

from guidance.engine.checks import check
from guidance.engine.flow import CONFIRMS, SUPPORTS, Flow
from guidance.engine.paths import reachable
from guidance.engine.problems import failures

# A picture is looked at while one writes, so it must come at once.
QUESTIONS = 40
CAP = 200  # merged states


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Indexes. judged: False when keys lead nowhere, or when there is too much to look at."""

    judged: bool
    questions: frozenset[int] = frozenset()
    evidence: frozenset[int] = frozenset()
    causes: frozenset[int] = frozenset()


def unreachable(flow: Flow) -> Unreachable:
    """A cause counts as unreachable when no evidence that speaks for it can ever hold."""
    if len(flow.questions) > QUESTIONS or failures(check(flow, paths=False)):
        return Unreachable(judged=False)
    asked = reachable(flow, [question.ask_when for question in flow.questions], CAP)
    holding = reachable(flow, [evidence.when for evidence in flow.evidence], CAP)
    found = {flow.evidence[i].cause for i in holding if flow.evidence[i].effect in (CONFIRMS, SUPPORTS)}
    return Unreachable(
        judged=True,
        questions=frozenset(range(len(flow.questions))) - asked,
        evidence=frozenset(range(len(flow.evidence))) - holding,
        causes=frozenset(i for i, cause in enumerate(flow.causes) if cause.key not in found),
    )
