"""One checkable sentence, who says so, and until when it may be shown."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from guidance.documents.source import WEIGHTS
from guidance.engine.problems import Problem
from guidance.engine.reading import Reader

REFUTED = "refuted"
STATUSES = {"adopted": "采用", "reworded": "改写后采用", REFUTED: "不可信"}


@dataclass(frozen=True, slots=True)
class Claim:
    """origin: ids of the research rows it comes from. why and instead: only for what is refuted."""

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
    why: str = ""
    instead: str = ""

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
        why=reader.text("why", optional=not refuted, limit=400),
        instead=reader.text("instead", optional=not refuted, limit=400),
    )
    reader.done()
    return claim, reader.problems
