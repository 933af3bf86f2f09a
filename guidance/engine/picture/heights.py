"""How far down everything stands: near its neighbours, without touching what is above and below."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise

from guidance.engine.picture.order import Column, Join, Spot, beside

ROUNDS = 8
NODE_GAP = 22
LANE_GAP = 12


def heights(columns: Sequence[Column], joins: Sequence[Join], tall: Mapping[Spot, int]) -> dict[Spot, int]:
    """The middle of every spot, from 0 down. `tall`: how tall the nodes are; a lane has no height."""
    left, right = beside(joins)
    middle = {spot: 0 for spots in columns for spot in spots}
    for _ in range(ROUNDS):
        for neighbours, order in ((left, columns), (right, columns[::-1])):
            for spots in order:
                wanted = [_wanted(spot, neighbours.get(spot) or [spot], middle) for spot in spots]
                middle |= zip(spots, nearest(wanted, _distances(spots, tall)), strict=True)
    top = min((middle[spot] - tall.get(spot, 0) // 2 for spot in middle), default=0)
    return {spot: at - top for spot, at in middle.items()}


def _wanted(spot: Spot, neighbours: Sequence[Spot], middle: Mapping[Spot, int]) -> float:
    """Level with its own lane, so that lanes run straight; else in the middle of its neighbours."""
    level = [middle[each] for each in neighbours if each[0] == spot[0]] or [middle[each] for each in neighbours]
    return sum(level) / len(level)


def _distances(spots: Sequence[Spot], tall: Mapping[Spot, int]) -> Iterable[int]:
    for one, other in pairwise(spots):
        gap = NODE_GAP if one in tall and other in tall else LANE_GAP
        yield tall.get(one, 0) // 2 + gap + tall.get(other, 0) // 2


def nearest(wanted: Sequence[float], distances: Iterable[int]) -> list[int]:
    """Places in this order, each at least a distance after the one before, with the least squares from `wanted`.

    Where they would come too close they move as one block around their mean.
    """
    offsets = list(accumulate(distances, initial=0))[: len(wanted)]
    blocks: list[tuple[float, int]] = []  # sum and number of the places that move as one
    for place, offset in zip(wanted, offsets, strict=True):
        total, size = place - offset, 1
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / size:
            before = blocks.pop()
            total, size = total + before[0], size + before[1]
        blocks.append((total, size))
    starts = [round(total / size) for total, size in blocks for _ in range(size)]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]
