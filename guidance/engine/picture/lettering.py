"""Chinese text in a picture: cut into lines by us, because SVG does not break lines."""

import re
import unicodedata
from collections.abc import Sequence

from guidance.engine.conditions import Clause
from guidance.engine.flow import Question

PIECE = re.compile(r"[0-9A-Za-z]{1,16}|.", re.DOTALL)  # what stays together on a line
NEVER_FIRST = frozenset("，。、：；？！）》”’…")  # hangs over the end of the line before
LABEL = 20  # half widths: ten Chinese characters
LABEL_OF_SEVERAL = 13


def width(text: str) -> int:
    """How wide a text is, in half widths: a Chinese character is two."""
    return sum(2 if unicodedata.east_asian_width(each) in "WFA" else 1 for each in text)


def wrapped(text: str, line: int, most: int) -> tuple[str, ...]:
    """The text in at most `most` lines of `line` half widths each; what does not fit ends in “…”."""
    lines = [""]
    for piece in PIECE.findall(" ".join(text.split())):
        if width(lines[-1] + piece) > line and piece not in NEVER_FIRST:
            lines.append("")
        lines[-1] = (lines[-1] + piece).lstrip()
    if len(lines) > most:
        lines = [*lines[: most - 1], cut("".join(lines[most - 1 :]), line)]
    return tuple(lines)


def cut(text: str, most: int) -> str:
    """The beginning of a text, with “…” when something was left off."""
    if width(text) <= most:
        return text
    while width(text) > most - 2:
        text = text[:-1]
    return f"{text}…"


def short_words(question: Question, clauses: Sequence[Clause]) -> str:
    """Which answers lead on, as short as a label must be: the first of them, and how many there are."""
    labels = _labels(question, clauses)
    if len(labels) == 1:
        return cut(labels[0], LABEL)
    return f"{cut(labels[0], LABEL_OF_SEVERAL)} 等{len(labels)}项" if labels else ""


def all_words(question: Question, clauses: Sequence[Clause]) -> str:
    """Which answers lead on, all of them."""
    return "、".join(_labels(question, clauses))


def _labels(question: Question, clauses: Sequence[Clause]) -> list[str]:
    """The options that the clauses look at, in the order of the question; keys that no option has come last."""
    label = {option.key: option.label or option.key for option in question.options}
    found = []
    for negated in (False, True):
        keys = {key for clause in clauses if clause.negated is negated for key in clause.options}
        ordered = [key for key in label if key in keys] + sorted(keys - set(label))
        found += [f"{'不是' if negated else ''}{label.get(key, key)}" for key in ordered]
    return found
