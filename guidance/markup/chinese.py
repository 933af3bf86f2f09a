"""Lets ** work next to Chinese: `**注意：**不要` is bold although a letter follows the closing mark.

CommonMark asks for a blank or punctuation there, which Chinese does not write; a wide neighbour counts as one.
"""

import unicodedata
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token


class _ChineseState(StateInline):
    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803, FBT001 - the parser's names
        end = start
        while end < self.posMax and self.src[end] == self.src[start]:
            end += 1
        before = self.src[start - 1] if start else " "
        after = self.src[end] if end < self.posMax else " "
        left = not _blank(after) and (not _punctuation(after) or _apart(before))
        right = not _blank(before) and (not _punctuation(before) or _apart(after))
        can_open = left and (canSplitWord or not right or _punctuation(before))
        can_close = right and (canSplitWord or not left or _punctuation(after))
        return Scanned(can_open, can_close, end - start)


class ChineseInline(ParserInline):
    """The parser's inline rules with emphasis that knows Chinese."""

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        state = _ChineseState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _blank(character: str) -> bool:
    return isWhiteSpace(ord(character))


def _punctuation(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def _apart(character: str) -> bool:
    return _blank(character) or _punctuation(character) or unicodedata.east_asian_width(character) in "WF"
