"""How words are typed by their sound: pinyin in full, as people mix it up, and as initials."""

from collections.abc import Iterator
from itertools import islice, product

from guidance.search.tables import READINGS

SPELLINGS = 8  # of one word; 还 and 行 are read in two ways
# What many people do not tell apart: zh and z, ng and n, l and n.
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"), ("l", "n"), ("v", "u"))


def spellings(word: str) -> Iterator[tuple[str, ...]]:
    """The syllables of a Chinese word, in each way in which it can be read; nothing when a character is unknown."""
    return islice(product(*(READINGS.get(character, ()) for character in word)), SPELLINGS)


def keys(word: str) -> list[str]:
    """Its pinyin in one piece, each way."""
    return list(dict.fromkeys("".join(syllables) for syllables in spellings(word)))


def initials(word: str) -> list[str]:
    """Its first letters, each way."""
    return list(dict.fromkeys("".join(syllable[0] for syllable in each) for each in spellings(word)))


def blurred(letters: str) -> str:
    """Pinyin with what sounds alike written alike."""
    for one, other in _ALIKE:
        letters = letters.replace(one, other)
    return letters


def one_off(typed: str, meant: str) -> bool:
    """Whether one letter too many, too few, wrong or exchanged with its neighbour makes the difference."""
    if abs(len(typed) - len(meant)) > 1 or typed == meant:
        return False
    start = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant)))
    here, there = typed[start:], meant[start:]
    return (
        here[1:] == there[1:]
        or here[1:] == there
        or here == there[1:]
        or (here[:2] == there[1::-1] and here[2:] == there[2:])
    )
