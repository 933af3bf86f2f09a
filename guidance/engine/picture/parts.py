"""What a picture is made of, in whole pixels from the upper left."""

from dataclasses import dataclass

from guidance.engine.picture.links import Links
from guidance.engine.picture.reach import Unreachable


@dataclass(frozen=True, slots=True)
class Letters:
    """A line of text that begins at x, y; a label ends there."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Node:
    """A question or a cause. index: which of the questions, or of the causes. text: all of what `lines` show.

    mark: its name, and what is wrong with it.
    """

    kind: str  # "question" or "cause"
    index: int
    x: int
    y: int
    width: int
    height: int
    name: str
    mark: Letters
    lines: tuple[Letters, ...]
    text: str
    unreachable: bool
    broken: bool

    @property
    def middle(self) -> int:
        return self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Lane:
    """The line behind a question (index `source`) through later columns, which its edges leave."""

    source: int
    path: str
    end: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Edge:
    """A line to a node, with its tip at `end`. source, target: places in Picture.nodes. words: what it says in full."""

    source: int
    target: int
    look: str
    path: str
    start: tuple[int, int]
    end: tuple[int, int]
    label: Letters | None
    words: str
    evidence: tuple[int, ...]
    unreachable: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """nodes: the questions, then the causes. links, unreachable: what was drawn and what was left out, by index."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    lanes: tuple[Lane, ...]
    edges: tuple[Edge, ...]
    links: Links
    unreachable: Unreachable
