"""What is read into a query, and what is not."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.search.lexicon import Lexicon
from guidance.search.planner import plan
from tests.search.words import LEXICON, USUAL, Counts, asked, group, read, searched

TERM = re.compile(r"(?:[a-z0-9]+|[〇\u3400-\u4dbf\u4e00-\u9fff]{1,2})\*?")
TYPED = st.one_of(
    st.sampled_from([*LEXICON.known, "怎么办", "为什么", "什么时候", "请问", "几天"]),
    st.sampled_from(["30天", "三十天", "动结", "huabei", "dj", "dong", "95188", "\ud800", "\0", '"*(']),
    st.sampled_from("的了吗我不有会被在还"),
    st.text(st.characters(exclude_categories=()), min_size=1, max_size=6),
    st.text("冻结呗款abehu zi0", min_size=1, max_size=12),
)
QUERIES = st.lists(TYPED, max_size=30).map(lambda parts: "".join(parts)[:200])


def test_the_longest_word_is_read() -> None:
    assert read("还款日") == ["还款日"]
    assert read("芝麻信用") == ["芝麻信用"]
    assert read("花呗还款日逾期") == ["花呗", "还款日", "逾期"]


def test_a_cut_that_knows_more_is_better_than_a_long_word_first() -> None:
    lexicon = Lexicon.of([], ["逾期还", "还款日", "逾期"])
    assert read("逾期还款日", lexicon=lexicon) == ["逾期", "还款日"]


def test_synonyms_are_searched_both_ways() -> None:
    assert searched("冻结") == [{"冻结", "封停"}]
    assert searched("封停") == [{"冻结", "封停"}]
    assert read("封停") == ["冻结"]


def test_what_is_only_typed_is_searched_one_way() -> None:
    assert searched("被封了") == [{"被封了", "冻结", "封停"}]
    assert "被封了" not in searched("冻结")[0]
    assert read("被封了") == ["冻结"]
    assert read("花贝") == ["花呗"]


def test_a_word_is_no_less_known_because_a_longer_saying_begins_so() -> None:
    lexicon = Lexicon.of([group("冻结", typed=["被封"])], [], ["被封了还能用吗"])
    assert read("被封了", lexicon=lexicon) == ["冻结"]
    assert "冻结" in searched("被封了", lexicon=lexicon)[-1]


def test_a_word_counts_more_than_what_means_the_same() -> None:
    first, *others = asked("冻结")[0].alternatives
    assert first.word == "冻结"
    assert all(other.weight < first.weight for other in others)


@pytest.mark.parametrize(
    ("query", "word"),
    [("花呗冻", "冻结"), ("芝麻", "芝麻信用"), ("芝", "芝麻信用"), ("客服电", "客服电话"), ("怎么协商", "协商还款")],
)
def test_the_end_of_a_query_may_be_half_a_word(query: str, word: str) -> None:
    assert word in searched(query)[-1]


def test_half_a_word_is_searched_as_it_stands_too() -> None:
    assert any(each.word == "冻" and each.is_part for each in asked("花呗冻")[-1].alternatives)


def test_half_a_word_in_the_middle_is_none() -> None:
    assert not any("芝麻信用" in words for words in searched("芝麻了花呗"))


def test_one_character_finds_words_that_hold_it() -> None:
    assert {"额度", "降额"} <= searched("额")[0]


def test_a_wrong_character_is_mended_when_no_text_has_it() -> None:
    assert read("动结") == ["冻结"]
    assert read("我的花呗东节了") == ["花呗", "冻结"]
    assert {"动结", "冻结", "封停"} <= searched("动结")[0]


def test_a_wrong_character_is_mended_when_few_texts_have_it() -> None:
    assert read("动结", Counts(冻结=100, 动结=4)) == ["冻结"]


def test_characters_that_texts_have_are_not_mended() -> None:
    assert searched("增信", Counts(征信=50, 增信=30)) == [{"增信"}]


def test_what_sounds_like_an_unused_word_is_not_mended() -> None:
    lexicon = Lexicon.of([], ["冻结"])
    assert searched("动结", Counts(动结=1), lexicon) == [{"动结"}]


def test_a_word_is_never_mended_across_a_known_one() -> None:
    """动结 sounds like 冻结, but its second half belongs to 结清."""
    found = searched("动结清")
    assert {"结清"} in found
    assert not any("冻结" in words for words in found)


def test_a_known_word_is_never_taken_for_another() -> None:
    lexicon = Lexicon.of([], ["征信", "增信"])
    assert searched("增信", Counts(征信=50), lexicon) == [{"增信"}]


@pytest.mark.parametrize("query", ["花贝", "封停", "动结", "被封了", "芝麻"])
def test_nothing_is_read_into_a_literal_query(query: str) -> None:
    assert searched(query, literal=True) == [{query}]


@pytest.mark.parametrize("query", ["dongjie", "huab", "hb"])
def test_letters_of_a_literal_query_stay_letters(query: str) -> None:
    assert searched(query, literal=True) == [{query}]


def test_a_literal_query_is_read_as_it_was_typed() -> None:
    found = plan("花贝dongjie", LEXICON, USUAL, literal=True)
    assert found.corrected == found.text == "花贝dongjie"


@pytest.mark.parametrize("typed", ["花贝冻结了", "花呗动结了", "huabei冻结了", "花唄凍結了", "花呗，冻结了！"])
def test_the_corrected_query_is_what_was_meant(typed: str) -> None:
    assert plan(typed, LEXICON, USUAL).corrected == "花呗冻结了"


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("花呗的额度", "花呗额度"),
        ("我的花呗额度怎么办", "花呗额度"),
        ("请问花呗额度是什么呢", "花呗额度"),
        ("为什么花呗会逾期", "花呗逾期"),
        ("花呗花呗逾期", "花呗逾期"),
        ("花呗逾期了，怎么办？", "花呗逾期"),
        ("花呗 逾期 怎么办", "花呗逾期"),
        ("huabei逾期了，怎么办", "huabei逾期"),
    ],
)
def test_words_that_every_question_has_ask_for_nothing(query: str, same: str) -> None:
    assert searched(query) == searched(same)


def test_the_amount_stays_with_what_it_counts() -> None:
    assert searched("逾期三十天") == searched("逾期30天") == [{"逾期"}, {"30天"}]
    assert searched("三十天") == searched("３０天") == [{"30天"}]


def test_unknown_characters_are_searched_two_by_two() -> None:
    assert searched("苹果手机") == [{"苹果"}, {"果手"}, {"手机"}]


def test_nothing_asks_for_nothing() -> None:
    for query in ("", "   ", "？！", "😭😭", "\0", "\ud800"):
        assert searched(query) == []


def test_two_words_that_mean_the_same_are_asked_for_once() -> None:
    lexicon = Lexicon.of([group("冻结", "封停")], [])
    assert len(asked("冻结封停", lexicon=lexicon)) == 1


@settings(max_examples=10_000, deadline=None)
@given(QUERIES, st.booleans(), st.sampled_from([USUAL, Counts(), Counts(冻结=9, 动结=5, hb=1)]))
def test_every_text_is_planned(query: str, literal: bool, counts: Counts) -> None:  # noqa: FBT001
    found = plan(query, LEXICON, counts, literal=literal)
    for each in found.groups:
        assert each.alternatives
        assert each.weight > 0
        for alternative in each.alternatives:
            assert 0 < alternative.weight <= 1
            assert alternative.terms
            assert all(TERM.fullmatch(term) for term in alternative.terms)
            assert alternative.word in LEXICON.known or alternative.word in found.text
