"""A run of Chinese characters cut into words: known ones, common ones, one not typed to its end, and the rest."""

from enum import Enum

from guidance.search.lexicon import LONGEST, Lexicon
from guidance.search.normal import plain
from guidance.search.tables import COMMON, PARTICLES

# What says nothing of what is asked, in normal form.
FUNCTION = frozenset(map(plain, PARTICLES))
PLAIN = frozenset(map(plain, COMMON))

# How much of a piece of so many characters is explained: what is known best, then what everybody says.
KNOWN, BEGUN, SAID = 1.0, 0.9, 0.8


class Kind(Enum):
    """What a piece of a query is."""

    WORD = "a word of the field"
    BEGUN = "the beginning of one"
    COMMON = "says nothing of what is asked"
    REST = "unknown"


Piece = tuple[str, Kind]


def cut(run: str, lexicon: Lexicon, *, is_end: bool, is_all: bool) -> list[Piece]:
    """The cut that explains most of a run, long words before short ones.

    is_end: the query ends with it, so its last word may be half typed. is_all: it is the whole query.
    """
    best: list[tuple[float, list[Piece]]] = [(0.0, [])]
    for end in range(1, len(run) + 1):
        options = []
        for start in range(max(0, end - LONGEST), end):
            piece, (score, before) = run[start:end], best[start]
            kind = _kind(piece, lexicon, before, may_begin=is_end and end == len(run), is_all=is_all and piece == run)
            if kind:
                options.append((score + _explained(piece, kind), [*before, (piece, kind)]))
        best.append(max(options, key=lambda option: (option[0], -len(option[1]))))
    return best[-1][1]


def _explained(piece: str, kind: Kind) -> float:
    by = {Kind.WORD: KNOWN, Kind.BEGUN: BEGUN, Kind.COMMON: SAID if len(piece) > 1 else 0.0, Kind.REST: 0.0}
    return len(piece) ** 2 * by[kind]


def _kind(piece: str, lexicon: Lexicon, before: list[Piece], *, may_begin: bool, is_all: bool) -> Kind | None:
    """None for several unknown characters: they are cut one by one. A single one begins a word only after another word:
    after something unknown it is the rest of that."""
    if piece in lexicon.words and (len(piece) > 1 or is_all):
        return Kind.WORD
    if piece in PLAIN:
        return Kind.COMMON
    follows = len(piece) > 1 or is_all or (len(before) == 1 and before[-1][1] is Kind.WORD and piece not in FUNCTION)
    if may_begin and follows and lexicon.begins(piece):
        return Kind.BEGUN
    if len(piece) > 1:
        return None
    return Kind.COMMON if piece in FUNCTION and not is_all else Kind.REST


def sayings(run: str, lexicon: Lexicon, pieces: list[Piece]) -> list[str]:
    """What readers say, word for word, in a run: keywords of three characters and more that are no piece of it."""
    found, place = [], 0
    for start in range(len(run)):
        for end in range(min(len(run), start + LONGEST), start + 2, -1):
            saying = run[start:end]
            if end > place and lexicon.is_known(saying) and not any(saying in piece for piece, _ in pieces):
                found.append(saying)
                place = end
                break
    return found


def telling(text: str) -> str:
    """A normal text without particles and without what everybody says."""
    for words in sorted(PLAIN, key=len, reverse=True):
        text = text.replace(words, "")
    return "".join(character for character in text if character not in FUNCTION)
