"""One checkable sentence, who says so, and until when it may be shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from guidance.documents.embeds import Reference, named
from guidance.documents.groups import GROUPS
from guidance.documents.source import WEIGHTS
from guidance.documents.words import SAID, TEXT, Words, typed_words, words_of
from guidance.engine.problems import Problem
from guidance.engine.reading import Reader

REFUTED = "refuted"
STATUSES = {"adopted": "采用", "reworded": "改写后采用", REFUTED: "不可信"}


@dataclass(frozen=True, slots=True)
class Claim:
    """origin: ids of the research rows it comes from. group, why and instead: for what is refuted."""

    key: str
    text: str
    status: str
    confidence: str
    sources: tuple[str, ...]
    checked_by: str
    checked_on: str
    review_by: str
    expires_on: str = ""
    origin: tuple[str, ...] = ()
    group: str = ""
    why: str = ""
    instead: str = ""
    keywords: tuple[str, ...] = ()

    def expired(self, today: date) -> bool:
        """Whether the claim may no longer be shown as current: from `expires_on` on."""
        return bool(self.expires_on) and today >= date.fromisoformat(self.expires_on)


def read_claim(document: Any) -> tuple[Claim, list[Problem]]:
    """A claim from its document, with every problem."""
    reader = Reader(document)
    status = reader.choice("status", STATUSES)
    refuted = status == REFUTED
    claim = Claim(
        key=reader.key(),
        text=reader.text("text", limit=400),
        status=status,
        confidence=reader.choice("confidence", WEIGHTS),
        sources=reader.keys("sources", optional=False),
        checked_by=reader.text("checked_by", limit=40),
        checked_on=reader.day("checked_on"),
        review_by=reader.day("review_by"),
        expires_on=reader.day("expires_on", optional=True),
        origin=reader.keys("origin"),
        group=reader.choice("group", GROUPS) if refuted or reader.take("group") else "",
        why=reader.text("why", optional=not refuted, limit=400),
        instead=reader.text("instead", optional=not refuted, limit=400),
        keywords=reader.keywords(),
    )
    reader.done()
    return claim, reader.problems


def claim_references(claim: Claim) -> Iterator[Reference]:
    return named("sources", "source", claim.sources)


def claim_words(claim: Claim) -> Iterator[Words]:
    yield from words_of(claim, text=SAID if claim.status == REFUTED else TEXT, why=TEXT, instead=TEXT)
    yield from typed_words(claim, "keywords")
