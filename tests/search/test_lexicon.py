"""The words of the field: which are the same, how they go on, how they sound."""

import pytest

from guidance.search.lexicon import Lexicon
from guidance.search.sounds import blurred, initials, keys, one_off
from tests.search.words import LEXICON, group


def others(word: str, lexicon: Lexicon = LEXICON) -> set[str]:
    return {other for other, _ in lexicon.same.get(word, ())}


def test_words_of_a_group_mean_each_other() -> None:
    assert others("冻结") == {"封停"}
    assert others("封停") == {"冻结"}


def test_what_is_only_typed_is_read_as_the_words_and_never_the_other_way_round() -> None:
    assert others("被封了") == {"冻结", "封停"}
    assert "被封了" not in others("冻结") | others("封停")
    assert others("花贝") == {"花呗"}
    assert others("花呗") == set()


def test_readers_are_told_the_first_word_of_a_group() -> None:
    assert {LEXICON.shown[word] for word in ("冻结", "封停", "被封了", "停了")} == {"冻结"}


def test_words_are_known_in_their_normal_form() -> None:
    lexicon = Lexicon.of([group("凍結", "封號")], ["帳戶", "ＡＰＰ"])
    assert {"冻结", "封号", "账户", "app"} <= lexicon.words
    assert others("冻结", lexicon) == {"封号"}


def test_the_same_word_in_two_groups_means_the_words_of_both() -> None:
    lexicon = Lexicon.of([group("恢复", "解冻"), group("恢复", "好了")], [])
    assert others("恢复", lexicon) == {"解冻", "好了"}


def test_what_readers_say_is_known_but_no_word() -> None:
    lexicon = Lexicon.of([], ["客服"], ["花呗人工客服", "冻", "这是一个很长很长的名字"])
    assert lexicon.is_known("花呗人工客服")
    assert lexicon.words == {"客服"}
    assert not lexicon.is_known("冻")
    assert not lexicon.is_known("这是一个很长很长的名字")


def test_a_beginning_goes_on_with_what_readers_say_and_with_nothing_that_is_only_typed() -> None:
    lexicon = Lexicon.of([group("冻结", typed=["冻住了"])], [], ["冻结怎么办"])
    assert lexicon.beginning_with("冻") == ["冻结", "冻结怎么办"]


@pytest.mark.parametrize(
    ("start", "words"),
    [("还", ["还款", "还款日"]), ("还款", ["还款日"]), ("芝麻", ["芝麻信用"]), ("还款日", []), ("猫", [])],
)
def test_a_beginning_goes_on_with_the_shortest_word_first(start: str, words: list[str]) -> None:
    assert LEXICON.beginning_with(start) == words


def test_a_character_behind_the_first_place_is_remembered() -> None:
    assert "降额" in LEXICON.with_character("额")
    assert "额度" not in LEXICON.with_character("额")
    assert LEXICON.with_character("猫") == []


@pytest.mark.parametrize(
    ("letters", "word"), [("huabei", "花呗"), ("huankuanri", "还款日"), ("haikuanri", "还款日"), ("dongjie", "冻结")]
)
def test_words_are_known_by_their_sound_in_each_reading(letters: str, word: str) -> None:
    assert word in LEXICON.by_sound[letters]


def test_what_people_type_is_known_by_its_sound_too() -> None:
    assert "被封了" in LEXICON.by_sound["beifengle"]
    assert "被封了" in LEXICON.by_initials["bfl"]


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("动结", "冻结"),
        ("东节", "冻结"),
        ("花贝", "花呗"),
        ("芝麻性用", "芝麻信用"),
    ],
)
def test_words_of_the_same_sound_are_known(typed: str, word: str) -> None:
    assert word in LEXICON.sounding_like(typed)


@pytest.mark.parametrize("typed", ["冻", "冻结了", "苹果", "还款日日"])
def test_words_of_another_sound_or_length_are_not(typed: str) -> None:
    assert LEXICON.sounding_like(typed) == []


@pytest.mark.parametrize("letters", ["dngjie", "dongije", "dongjiie", "dongjue", "ddongjie"])
def test_a_slip_in_pinyin_is_mended(letters: str) -> None:
    assert LEXICON.mended(letters) == ["冻结"]


@pytest.mark.parametrize("letters", ["dojie2", "dnje", "apple", "huab"])
def test_more_than_a_slip_or_too_few_letters_are_not(letters: str) -> None:
    assert LEXICON.mended(letters) == []


@pytest.mark.parametrize(("text", "word"), [("冻接", "冻结"), ("芝麻", "芝麻信用"), ("huaben", "花呗")])
def test_words_to_try_instead_look_or_sound_like_what_was_typed(text: str, word: str) -> None:
    assert word in LEXICON.near(text, 6)


def test_only_so_many_words_are_tried_instead_and_none_twice() -> None:
    found = LEXICON.near("还款信用额度征信", 4)
    assert len(found) == len(set(found)) == 4
    assert LEXICON.near("", 4) == LEXICON.near("😭", 4) == []


def test_sounds_of_a_word() -> None:
    assert {"haikuan", "huankuan"} <= set(keys("还款"))
    assert "hk" in initials("还款")
    assert keys("额度x") == []
    assert blurred("zhengxin") == blurred("zenxin") == blurred("zhenxing")


@pytest.mark.parametrize(
    ("typed", "meant", "is_off"),
    [
        ("huabie", "huabei", True),
        ("huabe", "huabei", True),
        ("huabeii", "huabei", True),
        ("huabai", "huabei", True),
        ("huabei", "huabei", False),
        ("huabeis", "huabe", False),
        ("abuhei", "huabei", False),
        ("", "h", True),
    ],
)
def test_one_slip_is_one(typed: str, meant: str, is_off: bool) -> None:  # noqa: FBT001
    assert one_off(typed, meant) is is_off
