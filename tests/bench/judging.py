"""Judged queries and how well lists of documents answer them. A document is named kind/key."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import fmean

FOLDER = Path(__file__).resolve().parents[1] / "search"
KINDS = ("short", "colloquial", "pinyin", "traditional", "typo", "long", "prefix")
ZERO = "zero"  # the kind of queries that nothing answers
RELEVANT = 2  # the lowest grade of an answer
TOP = 3

Found = Mapping[str, Sequence[str]]  # documents, best first, by the id of the query


@dataclass(frozen=True, slots=True)
class Query:
    """relevant: the documents that answer it; none for one that nothing answers."""

    id: str
    text: str
    kind: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over `queries` that have an answer, from 0 to 1.

    recall: relevant documents in the top three, of as many as could be there. success: at least one is. mrr: one
    divided by the place of the first. nothing: the share for which nothing was found.
    """

    queries: int
    recall: float
    success: float
    mrr: float
    nothing: float

    @classmethod
    def of(cls, queries: Sequence[Query], found: Found) -> "Figures":
        pairs = [(query.relevant, found[query.id]) for query in queries]
        return cls(
            len(pairs),
            fmean(len(relevant & set(names[:TOP])) / min(TOP, len(relevant)) for relevant, names in pairs),
            fmean(bool(relevant & set(names[:TOP])) for relevant, names in pairs),
            fmean(_reciprocal(relevant, names) for relevant, names in pairs),
            fmean(not names for _, names in pairs),
        )


def _reciprocal(relevant: frozenset[str], names: Sequence[str]) -> float:
    return next((1 / place for place, name in enumerate(names, 1) if name in relevant), 0.0)


@cache
def sets() -> dict[str, list[Query]]:
    """All judged queries: those of the start, ours for tuning, and those that are held back."""
    tuning = _read(FOLDER / "judged.jsonl")
    return {
        "the 35 of the start": [query for query in tuning if query.id.startswith("SJ")],
        "tuning": [query for query in tuning if not query.id.startswith("SJ")],
        HELD: _read(FOLDER / "judged-held.jsonl"),
    }


HELD = "held back"


def _read(file: Path) -> list[Query]:
    topics: dict[str, list[str]] = json.loads((FOLDER / "topics.json").read_text(encoding="utf-8"))
    lines = file.read_text(encoding="utf-8").splitlines()
    return [_query(json.loads(line), topics) for line in lines if line.strip()]


def _query(line: Mapping[str, object], topics: Mapping[str, Iterable[str]]) -> Query:
    names = {name for name, grade in _grades(line, "relevant") if grade >= RELEVANT}
    names |= {name for topic, grade in _grades(line, "topics") if grade >= RELEVANT for name in topics[topic]}
    return Query(str(line["id"]), str(line["query"]), str(line["kind"]), frozenset(names))


def _grades(line: Mapping[str, object], name: str) -> Iterable[tuple[str, int]]:
    grades: Mapping[str, int] = line.get(name, {})  # type: ignore[assignment]
    return grades.items()


def everything() -> list[Query]:
    return [query for queries in sets().values() for query in queries]


def table(name: str, queries: Sequence[Query], found: Found) -> list[str]:
    """Lines that say how well one set is answered, by kind; figures only."""
    answerable = [query for query in queries if query.kind != ZERO]
    none = [query for query in queries if query.kind == ZERO]
    lines = [f"{name:<24}{'queries':>8}{'recall@3':>10}{'success@3':>11}{'MRR':>8}{'nothing':>9}"]
    for kind in (*KINDS, "all"):
        if chosen := [query for query in answerable if kind in (query.kind, "all")]:
            each = Figures.of(chosen, found)
            shares = f"{each.recall:>10.3f}{each.success:>11.3f}{each.mrr:>8.3f}{each.nothing:>9.3f}"
            lines.append(f"  {kind:<22}{each.queries:>8}{shares}")
    if none:
        lines.append(f"  {'false hits':<22}{sum(bool(found[query.id]) for query in none):>8} of {len(none)}")
    return lines


def misses(queries: Iterable[Query], found: Found) -> list[str]:
    """Lines that name the queries without an answer in the top three, and what was found instead."""
    return [
        f"  {query.id} {query.kind} {query.text} → {' '.join(found[query.id][:TOP]) or 'nothing'}"
        for query in queries
        if (bool(found[query.id]) if query.kind == ZERO else not query.relevant & set(found[query.id][:TOP]))
    ]


def same_top(first: Found, second: Found) -> int:
    """For how many queries the top three are the same, in the same order."""
    return sum(list(first[name][:TOP]) == list(second[name][:TOP]) for name in first)
