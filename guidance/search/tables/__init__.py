"""Characters: traditional ones and their simplified form, and how each is read. Made from OpenCC and pypinyin data, to
which the tests hold them: two packages of 11 MB would do no more."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def _lines(name: str) -> list[list[str]]:
    return [line.split() for line in (_HERE / name).read_text(encoding="utf-8").splitlines()]


# 凍 → 冻
SIMPLIFIED: dict[str, str] = {
    traditional: simplified for simplified, several in _lines("simplified.txt") for traditional in several
}
# 还 → (hai, huan): its readings without tones
READINGS: dict[str, tuple[str, ...]] = {}
for _reading, _characters in _lines("pinyin.txt"):
    for _character in _characters:
        READINGS[_character] = (*READINGS.get(_character, ()), _reading)
# What every question has and that says nothing of what is asked: particles, of one character, and longer words.
PARTICLES: frozenset[str] = frozenset(word for words in _lines("common.txt") for word in words if len(word) == 1)
COMMON: frozenset[str] = frozenset(word for words in _lines("common.txt") for word in words if len(word) > 1)
