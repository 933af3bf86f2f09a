"""The terms of a text in the index: pairs of Chinese characters, whole words and numbers in Latin letters."""

import re
from itertools import pairwise

PIECE = re.compile("[a-z0-9]+|[〇\u3400-\u4dbf\u4e00-\u9fff]+")
PART = "*"  # at the end of a term: the beginning of one


def terms(text: str) -> list[str]:
    """Every term of a normal text, in its order: overlapping pairs, and the last character of a run alone, so that
    every single character begins a term."""
    found: list[str] = []
    for piece in PIECE.findall(text):
        if piece.isascii():
            found.append(piece)
        else:
            found += ["".join(pair) for pair in pairwise(piece)]
            found.append(piece[-1])
    return found


def terms_of_word(word: str, *, is_part: bool = False) -> tuple[str, ...]:
    """The terms that a text with this word has, each; `is_part`: the word may go on behind its end."""
    found: list[str] = []
    pieces = PIECE.findall(word)
    for piece in pieces:
        goes_on = is_part and piece is pieces[-1]
        if piece.isascii():
            found.append(piece + PART if goes_on else piece)
        elif len(piece) == 1:
            found.append(piece + PART)
        else:
            found += ["".join(pair) for pair in pairwise(piece)]
    return tuple(dict.fromkeys(found))
