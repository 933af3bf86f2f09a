"""Pinyin as people type it: in full, half typed, as initials, with a slip; several words in one piece."""

from collections.abc import Iterator
from typing import NamedTuple

from guidance.search.cutting import PLAIN
from guidance.search.lexicon import Lexicon
from guidance.search.sounds import blurred, keys

FULL, BLURRED, BEGUN, INITIALS, SLIP = 1.0, 0.9, 0.8, 0.75, 0.8  # weights of what is read in each way
INITIAL_WORDS = 2  # words that are read from initials alone; more could be anything
LENGTH = 1.5  # long words explain more than short ones, but not so much that a wrong one beats two right ones
MOST_LETTERS = 60
# What says nothing, by its sound: common words, and the particles that people type.
SAID = frozenset(key for word in (*PLAIN, *"的了吗呢吧我你是") for key in keys(word))


class Read(NamedTuple):
    """Letters and the words they may mean; none for letters that stand as they are, or that say nothing."""

    letters: str
    words: list[str]
    weight: float
    says_nothing: bool = False


def as_typed(letters: str) -> Read:
    return Read(letters, [], 0.0)


def letters_read(letters: str, lexicon: Lexicon, *, is_end: bool = True) -> list[Read]:
    """The words that letters stand for, in order; empty when they cannot all be read.

    is_end: nothing is typed behind them, so the last word may be half typed.
    """
    if len(letters) > MOST_LETTERS:
        return []
    best: list[tuple[float, list[Read]] | None] = [(0.0, [])]
    for end in range(1, len(letters) + 1):
        options = []
        for start in range(end):
            before = best[start]
            if before is None:
                continue
            for score, read in _one(letters[start:end], lexicon, at_end=is_end and end == len(letters)):
                options.append((before[0] + score, [*before[1], read]))
        best.append(max(options, key=lambda option: (option[0], -len(option[1])), default=None))
    found = best[-1][1] if best[-1] else []
    if found and sum(each.weight == INITIALS for each in found) <= INITIAL_WORDS:
        return found
    slips = lexicon.mended(letters)
    return [Read(letters, slips, SLIP)] if slips else []


def _one(letters: str, lexicon: Lexicon, *, at_end: bool) -> Iterator[tuple[float, Read]]:
    """Every way to read some letters as one word, with how much it explains."""
    size = len(letters) ** LENGTH
    if words := lexicon.by_sound.get(letters):
        yield size * 1.0, Read(letters, words, FULL)
    elif words := lexicon.by_blurred_sound.get(blurred(letters)):
        yield size * 0.8, Read(letters, words, BLURRED)
    if letters in SAID:
        yield size * 0.65, Read(letters, [], 0.0, says_nothing=True)
    if len(letters) > 1 and (words := lexicon.by_initials.get(letters)):
        yield size * 0.5, Read(letters, words, INITIALS)
    if at_end and len(letters) > 1 and (words := lexicon.sounding_from(letters)):
        yield size * 0.6, Read(letters, words, BEGUN)
