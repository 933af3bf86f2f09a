"""Which answer comes first."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.search.entry import Entry
from guidance.search.normal import plain
from guidance.search.planner import plan
from guidance.search.ranking import Ranked, Weight, ranked
from tests.search.words import LEXICON, USUAL

TALK = "打开支付宝，看一看页面上写了什么，再一步步来。"
WORDS = st.sampled_from(["花呗", "冻结", "封停", "逾期", "额度", "征信", "苹果", "的", " "])
TEXTS = st.lists(WORDS, max_size=5).map("".join)
KINDS = st.sampled_from(["faq", "article", "term", "myth", "flow"])


def entry(key: str, title: str = "", text: str = TALK, keywords: tuple[str, ...] = (), **others: Any) -> Entry:
    said = {"section": "", "heading": "", "kind": "faq", "url": f"/{key}/", "order": 1} | others
    normals = {"normal_title": plain(title), "normal_text": plain(text), "normal_heading": plain(said["heading"])}
    words = tuple(plain(word) for word in keywords)
    return Entry(id=0, key=key, title=title, text=text, normal_keywords=words, **normals, **said)


# What a help center is full of: everybody speaks of 花呗.
OTHERS = [entry(f"other-{number}", f"花呗的第{number}个说明", f"花呗{TALK}") for number in range(20)]


def answers(query: str, *entries: Entry) -> list[Ranked]:
    """What of the entries, and others, answers a query."""
    every = [*entries, *OTHERS]
    wanted = plan(query, LEXICON, USUAL)
    words = [[alternative.word for alternative in group.alternatives] for group in wanted.groups]
    held = [sum(any(word in _all_of(each) for word in some) for each in every) for some in words]
    weights = [Weight.of(group, number, len(every)) for group, number in zip(wanted.groups, held, strict=True)]
    return ranked(every, wanted, weights)


def _all_of(each: Entry) -> str:
    return "\n".join((each.normal_title, each.normal_heading, *each.normal_keywords, each.normal_text))


def order(query: str, *entries: Entry) -> list[str]:
    """The keys of the answers, best first, without the others."""
    return [each.entry.key for each in answers(query, *entries) if not each.entry.key.startswith("other-")]


@pytest.mark.parametrize("query", ["冻结", "花呗冻结", "花呗为什么冻结了", "dongjie", "动结", "冻"])
def test_what_says_it_in_the_title_comes_before_what_only_mentions_it(query: str) -> None:
    mention = entry("mention", "怎么跟客服说？", f"{TALK}页面上可能写着冻结。")
    assert order(query, mention, entry("title", "花呗冻结怎么办？"))[0] == "title"


def test_what_readers_call_it_counts_though_no_text_says_it() -> None:
    called = entry("called", "花呗的页面提示", keywords=("被封了", "逾期了还能用吗"))
    mention = entry("mention", "怎么跟客服说？", f"{TALK}有人说被封了。")
    assert order("被封了", mention, called)[0] == "called"
    assert order("支付宝说被封了是为什么", mention, called)[0] == "called"


def test_the_page_of_that_name_comes_first() -> None:
    long = entry("long", "逾期以后，征信、额度和芝麻分会怎么样？", f"逾期逾期逾期{TALK}")
    assert order("逾期", long, entry("name", "逾期", "过了还款日没有还清。"))[0] == "name"


def test_the_telling_word_decides_not_the_one_that_all_pages_have() -> None:
    line = entry("line", "额度变少了，怎么回事？")
    assert order("花呗额度", line, entry("general", "花呗是什么？", f"花呗花呗花呗{TALK}"))[0] == "line"
    assert order("花呗的额度怎么办", line)[0] == "line"


def test_what_holds_everything_comes_before_what_holds_a_part() -> None:
    both = entry("both", "逾期会影响征信吗？")
    assert order("逾期征信", entry("late", "逾期怎么办？"), entry("credit", "征信怎么查？"), both)[0] == "both"


def test_the_word_itself_comes_before_what_means_the_same() -> None:
    same, itself = entry("same", "花呗冻结了怎么办？"), entry("itself", "花呗封停了怎么办？")
    assert order("封停", same, itself) == ["itself", "same"]
    assert order("冻结", same, itself) == ["same", "itself"]
    assert order("花呗怎么就封停", same, itself) == ["itself", "same"]
    assert order("花呗怎么就冻结", same, itself) == ["same", "itself"]


def test_a_document_answers_once_by_its_best_part() -> None:
    parts = [
        entry("guide", "逾期怎么办？", kind="article", section=section, heading=heading)
        for section, heading in (("", ""), ("section-1", "先还清"), ("section-2", "征信怎么看"))
    ]
    found = [each.entry for each in answers("逾期征信", *parts) if each.entry.key == "guide"]
    assert [each.section for each in found] == ["section-2"]


def test_a_guide_stands_before_its_sections_when_its_title_is_asked_for() -> None:
    parts = [
        entry("guide", "征信怎么查？", kind="article", section=section, heading=heading)
        for section, heading in (("section-1", "在哪里查征信"), ("", ""))
    ]
    assert next(each.entry.section for each in answers("征信怎么查", *parts)) == ""


def test_what_holds_nothing_of_it_is_no_answer() -> None:
    assert order("征信", entry("late", "逾期怎么办？")) == []
    assert order("苹果手机", entry("late", "逾期怎么办？")) == []


def test_what_holds_a_trifle_of_a_long_question_is_no_answer() -> None:
    trifle = entry("trifle", "怎么跟客服说？", f"{TALK}手机要充好电。")
    assert order("苹果手机摄像头维修多少钱比较合适", trifle) == []


@pytest.mark.parametrize(
    ("query", "words"),
    [("冻结", {"冻结"}), ("封停", {"冻结"}), ("dongjie", {"冻结"}), ("逾期", set()), ("花唄凍結", {"花呗", "冻结"})],
)
def test_an_answer_tells_which_words_it_holds(query: str, words: set[str]) -> None:
    found = [each for each in answers(query, entry("it", "花呗冻结怎么办？")) if each.entry.key == "it"]
    assert {word for each in found for word in each.words} == words


ENTRIES = st.lists(st.tuples(TEXTS, TEXTS, TEXTS, KINDS), max_size=6).map(
    lambda said: [
        entry(f"e-{number}", title, text, (keyword,), kind=kind)
        for number, (title, text, keyword, kind) in enumerate(said)
    ]
)


@settings(max_examples=500, deadline=None)
@given(ENTRIES, TEXTS, st.randoms())
def test_the_order_is_the_same_however_the_database_gives_the_entries(
    entries: list[Entry], query: str, random: Any
) -> None:
    first = order(query, *entries)
    assert len(first) == len(set(first))
    assert order(query, *random.sample(entries, len(entries))) == first


@settings(max_examples=500, deadline=None)
@given(ENTRIES, TEXTS)
def test_a_score_is_at_most_one_and_falls(entries: list[Entry], query: str) -> None:
    found = answers(query, *entries)
    scores = [each.score for each in found]
    assert all(0 < each.covered <= 1.000001 for each in found)
    assert all(score <= 1 for score in scores)
    assert scores == sorted(scores, reverse=True)
