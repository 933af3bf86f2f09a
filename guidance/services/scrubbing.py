"""Takes out of a reader's words what could tell who they are: numbers, mail addresses, chat names."""

import re
import unicodedata
from collections.abc import Iterator

REMOVED = "［号码已删去］"
UNBROKEN = 7  # digits in a row: no amount that a reader names, and no official number, has so many
BROKEN = 10  # digits with blanks or hyphens between them: the shortest telephone number with its area code

_CHINESE = dict(zip("〇零一二三四五六七八九幺", "001234567891", strict=True))
_BETWEEN = r"[^\S\r\n]|[-‐‑‒–—―−_.·•/()\u200b-\u200f\u2060\ufeff]"
_NUMBER = re.compile(rf"\+?\(?\d(?:(?:{_BETWEEN}){{0,3}}\d)*(?:(?:{_BETWEEN}){{0,3}}x(?![a-z]))?", re.IGNORECASE)
_DATE = re.compile(r"(?:19|20)\d\d([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])")
_MAIL = re.compile(r"[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
_CHAT = r"(?:微信|薇信|v信|wechat|weixin|(?<![a-z])[vw]x|(?<![a-z])qq|扣扣)"
_NAMED = re.compile(rf"{_CHAT}\s*(?:号码?|id)?\s*(?:[:=是为]\s*)+([a-z0-9][-_a-z0-9]+)", re.IGNORECASE)
_CALLED = re.compile(rf"{_CHAT}\s*(?:号码?|id)\s*([a-z0-9][-_a-z0-9]+)", re.IGNORECASE)
_BARE = re.compile(rf"{_CHAT}\s*([a-z][-_a-z0-9]*[-_0-9][-_a-z0-9]*|\d{{5,}})", re.IGNORECASE)


def scrubbed(text: str) -> str:
    """The text with REMOVED in the place of everything that looks like a number or name of somebody.

    Amounts, dates and short official numbers stay. When in doubt, it goes.
    """
    folded = "".join(map(_folded, text))
    kept, end = [], 0
    for start, stop in sorted(_spans(folded)):
        if stop > end:
            kept += [text[end:start], REMOVED] if start >= end else []
            end = stop
    return "".join([*kept, text[end:]])


def _folded(character: str) -> str:
    """One character for one, so that places in the folded text are places in the text."""
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    normal = unicodedata.normalize("NFKC", character)
    return _CHINESE.get(character, normal if len(normal) == 1 else character)


def _spans(folded: str) -> Iterator[tuple[int, int]]:
    for found in _NUMBER.finditer(folded):
        if _is_somebodys(found[0]):
            yield found.span()
    for found in _MAIL.finditer(folded):
        yield found.span()
    for pattern in (_NAMED, _CALLED, _BARE):
        for found in pattern.finditer(folded):
            yield found.span(1)


def _is_somebodys(number: str) -> bool:
    if re.search(rf"\d{{{UNBROKEN}}}", number):
        return True
    undated = " ".join(word for word in number.split() if not _DATE.fullmatch(word))
    return sum(map(str.isdigit, undated)) >= BROKEN
