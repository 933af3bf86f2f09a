"""Timings of the self-check engine with their targets: `python -m tests.bench.engine`. Exit code 1: one was missed."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

from guidance.engine.checks import check, examine
from guidance.engine.document import flow_document, read_flow
from guidance.engine.flow import Flow
from guidance.engine.impact import impact
from guidance.engine.paths import lengths, outcomes
from guidance.engine.problems import failures
from guidance.engine.verdict import conclude
from guidance.engine.walk import walk
from tests.engine.builders import advice, any_of, evidence, question, tiny
from tests.engine.test_shipped_flows import shipped

MILLION = 1_000_000
CAUSES = ("overdue", "guard", "shop", "upgrade")


@dataclass(frozen=True)
class Row:
    """One measurement: the median of `runs` runs, each the mean of `repeats` calls, in milliseconds."""

    name: str
    target: float
    work: Callable[[], object]
    runs: int = 5
    repeats: int = 1

    def measure(self) -> float:
        return median(self._once() for _ in range(self.runs))

    def _once(self) -> float:
        begin = perf_counter()
        for _ in range(self.repeats):
            self.work()
        return (perf_counter() - begin) * 1000 / self.repeats


def generated(size: int, *, branching: bool) -> dict[str, Any]:
    """A flow document of `size` questions with five options each, with evidence and advice on every one.

    branching: each question but the first is asked after one of the answers to the first, as in a real flow.
    Otherwise everybody is asked all, and some evidence looks at two neighbouring questions.
    """
    document = tiny()
    routes = ["a", "b", "c", "d"]
    document["causes"] = [dict(document["causes"][0], key=cause) for cause in CAUSES]
    document["questions"] = [
        question(f"q{i}", *routes, ask_when=any_of("q0", routes[i % 4]) if branching and i else None)
        for i in range(size)
    ]
    document["evidence"] = [
        evidence(f"e{i}-{option}", CAUSES[(i + j) % len(CAUSES)], effect, any_of(f"q{i}", option))
        for i in range(size)
        for j, (option, effect) in enumerate(zip(routes, ("supports", "supports", "against", "supports"), strict=True))
    ]
    if not branching:
        document["evidence"] += [
            evidence(f"both{i}", CAUSES[i % len(CAUSES)], "supports", both(f"q{i}", f"q{i + 1}"))
            for i in range(size - 1)
        ]
    document["advice"] = [each for each in document["advice"] if "cause" not in each]
    document["advice"] += [advice(f"for-q{i}", "step", when=any_of(f"q{i}", "a", "unknown")) for i in range(size)]
    document["scenarios"] = []
    return document


def both(first: str, second: str) -> list[list[dict[str, Any]]]:
    return [[*any_of(first, "a")[0], *any_of(second, "b")[0]]]


def sound(document: dict[str, Any]) -> Flow:
    flow, problems = examine(document)
    if failures(problems):
        sys.exit(f"the generated flow is broken: {failures(problems)[:3]}")
    return flow


def rows() -> list[Row]:
    long = generated(200, branching=True)
    document, huabei, _ = shipped("huabei")
    answers = max((scenario.answers for scenario in huabei.scenarios), key=len)
    wide = sound(generated(9, branching=False))
    edited = flow_document(wide)
    edited["evidence"][0]["effect"] = "confirms"
    edited["advice"][0]["body"] = "先看看页面上写了什么。"
    edited["questions"][5]["options"][0]["label"] = "改了字"
    newer = sound(edited)
    if lengths(wide).total < MILLION or not outcomes(wide).complete:
        sys.exit("the generated flow is too small, or not looked at as a whole")
    print(f"generated flow: {lengths(wide).total:,} raw answer paths, {len(outcomes(wide).outcomes):,} outcomes")
    if not walk(huabei, answers).complete or not impact(wide, newer).changed:
        sys.exit("a measurement would measure nothing")
    return [
        Row("read_flow of 200 questions", 50, lambda: read_flow(long), runs=15),
        Row("walk + conclude on huabei", 1, lambda: (walk(huabei, answers), conclude(huabei, answers)), 15, 100),
        Row("examine huabei", 2000, lambda: examine(document)),
        Row("check every path of the generated flow", 5000, lambda: check(wide), runs=3),
        Row("impact of two versions of it", 5000, lambda: impact(wide, newer), runs=3),
    ]


def main() -> int:
    missed, table = 0, rows()
    print(f"{'what':<42}{'measured':>14}{'target':>14}")
    for row in table:
        took = row.measure()
        missed += took >= row.target
        verdict = "" if took < row.target else "  MISSED"
        print(f"{row.name:<42}{took:>11.3f} ms{row.target:>11.0f} ms{verdict}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
