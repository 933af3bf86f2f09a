"""Markdown and other markup to safe HTML; the only place where HTML is called safe."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from html import escape
from itertools import pairwise
from typing import Any

import nh3
import segno
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token

from guidance.documents.claim import REFUTED, Claim
from guidance.documents.contact import Contact
from guidance.documents.embeds import EMBED

EXPIRED = "此说法已到期，正在核对"
WITHDRAWN = "此说法已撤回，正在核对"

_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "strong", "em", "code", "pre", "blockquote", "a", "span"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href", "class"}, "span": {"class"}, "h2": {"id"}, "ol": {"start"}}
_SCHEMES = {"https", "http", "tel", "mailto"}


@dataclass(frozen=True, eq=False)  # hashed by identity: one for each site stamp and day
class Embeds:
    """What {claim:key} and {contact:key} stand for today."""

    claims: Mapping[str, Claim]
    contacts: Mapping[str, Contact]
    today: date

    def html(self, kind: str, key: str) -> str:
        return self._contact(key) if kind == "contact" else self._claim(key)

    def _claim(self, key: str) -> str:
        claim = self.claims.get(key)
        if claim is None or claim.status == REFUTED:
            return f'<span class="claim expired">{WITHDRAWN}</span>'
        if claim.expired(self.today):
            return f'<span class="claim expired">{EXPIRED}</span>'
        return f'<span class="claim">{escape(claim.text)}</span><a class="source-mark" href="#sources">来源</a>'

    def _contact(self, key: str) -> str:
        contact = self.contacts.get(key)
        if contact is None:
            return '<a href="/contacts/">官方联系方式</a>'
        if not contact.number:
            return f'<a class="contact" href="/contacts/#{escape(key)}">{escape(contact.name)}</a>'
        return f'<a class="contact" href="tel:{contact.number}">{escape(contact.name)} {contact.number}</a>'


@dataclass(frozen=True, slots=True)
class Heading:
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe HTML and its second-level headings, for a contents list."""

    html: SafeString
    headings: list[Heading] = field(default_factory=list)


@lru_cache(maxsize=4096)
def render(text: str, embeds: Embeds) -> Rendered:
    """Editors' Markdown as safe HTML. Raw HTML in it is shown, not obeyed."""
    env: dict[str, Any] = {"embeds": embeds}
    tokens = _markdown.parse(text, env)
    headings = _number_headings(tokens)
    html = _markdown.renderer.render(tokens, _markdown.options, env)
    clean = nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener noreferrer nofollow"
    )
    return Rendered(mark_safe(clean), headings)  # noqa: S308 - sanitised in the line above


def qr_code(text: str) -> SafeString:
    """A QR code as an SVG element that prints and needs no style."""
    svg = segno.make(text, error="m").svg_inline(scale=4, light="#fff", dark="#000", border=3, omitsize=True)
    return mark_safe(svg)  # noqa: S308 - segno draws only modules, the text is not in it


def _number_headings(tokens: list[Token]) -> list[Heading]:
    """Give second-level headings ids that do not depend on their words."""
    headings: list[Heading] = []
    for token, inline in pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            words = "".join(part.content for part in inline.children or ())
            heading = Heading(f"section-{len(headings) + 1}", words)
            token.attrSet("id", heading.id)
            headings.append(heading)
    return headings


class _ChineseState(StateInline):
    """Lets ** work next to Chinese: `**注意：**不要` is bold although a letter follows the closing mark.

    CommonMark asks for a blank or punctuation there, which Chinese does not write; a wide neighbour counts as one.
    """

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


def _blank(character: str) -> bool:
    return isWhiteSpace(ord(character))


def _punctuation(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def _apart(character: str) -> bool:
    return _blank(character) or _punctuation(character) or unicodedata.east_asian_width(character) in "WF"


class _ChineseInline(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        state = _ChineseState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _embed(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
    match = EMBED.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = state.push("embed", "", 0)
        token.meta = {"kind": match[1], "key": match[2]}
    state.pos = match.end()
    return True


def _render_embed(_: RendererHTML, tokens: list[Token], idx: int, __: Any, env: Any) -> str:
    embeds: Embeds = env["embeds"]
    return embeds.html(**tokens[idx].meta)


def _parser() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    inline = _ChineseInline()
    inline.ruler, inline.ruler2 = markdown.inline.ruler, markdown.inline.ruler2
    markdown.inline = inline
    markdown.inline.ruler.before("link", "embed", _embed)
    markdown.add_render_rule("embed", _render_embed)
    return markdown


_markdown = _parser()
