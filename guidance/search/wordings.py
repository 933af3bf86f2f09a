"""The wordings of phrases (花呗…(用不了/不能用)), as patterns that find all the ways in which they are said."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from guidance.documents.phrase import AMOUNT, GAP, GROUP, Phrase, alternatives
from guidance.search.clauses import FIRST_MARK, LAST_MARK, Clause, Line, spelt
from guidance.search.normal import plain
from guidance.search.numbers import durations

# Characters that only colour what is said, and may stand anywhere within a wording: 还(都已经)清了.
COLOUR = "[了过的都就也又才刚全已给个得着咯啦呢呀啊哦嘞]|经|终于|一下|一直|真的|居然|竟然|突然|全部|赶紧|赶快|马上"
BETWEEN = f"(?:{COLOUR}){{0,4}}?"
# Never within a gap: 身份证…过期 is not 身份证没过期.
GAP_PATTERN = "[^没不未无别非]{0,6}?"
NO = "没"  # said in other words as well
NO_PATTERN, NO_HEADS = "(?:没有?|未|莫得|冒得|木有)", "没未莫冒木"
PARTS = re.compile(f"({GAP}|{re.escape(AMOUNT)}|{GROUP.pattern})")
MARKS = f"[{FIRST_MARK}-{LAST_MARK}]"
COMPILED_MOST = 4
KEPT = 16_384  # wordings; twice what came with the site


@dataclass(frozen=True, slots=True)
class Wording:
    """is_literal: it names a time itself (昨天还清), and is looked for in the words as they are, not as amounts."""

    phrase: Phrase
    pattern: str
    has_gap: bool
    is_literal: bool

    def match(self, text: str, place: int) -> re.Match[str] | None:
        """Where it stands in a text, from a place on."""
        return _compiled(self.pattern).match(text, place)


@lru_cache(maxsize=KEPT)
def _compiled(pattern: str) -> re.Pattern[str]:
    """Made when it is needed first: a story meets few of all the wordings, and they change one by one."""
    return re.compile(pattern)


@dataclass(frozen=True, slots=True)
class Wordings:
    """by_head: wordings by the characters that they can begin with; AMOUNT for those that begin with one."""

    by_head: dict[str, tuple[Wording, ...]]

    def within(self, clause: Clause) -> Iterator[tuple[Wording, Line, int, int]]:
        """Each wording that stands in a clause, with the line and the place in it."""
        both = {True, False}
        lines = [(clause.plain, both)]
        if clause.marked.text != clause.plain.text:
            lines = [(clause.marked, {False}), (clause.plain, {True})]
        for line, kinds in lines:
            for place, character in enumerate(line.text):
                head = AMOUNT if FIRST_MARK <= character <= LAST_MARK else character
                for wording in self.by_head.get(head, ()):
                    found = wording.is_literal in kinds and wording.match(line.text, place)
                    if found:
                        yield wording, line, place, found.end()


# By the identity of a tuple of phrases; it is held here, so that no other takes its identity.
COMPILED: dict[int, tuple[tuple[Phrase, ...], Wordings, Wordings]] = {}


def wordings(phrases: tuple[Phrase, ...]) -> tuple[Wordings, Wordings]:
    """What phrases say and what undoes them; made once for a tuple, as to compare the phrases would take longer."""
    known = COMPILED.get(id(phrases))
    if known is None or known[0] is not phrases:
        if len(COMPILED) >= COMPILED_MOST:
            COMPILED.clear()
        known = phrases, _indexed(phrases, "says"), _indexed(phrases, "unless")
        COMPILED[id(phrases)] = known
    return known[1:]


def _indexed(phrases: tuple[Phrase, ...], field: str) -> Wordings:
    by_head: dict[str, list[Wording]] = defaultdict(list)
    for phrase in phrases:
        for text in getattr(phrase, field):
            pattern, heads, is_literal = _read(text)
            wording = Wording(phrase, pattern, GAP in text, is_literal)
            for head in heads if pattern else ():
                by_head[head].append(wording)
    return Wordings({head: tuple(found) for head, found in by_head.items()})


@lru_cache(maxsize=KEPT)
def _read(text: str) -> tuple[str, frozenset[str], bool]:
    """The pattern of a wording, the characters it can begin with, and whether it names a time itself."""
    return _pattern(text), frozenset(_heads(text)), AMOUNT not in text and bool(durations(plain(text)))


def _pattern(wording: str) -> str:
    """A regular expression for a wording in the normal form; "" when it has no word."""
    found, between = "", ""
    for part in PARTS.split(wording):
        said = _said(part)
        if part == GAP:
            between = BETWEEN + GAP_PATTERN
        elif said:
            # What may be left out takes what stands before it along.
            found += f"(?:{between}{said[:-1]}" if said.endswith("?") else between + said
            found += ")?" if said.endswith("?") else ""
            between = BETWEEN
    return found


def _said(part: str) -> str:
    """The pattern of a part of a wording: an amount, a choice, words. It ends in “?” when nothing is a choice, too."""
    if part == AMOUNT:
        return MARKS
    if not GROUP.fullmatch(part):
        return _words(part)
    choices = alternatives(part)
    patterns = [pattern for each in sorted(choices, key=len, reverse=True) if (pattern := _pattern(each))]
    return f"(?:{'|'.join(patterns)})" + "?" * ("" in choices) if patterns else ""


def _words(words: str) -> str:
    characters = spelt(plain(words)).replace(" ", "").replace("没有", NO)
    return BETWEEN.join(NO_PATTERN if each == NO else re.escape(each) for each in characters)


def _heads(wording: str) -> set[str]:
    """The characters that a wording can begin with."""
    heads: set[str] = set()
    for part in PARTS.split(wording):
        if part == AMOUNT:
            return heads | {AMOUNT}
        choices = alternatives(part) if GROUP.fullmatch(part) else [part]
        for choice in choices:
            words = spelt(plain(choice)).replace(" ", "")
            heads |= _heads(choice) if choice != wording else set(NO_HEADS if words[:1] == NO else words[:1])
        if part != GAP and plain(part) and "" not in choices:
            return heads
    return heads
