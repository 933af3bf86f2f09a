"""What publishing a new version would change for readers: every answer path, old against new."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from graphlib import CycleError, TopologicalSorter

from guidance.engine.aliases import carry_options, question_key
from guidance.engine.conditions import ALWAYS, Condition
from guidance.engine.flow import Advice, Flow, Question
from guidance.engine.space import Bits, Step, Trail, cone, holds, merge, possible_answers, state_cap, thinned
from guidance.engine.verdict import PRESENT, Tally


@dataclass(frozen=True, slots=True)
class Result:
    """What a reader gets at the end of a path: primary cause key or None, the status of each cause, the advice.

    advice: without its condition, which no reader sees. Advice that is the same in both versions, and is asked for by
    the same questions in the same way, is left out: it can then only change with the status of its cause.
    """

    primary: str | None
    statuses: tuple[tuple[str, str], ...]
    advice: frozenset[Advice]


@dataclass(frozen=True, slots=True)
class Transition:
    """`paths` answer paths lead from `before` to `after`; `example` is one of them, in the new version's keys.

    before or after is None for paths that only one of the versions has.
    """

    before: Result | None
    after: Result | None
    paths: int
    example: dict[str, frozenset[str]]

    @property
    def changes(self) -> tuple[str, ...]:
        """What differs: any of primary, status, advice; or path when only one version has it."""
        if self.before is None or self.after is None:
            return ("path",)
        pairs = {
            "primary": (self.before.primary, self.after.primary),
            "status": (self.before.statuses, self.after.statuses),
            "advice": (self.before.advice, self.after.advice),
        }
        return tuple(name for name, (old, new) in pairs.items() if old != new)


@dataclass(frozen=True, slots=True)
class Impact:
    """transitions: only those that change something, the most paths first. unchanged: paths with the same result.

    complete: False when there were too many states, or the two versions ask in orders that cannot be reconciled.
    reached: paths, changed or not, by their primary cause in the old version (None: no cause).
    """

    transitions: tuple[Transition, ...]
    unchanged: int
    complete: bool
    reached: Mapping[str | None, int] = field(default_factory=dict)

    @property
    def changed(self) -> int:
        return sum(transition.paths for transition in self.transitions)


def impact(old: Flow, new: Flow, cap: int | None = None) -> Impact:
    """Compare all answer paths of two versions of a flow; the new one reads old answers through its aliases."""
    names = _names(old, new)
    order = _common_order(old, new, names)
    if order is None:
        return Impact((), 0, complete=False)
    before = _Side(old, _changed_advice(old, new), order, names)
    after = _Side(new, _changed_advice(new, old), order, {question.key: question.key for question in new.questions})
    cap = state_cap(len(order)) if cap is None else cap
    states: dict[_State, Trail] = {(before.start, after.start): Trail(1, None)}
    complete = True
    for key in order:
        states = _advance(states, _Answers(key, before, after, new))
        if len(states) > cap:
            complete = False
            states = thinned(states, cap)
    return _summary(states, before, after, complete=complete)


# facts, tallies, indexes of the advice whose condition held
_Half = tuple[int, tuple[Tally, ...], frozenset[int]]
_State = tuple[_Half | None, _Half | None]


class _Side:
    """One version, prepared to be walked question by question."""

    def __init__(self, flow: Flow, advice: Sequence[Advice], order: Sequence[str], names: Mapping[str, str]) -> None:
        """`names`: what each question of `order` is called here; `order` holds the new version's names."""
        self.flow = flow
        self.advice = advice
        self._question = {key: flow.question_by_key[names[key]] for key in order if key in names}
        watched = [e.when for e in flow.evidence] + [a.when for a in advice]
        self._bits = Bits([*watched, *(question.ask_when for question in flow.questions)])
        at = {names.get(key, key): i for i, key in enumerate(order)}
        self._due: dict[str, list[tuple[int, tuple[int, ...]]]] = {key: [] for key in order}
        for j, condition in enumerate(watched):
            last = max((at[key] for key in condition.questions()), default=0)
            self._due[order[last]].append((j, self._bits.masks(condition)))
        self._keep = self._later_facts(order)
        self._causes = {cause.key: i for i, cause in enumerate(flow.causes)}
        self.start: _Half = (0, (Tally(),) * len(flow.causes), frozenset())

    def _later_facts(self, order: Sequence[str]) -> dict[str, int]:
        keep, later = {}, 0
        for key in reversed(order):
            keep[key] = later
            question = self._question.get(key)
            masks = self._bits.masks(question.ask_when) if question else ()
            for mask in (*masks, *(m for _, each in self._due[key] for m in each)):
                later |= mask
        return keep

    def asks(self, half: _Half | None, key: str) -> Question | None:
        """The question called `key`, when this version asks it here."""
        question = self._question.get(key)
        if half is None or question is None:
            return None
        return question if holds(self._bits.masks(question.ask_when), half[0]) else None

    def facts(self, question: Question, chosen: frozenset[str]) -> int:
        return self._bits.facts(question.key, chosen)

    def after(self, half: _Half, key: str, facts: int) -> _Half:
        now, tallies, fired = half[0] | facts, list(half[1]), set(half[2])
        for j, masks in self._due[key]:
            if holds(masks, now):
                if j < len(self.flow.evidence):
                    evidence = self.flow.evidence[j]
                    place = self._causes[evidence.cause]
                    tallies[place] = tallies[place].add(evidence.effect)
                else:
                    fired.add(j - len(self.flow.evidence))
        return now & self._keep[key], tuple(tallies), frozenset(fired)

    def result(self, half: _Half | None) -> Result | None:
        if half is None:
            return None
        tallies = dict(zip(self._causes, half[1], strict=True))
        best = min(tallies, key=lambda cause: tallies[cause].rank)
        present = {cause for cause, tally in tallies.items() if tally.status in PRESENT}
        shown = (self.advice[j] for j in half[2])
        return Result(
            primary=best if best in present else None,
            statuses=tuple(sorted((cause, tally.status) for cause, tally in tallies.items())),
            advice=frozenset(replace(a, when=ALWAYS) for a in shown if a.cause is None or a.cause in present),
        )


