"""Search over what is live: what readers type, and the answer they get first."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import example, given, settings
from hypothesis import strategies as st

from guidance.services import publishing
from guidance.services.finding import QUERY_LENGTH, SUGGESTIONS, Found, find, suggest
from tests import builders
from tests.services.typed import BAIT, CHECK, FIRST, SYMPTOMS
from tests.staff import WRITER, staff, written

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC).replace(hour=4, minute=0, second=0, microsecond=0) + timedelta(days=2)
TYPED = st.lists(
    st.one_of(
        st.sampled_from(
            ["花呗", "冻结", "逾期", "三十天", "还清了", "被封了", "花被", "huabei", "dj", "怎么办", "，", " "]
        ),
        st.sampled_from(
            ['"', "'", "*", "(", ")", "-", "^", ":", "NEAR", " OR ", "AND", "title:", "%", "_", "\\", ";--", "&|!<>"]
        ),
        st.sampled_from(["\0", "\ud800", "\udfff", "😭", "👨‍👩‍👧", "\u200b", "\u0301", "㈠", "ﷺ", "İ"]),
        st.text(st.characters(exclude_categories=()), max_size=8),
    ),
    max_size=25,
).map("".join)
QUERIES = st.one_of(TYPED, st.tuples(TYPED, st.integers(1, 2000)).map(lambda pair: (pair[0] * pair[1])[:10_000]))


def names(found: Found) -> list[str]:
    return [f"{hit.kind}/{hit.key}" for hit in found.hits]


def first(query: str) -> str:
    return next(iter(names(find(query))), "nothing")


@pytest.mark.parametrize(
    ("query", "wanted"), [pair for some in FIRST.values() for pair in some.items()], ids=lambda value: str(value)[:20]
)
def test_the_first_answer_is_one_that_helps(query: str, wanted: tuple[str, ...]) -> None:
    assert first(query) in wanted


@pytest.mark.parametrize(("query", "warning"), BAIT.items())
def test_bait_brings_the_warning_first(query: str, warning: str) -> None:
    assert first(query) == warning


@pytest.mark.parametrize("query", SYMPTOMS)
def test_a_symptom_brings_the_self_check_first(query: str) -> None:
    assert first(query) == CHECK


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("逾期三十天", "逾期30天"),
        ("逾期三十天", "逾期３０天"),
        ("逾期九十天还清", "逾期90天还清"),
        ("花唄凍結", "花呗冻结"),
        ("花呗，冻结！", "花呗 冻结"),
        ("花呗逾期了，怎么办？", "花呗逾期了怎么办"),
        ("帐户被盗", "账户被盗"),
        ("HUABEI", "huabei"),
    ],
)
def test_what_is_the_same_finds_the_same(typed: str, same: str) -> None:
    assert names(find(typed)) == names(find(same)) != []


@pytest.mark.parametrize(
    ("query", "typed", "read_as"),
    [
        ("被封了", "封了", "冻结"),
        ("花被冻结", "花被", "花呗"),
        ("dongjie", "dongjie", "冻结"),
        ("huabeiyuqi", "yuqi", "逾期"),
        ("花呗逾期", "逾期", "逾期"),
    ],
)
def test_readers_are_told_what_was_searched_for(query: str, typed: str, read_as: str) -> None:
    understood = [(each.typed, each.read_as) for each in find(query).understood]
    assert any(typed in said and meant == read_as for said, meant in understood)


def test_a_literal_query_finds_the_characters_as_they_stand() -> None:
    builders.go_live(("faq", builders.faq(title="花贝是什么贝壳？")))
    assert names(find("花贝", literal=True)) == ["faq/a-question"]
    assert find("dongjie", literal=True).hits == ()
    assert find("花贝", literal=True).story is None
    assert not any(hit.pinned for hit in find("征信修复", literal=True).hits)


def test_what_matched_is_marked_in_title_and_excerpt() -> None:
    hit = find("花唄凍結").hits[0]
    assert "".join(part.text for part in hit.title_parts) == hit.title
    assert any(part.marked and part.text in ("花呗", "冻结") for part in (*hit.title_parts, *hit.excerpt))


def test_an_answer_in_a_section_leads_there() -> None:
    builders.go_live(("article", builders.article(body="## 看鹦鹉\n\n打开看一看。\n\n## 问企鹅\n\n说清楚。")))
    hit = find("企鹅").hits[0]
    assert (hit.url, hit.section) == ("/guides/a-guide/#section-2", "问企鹅")


def test_a_story_begins_the_self_check() -> None:
    story = find("逾期了一个多月，昨天刚还清，花呗还是用不了").story
    assert story is not None
    assert story.flow == "huabei"
    assert story.url.startswith("/check/huabei/")
    assert all(said.words in "逾期了一个多月，昨天刚还清，花呗还是用不了" for said in story.said)


def test_nothing_found_offers_words_that_are_found() -> None:
    for query in ("冻鱼节目单", "苹果手机摄像头", "qwxzzz"):
        found = find(query)
        assert found.hits == () or found.near == ()
        assert all(find(word).hits for word in found.near)


@pytest.mark.parametrize("query", ["", "   ", "😭😭😭", "？？", "\0", "\ud800", "的"])
def test_a_query_without_words_finds_nothing(query: str) -> None:
    assert find(query).hits == suggest(query).hits == ()


@pytest.mark.parametrize("query", ["红烧肉做法", "世界杯比分", "周杰伦演唱会门票"])
def test_what_the_help_center_does_not_know_finds_nothing(query: str) -> None:
    assert names(find(query)) == []


def test_one_answer_of_each_document_and_as_many_as_asked_for() -> None:
    every = names(find("花呗", limit=1000))
    assert len(every) == len(set(every)) > 20
    assert names(find("花呗", limit=3)) == every[:3]
    assert len(find("花呗").hits) == 20
    assert len(suggest("花呗").hits) == SUGGESTIONS


def test_only_the_beginning_of_a_paste_is_read() -> None:
    long = find("花呗冻结" * 1000)
    assert (long.query, long.cut) == (("花呗冻结" * 1000)[:QUERY_LENGTH], True)
    assert find("花呗冻结").cut is False


@pytest.mark.parametrize("query", ["花呗", "花", "huab", "冻", "还款", "征信修复", "停息"])
def test_something_is_suggested_for_what_is_half_typed(query: str) -> None:
    assert 0 < len(suggest(query).hits) <= SUGGESTIONS


def test_what_is_not_live_is_never_found() -> None:
    written("faq", builders.faq(title="鹦鹉怎么办？"), staff(WRITER))
    assert find("鹦鹉").hits == suggest("鹦鹉").hits == ()
    builders.go_live(("faq", builders.faq(title="鹦鹉怎么办？")))
    assert names(find("鹦鹉")) == names(suggest("鹦鹉")) == ["faq/a-question"]
    builders.go_live(("faq", builders.faq(title="企鹅怎么办？")))
    assert find("鹦鹉").hits == ()
    publishing.take_off("faq", "a-question")
    assert find("企鹅").hits == suggest("企鹅").hits == ()


def test_what_is_withdrawn_is_never_found() -> None:
    builders.go_live(("article", builders.article(title="鹦鹉怎么办？")))
    assert names(find("鹦鹉")) == ["article/a-guide"]
    gone = {"reason": "鹦鹉过时了。", "instead": "/guides/"}
    builders.go_live(("article", builders.article(title="鹦鹉怎么办？", withdrawn=gone)))
    assert find("鹦鹉").hits == suggest("鹦鹉").hits == ()


@pytest.mark.parametrize(
    ("query", "is_pinned"),
    [("鹦鹉", True), ("鸚鵡", True), ("请问鹦鹉呢", False), ("企鹅", True), ("我有一只企鹅", True)],
)
def test_what_editors_pin_stands_first(query: str, is_pinned: bool) -> None:  # noqa: FBT001
    builders.go_live(
        ("faq", builders.faq(title="你好？")),
        ("pin", builders.DATES | {"key": "one", "queries": ["鹦鹉"], "pages": ["/faq/a-question/"]}),
        ("pin", builders.DATES | {"key": "two", "queries": ["企鹅"], "pages": ["/faq/a-question/"], "anywhere": True}),
    )
    pinned = [hit.key for hit in find(query).hits if hit.pinned]
    assert pinned == (["a-question"] if is_pinned else [])


def test_what_is_scheduled_is_found_from_its_moment_on() -> None:
    start = NOW + timedelta(hours=2)
    with time_machine.travel(NOW, tick=False) as clock:
        builders.go_live(("faq", builders.faq(title="鹦鹉怎么办？")), starts_at=start)
        assert find("鹦鹉").hits == ()
        clock.move_to(start)
        assert names(find("鹦鹉")) == ["faq/a-question"]


def test_a_new_synonym_works_at_once() -> None:
    builders.go_live(("faq", builders.faq(title="鹦鹉怎么办？")))
    assert find("咕噜咕噜").hits == ()
    builders.go_live(("synonym", {"key": "bird", "words": ["鹦鹉"], "typed": ["咕噜咕噜"], **builders.DATES}))
    assert names(find("咕噜咕噜")) == ["faq/a-question"]
    assert find("咕噜咕噜").understood[0].read_as == "鹦鹉"


def queries_of(*asked: str) -> list[int]:
    """How many queries to the database each search makes, in a process that has served others."""
    find("花呗")
    counts = []
    for query in asked:
        with CaptureQueriesContext(connection) as made:
            find(query)
        counts.append(len(made))
    return counts


MOST_QUERIES = 12  # to the database, for one search
ASKED = (
    "花呗",
    "花呗冻结怎么解除",
    "征信修复",
    "hbdj",
    "动洁了的花被怎么办",
    "苹果手机摄像头",
    "还清三十天了还是用不了，客服电话打不通",
)


def test_a_search_asks_the_database_a_few_times_however_much_there_is() -> None:
    before = queries_of(*ASKED)
    some = [
        (
            "faq",
            builders.faq(key=f"more-{number}", slug=f"more-{number}", title=f"花呗冻结的{chr(0x4E00 + number)}问？"),
        )
        for number in range(200)
    ]
    builders.go_live(*some[:10])
    few = queries_of(*ASKED)
    builders.go_live(*some[10:])
    many = queries_of(*ASKED)
    assert max(*before, *few, *many) <= MOST_QUERIES


@settings(max_examples=10_000, deadline=None)
@given(QUERIES, st.booleans())
@example('"花呗" OR NEAR(冻结) title:*', False)  # noqa: FBT003
@example("花呗'; DROP TABLE guidance_searchentry; --", True)  # noqa: FBT003
@example("花呗\0冻结\ud800", False)  # noqa: FBT003
def test_every_text_is_answered(query: str, literal: bool) -> None:  # noqa: FBT001
    found = find(query, literal=literal)
    assert found.query == query[:QUERY_LENGTH]
    assert len(found.hits) <= 20
    assert all(0 <= hit.score <= 1 for hit in found.hits)
    assert all("".join(part.text for part in hit.title_parts) == hit.title for hit in found.hits)


@settings(max_examples=300, deadline=None)
@given(QUERIES)
def test_every_text_brings_suggestions_or_none(query: str) -> None:
    assert len(suggest(query).hits) <= SUGGESTIONS
