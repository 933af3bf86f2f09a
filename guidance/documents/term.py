"""A word that readers meet and may not know: what it means, and why it matters to them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guidance.documents.embeds import Reference, named
from guidance.documents.words import HEADING, TEXT, Words, typed_words, words_of
from guidance.engine.problems import Problem
from guidance.engine.reading import Reader


@dataclass(frozen=True, slots=True)
class Term:
    """names: other words for the same. unless: longer words in which the name means something else.

    guide: the key of a guide that says more, "" when there is none.
    """

    key: str
    name: str
    meaning: str
    order: int
    claims: tuple[str, ...]
    checked_on: str
    review_by: str
    names: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    guide: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def all_names(self) -> tuple[str, ...]:
        return (self.name, *self.names)


def read_term(document: Any) -> tuple[Term, list[Problem]]:
    """A term from its document, with every problem."""
    reader = Reader(document)
    term = Term(
        key=reader.key(),
        name=reader.text("name", limit=20),
        meaning=reader.text("meaning", limit=160),
        order=reader.integer("order", 0, 9999),
        claims=reader.keys("claims", optional=False),
        checked_on=reader.day("checked_on"),
        review_by=reader.day("review_by"),
        names=reader.texts("names"),
        unless=reader.texts("unless"),
        guide=reader.key("guide", optional=True),
        keywords=reader.keywords(),
    )
    reader.done()
    return term, reader.problems


def term_references(term: Term) -> Iterator[Reference]:
    yield from named("claims", "claim", term.claims)
    if term.guide:
        yield Reference("guide", "article", term.guide)


def term_words(term: Term) -> Iterator[Words]:
    yield from words_of(term, name=HEADING, meaning=TEXT)
    yield from typed_words(term, "keywords")
