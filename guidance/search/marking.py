"""What matched, marked in the text as it was written: found in the normal form, marked on the original."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from guidance.search.normal import Normal, normal

EXCERPT = 84  # characters
BEFORE = 12  # of them before the first mark
SENTENCE_END, CLAUSE_END = "。！？； ", "，、：。！？； "


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text, and whether it is what was searched for."""

    text: str
    marked: bool = False


def marked(text: str, words: Iterable[str]) -> tuple[Part, ...]:
    """The whole text in parts; words in normal form."""
    return tuple(_parts(text, 0, len(text), list(_spans(normal(text), words))))


def excerpt(text: str, words: Iterable[str], *, from_start: bool = False) -> tuple[Part, ...]:
    """The part of a text, about EXCERPT characters, that holds most of the words; its beginning when it has none, or
    with `from_start`."""
    flat = " ".join(text.split())
    spans = list(_spans(normal(flat), words))
    start = 0 if from_start else _densest(flat, spans)
    end = min(len(flat), start + EXCERPT)
    parts = list(_parts(flat, start, end, spans))
    before = [Part("…")] if start else []
    after = [Part("…")] if end < len(flat) else []
    return (*before, *parts, *after)


def _spans(found: Normal, words: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where any of the words stand in the original, in order; those that touch are one."""
    places = sorted(
        found.original(place, place + len(word)) for word in set(words) if word for place in _places(found.text, word)
    )
    merged: list[list[int]] = []
    for start, end in places:
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    yield from ((start, end) for start, end in merged)


def _places(text: str, word: str) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)


def _densest(text: str, spans: list[tuple[int, int]]) -> int:
    """Where the excerpt begins: with the sentence or clause of the stretch that has the most marked characters."""
    if not spans or len(text) <= EXCERPT:
        return 0

    def marks_from(start: int) -> int:
        return sum(end - begin for begin, end in spans if begin >= start and end <= start + EXCERPT - BEFORE)

    first = max((start for start, _ in spans), key=lambda start: (marks_from(start), -start))
    for ends, farthest in ((SENTENCE_END, 3 * BEFORE), (CLAUSE_END, 2 * BEFORE)):
        start = max(text.rfind(mark, 0, first) for mark in ends) + 1
        if first - start <= farthest:
            return start
    return max(0, first - BEFORE)


def _parts(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> Iterator[Part]:
    place = start
    for begin, stop in spans:
        if stop <= start or begin >= end:
            continue
        if begin > place:
            yield Part(text[place:begin])
        yield Part(text[max(begin, start) : min(stop, end)], marked=True)
        place = min(stop, end)
    if place < end:
        yield Part(text[place:end])
