"""What stands first for a query: chosen by editors, because no weighing of words knows what helps first."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guidance.documents.embeds import Reference, address_reference
from guidance.documents.words import Words, typed_words
from guidance.engine.problems import Problem
from guidance.engine.reading import Reader, repeated

QUERIES = 40
QUERY_LENGTH = 40  # characters
PAGES = 5


@dataclass(frozen=True, slots=True)
class Pin:
    """queries: the whole of what is typed, or with `anywhere` a part of it. pages: addresses of this site, in order."""

    key: str
    queries: tuple[str, ...]
    pages: tuple[str, ...]
    checked_on: str
    review_by: str
    anywhere: bool = False


def read_pin(document: Any) -> tuple[Pin, list[Problem]]:
    """A pin from its document, with every problem."""
    reader = Reader(document)
    pin = Pin(
        key=reader.key(),
        queries=reader.short_texts("queries", most=QUERIES, limit=QUERY_LENGTH, optional=False),
        pages=reader.short_texts("pages", most=PAGES, limit=200, optional=False),
        checked_on=reader.day("checked_on"),
        review_by=reader.day("review_by"),
        anywhere=reader.flag("anywhere"),
    )
    for address in pin.pages:
        if not list(address_reference("pages", address)):
            reader.problem("pages", f"“{address}”是一份列表，搜索里排不上去，请选具体的一页")
    for address in repeated(pin.pages):
        reader.problem("pages", f"“{address}”写了两次，请只留一处")
    reader.done()
    return pin, reader.problems


def pin_references(pin: Pin) -> Iterator[Reference]:
    """The pages; an address that is no page of ours is one that does not exist."""
    for address in pin.pages:
        yield from address_reference("pages", address)


def pin_words(pin: Pin) -> Iterator[Words]:
    return typed_words(pin, "queries")
