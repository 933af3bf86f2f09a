"""What tests.bench.trial measured of the cost of search, as lines with whether their target is met."""

from collections.abc import Mapping
from typing import Any

FIND = 5.0, 15.0  # milliseconds, p50 and p95
ASKED = 3  # queries to the database for one suggestion
REINDEX, LARGE_REINDEX = 3.0, 180.0  # seconds
PAIRS, LIKE = 1 / 5, 1 / 7  # of the p95 of other searches

Lines = list[tuple[str, bool]]


def small_lines(measured: Mapping[str, Any]) -> Lines:
    find, suggest = measured["find"], measured["suggest"]
    reindex, publish, follow = measured["reindex"] / 1000, measured["publish"], measured["follow"]
    return [
        (f"{measured['documents']} documents, {measured['entries']} entries", True),
        (
            f"{_times('find', find)} (≤ {FIND[0]:.0f} / {FIND[1]:.0f} ms)",
            find["p50"] <= FIND[0] and find["p95"] <= FIND[1],
        ),
        (f"{_times('suggest', suggest)} (≤ {ASKED} queries)", suggest["asked"] <= ASKED),
        (f"index written anew in {reindex:.1f} s (≤ {REINDEX:.0f})", reindex <= REINDEX),
        (f"a guide published in {publish:.0f} ms, {publish - follow:.0f} without the index", True),
    ]


def large_lines(measured: Mapping[str, Any]) -> Lines:
    """Ours is compared as it was when a query came for the first time; the others follow, with warm files."""
    first, built = measured["first"], measured["built"] / 1000
    return [
        (f"{measured['entries']:,} entries written in {built:.0f} s (≤ {LARGE_REINDEX:.0f})", built <= LARGE_REINDEX),
        (f"{measured['queries']} queries, each with one search after the other", True),
        (_times("search", first), True),
        (_times("the same again", measured["again"]), True),
        _against("any pair, ranked", first, measured["pairs"], PAIRS),
        _against("icontains", first, measured["like"], LIKE),
    ]


def _times(name: str, figures: Mapping[str, float]) -> str:
    return (
        f"{name:<18}p50 {figures['p50']:>7.1f}  p95 {figures['p95']:>7.1f}  most {figures['most']:>7.1f} ms"
        f"  (p95 at work {figures['worked']:>6.1f}), at most {figures['asked']} queries"
    )


def _against(name: str, ours: Mapping[str, float], theirs: Mapping[str, float], most: float) -> tuple[str, bool]:
    p50, p95 = theirs["p50"] / ours["p50"], theirs["p95"] / ours["p95"]
    return f"{_times(name, theirs)}; ours is 1/{p50:.1f} / 1/{p95:.1f} of it (≤ 1/{1 / most:.0f})", p95 * most >= 1
