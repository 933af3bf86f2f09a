"""Guides and FAQ entries: what they rest on, how short they are, and one form wherever they were typed."""

from typing import Any

import pytest

from guidance.documents import KINDS, canonical
from guidance.documents.article import Article, Faq, Withdrawal, article_references, article_words
from guidance.documents.embeds import Reference
from guidance.documents.words import HEADING, MARKDOWN, TEXT, Words
from tests import builders

TEXTS = {
    "source": (builders.source, ["title", "publisher", "note"]),
    "claim": (builders.myth, ["text", "checked_by", "why", "instead"]),
    "contact": (builders.contact, ["name", "channel", "purpose", "never", "checked_how"]),
    "term": (builders.term, ["name", "meaning"]),
    "article": (builders.article, ["title", "summary", "body"]),
    "faq": (builders.faq, ["title", "summary", "body"]),
    "flow": (builders.flow, ["title", "summary", "audience"]),
    "synonym": (builders.synonym, []),
    "pin": (builders.pin, []),
    "phrase": (builders.phrase, []),
}
LISTS = {"contact": "problems", "term": "names", "flow": "prepare"}


def article(**changes: Any) -> Article:
    value: Article = KINDS["article"].read(builders.article(**changes))[0]
    return value


def faq(**changes: Any) -> Faq:
    value: Faq = KINDS["faq"].read(builders.faq(**changes))[0]
    return value


def places(kind: str, document: dict[str, Any]) -> list[str]:
    return [problem.place for problem in KINDS[kind].read(document)[1]]


@pytest.mark.parametrize(
    ("body", "claims", "rests_on"),
    [
        ("没有引用。", ["b", "a"], ("a", "b")),
        ("{claim:z}然后{claim:c}", [], ("z", "c")),
        ("{claim:z}然后{claim:c}", ["b", "a"], ("z", "c", "a", "b")),
        ("{claim:z}{claim:c}{claim:z}", ["c", "a", "z"], ("z", "c", "a")),
        ("打{contact:dial}，看[指南](/guides/x/)。", ["a"], ("a",)),
    ],
)
def test_a_page_rests_on_what_is_read_first_and_then_on_the_rest(
    body: str, claims: list[str], rests_on: tuple[str, ...]
) -> None:
    assert article(body=body, claims=claims).rests_on() == rests_on


@pytest.mark.parametrize("kind", ["article", "faq"])
def test_a_claim_in_the_body_is_ground_enough(kind: str) -> None:
    document = getattr(builders, kind)(body="{claim:a-claim}", claims=[])
    assert places(kind, document) == []


@pytest.mark.parametrize(("kind", "limit"), [("article", 200), ("faq", 120)])
def test_the_answer_in_short_has_its_limit(kind: str, limit: int) -> None:
    build = getattr(builders, kind)
    assert places(kind, build(summary="字" * limit)) == []
    assert places(kind, build(summary="字" * (limit + 1))) == ["summary"]


def test_a_guide_needs_a_body_and_a_question_does_not() -> None:
    for empty in ({"body": ""}, {"body": None}):
        assert places("article", builders.article(**empty)) == ["body"]
        assert places("faq", builders.faq(**empty)) == []
    assert faq(body="").body == ""


def test_a_guide_and_a_question_of_the_same_words_are_two_things() -> None:
    assert type(faq()) is Faq
    assert type(article()) is Article
    assert article() != KINDS["faq"].read(builders.article())[0]


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_typed_in_a_browser_equals_the_same_one_in_a_file(kind: str) -> None:
    build, names = TEXTS[kind]
    lines = "一\n\n二"
    texts: dict[str, Any] = dict.fromkeys(names, lines)
    if kind in LISTS:
        texts[LISTS[kind]] = [lines]
    typed = {name: _typed(text) for name, text in texts.items()}
    in_a_file, problems = KINDS[kind].read(build(**texts))
    assert problems == []
    assert KINDS[kind].read(build(**typed)) == (in_a_file, []) or kind == "flow"
    assert canonical(KINDS[kind].read(build(**typed))[0]) == canonical(in_a_file)
    assert canonical(in_a_file) == canonical(in_a_file) | texts


def test_the_reason_of_a_withdrawal_is_the_same_from_a_browser() -> None:
    typed = article(withdrawn={"reason": "过时了。\r\n看别的。\r\n", "instead": "/faq/ "})
    assert typed.withdrawn == Withdrawal("过时了。\n看别的。", "/faq/")


def test_the_texts_inside_a_self_check_are_the_same_from_a_browser() -> None:
    document = builders.flow()
    document["advice"][0]["body"] = "一\n\n二"
    in_a_file = canonical(KINDS["flow"].read(document)[0])
    document["advice"][0]["body"] = "一\r\n\r\n二\r\n"
    assert canonical(KINDS["flow"].read(document)[0]) == in_a_file


@pytest.mark.parametrize("kind", ["article", "faq"])
def test_a_withdrawn_page_with_earlier_addresses_comes_back_the_same(kind: str) -> None:
    withdrawn = {"reason": "问题已经过时。", "instead": "/guides/overdue/"}
    document = getattr(builders, kind)(former_slugs=["older", "old", "older"], withdrawn=withdrawn)
    page, problems = KINDS[kind].read(document)
    assert problems == []
    written = canonical(page)
    assert written["withdrawn"] == withdrawn
    assert written["former_slugs"] == ["old", "older"]
    assert KINDS[kind].read(written) == (page, [])


def test_what_a_page_does_not_have_is_not_written_down() -> None:
    assert not {"former_slugs", "withdrawn", "next_check", "related", "body"} & canonical(faq()).keys()


def test_a_withdrawn_page_needs_only_the_page_to_read_instead() -> None:
    links = {"claims": ["a", "b"], "related": ["c"], "body": "看"}
    assert list(article_references(article(**links))) == [
        Reference("claims", "claim", "a"),
        Reference("claims", "claim", "b"),
        Reference("related", "article", "c"),
    ]
    page = article(**links, withdrawn={"reason": "过时了。", "instead": "/faq/d/"})
    assert list(article_references(page)) == [Reference("withdrawn/instead", "question", "d")]


def test_a_page_is_read_in_its_title_summary_body_and_why_it_is_gone() -> None:
    page = article(withdrawn={"reason": "过时了。", "instead": "/faq/"})
    assert list(article_words(page)) == [
        Words("title", page.title, HEADING),
        Words("summary", page.summary, TEXT),
        Words("body", page.body, MARKDOWN),
        Words("withdrawn/reason", "过时了。", TEXT),
    ]


def _typed(text: Any) -> Any:
    if isinstance(text, list):
        return [_typed(item) for item in text]
    return text.replace("\n", "\r\n") + "\r\n"
