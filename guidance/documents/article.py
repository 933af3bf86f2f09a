"""A guide: a reader's question as the title, the answer first, then how."""

from dataclasses import dataclass
from typing import Any

from guidance.engine.problems import Problem
from guidance.engine.reading import Reader

# Groups of guides, in the order of the list page.
GROUPS = {
    "urgent": "先处理最急的",
    "status": "看懂状态",
    "repay": "还款与费用",
    "restore": "恢复",
    "credit": "征信与芝麻分",
    "service": "客服与协商",
    "collection": "催收与投诉",
    "scam": "防骗",
}


@dataclass(frozen=True, slots=True)
class NextCheck:
    """A self-check to go on with, with answers filled in by key."""

    flow: str
    answers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Article:
    """summary: the answer in at most two sentences. body: Markdown."""

    key: str
    slug: str
    title: str
    summary: str
    group: str
    order: int
    body: str
    checked_on: str
    review_by: str
    claims: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    next_check: NextCheck | None = None


def read_article(document: Any) -> tuple[Article, list[Problem]]:
    """A guide from its document, with every problem."""
    reader = Reader(document)
    article = Article(
        key=reader.key(),
        slug=reader.key("slug"),
        title=reader.text("title", limit=40),
        summary=reader.text("summary", limit=200),
        group=reader.choice("group", GROUPS),
        order=reader.integer("order", 0, 999),
        body=reader.text("body"),
        checked_on=reader.day("checked_on"),
        review_by=reader.day("review_by"),
        claims=reader.keys("claims"),
        related=reader.texts("related"),
        next_check=_next_check(reader) if reader.take("next_check") else None,
    )
    reader.done()
    return article, reader.problems


def _next_check(reader: Reader) -> NextCheck:
    inner = reader.group("next_check")
    answers = inner.take("answers") or {}
    if not isinstance(answers, dict) or not all(isinstance(option, str) for option in answers.values()):
        inner.problem("answers", "answers 应该是一组“题目：选项”")
        answers = {}
    check = NextCheck(inner.key("flow"), {str(question): option for question, option in answers.items()})
    inner.done()
    return check
