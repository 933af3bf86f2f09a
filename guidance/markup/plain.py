"""Rendered pages as plain text: what readers read, without the marks around it."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from guidance.markup.embeds import JOINER

_LINES = frozenset({"p", "br", "hr", "h2", "h3", "h4", "pre", "blockquote", "ul", "ol", "li", "table", "tr"})
_CELLS = frozenset({"td", "th"})
_MARK = "source-mark"  # what tells on what a quoted claim rests
_BLANKS = re.compile(r"\s+")
_HEADING, _TEXT = 1, 2  # where words go in a part


@dataclass(frozen=True, slots=True)
class Section:
    """A page from one second-level heading to the next; anchor and heading are "" for what stands before the first."""

    anchor: str
    heading: str
    text: str


def sections(html: str) -> list[Section]:
    """The parts of a rendered page in plain text: what stands before the first heading, then each section."""
    parser = _Reading()
    parser.feed(html)
    parser.close()
    return [Section(anchor, _tidy(heading), _tidy(text)) for anchor, heading, text in parser.found]


def plain_text(html: str) -> str:
    """A rendered page in plain text, headings included, one line for each paragraph, item or row."""
    parts = (line for each in sections(html) for line in (each.heading, each.text))
    return "\n".join(filter(None, parts))


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.replace(JOINER, "").splitlines())
    return "\n".join(filter(None, lines))


class _Reading(HTMLParser):
    """found: anchor, heading and text of each part so far."""

    def __init__(self) -> None:
        super().__init__()
        self.found = [["", "", ""]]
        self._place = _TEXT
        self._in_mark = self._as_it_stands = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "h2" and (anchor := values.get("id")):
            self.found.append([anchor, "", ""])
            self._place = _HEADING
        self._part(tag)
        self._as_it_stands |= tag == "pre"
        self._in_mark |= tag == "a" and values.get("class") == _MARK

    def handle_endtag(self, tag: str) -> None:
        self._part(tag)
        self._as_it_stands &= tag != "pre"
        self._in_mark &= tag != "a"
        if tag == "h2":
            self._place = _TEXT

    def handle_data(self, data: str) -> None:
        if not self._in_mark:
            self._add(data if self._as_it_stands else _BLANKS.sub(" ", data))

    def _part(self, tag: str) -> None:
        if tag in _LINES or tag in _CELLS:
            self._add("\n" if tag in _LINES else " ")

    def _add(self, text: str) -> None:
        self.found[-1][self._place] += text
