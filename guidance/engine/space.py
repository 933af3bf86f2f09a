"""All answer paths of a flow at once: paths that no later condition can tell apart are walked as one.

Every distinct clause is one bit. What a partial path leaves behind is the set of true clauses that some
condition still to be decided looks at, plus a memo of what was already decided. Two paths with the same facts
and memo have the same future, so they are merged and counted.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, islice
from types import MappingProxyType
from typing import Any

from guidance.engine.conditions import Answers, Clause, Condition
from guidance.engine.flow import MULTI, Flow, Question

# More merged states than this at one question are not followed; then `Ends.complete` is False. Where many questions
# are asked, fewer are: an editor waits for the answer, so the whole work stays within bounds.
STATE_CAP = 100_000
STATES_TIMES_QUESTIONS_SQUARED = 3_000_000

Memo = Any
# Called with the memo so far and the index of the watched condition that was found true; gives the next memo.
Fold = Callable[[Memo, int], Memo]


@dataclass(slots=True)
class Trail:
    """Some merged paths: how many raw ones, and the answers of one of them as a linked list."""

    count: int
    last: "Step | None"

    def example(self) -> dict[str, frozenset[str]]:
        answers, step = {}, self.last
        while step:
            answers[step.question] = step.chosen
            step = step.before
        return dict(reversed(answers.items()))


@dataclass(frozen=True, slots=True)
class Step:
    question: str
    chosen: frozenset[str]
    before: "Step | None"


@dataclass(frozen=True, slots=True)
class Ends:
    """Where all paths end.

    memos: final memo -> merged paths. seen: indexes of the watched conditions that hold on some path.
    complete: False when the state cap was reached, so that only a part was looked at.
    """

    memos: dict[Memo, Trail]
    seen: frozenset[int]
    complete: bool


@lru_cache(maxsize=1024)
def possible_answers(question: Question) -> tuple[frozenset[str], ...]:
    """Every answer the question can take: one option, or for a multi question every allowed subset."""
    singles = tuple(frozenset({option.key}) for option in question.options)
    if question.kind != MULTI:
        return singles
    free = [option.key for option in question.options if not option.exclusive]
    several = (frozenset(keys) for size in range(2, len(free) + 1) for keys in combinations(free, size))
    return singles + tuple(several)


def state_cap(questions: int) -> int:
    """The number of merged states to follow at each of so many questions."""
    return min(STATE_CAP, STATES_TIMES_QUESTIONS_SQUARED // max(1, questions) ** 2)


def thinned(states: dict[Any, Trail], cap: int) -> dict[Any, Trail]:
    """At most `cap` of the states, spread evenly over all of them."""
    step = -(-len(states) // cap)
    return dict(islice(states.items(), 0, None, step))


class Bits:
    """Clauses as bits and conditions as alternatives of masks."""

    def __init__(self, conditions: Iterable[Condition]) -> None:
        self._bit: dict[Clause, int] = {}
        for condition in conditions:
            for clause in condition.clauses():
                self._bit.setdefault(clause, 1 << len(self._bit))
        self._by_question: dict[str, list[tuple[Clause, int]]] = {}
        for clause, bit in self._bit.items():
            self._by_question.setdefault(clause.question, []).append((clause, bit))

    def masks(self, condition: Condition) -> tuple[int, ...]:
        """One mask for each alternative; the condition holds when all bits of one mask are set."""
        return tuple(sum({self._bit[clause] for clause in a}) for a in condition.alternatives) or (0,)

    def facts(self, question: str, chosen: frozenset[str]) -> int:
        """The clauses that an answer makes true."""
        return sum(bit for clause, bit in self._by_question.get(question, ()) if clause.accepts(chosen))


def holds(masks: tuple[int, ...], facts: int) -> bool:
    return any(facts & mask == mask for mask in masks)


def cone(flow: Flow, conditions: Iterable[Condition]) -> tuple[Question, ...]:
    """The questions that matter to the conditions: those they name, and those that decide whether these are asked."""
    needed: set[str] = set()
    todo = [key for condition in conditions for key in condition.questions()]
    while todo:
        key = todo.pop()
        if key not in needed and key in flow.question_by_key:
            needed.add(key)
            todo.extend(flow.question_by_key[key].ask_when.questions())
    return tuple(question for question in flow.questions if question.key in needed)


@dataclass(frozen=True, slots=True)
class _Stage:
    """One question prepared for the exploration."""

    key: str
    ask: tuple[int, ...]
    choices: tuple[tuple[int, int, frozenset[str]], ...]  # (facts, number of answers, one of them)
    due: tuple[tuple[int, tuple[int, ...]], ...]  # watched conditions decided here: (index, masks)
    keep: int  # the facts that later questions still look at


def _stages(questions: Sequence[Question], watched: Sequence[Condition], given: Answers) -> list[_Stage]:
    bits = Bits([*watched, *(question.ask_when for question in questions)])
    place = {question.key: i for i, question in enumerate(questions)}
    decided_at = [max((place.get(key, 0) for key in c.questions()), default=0) for c in watched]
    stages = []
    keep = 0
    for i in reversed(range(len(questions))):
        due = tuple((j, bits.masks(watched[j])) for j, at in enumerate(decided_at) if at == i)
        ask = bits.masks(questions[i].ask_when)
        stages.append(_Stage(questions[i].key, ask, _choices(questions[i], bits, given), due, keep))
        for masks in [ask, *(masks for _, masks in due)]:
            for mask in masks:
                keep |= mask
    return stages[::-1]


def _choices(question: Question, bits: Bits, given: Answers) -> tuple[tuple[int, int, frozenset[str]], ...]:
    merged: dict[int, tuple[int, frozenset[str]]] = {}
    answers = (given[question.key],) if question.key in given else possible_answers(question)
    for chosen in answers:
        facts = bits.facts(question.key, chosen)
        count, example = merged.get(facts, (0, chosen))
        merged[facts] = (count + 1, example)
    return tuple((facts, count, example) for facts, (count, example) in merged.items())


_SKIPPED: tuple[tuple[int, int, frozenset[str]], ...] = ((0, 1, frozenset()),)


def explore(
    questions: Sequence[Question],
    watched: Sequence[Condition],
    fold: Fold,
    start: Memo,
    cap: int | None = None,
    given: Answers = MappingProxyType({}),
) -> Ends:
    """Walk every path through `questions` (in order) and fold each watched condition that turns out true into the memo.

    Conditions may name only questions in `questions`; answers in `given` are fixed. The counts are exact: they are
    numbers of raw answer paths.
    """
    cap = state_cap(len(questions)) if cap is None else cap
    states: dict[tuple[int, Memo], Trail] = {(0, start): Trail(1, None)}
    seen: set[int] = set()
    complete = True
    for stage in _stages(questions, watched, given):
        states = _advance(states, stage, fold, seen)
        if len(states) > cap:
            complete = False
            states = thinned(states, cap)
    memos: dict[Memo, Trail] = {}
    for (_, memo), trail in states.items():
        merge(memos, memo, trail.count, trail.last)
    return Ends(memos, frozenset(seen), complete)


def _advance(
    states: dict[tuple[int, Memo], Trail], stage: _Stage, fold: Fold, seen: set[int]
) -> dict[tuple[int, Memo], Trail]:
    after: dict[tuple[int, Memo], Trail] = {}
    for (facts, memo), trail in states.items():
        for bits, count, chosen in stage.choices if holds(stage.ask, facts) else _SKIPPED:
            now, folded = facts | bits, memo
            for j, masks in stage.due:
                if holds(masks, now):
                    seen.add(j)
                    folded = fold(folded, j)
            step = Step(stage.key, chosen, trail.last) if chosen else trail.last
            merge(after, (now & stage.keep, folded), trail.count * count, step)
    return after


def merge(states: dict[Any, Trail], key: Any, count: int, last: Step | None) -> None:
    """Add `count` paths to the merged state `key`; the first example stays."""
    trail = states.get(key)
    if trail:
        trail.count += count
    else:
        states[key] = Trail(count, last)
