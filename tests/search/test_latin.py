"""Pinyin as people type it."""

import pytest

from guidance.search.latin import letters_read
from tests.search.words import LEXICON, Counts, read, searched


@pytest.mark.parametrize(
    ("query", "words"),
    [
        # in full, each word and several in one piece or apart
        ("huabei", ["花呗"]),
        ("dongjie", ["冻结"]),
        ("HuaBei", ["花呗"]),
        ("ｈｕａｂｅｉ", ["花呗"]),
        ("huabeidongjie", ["花呗", "冻结"]),
        ("hua bei dong jie", ["花呗", "冻结"]),
        ("huabei dongjie", ["花呗", "冻结"]),
        ("huankuanri", ["还款日"]),
        ("haikuanri", ["还款日"]),
        ("zhimaxinyong", ["芝麻信用"]),
        ("beifengle", ["冻结"]),
        # not to the end
        ("huab", ["花呗"]),
        ("dongj", ["冻结"]),
        ("huabeido", ["花呗", "冻结"]),
        # initials
        ("hb", ["花呗"]),
        ("hbdj", ["花呗", "冻结"]),
        ("hkr", ["还款日"]),
        ("zmxy", ["芝麻信用"]),
        ("huabeidj", ["花呗", "冻结"]),
        # what sounds alike
        ("zimaxinyong", ["芝麻信用"]),
        ("zhenxin", ["征信"]),
        ("donjie", ["冻结"]),
        ("zhengxing", ["征信"]),
        # a slip
        ("dongije", ["冻结"]),
        ("dongjiie", ["冻结"]),
        ("dngjie", ["冻结"]),
        ("huabie", ["花呗"]),
    ],
)
def test_pinyin_is_read(query: str, words: list[str]) -> None:
    assert read(query) == words


@pytest.mark.parametrize(
    "query", ["huabeiyuqizenmeban", "huabei yuqi zenmeban", "weishenme huabei yuqi", "wo de huabei yuqi le"]
)
def test_what_every_question_has_asks_for_nothing_in_pinyin_too(query: str) -> None:
    assert read(query) == ["花呗", "逾期"]


def test_pinyin_means_what_the_words_mean() -> None:
    assert {"冻结", "封停"} <= searched("dongjie")[0]


def test_pinyin_beside_characters_is_read() -> None:
    assert read("花呗dongjie") == ["花呗", "冻结"]
    assert read("dongjie了怎么办") == ["冻结"]


@pytest.mark.parametrize("query", ["iphone", "qwerty", "xxxyyyzzz", "wpsoffice"])
def test_other_letters_stay_what_they_are(query: str) -> None:
    assert read(query) == [query]
    assert searched(query) == [{query}]


def test_letters_that_texts_have_are_not_read_as_pinyin() -> None:
    assert searched("hb", Counts(hb=3)) == [{"hb"}]
    assert searched("app", Counts(app=3)) == [{"app"}]


def test_numbers_are_not_pinyin() -> None:
    assert searched("95188") == [{"95188"}]
    assert searched("12378") == [{"12378"}]


def test_words_read_from_letters_stand_in_their_order_and_cover_them_all() -> None:
    for letters in ("huabeidongjie", "hbdj", "huabeihuankuanrihui", "dngjie", "zhimaxinyongjiangedu"):
        found = letters_read(letters, LEXICON)
        assert "".join(part for part, *_ in found) in (letters, "")


def test_a_paste_of_letters_is_not_puzzled_over() -> None:
    assert letters_read("huabei" * 11, LEXICON) == []
    assert len(read("dj" * 100)) == 1
