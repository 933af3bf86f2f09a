"""Who says so: a law, an official text, a report."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guidance.documents.words import TEXT, Words, words_of
from guidance.engine.problems import Problem
from guidance.engine.reading import Reader

# How much a source weighs, the heaviest first; also the confidence of a claim.
WEIGHTS = {"law": "法规", "official": "官方说明", "press": "媒体", "experience": "经验"}


@dataclass(frozen=True, slots=True)
class Source:
    """`url` only where the text was published by who it speaks for; dates are ISO dates."""

    key: str
    title: str
    publisher: str
    kind: str
    checked_on: str
    review_by: str
    url: str = ""
    published_on: str = ""
    note: str = ""


def read_source(document: Any) -> tuple[Source, list[Problem]]:
    """A source from its document, with every problem."""
    reader = Reader(document)
    source = Source(
        key=reader.key(),
        title=reader.text("title", limit=200),
        publisher=reader.text("publisher", limit=100),
        kind=reader.choice("kind", WEIGHTS),
        checked_on=reader.day("checked_on"),
        review_by=reader.day("review_by"),
        url=reader.url("url"),
        published_on=reader.day("published_on", optional=True),
        note=reader.text("note", optional=True, limit=500),
    )
    reader.done()
    return source, reader.problems


def source_words(source: Source) -> Iterator[Words]:
    yield from words_of(source, note=TEXT)
