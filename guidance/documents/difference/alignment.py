"""Which units of two sequences belong together, in order and in bounded time."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

GAP_CAP = 40_000  # pairs that are tried between two anchors; a larger gap is taken as rewritten

Pair = tuple[int, int]
Alike = Callable[[str, str], float]  # 1 for the same, 0 for units that do not belong together


def identical(first: str, second: str) -> float:
    return float(first == second)


def aligned(before: Sequence[str], after: Sequence[str], alike: Alike = identical) -> Iterator[Pair]:
    """Positions that belong together, rising on both sides: units both sides have once, then the best in between."""
    start = (0, 0)
    for anchor in [*_anchors(before, after), (len(before), len(after))]:
        yield from _gap(before, after, (range(start[0], anchor[0]), range(start[1], anchor[1])), alike)
        if anchor[0] < len(before):
            yield anchor
        start = (anchor[0] + 1, anchor[1] + 1)


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """Positions of a longest rising subsequence of distinct numbers."""
    ends: list[int] = []  # of the best sequence of each length: its last number
    places: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        ends[length : length + 1] = [number]
        places[length : length + 1] = [place]
        before.append(places[length - 1] if length else -1)
    found = []
    place = places[-1] if places else -1
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]


def _anchors(before: Sequence[str], after: Sequence[str]) -> list[Pair]:
    once = {unit for unit, count in Counter(after).items() if count == 1}
    once &= {unit for unit, count in Counter(before).items() if count == 1}
    there = {unit: j for j, unit in enumerate(after)}
    pairs = [(i, there[unit]) for i, unit in enumerate(before) if unit in once]
    return [pairs[place] for place in longest_rising([j for _, j in pairs])]


def _gap(before: Sequence[str], after: Sequence[str], gap: tuple[range, range], alike: Alike) -> Iterator[Pair]:
    rows, columns = gap
    head = _common(before, after, zip(rows, columns, strict=False))
    rows, columns = rows[len(head) :], columns[len(head) :]
    tail = _common(before, after, zip(rows[::-1], columns[::-1], strict=False))
    rows, columns = rows[: len(rows) - len(tail)], columns[: len(columns) - len(tail)]
    yield from head
    if len(rows) * len(columns) <= GAP_CAP:
        yield from _best(before, after, (rows, columns), alike)
    yield from reversed(tail)


def _common(before: Sequence[str], after: Sequence[str], pairs: Iterator[Pair]) -> list[Pair]:
    found = []
    for i, j in pairs:
        if before[i] != after[j]:
            break
        found.append((i, j))
    return found


def _best(before: Sequence[str], after: Sequence[str], gap: tuple[range, range], alike: Alike) -> Iterator[Pair]:
    """The pairs that are most alike in sum."""
    rows, columns = gap
    scores = [[alike(before[i], after[j]) for j in columns] for i in rows]
    best = [[0.0] * (len(columns) + 1) for _ in range(len(rows) + 1)]
    for r in reversed(range(len(rows))):
        for c in reversed(range(len(columns))):
            best[r][c] = max(best[r + 1][c], best[r][c + 1], best[r + 1][c + 1] + scores[r][c])
    r = c = 0
    while r < len(rows) and c < len(columns):
        if scores[r][c] and best[r][c] == best[r + 1][c + 1] + scores[r][c]:
            yield rows[r], columns[c]
            r, c = r + 1, c + 1
        elif best[r][c] == best[r + 1][c]:
            r += 1
        else:
            c += 1
