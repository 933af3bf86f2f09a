"""An official number or channel: the one registry that every page takes them from."""

from dataclasses import dataclass
from typing import Any

from guidance.engine.problems import Problem
from guidance.engine.reading import Reader


@dataclass(frozen=True, slots=True)
class Contact:
    """purpose: what it is for. never: what it will never ask. number: digits, "" where the channel has none."""

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
    )
    if contact.number and not (contact.number.isascii() and contact.number.isdigit()):
        reader.problem("number", "号码只写数字，不加空格和横线")
    reader.done()
    return contact, reader.problems
