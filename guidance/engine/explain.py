"""Why a result is what it is: every question, every piece of evidence and every advice, used or not, and why not."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from guidance.engine.conditions import Answers, Clause, Condition
from guidance.engine.flow import AGAINST, SUPPORTS, Advice, Cause, Evidence, Flow, Question
from guidance.engine.verdict import PRESENT, Tally, weigh
from guidance.engine.walk import Walk, walk

# What became of a clause.
HOLDS = "holds"
OTHER = "other"  # another answer was given
UNKNOWN = "unknown"  # the answer was "I do not know"
NOT_ASKED = "not_asked"  # the question is not on the path
OPEN = "open"  # the question may still be asked

# What became of a question.
ASKED = "asked"
NEXT = "next"
SKIPPED = "skipped"
LATER = "later"  # one before it has to be answered first


@dataclass(frozen=True, slots=True)
class ClauseTrace:
    clause: Clause
    outcome: str


@dataclass(frozen=True, slots=True)
class ConditionTrace:
    """A condition with what became of each clause; without alternatives it always holds."""

    alternatives: tuple[tuple[ClauseTrace, ...], ...]

    @property
    def holds(self) -> bool:
        return not self.alternatives or any(not _failed(clauses) for clauses in self.alternatives)

    @property
    def failed(self) -> tuple[tuple[ClauseTrace, ...], ...]:
        """For each alternative the clauses that do not hold; () when the condition does."""
        return () if self.holds else tuple(_failed(clauses) for clauses in self.alternatives)


def _failed(clauses: Iterable[ClauseTrace]) -> tuple[ClauseTrace, ...]:
    return tuple(trace for trace in clauses if trace.outcome != HOLDS)


@dataclass(frozen=True, slots=True)
class QuestionTrace:
    """A question, what became of it (ASKED, NEXT, SKIPPED, LATER), the answer, and its condition as it stood then."""

    question: Question
    outcome: str
    answer: frozenset[str]
    when: ConditionTrace


@dataclass(frozen=True, slots=True)
class EvidenceTrace:
    evidence: Evidence
    when: ConditionTrace


@dataclass(frozen=True, slots=True)
class CauseTrace:
    """A cause, what its evidence adds up to, and that evidence: what holds first. supports, against: how many hold."""

    cause: Cause
    tally: Tally
    evidence: tuple[EvidenceTrace, ...]

    @property
    def supports(self) -> int:
        return self._count(SUPPORTS)

    @property
    def against(self) -> int:
        return self._count(AGAINST)

    def _count(self, effect: str) -> int:
        return sum(trace.when.holds and trace.evidence.effect == effect for trace in self.evidence)


@dataclass(frozen=True, slots=True)
class AdviceTrace:
    """present: whether its cause is at least possible, or it names none."""

    advice: Advice
    when: ConditionTrace
    present: bool

    @property
    def shown(self) -> bool:
        return self.present and self.when.holds


@dataclass(frozen=True, slots=True)
class Explanation:
    """questions, advice: in the editors' order. causes: the most certain first."""

    questions: tuple[QuestionTrace, ...]
    causes: tuple[CauseTrace, ...]
    advice: tuple[AdviceTrace, ...]


def explain(flow: Flow, answers: Answers) -> Explanation:
    """Account for everything `walk` and `conclude` make of these answers, complete or not."""
    path = walk(flow, answers)
    questions = tuple(_questions(flow, path))
    waiting = {trace.question.key for trace in questions if trace.outcome in (NEXT, LATER)}
    evidence = [EvidenceTrace(each, _condition(flow, each.when, path.answers, waiting)) for each in flow.evidence]
    tallies = weigh(flow, answers)
    causes = (_cause(flow.cause_by_key[key], tally, evidence) for key, tally in tallies.items())
    present = {None, *(key for key, tally in tallies.items() if tally.status in PRESENT)}
    advice = (
        AdviceTrace(each, _condition(flow, each.when, path.answers, waiting), each.cause in present)
        for each in flow.advice
    )
    return Explanation(questions, tuple(causes), tuple(advice))


def _questions(flow: Flow, path: Walk) -> Iterator[QuestionTrace]:
    given: dict[str, frozenset[str]] = {}
    waiting: set[str] = set()
    for question in flow.questions:
        when = _condition(flow, question.ask_when, given, waiting)
        outcome, answer = SKIPPED, frozenset[str]()
        if waiting or question == path.next:
            outcome = LATER if waiting else NEXT
            waiting.add(question.key)
        elif when.holds:
            outcome, answer = ASKED, path.answers[question.key]
            given[question.key] = answer
        yield QuestionTrace(question, outcome, answer, when)


def _cause(cause: Cause, tally: Tally, evidence: Iterable[EvidenceTrace]) -> CauseTrace:
    mine = [trace for trace in evidence if trace.evidence.cause == cause.key]
    return CauseTrace(cause, tally, tuple(sorted(mine, key=lambda trace: not trace.when.holds)))


def _condition(flow: Flow, condition: Condition, answers: Answers, waiting: Collection[str]) -> ConditionTrace:
    return ConditionTrace(
        tuple(
            tuple(ClauseTrace(clause, _outcome(flow, clause, answers, waiting)) for clause in clauses)
            for clauses in condition.alternatives
        )
    )


def _outcome(flow: Flow, clause: Clause, answers: Answers, waiting: Collection[str]) -> str:
    if clause.holds(answers):
        return HOLDS
    if clause.question not in answers:
        return OPEN if clause.question in waiting else NOT_ASKED
    return UNKNOWN if answers[clause.question] & flow.question_by_key[clause.question].unknown else OTHER
