"""Telephone numbers in a text: a wrong one sends a frightened reader to whoever pays for it."""

import re
import unicodedata
from collections.abc import Iterator

# Digits joined by single hyphens or blanks, with an area code in brackets; not part of a word or an amount.
_DIGITS = re.compile(r"(?<![\d.\-A-Za-z])(?<!GB/T )(?:\(\d{3,4}\)[ \-]?)?\d(?:[ \-]?\d)+(?![\d.]?\d)")
_PHONE = re.compile(r"(?:0{0,2}86)?1[3-9]\d{9}|[48]00\d{7}|0\d{9,11}|9[56]\d{3,6}|1[0-2]\d{3}|11\d|12[02]")
_UNIT = re.compile(r"\s?(?:[元年月日天次个笔万亿条款家时米字多余%]|人(?!工)|号(?!码)|点(?!击)|分(?!机)|小时)")
_MONEY = re.compile(r"\s?(?:元|万|亿|多|余)")
_LONG = 7  # digits from which on no unit but money can follow
_SHORT = 5  # digits below which a number after a slash is a part of something


def telephone_numbers(line: str) -> Iterator[tuple[str, str]]:
    """Everything in a line that looks like a telephone number: as written, and its digits."""
    plain = unicodedata.normalize("NFKC", line)
    for match in _DIGITS.finditer(plain):
        whole = _digits(match[0])
        parts = [match[0]] if _PHONE.fullmatch(whole) else match[0].split()
        after_slash = plain[: match.start()].endswith("/")
        for i, part in enumerate(parts, 1):
            number = _digits(part)
            unit = _MONEY if len(number) >= _LONG else _UNIT
            counted = i == len(parts) and unit.match(plain, match.end())
            if _PHONE.fullmatch(number) and not counted and not (after_slash and len(number) < _SHORT):
                yield part, number


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
