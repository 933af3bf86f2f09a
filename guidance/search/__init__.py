"""Finding pages by words: shared pairs of characters, so that Chinese needs no word list."""

import unicodedata
from collections.abc import Iterable
from typing import Any

TITLE_WEIGHT = 3  # a pair in the title counts as much as three in the summary
HITS = 10


def find(query: str, cards: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cards (title, summary) that share most character pairs with the query, best first, at most HITS."""
    wanted = _pairs(query)
    scored = [(_score(wanted, card), card) for card in cards]
    found = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])
    return [card for _, card in found[:HITS]]


def _score(wanted: set[str], card: dict[str, Any]) -> int:
    title, summary = _folded(card["title"]), _folded(card["summary"])
    return sum(TITLE_WEIGHT * (pair in title) + (pair in summary) for pair in wanted)


def _pairs(text: str) -> set[str]:
    folded = _folded(text)
    return {folded[i : i + 2] for i in range(len(folded) - 1)} or ({folded} if folded else set())


def _folded(text: str) -> str:
    """Full-width and upper-case forms made one, everything but letters and digits left out."""
    normal = unicodedata.normalize("NFKC", text).lower()
    return "".join(character for character in normal if character.isalnum())
