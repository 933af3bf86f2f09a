"""Two texts compared as a reader compares them: sentence by sentence, then inside the sentences that changed."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import count, takewhile

from guidance.documents.difference.alignment import Alike, aligned, identical

SAME = "same"
REMOVED = "removed"
ADDED = "added"

# A sentence with the marks, closing quotes and line ends after it, or a line without such marks.
SENTENCE = re.compile(r"[^。！？；\n]*(?:[。！？；]+[”’」』）]*\n*|\n+|\Z)")
ALIKE = 0.6  # share of characters that make one sentence a new form of another
KEPT = 0.5  # share of characters in place below which a sentence reads better as rewritten
LARGE = 20_000  # characters above which only whole sentences are compared
COSTLY = 10_000  # pairs of equal characters above which the middle of a sentence is taken as rewritten


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text and what happened to it: SAME, REMOVED or ADDED."""

    text: str
    op: str


def compare_texts(before: str, after: str) -> list[Span]:
    """Pieces in reading order; without what was added they are `before`, without what was removed `after`."""
    large = max(len(before), len(after)) > LARGE
    return compare_units(sentences(before), sentences(after), identical if large else _Likeness())


def compare_units(before: Sequence[str], after: Sequence[str], alike: Alike = identical) -> list[Span]:
    """The same for texts already cut into units, each of which is kept or replaced whole unless it is only `alike`."""
    found: list[Span] = []
    start = (0, 0)
    for i, j in [*aligned(before, after, alike), (len(before), len(after))]:
        found += [Span(unit, REMOVED) for unit in before[start[0] : i]]
        found += [Span(unit, ADDED) for unit in after[start[1] : j]]
        if i < len(before):
            found += _inside(before[i], after[j])
        start = (i + 1, j + 1)
    return list(_spans(_without_islands(_hunks(found))))


def sentences(text: str) -> list[str]:
    """The text cut after every sentence and line; joined they are the text."""
    return [found for found in SENTENCE.findall(text) if found]


class _Likeness:
    """How alike two sentences are: 1 for the same, 0 below ALIKE."""

    def __init__(self) -> None:
        self._known: dict[str, frozenset[tuple[str, int]]] = {}

    def __call__(self, first: str, second: str) -> float:
        if first == second:
            return 1.0
        size = len(first) + len(second)
        if first in second or second in first:
            return max(ALIKE, 2 * min(len(first), len(second)) / size)
        share = 2 * len(self._characters(first) & self._characters(second)) / size
        return share if share >= ALIKE else 0.0

    def _characters(self, text: str) -> frozenset[tuple[str, int]]:
        """The characters of a text, each with how many of it came before."""
        if text not in self._known:
            seen: dict[str, count[int]] = defaultdict(count)
            self._known[text] = frozenset((character, next(seen[character])) for character in text)
        return self._known[text]


def _inside(before: str, after: str) -> list[Span]:
    """One sentence and its new form; as a whole when little of it stayed in place."""
    if before == after:
        return [Span(before, SAME)]
    head = _common_start(before, after)
    old, new = before[len(head) :], after[len(head) :]
    tail = _common_start(old[::-1], new[::-1])[::-1]
    middle = _middle(old.removesuffix(tail), new.removesuffix(tail))
    found = [Span(head, SAME), *middle, Span(tail, SAME)]
    kept = sum(len(span.text) for span in found if span.op == SAME)
    if kept < min(len(before), len(after)) and 2 * kept < KEPT * (len(before) + len(after)):
        return [Span(before, REMOVED), Span(after, ADDED)]
    return found


def _common_start(first: str, second: str) -> str:
    pairs = zip(first, second, strict=False)
    return first[: sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))]


def _middle(old: str, new: str) -> Iterator[Span]:
    counts = Counter(new)
    if sum(counts[character] for character in old) > COSTLY:
        yield from (Span(old, REMOVED), Span(new, ADDED))
        return
    for op, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            yield Span(old[i:i_end], SAME)
        else:
            yield from (Span(old[i:i_end], REMOVED), Span(new[j:j_end], ADDED))


@dataclass(slots=True)
class _Hunk:
    """What was removed and added at one spot, and the text that follows unchanged."""

    removed: str = ""
    added: str = ""
    same: str = ""


def _hunks(spans: Iterable[Span]) -> Iterator[_Hunk]:
    parts: dict[str, list[str]] = {REMOVED: [], ADDED: [], SAME: []}
    for span in spans:
        if span.text and span.op != SAME and parts[SAME]:
            yield _Hunk(*map("".join, parts.values()))
            parts = {REMOVED: [], ADDED: [], SAME: []}
        if span.text:
            parts[span.op].append(span.text)
    yield _Hunk(*map("".join, parts.values()))


def _without_islands(hunks: Iterable[_Hunk]) -> list[_Hunk]:
    """A single unchanged character inside a rewording is reworded with it; never one of a number or a Latin word."""
    found: list[_Hunk] = []
    for hunk in hunks:
        last = found[-1] if found else hunk
        if found and _is_island(last, hunk):
            last.removed += last.same + hunk.removed
            last.added += last.same + hunk.added
            last.same = hunk.same
        else:
            found.append(hunk)
    return found


def _is_island(left: _Hunk, right: _Hunk) -> bool:
    island = left.same
    plain = len(island) == 1 and not island.isspace() and not island.isdecimal() and not island.isascii()
    changed_before = bool(left.removed or left.added)
    return plain and changed_before and bool(left.removed + right.removed) and bool(left.added + right.added)


def _spans(hunks: Iterable[_Hunk]) -> Iterator[Span]:
    for hunk in hunks:
        found = (Span(hunk.removed, REMOVED), Span(hunk.added, ADDED), Span(hunk.same, SAME))
        yield from (span for span in found if span.text)
