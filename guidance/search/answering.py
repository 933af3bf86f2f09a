"""Search: what a query asks for, what the index has, what answers best. Knows nothing of what is live but the index."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import Error

from guidance.search import index
from guidance.search.lexicon import Lexicon
from guidance.search.planner import Group, Plan, plan
from guidance.search.ranking import Ranked, Weight, ranked
from guidance.search.terms import PART

# Entries that are looked at closely: so many for each group of a query together, within bounds. The database stops
# looking when it has them.
LOOKS, FEWEST, MOST = 600, 150, 500
ALONE = 3  # groups that are asked for by themselves


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked and what answers it, best first, one entry of each document."""

    plan: Plan
    found: list[Ranked]


class EmptyIndexError(Error):
    """There is nothing in the index: it was never made, or lost. Nothing found would be a lie."""


class _Frequencies:
    """In how many entries terms occur; each is asked for once a query."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def __call__(self, terms: Iterable[str]) -> Mapping[str, int]:
        wanted = set(terms) - self._known.keys()
        if wanted:
            self._known |= dict.fromkeys(wanted, 0) | index.frequencies(wanted)
        return self._known


def search(query: str, lexicon: Lexicon, at: datetime, *, literal: bool = False, heads: bool = False) -> Answer:
    """What holds at a moment and answers a query.

    `literal`: take the characters as they stand. `heads`: look at titles, headings and keywords only. Raises
    EmptyIndexError.
    """
    frequencies = _Frequencies()
    wanted = plan(query, lexicon, frequencies, literal=literal)
    if not wanted.groups:
        return Answer(wanted, [])
    size = frequencies([*_terms_in(wanted.groups), PART])[PART]
    if not size:
        raise EmptyIndexError
    held = [_held(group, frequencies) for group in wanted.groups]
    weights = [Weight.of(group, max(each), size) for group, each in zip(wanted.groups, held, strict=True)]
    found = _proposed(wanted.groups, weights, list(map(sum, held)), at, heads=heads)
    return Answer(wanted, ranked(index.entries(found), wanted, weights))


def _terms_in(groups: Iterable[Group]) -> Iterator[str]:
    return (term for group in groups for each in group.alternatives for term in each.terms)


def _held(group: Group, frequencies: _Frequencies) -> list[int]:
    """In how many entries each of its words occurs, at most: a word is no more frequent than its rarest pair."""
    known = frequencies(_terms_in([group]))
    return [min((known.get(term, 0) for term in each.terms), default=0) for each in group.alternatives]


def _proposed(
    groups: Sequence[Group], weights: Sequence[Weight], held: Sequence[int], at: datetime, *, heads: bool
) -> list[tuple[int, str]]:
    """Entries worth a closer look, the most promising first: those that hold everything in their head, everything,
    what is known in their head …, down to a single thing, the most telling first."""
    most = max(FEWEST, min(MOST, LOOKS // len(groups)))
    if sum(held) <= most:  # few enough to look at all of them
        return index.candidates([_terms(groups)], at, heads=heads, limit=most)
    found: dict[int, str] = {}
    for tier, only_heads in _tiers(groups, weights, [number > most for number in held]):
        if len(found) < most and (only_heads or not heads):
            found |= dict(index.candidates(tier, at, heads=only_heads, limit=most))
    return list(found.items())[:most]


def _tiers(
    groups: Sequence[Group], weights: Sequence[Weight], are_many: Sequence[bool]
) -> Iterator[tuple[list[list[tuple[str, ...]]], bool]]:
    """What to ask for, and whether in heads only; a single thing that few hold is not looked for in heads first."""
    words = tuple(group for group in groups if group.is_word)
    for wanted in filter(None, dict.fromkeys([tuple(groups), words])):
        for heads in (True, False):
            yield [_terms([group]) for group in wanted], heads
    telling = sorted(zip(weights, groups, are_many, strict=True), key=lambda each: -each[0].telling)[:ALONE]
    for _, group, many in telling if len(groups) > 1 else ():
        if many:
            yield [_terms([group])], True
        yield [_terms([group])], False


def _terms(groups: Iterable[Group]) -> list[tuple[str, ...]]:
    return [each.terms for group in groups for each in group.alternatives]
