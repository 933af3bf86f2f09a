"""Pages that answer a question: guides, which say how, and FAQ entries, which answer in two lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from guidance.documents.embeds import Reference, address_reference, named, references_in
from guidance.documents.groups import GROUPS
from guidance.documents.words import HEADING, MARKDOWN, TEXT, Words, typed_words, words_of
from guidance.engine.problems import Problem
from guidance.engine.reading import KEY, Reader

TITLE_LENGTH = 40  # characters
SUMMARY_LENGTH = 200
ANSWER_LENGTH = 120  # what a phone shows of an FAQ entry before “more”


@dataclass(frozen=True, slots=True)
class NextCheck:
    """A self-check to go on with, with answers filled in by key."""

    flow: str
    answers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Why a page is no longer there, and the address of this site to read in its place."""

    reason: str
    instead: str


@dataclass(frozen=True, slots=True)
class Article:
    """A guide. summary: the answer in at most two sentences. body: Markdown. claims: what the page rests on.

    former_slugs: its earlier addresses, which lead to the present one.
    """

    key: str
    slug: str
    title: str
    summary: str
    group: str
    order: int
    checked_on: str
    review_by: str
    claims: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    next_check: NextCheck | None = None
    former_slugs: tuple[str, ...] = ()
    withdrawn: Withdrawal | None = None
    keywords: tuple[str, ...] = ()
    body: str = ""

    def rests_on(self) -> tuple[str, ...]:
        """The claims it embeds, in the order of reading, then the others it names; each once."""
        embedded = [ref.key for ref in references_in("body", self.body) if ref.kind == "claim"]
        return tuple(dict.fromkeys([*embedded, *self.claims]))


class Faq(Article):
    """An FAQ entry. summary: the whole answer, short. body: more, where there is more to say."""

    __slots__ = ()


Page = TypeVar("Page", bound=Article)


def read_article(document: Any) -> tuple[Article, list[Problem]]:
    """A guide from its document, with every problem."""
    return _read(Article, document, summary_length=SUMMARY_LENGTH, needs_body=True)


def read_faq(document: Any) -> tuple[Faq, list[Problem]]:
    """An FAQ entry from its document, with every problem."""
    return _read(Faq, document, summary_length=ANSWER_LENGTH, needs_body=False)


def _read(kind: type[Page], document: Any, *, summary_length: int, needs_body: bool) -> tuple[Page, list[Problem]]:
    reader = Reader(document)
    page = kind(
        key=reader.key(),
        slug=reader.key("slug"),
        title=reader.text("title", limit=TITLE_LENGTH),
        summary=reader.text("summary", limit=summary_length),
        group=reader.choice("group", GROUPS),
        order=reader.integer("order", 0, 9999),
        checked_on=reader.day("checked_on"),
        review_by=reader.day("review_by"),
        claims=reader.keys("claims"),
        related=reader.texts("related"),
        next_check=_next_check(reader) if reader.take("next_check") else None,
        former_slugs=reader.keys("former_slugs"),
        withdrawn=_withdrawal(reader) if reader.take("withdrawn") else None,
        keywords=reader.keywords(),
        body=reader.text("body", optional=not needs_body),
    )
    if not page.rests_on() and page.withdrawn is None:
        reader.problem("claims", "没有依据：正文里引用一条主张，或在“用到的主张”里列出来")
    for slug in page.former_slugs:
        if slug == page.slug or not KEY.fullmatch(slug):
            reader.problem("former_slugs", f"“{slug}”是现在的网址名，或者不能当网址名，请删掉")
    reader.done()
    return page, reader.problems


def _next_check(reader: Reader) -> NextCheck:
    inner = reader.group("next_check")
    answers = inner.take("answers") or {}
    if not isinstance(answers, dict) or not all(isinstance(option, str) for option in answers.values()):
        inner.problem("answers", "answers 应该是一组“题目：选项”")
        answers = {}
    check = NextCheck(inner.key("flow"), {str(question): option for question, option in answers.items()})
    inner.done()
    return check


def _withdrawal(reader: Reader) -> Withdrawal:
    inner = reader.group("withdrawn")
    withdrawal = Withdrawal(inner.text("reason", limit=SUMMARY_LENGTH), inner.text("instead"))
    inner.done()
    return withdrawal


def article_references(article: Article) -> Iterator[Reference]:
    """What its page needs; nobody sees a withdrawn page, only where it sends readers."""
    if article.withdrawn:
        yield from address_reference("withdrawn/instead", article.withdrawn.instead)
        return
    yield from named("claims", "claim", article.claims)
    yield from named("related", "article", article.related)
    if article.next_check:
        yield Reference("next_check", "flow", article.next_check.flow)
    yield from references_in("body", article.body)


def article_words(article: Article) -> Iterator[Words]:
    yield from words_of(article, title=HEADING, summary=TEXT, body=MARKDOWN)
    if article.withdrawn:
        yield Words("withdrawn/reason", article.withdrawn.reason)
    yield from typed_words(article, "keywords")
