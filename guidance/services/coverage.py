"""Where readers meet what was researched: every row of the brief and every outside fact has a claim and a page."""

from collections.abc import Mapping

from guidance.documents import KINDS, PAGE_KINDS
from guidance.documents.claim import REFUTED
from guidance.services.live import site

BRIEF = {"S0": 55, "S1": 46, "S2": 53}
FACTS = [number for number in range(1, 40) if number not in (13, 31)]  # two numbers were never given
ROWS = [
    *(f"{text}-{number:02}" for text, rows in BRIEF.items() for number in range(1, rows + 1)),
    *(f"F-{number:02}" for number in FACTS),
]


def coverage() -> Mapping[str, list[str]]:
    """By research id, in order: the places where readers meet it, as “kind/key”; empty where it has no home."""
    met = places()
    homes: dict[str, set[str]] = {row: set() for row in ROWS}
    for claim in site().claims.values():
        shown = [("myth", claim.key)] if claim.status == REFUTED else met.get(claim.key, [])
        for row in claim.origin:
            homes.setdefault(row, set()).update(f"{kind}/{key}" for kind, key in shown)
    return {row: sorted(found) for row, found in homes.items()}


def places() -> Mapping[str, list[tuple[str, str]]]:
    """By claim: what shows it to readers or rests on it, as (kind, key)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for kind in (*PAGE_KINDS, "flow", "term"):
        for published in site().all(kind):
            for reference in KINDS[kind].references(published.value):
                if reference.kind == "claim":
                    found.setdefault(reference.key, []).append((kind, published.value.key))
    return found
