"""What holds over all answer paths of a flow: lengths, outcomes, and what can be reached at all."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from guidance.engine.conditions import Answers, Condition
from guidance.engine.flow import Flow
from guidance.engine.space import Ends, cone, explore
from guidance.engine.verdict import PRESENT, Tally
from guidance.engine.walk import walk


@dataclass(frozen=True, slots=True)
class Lengths:
    """How many questions the paths ask: number of questions -> number of raw paths."""

    paths: dict[int, int]
    complete: bool

    @property
    def total(self) -> int:
        return sum(self.paths.values())

    @property
    def longest(self) -> int:
        return max(self.paths)

    @property
    def median(self) -> int:
        """The length that half of all raw paths do not exceed."""
        passed = 0
        for length in sorted(self.paths):
            passed += self.paths[length]
            if 2 * passed >= self.total:
                return length
        return 0


def lengths(flow: Flow, cap: int | None = None) -> Lengths:
    """The number of questions asked, over all paths."""
    ends = explore(flow.questions, [question.ask_when for question in flow.questions], lambda n, _: n + 1, 0, cap)
    return Lengths({asked: trail.count for asked, trail in ends.memos.items()}, ends.complete)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way the causes can come out. tallies: in the order of the flow's causes."""

    tallies: tuple[Tally, ...]
    count: int
    example: dict[str, frozenset[str]]


@dataclass(frozen=True)
class Outcomes:
    outcomes: tuple[Outcome, ...]
    complete: bool

    @cached_property
    def total(self) -> int:
        """The number of raw answer paths."""
        return sum(outcome.count for outcome in self.outcomes)


def outcomes(flow: Flow, cap: int | None = None) -> Outcomes:
    """Every combination of tallies that some path leads to, with the number of paths and one example."""
    ends = tallies(flow, [cause.key for cause in flow.causes], cap)
    found = (Outcome(memo, trail.count, trail.example()) for memo, trail in ends.memos.items())
    return Outcomes(tuple(found), ends.complete)


def tallies(flow: Flow, causes: Sequence[str], cap: int | None = None) -> Ends:
    """Explore the whole flow with a tally for each of `causes` as the memo."""
    place = {cause: i for i, cause in enumerate(causes)}
    evidence = [e for e in flow.evidence if e.cause in place]

    def fold(memo: tuple[Tally, ...], j: int) -> tuple[Tally, ...]:
        at = place[evidence[j].cause]
        return (*memo[:at], memo[at].add(evidence[j].effect), *memo[at + 1 :])

    return explore(flow.questions, [e.when for e in evidence], fold, (Tally(),) * len(causes), cap)


def reachable(flow: Flow, conditions: Sequence[Condition], cap: int | None = None) -> set[int]:
    """Indexes of the conditions that hold on some path. Looks only at the questions that matter to each.

    What lies beyond the state cap is not called unreachable.
    """
    found: set[int] = set()
    by_questions: dict[frozenset[str], list[int]] = defaultdict(list)
    for i, condition in enumerate(conditions):
        by_questions[condition.questions()].append(i)
    for group in by_questions.values():
        watched = [conditions[i] for i in group]
        # A condition without questions is decided at the first question, so one is needed.
        questions = cone(flow, watched) or flow.questions[:1]
        ends = explore(questions, watched, lambda memo, _: memo, None, cap)
        found.update(group[j] for j in (ends.seen if ends.complete else range(len(group))))
    return found


def reachable_advice(flow: Flow) -> set[str]:
    """Keys of the advice that some path shows: its condition holds while its cause is at least possible."""
    free = [advice for advice in flow.advice if advice.cause is None]
    found = {free[i].key for i in reachable(flow, [advice.when for advice in free])}
    for cause in flow.causes:
        found |= _reachable_with(flow, cause.key)
    return found


def _reachable_with(flow: Flow, cause: str) -> set[str]:
    evidence = [e for e in flow.evidence if e.cause == cause]
    by_questions: dict[frozenset[str], list[str]] = defaultdict(list)
    advice = {a.key: a for a in flow.advice if a.cause == cause}
    for key, one in advice.items():
        by_questions[one.when.questions()].append(key)
    found: set[str] = set()
    for keys in by_questions.values():
        watched = [e.when for e in evidence] + [advice[key].when for key in keys]

        def fold(memo: tuple[Tally, frozenset[str]], j: int, keys: list[str] = keys) -> tuple[Tally, frozenset[str]]:
            total, fired = memo
            if j < len(evidence):
                return total.add(evidence[j].effect), fired
            return total, fired | {keys[j - len(evidence)]}

        questions = cone(flow, watched) or flow.questions[:1]
        ends = explore(questions, watched, fold, (Tally(), frozenset()))
        found.update(keys if not ends.complete else ())
        for total, fired in ends.memos:
            if total.status in PRESENT:
                found |= fired
    return found


def path_without(flow: Flow, kind: str) -> dict[str, frozenset[str]] | None:
    """Complete answers whose result shows no advice of a kind, or None when every result shows one."""
    advice = [one for one in flow.advice if one.kind == kind]
    place = {cause.key: i for i, cause in enumerate(flow.causes)}
    watched = [e.when for e in flow.evidence] + [one.when for one in advice]

    def fold(memo: tuple[tuple[Tally, ...], frozenset[str | None]], j: int) -> Any:
        tallies, offered = memo
        if j < len(flow.evidence):
            at = place[flow.evidence[j].cause]
            return (*tallies[:at], tallies[at].add(flow.evidence[j].effect), *tallies[at + 1 :]), offered
        cause = advice[j - len(flow.evidence)].cause
        # General advice is always shown: what else was offered no longer matters, so such paths are merged.
        return tallies, frozenset({None}) if None in offered or cause is None else offered | {cause}

    start: tuple[tuple[Tally, ...], frozenset[str | None]] = ((Tally(),) * len(flow.causes), frozenset())
    for (tallies, offered), trail in explore(flow.questions, watched, fold, start).memos.items():
        present = {cause for cause, at in place.items() if tallies[at].status in PRESENT}
        if None not in offered and not offered & present:
            return trail.example()
    return None


def longest_from(flow: Flow, answers: Answers) -> int:
    """The most questions that can still follow the next one (0: it is the last); 0 when the path is complete."""
    path = walk(flow, answers)
    if path.next is None:
        return 0
    return _longest(flow, frozenset(path.answers.items())) - len(path.asked) - 1


@lru_cache(maxsize=4096)
def _longest(flow: Flow, given: frozenset[tuple[str, frozenset[str]]]) -> int:
    asked = [question.ask_when for question in flow.questions]
    return max(explore(flow.questions, asked, lambda n, _: n + 1, 0, given=dict(given)).memos)


def count_outcomes(found: Outcomes, flow: Flow) -> Counter[str]:
    """Number of raw paths by primary cause key; "" is no cause."""
    counts: Counter[str] = Counter()
    for outcome in found.outcomes:
        best = min(range(len(flow.causes)), key=lambda i: outcome.tallies[i].rank)
        primary = flow.causes[best].key if outcome.tallies[best].status in PRESENT else ""
        counts[primary] += outcome.count
    return counts