def _names(old: Flow, new: Flow) -> dict[str, str]:
    """What the old version calls each of its questions, by the name the new version has for it."""
    names: dict[str, str] = {}
    for question in old.questions:
        renamed = question_key(new, question.key) or question.key
        # Two questions made one: the first takes the name, the other counts as a question that went away.
        names[question.key if renamed in names else renamed] = question.key
    return names


def _common_order(old: Flow, new: Flow, names: Mapping[str, str]) -> list[str] | None:
    """An order of all questions in which both versions ask a question only after those it depends on."""
    renamed = {own: key for key, own in names.items()}
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for question in new.questions:
        sorter.add(question.key, *sorted(question.ask_when.questions()))
    for question in old.questions:
        sorter.add(renamed[question.key], *sorted(renamed[key] for key in question.ask_when.questions()))
    try:
        return list(sorter.static_order())
    except CycleError:
        return None


def _changed_advice(flow: Flow, other: Flow) -> list[Advice]:
    """Advice that the other version does not have just so, or for which it asks differently."""
    theirs = set(other.advice)
    return [advice for advice in flow.advice if advice not in theirs or _asking(flow, advice) != _asking(other, advice)]


def _asking(flow: Flow, advice: Advice) -> list[tuple[str, Condition]]:
    return [(question.key, question.ask_when) for question in cone(flow, [advice.when])]


# facts under the old and the new version (None: this version cannot take the answer), number of answers, one of them
_Choice = tuple[int | None, int | None, int, frozenset[str]]


class _Answers:
    """The answers to one question under both versions, merged where neither can tell them apart."""

    def __init__(self, key: str, before: _Side, after: _Side, new: Flow) -> None:
        self.key, self.before, self.after, self.new = key, before, after, new
        self._known: dict[tuple[bool, bool], list[_Choice]] = {}

    def choices(self, old: Question | None, new: Question | None) -> list[_Choice]:
        """`old`, `new`: the question as each version asks it here, None where it does not."""
        case = (old is not None, new is not None)
        if case not in self._known:
            merged: dict[tuple[int | None, int | None], tuple[int, frozenset[str]]] = {}
            for facts_old, facts_new, chosen in self._each(old, new):
                count, example = merged.get((facts_old, facts_new), (0, chosen))
                merged[facts_old, facts_new] = (count + 1, example)
            self._known[case] = [(*facts, count, example) for facts, (count, example) in merged.items()]
        return self._known[case]

    def _each(
        self, old: Question | None, new: Question | None
    ) -> Iterator[tuple[int | None, int | None, frozenset[str]]]:
        if old is None and new is None:
            yield 0, 0, frozenset()
            return
        understood = set()
        for theirs in possible_answers(old) if old else ():
            chosen = carry_options(self.new, old.key, theirs) if old else theirs
            taken = new is None or not new.refusal(chosen)
            understood.add(chosen)
            facts = 0 if new is None else self.after.facts(new, chosen)
            yield self.before.facts(old, theirs) if old else 0, facts if taken else None, chosen if taken else theirs
        for ours in possible_answers(new) if new else ():
            if ours not in understood and new:
                yield 0 if old is None else None, self.after.facts(new, ours), ours


def _advance(states: dict[_State, Trail], answers: _Answers) -> dict[_State, Trail]:
    moved: dict[_State, Trail] = {}
    key, before, after = answers.key, answers.before, answers.after
    for (old, new), trail in states.items():
        for facts_old, facts_new, count, chosen in answers.choices(before.asks(old, key), after.asks(new, key)):
            state = (
                None if old is None or facts_old is None else before.after(old, key, facts_old),
                None if new is None or facts_new is None else after.after(new, key, facts_new),
            )
            merge(moved, state, trail.count * count, Step(key, chosen, trail.last) if chosen else trail.last)
    return moved


def _summary(states: dict[_State, Trail], before: _Side, after: _Side, *, complete: bool) -> Impact:
    merged: dict[tuple[Result | None, Result | None], Trail] = {}
    for (old, new), trail in states.items():
        merge(merged, (before.result(old), after.result(new)), trail.count, trail.last)
    transitions = [Transition(*pair, trail.count, trail.example()) for pair, trail in merged.items()]
    changed = [each for each in transitions if each.changes]
    unchanged = sum(each.paths for each in transitions) - sum(each.paths for each in changed)
    reached: Counter[str | None] = Counter()
    for each in transitions:
        if each.before:
            reached[each.before.primary] += each.paths
    return Impact(tuple(sorted(changed, key=lambda each: -each.paths)), unchanged, complete, reached)
