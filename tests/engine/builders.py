"""What the engine's tests share: a tiny valid flow document to alter, naive walks, and random small flows."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from itertools import chain, combinations
from typing import Any

from hypothesis import strategies as st

from guidance.engine.checks import examine
from guidance.engine.conditions import ALWAYS, Clause, Condition
from guidance.engine.document import read_flow
from guidance.engine.flow import (
    ADVICE_KINDS,
    EFFECTS,
    MULTI,
    SINGLE,
    Advice,
    Cause,
    Evidence,
    Flow,
    Headline,
    Option,
    Question,
)
from guidance.engine.walk import walk
from tests.engine.tiny import TINY


def tiny() -> dict[str, Any]:
    """The tiny document, to be altered freely."""
    return deepcopy(TINY)


def altered(place: str, value: Any) -> dict[str, Any]:
    """The tiny document with `value` at `place`, a path as in Problem.place."""
    document = tiny()
    put(document, place, value)
    return document


def put(document: Any, place: str, value: Any) -> None:
    """Set what stands at `place`; one past the end of a list adds to it."""
    *path, last = place.split("/")
    for step in path:
        document = document[int(step)] if isinstance(document, list) else document[step]
    if not isinstance(document, list):
        document[last] = value
    elif int(last) == len(document):
        document.append(value)
    else:
        document[int(last)] = value


def without(place: str) -> dict[str, Any]:
    """The tiny document without what stands at `place`."""
    document = tiny()
    *path, last = place.split("/")
    inside: Any = document
    for step in path:
        inside = inside[int(step)] if isinstance(inside, list) else inside[step]
    del inside[int(last) if isinstance(inside, list) else last]
    return document


def flow_of(document: dict[str, Any]) -> Flow:
    """The flow of a document that reads without a problem."""
    flow, problems = read_flow(document)
    assert problems == [], problems
    return flow


def findings(document: Any, published: Flow | None = None) -> set[tuple[str, str]]:
    """(level, place) of every problem."""
    return {(problem.level, problem.place) for problem in examine(document, published)[1]}


def messages(document: Any, place: str, published: Flow | None = None) -> str:
    """What is said at one place, in one text."""
    return "\n".join(problem.message for problem in examine(document, published)[1] if problem.place == place)


def given(**answers: str) -> dict[str, frozenset[str]]:
    """Answers written as question="option" or question="option option"."""
    return {question: frozenset(options.split()) for question, options in answers.items()}


def question(key: str, *options: str, ask_when: Any = None, **more: Any) -> dict[str, Any]:
    """A question document with these options and an "unknown"."""
    listed: list[dict[str, Any]] = [{"key": each, "label": f"选{each}"} for each in options]
    listed.append({"key": "unknown", "label": "不确定", "unknown": True, "where": "看页面。", "exclusive": True})
    asked = {"ask_when": ask_when} if ask_when else {}
    return {"key": key, "text": f"{key}怎样？", "why": "要知道。", "options": listed, **asked, **more}


def any_of(key: str, *options: str) -> list[list[dict[str, Any]]]:
    return [[{"question": key, "any_of": list(options)}]]


def evidence(key: str, cause: str, effect: str, when: Any) -> dict[str, Any]:
    return {"key": key, "cause": cause, "effect": effect, "reason": f"因为{key}", "when": when}


def advice(key: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "kind": kind, "title": key, "body": f"做{key}。", "claims": ["late"], **more}


# The naive way: every answer one by one, with nothing but walk.


def every_answer(asked: Question) -> list[frozenset[str]]:
    keys = asked.option_keys
    subsets = chain.from_iterable(combinations(keys, size) for size in range(1, len(keys) + 1))
    return [chosen for chosen in map(frozenset, subsets) if asked.refusal(chosen) is None]


def every_state(flow: Flow) -> Iterator[dict[str, frozenset[str]]]:
    """Every state a reader can reach, from the first page to the results."""
    todo: list[dict[str, frozenset[str]]] = [{}]
    while todo:
        answers = todo.pop()
        yield answers
        following = walk(flow, answers).next
        if following:
            todo += [{**answers, following.key: chosen} for chosen in every_answer(following)]


def every_path(flow: Flow) -> list[dict[str, frozenset[str]]]:
    """Every complete path."""
    return [answers for answers in every_state(flow) if walk(flow, answers).complete]


# Random small flows: keys c0…, q0…, o0…, e0…, a0…, so that two of them share most keys.


@st.composite
def questions(draw: st.DrawFn, key: str, earlier: list[Question]) -> Question:
    kind = draw(st.sampled_from((SINGLE, SINGLE, MULTI)))
    options = tuple(Option(f"o{i}", f"选{i}") for i in range(draw(st.integers(1, 2))))
    unknown = Option("unknown", "不确定", unknown=True, where="看页面。", exclusive=True)
    return Question(key, f"{key}？", "要知道。", (*options, unknown), kind, ask_when=draw(conditions(earlier, least=0)))


@st.composite
def clauses(draw: st.DrawFn, about: list[Question]) -> Clause:
    asked = draw(st.sampled_from(about))
    options = draw(st.sets(st.sampled_from(asked.option_keys), min_size=1, max_size=2))
    return Clause(asked.key, frozenset(options), draw(st.booleans()))


def conditions(about: list[Question], least: int = 1) -> st.SearchStrategy[Condition]:
    """Conditions over the questions `about`; with least=0 also "always"."""
    if not about:
        return st.just(ALWAYS)
    alternative = st.lists(clauses(about), min_size=1, max_size=2).map(tuple)
    return st.lists(alternative, min_size=least, max_size=2).map(lambda found: Condition(tuple(found)))


@st.composite
def flows(draw: st.DrawFn, least: int = 1, most: int = 4, *, advice_on_all: bool = True) -> Flow:
    """A flow that reads without a problem, with `least` to `most` questions.

    advice_on_all: whether advice may look at any question, or only at the first, which everybody is asked.
    """
    asked: list[Question] = []
    for i in range(draw(st.integers(least, most))):
        asked.append(draw(questions(f"q{i}", asked)))
    causes = [Cause(f"c{i}", f"原因{i}", "是这样。", "calm", ("late",)) for i in range(draw(st.integers(1, 3)))]
    some_cause = st.sampled_from([cause.key for cause in causes])
    proofs = [
        Evidence(f"e{i}", draw(some_cause), draw(st.sampled_from(EFFECTS)), "因为", draw(conditions(asked)))
        for i in range(draw(st.integers(1, 5)))
    ]
    advised = [
        Advice(
            f"a{i}",
            draw(st.sampled_from(ADVICE_KINDS)),
            "做",
            draw(st.sampled_from(("做这个。", "做那个。"))),
            draw(st.none() | some_cause),
            draw(conditions(asked if advice_on_all else asked[:1], least=0)),
            ("late",),
        )
        for i in range(draw(st.integers(1, 3)))
    ]
    return small_flow(draw(st.permutations(causes)), asked, proofs, advised)


def small_flow(
    causes: list[Cause], asked: list[Question], proofs: list[Evidence], advised: list[Advice], key: str = "small"
) -> Flow:
    return Flow(
        key=key,
        title="小自查",
        summary="看看。",
        audience="谁都行。",
        minutes=1,
        prepare=(),
        checked_on="2026-11-22",
        review_by="2027-02-22",
        inconclusive=Headline("不确定", "再看看。"),
        causes=tuple(causes),
        questions=tuple(asked),
        evidence=tuple(proofs),
        advice=tuple(advised),
    )


@st.composite
def pairs(draw: st.DrawFn, *, advice_on_all: bool = False) -> tuple[Flow, Flow]:
    """Two versions of a flow: either unlike each other, or the second with a few parts changed."""
    old = draw(flows(2, 3, advice_on_all=advice_on_all))
    size = len(old.questions)
    if draw(st.booleans()):
        return old, draw(flows(1, 3, advice_on_all=advice_on_all))
    other = draw(flows(size, size, advice_on_all=advice_on_all))
    known = {None, *old.cause_by_key}
    asked = tuple(draw(st.sampled_from(both)) for both in zip(old.questions, other.questions, strict=True))
    return old, replace(
        old,
        questions=asked,
        evidence=draw(mixed(old.evidence, [e for e in other.evidence if e.cause in known])),
        advice=draw(mixed(old.advice, [a for a in other.advice if a.cause in known])),
    )


@st.composite
def mixed(draw: st.DrawFn, mine: Sequence[Any], theirs: Sequence[Any]) -> tuple[Any, ...]:
    """Some of mine, and under keys that are then free, some of theirs."""
    kept = draw(st.lists(st.sampled_from(mine), unique_by=lambda one: one.key)) if draw(st.booleans()) else list(mine)
    free = [one for one in theirs if one.key not in {other.key for other in kept}]
    return (*kept, *free[: draw(st.integers(0, 2))])


def renamed(flow: Flow, aliases: dict[str, str | None], prefix: str = "n-") -> Flow:
    """The same flow with other question and option keys, and `aliases` that lead from the keys of before."""

    def clause(one: Clause) -> Clause:
        return replace(one, question=prefix + one.question, options=frozenset(prefix + each for each in one.options))

    def condition(one: Condition) -> Condition:
        return Condition(tuple(tuple(clause(each) for each in alternative) for alternative in one.alternatives))

    asked = tuple(
        replace(
            one,
            key=prefix + one.key,
            ask_when=condition(one.ask_when),
            options=tuple(replace(option, key=prefix + option.key) for option in one.options),
        )
        for one in flow.questions
    )
    return replace(
        flow,
        questions=asked,
        evidence=tuple(replace(one, when=condition(one.when)) for one in flow.evidence),
        advice=tuple(replace(one, when=condition(one.when)) for one in flow.advice),
        aliases=aliases,
    )
