"""Which node stands in which column, and in what order, so that few lines cross.

A question whose answer is looked at further on has a lane through the columns between: its lines leave the lane where
they are needed. A spot is a node in its own column, or its lane in a later one.
"""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Sequence

from guidance.engine.picture.links import Links

Spot = tuple[int, int]  # node and column
Join = tuple[Spot, Spot]  # neighbours in columns that follow each other
Column = list[Spot]

SWEEPS = 6


def columns_of(questions: int, causes: int, links: Links) -> list[int]:
    """By node: its column. A question stands right of all that it depends on, the causes stand last."""
    column = [0] * questions
    for source, target in sorted(links.pairs, key=lambda pair: pair[1]):
        if target < questions:
            column[target] = max(column[target], column[source] + 1)
    return column + [max(column, default=-1) + 1] * causes


def spots(column: Sequence[int], links: Links) -> list[Column]:
    """The columns with everything in them, in the order of the nodes."""
    end = list(column)
    for source, target in links.pairs:
        end[source] = max(end[source], column[target] - 1)
    found: list[Column] = [[] for _ in range(max(column, default=-1) + 1)]
    for node, first in enumerate(column):
        for at in range(first, end[node] + 1):
            found[at].append((node, at))
    return found


def joins(column: Sequence[int], columns: Sequence[Column], links: Links) -> list[Join]:
    """What is next to what: the pieces of lanes, and the last piece of every link."""
    lanes = [((node, at - 1), (node, at)) for spots in columns for node, at in spots if at > column[node]]
    return lanes + [((source, column[target] - 1), (target, column[target])) for source, target in links.pairs]


def beside(joins: Sequence[Join]) -> tuple[dict[Spot, list[Spot]], dict[Spot, list[Spot]]]:
    """By spot: its neighbours on the left, and those on the right."""
    left: dict[Spot, list[Spot]] = defaultdict(list)
    right: dict[Spot, list[Spot]] = defaultdict(list)
    for one, other in joins:
        right[one].append(other)
        left[other].append(one)
    return left, right


def untangled(columns: Sequence[Column], joins: Sequence[Join]) -> list[Column]:
    """The columns in an order with few crossings: every spot near the middle of its neighbours, swept to and fro."""
    left, right = beside(joins)
    best = now = [list(spots) for spots in columns]
    fewest = crossings(now, joins)
    for _ in range(SWEEPS):
        now = _swept(_swept(now, left)[::-1], right)[::-1]
        if (count := crossings(now, joins)) < fewest:
            best, fewest = now, count
    return best


def _swept(columns: Sequence[Column], neighbours: dict[Spot, list[Spot]]) -> list[Column]:
    rank: dict[Spot, float] = {}
    found = []
    for spots in columns:
        # Columns differ in length, so ranks are shares of the whole.
        wanted = {spot: (i + 0.5) / len(spots) for i, spot in enumerate(spots)}
        for spot in spots:
            if near := neighbours.get(spot):
                wanted[spot] = sum(rank[each] for each in near) / len(near)
        found.append(sorted(spots, key=wanted.__getitem__))
        rank |= {spot: (i + 0.5) / len(spots) for i, spot in enumerate(found[-1])}
    return found


def crossings(columns: Sequence[Column], joins: Sequence[Join]) -> int:
    """How many pairs of joins cross."""
    rank = {spot: i for spots in columns for i, spot in enumerate(spots)}
    between: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for one, other in joins:
        between[one[1]].append((rank[one], rank[other]))
    total = 0
    for pairs in between.values():
        passed: list[int] = []
        for _, end in sorted(pairs):
            total += len(passed) - bisect_right(passed, end)
            insort(passed, end)
    return total
