"""The tables of characters, held to what OpenCC and pypinyin say."""

import pytest
from opencc import OpenCC
from pypinyin import lazy_pinyin

from guidance.search.tables import READINGS, SIMPLIFIED

# The two blocks of characters in use; those beyond are hardly written, and other forms of these become them before.
EVERY = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]


def is_common(character: str) -> bool:
    """Whether it is one of the 6,763 characters of GB2312, with which modern texts are written."""
    try:
        return len(character.encode("gb2312")) == 2 and "\u4e00" <= character <= "\u9fff"
    except UnicodeEncodeError:
        return False


COMMON = [character for character in EVERY if is_common(character)]


def test_every_traditional_character_becomes_what_opencc_makes_of_it() -> None:
    convert = OpenCC("t2s").convert
    expected = {each: simple for each in EVERY if (simple := convert(each)) != each and is_common(simple)}
    assert len(expected) > 2500
    assert {each: SIMPLIFIED.get(each) for each in expected if SIMPLIFIED.get(each) != expected[each]} == {}
    assert {each: convert(each) for each in SIMPLIFIED if SIMPLIFIED[each] != convert(each)} == {}


def test_what_is_simplified_is_simple() -> None:
    assert [each for each in SIMPLIFIED if not is_common(SIMPLIFIED[each]) or SIMPLIFIED[each] in SIMPLIFIED] == []


def test_every_common_character_has_its_usual_reading() -> None:
    assert len(COMMON) == 6763
    usual = {each: lazy_pinyin(each)[0].replace("ve", "ue") for each in COMMON}
    assert {each: usual[each] for each in COMMON if usual[each] not in READINGS.get(each, ())} == {}


def test_a_character_has_few_readings_each_in_small_letters() -> None:
    assert [each for each, readings in READINGS.items() if not 1 <= len(set(readings)) == len(readings) <= 3] == []
    assert {reading for readings in READINGS.values() for reading in readings if not reading.isascii()} == set()
    assert all(reading.islower() for readings in READINGS.values() for reading in readings)


@pytest.mark.parametrize(
    ("character", "readings"), [("还", {"hai", "huan"}), ("行", {"hang", "xing"}), ("降", {"jiang", "xiang"})]
)
def test_a_character_of_several_readings_has_them_all(character: str, readings: set[str]) -> None:
    assert readings <= set(READINGS[character])
