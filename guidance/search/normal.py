"""One form of every text, for what is searched and for what is typed, with the way back to the original characters."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from guidance.search.tables import SIMPLIFIED

# Raised whenever the same text gets another form or other terms: the index is then made anew (search_reindex).
VERSION = 1

# Written in two ways by the same people: 帐户 and 账户, 在那里 and 在哪里.
VARIANTS = {"帐": "账", "哪": "那", "妳": "你", "您": "你", "朞": "期", "欵": "款", "佰": "百", "仟": "千"}
DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
TENS = {"十": 10, "百": 100, "千": 1000}
# A number in characters that starts with a digit or ten, before something that is counted: 三十天, 一个月, 二〇二一年.
NUMBER = re.compile(
    "[零〇一二两三四五六七八九十][零〇一二两三四五六七八九十百千]*(?=[天日号个月年周次元块万期岁笔条家]|多[天个万块元年]|来天|几天|小时|星期)"
)


@dataclass(frozen=True, slots=True)
class Normal:
    """text: small letters, digits and Chinese characters, blanks for everything else.

    starts, ends: for each of its characters the part of the original that it stands for.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters from start to end stand in the original."""
        return self.starts[start], self.ends[end - 1]


@lru_cache(maxsize=1024)  # a hit is shown again and again
def normal(text: str) -> Normal:
    """The one form of a text: half-width, small, simplified, numbers in digits, one blank between runs."""
    found = [(mark, place, place + 1) for place, character in enumerate(text) for mark in _folded(character)]
    kept: list[tuple[str, int, int]] = []
    for each in _with_digits(found):
        if each[0] != " " or (kept and kept[-1][0] != " "):
            kept.append(each)
    if kept and kept[-1][0] == " ":
        kept.pop()
    return Normal(
        "".join(mark for mark, *_ in kept), tuple(start for _, start, _ in kept), tuple(end for *_, end in kept)
    )


def plain(text: str) -> str:
    """The one form of a text, without the way back."""
    return _plain(text)


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return normal(text).text


def is_chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf" or character == "〇"


@lru_cache(maxsize=8192)
def _folded(character: str) -> str:
    """What one character becomes; nothing for those that are not seen."""
    if unicodedata.category(character) == "Cf":
        return ""
    marks = (SIMPLIFIED.get(mark, mark) for mark in unicodedata.normalize("NFKC", character).lower())
    return "".join(mark if _is_kept(mark := VARIANTS.get(each, each)) else " " for each in marks)


def _is_kept(mark: str) -> bool:
    return (mark.isascii() and mark.isalnum()) or is_chinese(mark)


def _with_digits(found: list[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    text = "".join(mark for mark, *_ in found)
    place = 0
    for match in NUMBER.finditer(text):
        number = value_of(match[0])
        if number is None:
            continue
        yield from found[place : match.start()]
        start, end = found[match.start()][1], found[match.end() - 1][2]
        yield from ((digit, start, end) for digit in str(number))
        place = match.end()
    yield from found[place:]


def value_of(numeral: str) -> int | None:
    """The number that Chinese numerals below ten thousand write; None for two or three as in 两三天."""
    if not set(numeral) & set(TENS):
        written = "".join(str(DIGITS[mark]) for mark in numeral)
        return int(written) if len(numeral) == 1 or len(numeral) > 3 else None
    total, digit = 0, None
    for mark in numeral:
        if mark in TENS:
            total += (1 if digit is None else digit) * TENS[mark]
            digit = None
        elif digit:
            return None
        else:
            digit = DIGITS[mark]
    return total + (digit or 0)
