"""What editors give the search has to fit what is live: answers, pages, and each word in one group only."""

from typing import Any

import pytest

from guidance.models import Publication
from guidance.services import upkeep
from guidance.services.live import site
from guidance.services.publishing import Entry, Refused, check, users
from tests import builders
from tests.staff import PUBLISHER, WRITER, staff, written

pytestmark = pytest.mark.django_db


def found(kind: str, document: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """Problems as place, message and whether they stop it."""
    (problems,) = check([Entry(kind, document)]).values()
    return [(problem.place, problem.message, problem.blocks) for problem in problems]


def go_live_with_all() -> None:
    builders.go_live(("flow", builders.flow()), ("article", builders.article()))


def test_all_three_kinds_are_published_and_live() -> None:
    go_live_with_all()
    builders.go_live(
        ("synonym", builders.synonym()),
        ("pin", builders.pin(pages=["/guides/a-guide/#section-1", "/check/small/"])),
        ("phrase", builders.phrase()),
        ("term", builders.term(keywords=["俗称"])),
    )
    assert site().get("synonym", "a-synonym") is not None
    assert site().get("pin", "a-pin") is not None
    assert site().get("phrase", "a-phrase") is not None
    assert site().terms[0].keywords or any(term.keywords == ("俗称",) for term in site().terms)


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"flow": "nowhere"}, "flow", "情况自查“nowhere”不存在"),
        ({"question": "colour"}, "question", "自查“小自查”里没有题目“colour”"),
        ({"options": ["blue"]}, "options", "题目“账单还清了吗？”里没有选项“blue”"),
        ({"options": ["paid", "unpaid"]}, "options", "单选题"),
        ({"question": "signs", "options": ["none", "call"]}, "options", "选了“都没有”就不能再选别的"),
        ({"says": ["…"]}, "says", "没有搜索认得的字"),
        ({"unless": ["！"]}, "unless", "没有搜索认得的字"),
    ],
    ids=["self-check", "question", "option", "too many", "exclusive", "only a gap", "punctuation"],
)
def test_a_phrase_that_the_self_check_cannot_take_is_not_published(
    changes: dict[str, Any], place: str, words: str
) -> None:
    go_live_with_all()
    ((where, message, blocks),) = found("phrase", builders.phrase(**changes))
    assert (where, blocks) == (place, True)
    assert words in message
    with pytest.raises(Refused):
        builders.go_live(("phrase", builders.phrase(**changes)))
    assert not Publication.objects.filter(kind="phrase", key="a-phrase").exists()


def test_several_options_go_with_a_question_that_takes_several() -> None:
    go_live_with_all()
    assert found("phrase", builders.phrase(question="signs", options=["call", "overdue"])) == []


@pytest.mark.parametrize("page", ["/guides/nowhere/", "/nowhere/", "https://example.org/", "/myths/#a-claim"])
def test_only_pages_that_are_live_stand_first(page: str) -> None:
    go_live_with_all()
    ((place, message, blocks),) = found("pin", builders.pin(pages=["/guides/a-guide/", page]))
    assert (place, blocks) == ("pages", True)
    assert "不存在" in message


def test_a_page_that_stands_first_somewhere_is_not_withdrawn() -> None:
    go_live_with_all()
    builders.go_live(("pin", builders.pin()))
    draft = written("article", builders.article(), staff(WRITER))
    with pytest.raises(Refused, match="a-pin"):
        upkeep.withdraw(draft, staff(PUBLISHER), "过时了。", "/guides/")
    assert users("article", "a-guide") == [("pin", "a-pin")]


def test_a_self_check_that_readers_words_lead_into_is_not_withdrawn() -> None:
    go_live_with_all()
    builders.go_live(("phrase", builders.phrase()))
    draft = written("flow", builders.flow(), staff(WRITER))
    with pytest.raises(Refused, match="a-phrase"):
        upkeep.withdraw(draft, staff(PUBLISHER), "过时了。")
    assert site().flow("small") is not None


@pytest.mark.parametrize(
    ("first", "second", "place"),
    [
        ({"words": ["紫电", "青霜"]}, {"words": ["白虹", "青霜"]}, "words"),
        ({"words": ["紫电", "青霜"]}, {"words": ["白虹", "流星"], "typed": ["紫電"]}, "typed"),
        ({"words": ["紫电", "青霜"], "typed": ["子电"]}, {"words": ["白虹", "子电"]}, "words"),
    ],
    ids=["word", "typed in other characters", "word that is typed there"],
)
def test_a_word_stands_in_one_group_only(first: dict[str, Any], second: dict[str, Any], place: str) -> None:
    builders.go_live(("synonym", builders.synonym(**{"typed": []} | first)))
    other = builders.synonym(**{"key": "other", "typed": []} | second)
    said = [(where, message) for where, message, blocks in found("synonym", other) if blocks]
    assert [where for where, _ in said] == [place]
    assert "也在同义词“a-synonym”里，只能留一处" in said[0][1]
    assert found("synonym", builders.synonym(**{"typed": []} | first)) == []


def test_a_word_that_is_another_to_the_eye_only_is_pointed_out() -> None:
    ((place, message, blocks),) = found("synonym", builders.synonym(words=["紫账户", "青账号"], typed=["紫帐户"]))
    assert (place, blocks) == ("typed", False)
    assert message == "“紫账户”和“紫帐户”在搜索里是一样的，留一个就行"
    assert "“紫电”写了两次" in found("synonym", builders.synonym(words=["紫电", "青霜", "紫电"]))[0][1]


def test_two_pins_of_one_query_are_pointed_out() -> None:
    go_live_with_all()
    builders.go_live(("pin", builders.pin()))
    ((place, message, blocks),) = found("pin", builders.pin(key="second", queries=["先看什麼"]))
    assert (place, blocks) == ("queries", False)
    assert "搜索置顶“a-pin”" in message
    assert found("pin", builders.pin(key="second", anywhere=True)) == []


@pytest.mark.parametrize("kind", ["synonym", "pin", "phrase"])
def test_other_peoples_words_are_not_told_how_to_write(kind: str) -> None:
    """What readers type may promise, shout and be wrong."""
    go_live_with_all()
    typed = ["三天就能解冻！", "!!  联系客服能解冻 ok"]
    name = {"synonym": "words", "pin": "queries", "phrase": "says"}[kind]
    assert found(kind, getattr(builders, kind)(**{name: typed})) == []
    assert found("article", builders.article(keywords=typed)) == []
