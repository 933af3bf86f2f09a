"""Words that mean the same to a search, and what people type for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guidance.documents.words import Words, typed_words
from guidance.engine.problems import Problem
from guidance.engine.reading import Reader

WORD_LENGTH = 20  # characters
WORDS = 40  # of each list


@dataclass(frozen=True, slots=True)
class Synonym:
    """words: each is searched for the others; the first is the one that readers are told. typed: colloquial wordings
    and wrong characters, read as the words and never the other way round."""

    key: str
    words: tuple[str, ...]
    checked_on: str
    review_by: str
    typed: tuple[str, ...] = ()


def read_synonym(document: Any) -> tuple[Synonym, list[Problem]]:
    """A group of words from its document, with every problem."""
    reader = Reader(document)
    synonym = Synonym(
        key=reader.key(),
        words=reader.short_texts("words", most=WORDS, limit=WORD_LENGTH, optional=False),
        checked_on=reader.day("checked_on"),
        review_by=reader.day("review_by"),
        typed=reader.short_texts("typed", most=WORDS, limit=WORD_LENGTH),
    )
    if len(synonym.words) + len(synonym.typed) == 1:
        reader.problem("words", "只有一个词，没有别的词和它同义，请再加一个")
    reader.done()
    return synonym, reader.problems


def synonym_words(synonym: Synonym) -> Iterator[Words]:
    return typed_words(synonym, "words", "typed")
