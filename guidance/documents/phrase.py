"""What people say of their case, and the answer of a self-check that it gives.

A wording is words as they are said. Three signs stand for more: “…” for some characters of the same clause, {天数} for
an amount of time, and (还清/还完/) for any of the words between the bars, for none of them with nothing after a bar.
What only colours a sentence (了, 都, 已经) need not be written: 换手机 is said in 换了个手机 as well; 没 is 没有, too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guidance.documents.embeds import Reference
from guidance.documents.words import Words, typed_words
from guidance.engine.problems import Problem
from guidance.engine.reading import Reader

WORDINGS = 40
WORDING_LENGTH = 300  # characters, with all the choices
OPTIONS = 8
LONGEST = 36_500  # days
GAP = "…"  # some characters of the same clause
AMOUNT = "{天数}"  # an amount of time
GROUP = re.compile(r"[(（][^()（）]*[)）]")  # a choice of words
BARS = re.compile("[/／|｜]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """says: wordings, any of them. unless: wordings that undo it in the same clause.

    at_least, at_most: days that the amount in a wording must lie between; None is open.
    """

    key: str
    flow: str
    question: str
    options: tuple[str, ...]
    says: tuple[str, ...]
    checked_on: str
    review_by: str
    unless: tuple[str, ...] = ()
    at_least: int | None = None
    at_most: int | None = None


def read_phrase(document: Any) -> tuple[Phrase, list[Problem]]:
    """A phrase from its document, with every problem."""
    reader = Reader(document)
    phrase = Phrase(
        key=reader.key(),
        flow=reader.key("flow"),
        question=reader.key("question"),
        options=reader.keys("options", optional=False),
        says=reader.short_texts("says", most=WORDINGS, limit=WORDING_LENGTH, optional=False),
        checked_on=reader.day("checked_on"),
        review_by=reader.day("review_by"),
        unless=reader.short_texts("unless", most=WORDINGS, limit=WORDING_LENGTH),
        at_least=_days(reader, "at_least"),
        at_most=_days(reader, "at_most"),
    )
    counts = any(AMOUNT in wording for wording in phrase.says)
    limited = phrase.at_least is not None or phrase.at_most is not None
    if counts and not limited:
        reader.problem("says", f"说法里有{AMOUNT}，请填写最少或最多多少天")
    if limited and not counts:
        reader.problem("says", f"填了天数，请在说法里用{AMOUNT}标出天数的位置")
    if phrase.at_least is not None and phrase.at_most is not None and phrase.at_least > phrase.at_most:
        reader.problem("at_most", "最多的天数比最少的还少，请改正")
    for name, wordings in (("says", phrase.says), ("unless", phrase.unless)):
        if any(set("()（）") & set(GROUP.sub("", wording)) for wording in wordings):
            reader.problem(name, "括号要成对，里面不能再有括号，例如“(还清/还完)了”")
    reader.done()
    return phrase, reader.problems


def alternatives(group: str) -> list[str]:
    """The words that a choice lies between, "" among them when it may be left out."""
    return BARS.split(group[1:-1])


def _days(reader: Reader, name: str) -> int | None:
    return None if reader.take(name) is None else reader.integer(name, 0, LONGEST)


def phrase_references(phrase: Phrase) -> Iterator[Reference]:
    yield Reference("flow", "flow", phrase.flow)


def phrase_words(phrase: Phrase) -> Iterator[Words]:
    return typed_words(phrase, "says", "unless")
