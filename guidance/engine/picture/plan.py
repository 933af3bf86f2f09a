"""Where everything stands: the columns from left to right, and the nodes and lanes in them."""

from collections import defaultdict

from guidance.engine.flow import Flow
from guidance.engine.picture.heights import heights
from guidance.engine.picture.lettering import wrapped
from guidance.engine.picture.links import Link, Links
from guidance.engine.picture.order import columns_of, joins, spots, untangled
from guidance.engine.picture.parts import Lane

MARGIN = 12
WIDTH = 184  # of a node
INSIDE = 10  # from the side of a node to its words
LINE = 25  # half widths, of 13 pixels for two
LINES = 3
LINE_HEIGHT = 18
MARK_HEIGHT = 30  # from the top of a node to the line under its mark
CURVE = 64  # where lines change their height
LABEL_ROOM = 142  # where they run level, under their labels
CAUSE_GAP = 180  # before the causes, where lines have no labels
ASKED_STEP = 22  # between the ends of lines with labels
SPOKEN_STEP = 10


def texts_of(flow: Flow) -> list[str]:
    return [question.text or question.key for question in flow.questions] + [
        cause.title or cause.key for cause in flow.causes
    ]


class Plan:
    """Where everything stands: the column of every node, and how far down its spots are."""

    def __init__(self, flow: Flow, found: Links) -> None:
        self.questions = len(flow.questions)
        self.column = columns_of(self.questions, len(flow.causes), found)
        self.lines = [wrapped(text, LINE, LINES) for text in texts_of(flow)]
        self.incoming: dict[int, list[Link]] = defaultdict(list)
        for link in found.all:
            self.incoming[link.target].append(link)
        columns = spots(self.column, found)
        beside = joins(self.column, columns, found)
        self._tall = {(node, at): self._height(node) for node, at in enumerate(self.column)}
        places = heights(untangled(columns, beside), beside, self._tall)
        self.middle = {spot: MARGIN + at for spot, at in places.items()}
        self._end = dict(sorted(places))  # by node: the last column of its lane

    def _height(self, node: int) -> int:
        words = MARK_HEIGHT + LINE_HEIGHT * len(self.lines[node]) + INSIDE
        return max(words, self.step(node) * (len(self.incoming[node]) + 1)) // 2 * 2

    def step(self, node: int) -> int:
        return ASKED_STEP if node < self.questions else SPOKEN_STEP

    def height(self, node: int) -> int:
        return self._tall[node, self.column[node]]

    def top(self, node: int) -> int:
        return self.middle[node, self.column[node]] - self.height(node) // 2

    def x(self, column: int) -> int:
        gaps = (CURVE + LABEL_ROOM) * column
        if self.questions and column == max(self.column) and len(self.column) > self.questions:
            gaps += CAUSE_GAP - CURVE - LABEL_ROOM
        return MARGIN + WIDTH * column + gaps

    def leave(self, node: int, column: int) -> tuple[int, int]:
        """Where the lines of a question leave for the column after `column`."""
        return self.x(column) + WIDTH, self.middle[node, column]

    def lanes(self) -> list[Lane]:
        return [self._lane(node) for node in range(self.questions) if self._end[node] > self.column[node]]

    def _lane(self, node: int) -> Lane:
        x, y = self.leave(node, self.column[node])
        path = f"M{x} {y}"
        for column in range(self.column[node] + 1, self._end[node] + 1):
            right, down = self.leave(node, column)
            path += f"{curve(x, y, CURVE, down)}H{right}"
            x, y = right, down
        return Lane(node, path, (x, y))


def curve(x: int, y: int, far: int, down: int) -> str:
    """On from x, y to the height `down`, level at both ends."""
    return f"C{x + far // 2} {y} {x + far // 2} {down} {x + far} {down}"
