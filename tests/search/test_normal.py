"""The normal form: one form for whatever is typed, and the way back to the original."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from guidance.search.normal import normal, plain

# Everything there is, halves of characters too; and what people really mix.
ANY = st.characters(exclude_categories=())
MIXED = st.sampled_from(
    "花呗凍結帳账三十五百千两〇一二天个月年块多aA０９Ｚ%，。 \t\n幾妳豈㈠㊂½ﬁ㎏İß"
    "\0\u200b\ufeff\u200d\u0301\ud800\U0001f600"
)
TEXTS = st.text(st.one_of(MIXED, ANY), max_size=60)
FORM = re.compile(r"(?:[a-z0-9〇\u3400-\u4dbf\u4e00-\u9fff]+(?: [a-z0-9〇\u3400-\u4dbf\u4e00-\u9fff]+)*)?")
NUMERALS = set("零〇一二两三四五六七八九十百千")


@settings(max_examples=3000, deadline=None)
@given(TEXTS)
@example("")
@example("\ud83d \ude00")
@example("花\u200b呗\ufeff")
def test_every_text_becomes_words_with_single_blanks(text: str) -> None:
    assert FORM.fullmatch(plain(text))


@settings(max_examples=3000, deadline=None)
@given(TEXTS)
def test_the_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@settings(max_examples=3000, deadline=None)
@given(TEXTS)
def test_each_character_knows_where_it_comes_from(text: str) -> None:
    found = normal(text)
    assert len(found.text) == len(found.starts) == len(found.ends)
    places = list(zip(found.starts, found.ends, strict=True))
    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)
    for mark, (start, end) in zip(found.text, places, strict=True):
        written = text[start:end]
        assert mark == " " or mark in plain(written) or (mark.isdigit() and set(plain(written)) <= NUMERALS)


@settings(max_examples=1000, deadline=None)
@given(TEXTS, st.data())
def test_a_stretch_stands_in_the_original_around_its_characters(text: str, data: st.DataObject) -> None:
    found = normal(text)
    if not found.text:
        return
    start = data.draw(st.integers(0, len(found.text) - 1))
    end = data.draw(st.integers(start + 1, len(found.text)))
    begins, stops = found.original(start, end)
    assert begins == found.starts[start]
    assert stops == found.ends[end - 1]
    assert all(begins <= s and e <= stops for s, e in zip(found.starts[start:end], found.ends[start:end], strict=True))


@settings(max_examples=1000, deadline=None)
@given(TEXTS, st.integers(0, 60))
def test_what_is_not_seen_changes_nothing(text: str, place: int) -> None:
    assert plain(text[:place] + "\u200b" + text[place:]) == plain(text)


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("ＨｕａＢｅｉ", "huabei"),
        ("１２３７８", "12378"),
        ("花唄凍結怎麼解除", "花呗冻结怎么解除"),
        ("還款與徵信記錄", "还款与征信记录"),
        ("帐户", "账户"),
        ("帳戶", "账户"),
        ("帐单和账单", "账单和账单"),
        ("花呗，冻结？？怎么办！", "花呗 冻结 怎么办"),
        ("  花呗\n\t冻结  ", "花呗 冻结"),
        ("花\u200b呗\u2060冻\ufeff结", "花呗冻结"),
        ("花呗😭冻结", "花呗 冻结"),
        ("😭😭", ""),
        ("\0\ud800", ""),
        ("2026-11-22", "2026 11 22"),
        ("㊂天", "3天"),
    ],
)
def test_what_is_written_in_different_ways_has_one_form(typed: str, form: str) -> None:
    assert plain(typed) == form


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("逾期三十天", "逾期30天"),
        ("十五天", "15天"),
        ("一百二十天", "120天"),
        ("一百零五天", "105天"),
        ("两千块", "2000块"),
        ("三万元", "3万元"),
        ("两万五千块", "2万5000块"),
        ("一个多月", "1个多月"),
        ("二十来天", "20来天"),
        ("三个月", "3个月"),
        ("叁天", "叁天"),
        ("二〇二一年十月", "2021年10月"),
        ("二零二一年", "2021年"),
        ("三仟块", "3000块"),
        ("第一次", "第1次"),
    ],
)
def test_numbers_of_what_is_counted_are_digits(typed: str, form: str) -> None:
    assert plain(typed) == form


@pytest.mark.parametrize(
    "typed", ["两三天", "三四千块", "千万别", "一些", "一直", "万一", "一点", "百分百", "七七八八", "星期一"]
)
def test_other_numerals_stay_as_they_are(typed: str) -> None:
    assert plain(typed) == typed


@pytest.mark.parametrize(
    ("typed", "word", "original"),
    [
        ("我的花唄，凍結了", "冻结", "凍結"),
        ("逾期三十天了", "30天", "三十天"),
        ("我用ＨＵＡＢＥＩ", "huabei", "ＨＵＡＢＥＩ"),
        ("花\u200b呗冻结", "花呗", "花\u200b呗"),
        ("㈠花呗", "花呗", "花呗"),
    ],
)
def test_a_word_is_found_again_in_the_original(typed: str, word: str, original: str) -> None:
    found = normal(typed)
    place = found.text.index(word)
    start, end = found.original(place, place + len(word))
    assert typed[start:end] == original
