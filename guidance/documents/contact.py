"""An official number or channel: the one registry that every page takes them from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guidance.documents.embeds import Reference, named
from guidance.documents.words import TEXT, Words, typed_words, words_of
from guidance.engine.problems import Problem
from guidance.engine.reading import Reader


@dataclass(frozen=True, slots=True)
class Contact:
    """purpose: what it is for. never: what it will never ask. number: digits, "" where nobody can dial it.

    problems: what readers come with when this is the one to ask, in their words.
    """

    key: str
    name: str
    channel: str
    purpose: str
    never: str
    checked_how: str
    sources: tuple[str, ...]
    order: int
    checked_on: str
    review_by: str
    number: str = ""
    url: str = ""
    problems: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()

    @property
    def numbers(self) -> frozenset[str]:
        """Every number it is known by, also one that only sends messages."""
        return frozenset(re.findall(r"\d{3,}", f"{self.number} {self.name}"))


def read_contact(document: Any) -> tuple[Contact, list[Problem]]:
    """A contact from its document, with every problem."""
    reader = Reader(document)
    contact = Contact(
        key=reader.key(),
        name=reader.text("name", limit=60),
        channel=reader.text("channel", limit=200),
        purpose=reader.text("purpose", limit=200),
        never=reader.text("never", limit=200),
        checked_how=reader.text("checked_how", limit=200),
        sources=reader.keys("sources", optional=False),
        order=reader.integer("order", 0, 999),
        checked_on=reader.day("checked_on"),
        review_by=reader.day("review_by"),
        number=reader.text("number", optional=True, limit=20),
        url=reader.url("url"),
        problems=reader.texts("problems"),
        keywords=reader.keywords(),
    )
    if contact.number and not (contact.number.isascii() and contact.number.isdigit()):
        reader.problem("number", "号码只写数字，不加空格和横线")
    reader.done()
    return contact, reader.problems


def contact_references(contact: Contact) -> Iterator[Reference]:
    return named("sources", "source", contact.sources)


def contact_words(contact: Contact) -> Iterator[Words]:
    yield from words_of(contact, name=TEXT, channel=TEXT, purpose=TEXT, never=TEXT, checked_how=TEXT)
    yield from (Words(f"problems/{i}", problem) for i, problem in enumerate(contact.problems))
    yield from typed_words(contact, "keywords")
