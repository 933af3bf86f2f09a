"""The words of a document: every text a reader may see, with its place and what kind of text it is."""

from collections.abc import Iterator
from dataclasses import dataclass

HEADING = "heading"
TEXT = "text"
MARKDOWN = "markdown"
SAID = "said"  # somebody else's words, shown in order to contradict them
TYPED = "typed"  # what readers type into the search, shown to nobody


@dataclass(frozen=True, slots=True)
class Words:
    """place: the path in the document. role: HEADING, TEXT, MARKDOWN, SAID or TYPED."""

    place: str
    text: str
    role: str = TEXT


def words_of(value: object, **roles: str) -> Iterator[Words]:
    """The texts of some fields of a value that are not empty."""
    for name, role in roles.items():
        if text := getattr(value, name):
            yield Words(name, text, role)


def typed_words(value: object, *names: str) -> Iterator[Words]:
    """The items of some lists of a value: words that readers type, which no reader is shown."""
    for name in names:
        yield from (Words(f"{name}/{i}", text, TYPED) for i, text in enumerate(getattr(value, name)))
