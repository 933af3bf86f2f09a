"""What both databases are asked: terms that can occur, as they are indexed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from guidance.search.terms import PART, PIECE, terms

LONGEST = 40  # characters of a term in the index; no word that is looked for is longer
_TERM = re.compile(rf"(?:{PIECE.pattern})\{PART}?")

Alternative = tuple[str, ...]  # terms, all of them
Group = Sequence[Alternative]  # any of them
Wanted = list[list[Alternative]]  # all groups; none is empty, and no alternative in it


@dataclass(frozen=True, slots=True)
class Row:
    """An entry in the index. heads: the terms of its title, heading and keywords; terms: all of them.

    starts_at, ends_at: when it holds, as SearchEntry has it.
    """

    id: int
    heads: frozenset[str]
    terms: frozenset[str]
    digest: str
    starts_at: datetime | None
    ends_at: datetime | None


def indexed(texts: Iterable[str]) -> frozenset[str]:
    """The terms of normal texts as they stand in the index."""
    return frozenset(term[:LONGEST] for text in texts for term in terms(text))


def beginnings(found: Iterable[str]) -> set[str]:
    """Every beginning of terms that can be asked for; PART alone, of all of them, stands for the entry itself."""
    starts = {PART}
    for term in found:
        ends = range(1, len(term) + 1) if term.isascii() else (1,)
        starts.update(term[:end] + PART for end in ends)
    return starts


def wanted(groups: Iterable[Group]) -> Wanted | None:
    """Groups as the index is asked for them; None when nothing can match. Alternatives that nobody can write into a
    text are left out, and groups that anything matches."""
    found: Wanted = []
    for group in groups:
        likely = [tuple(map(cut, terms)) for terms in group if all(map(possible, terms))]
        if not likely:
            return None
        if all(likely):
            found.append(likely)
    return found or None


def possible(term: str) -> bool:
    """Whether a text can have such a term; no other is ever put into a query."""
    return bool(_TERM.fullmatch(term))


def cut(term: str) -> str:
    """A term as it stands in the index."""
    return term if len(term.removesuffix(PART)) <= LONGEST else term[:LONGEST]
