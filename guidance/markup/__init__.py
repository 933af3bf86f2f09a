"""Markdown and other markup to safe HTML; the only place where HTML is called safe."""

import re
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest
from typing import Any
from unicodedata import east_asian_width

import nh3
import segno
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from guidance.documents.embeds import EMBED
from guidance.markup.chinese import ChineseInline
from guidance.markup.embeds import Embeds

__all__ = ["Embeds", "Heading", "Rendered", "inside", "qr_code", "render"]

_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "strong", "em", "code", "pre", "blockquote", "a", "span"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {
    "a": {"href", "class", "rel"},
    "span": {"class"},
    "h2": {"id"},
    "ol": {"start"},
    "table": {"class"},
    "td": {"data-label"},
}
_SCHEMES = {"https", "http", "tel", "mailto"}
KEPT = 4096  # texts in one form or another, far more than are live
TABLE_WIDTH = 24  # characters that fit beside each other on a phone
CELL_PADDING = 1.7
_TITLE = re.compile(r"<h1\b")
_ELSEWHERE = ("https:", "http:", "//")


@dataclass(frozen=True, slots=True)
class Heading:
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe HTML, its second-level headings for a contents list, and the keys of the terms it links."""

    html: SafeString
    headings: list[Heading] = field(default_factory=list)
    terms: frozenset[str] = frozenset()


def render(text: str, embeds: Embeds, used: frozenset[str] = frozenset()) -> Rendered:
    """Editors' Markdown as safe HTML. Raw HTML in it is shown, not obeyed.

    `used`: terms that the page has linked before this text; they are not linked again.
    """
    alone = _rendered(text, embeds, frozenset())
    again = used & alone.terms
    return _rendered(text, embeds, again) if again else alone


def _rendered(text: str, embeds: Embeds, used: frozenset[str]) -> Rendered:
    """Kept with the embeds: what was rendered for a draft that somebody looks at is forgotten with it."""
    kept = embeds.rendered
    found: Rendered | None = kept.get((text, used))
    if found is None:
        if len(kept) >= KEPT:
            kept.clear()
        found = kept[text, used] = _render(text, embeds, used)
    return found


def _render(text: str, embeds: Embeds, used: frozenset[str]) -> Rendered:
    env: dict[str, Any] = {"embeds": embeds, "used": set(used)}
    tokens = _markdown.parse(text, env)
    headings = _number_headings(tokens)
    _leave_plain(tokens)
    _vouch_for_nobody(tokens)
    _label_cells(tokens)
    html = _markdown.renderer.render(tokens, _markdown.options, env)
    clean = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)
    safe = mark_safe(clean)  # noqa: S308 - sanitised in the line above
    return Rendered(safe, headings, frozenset(env["used"] - used))


def inside(page: SafeString) -> SafeString:
    """The inside of a rendered page as part of another page, which has the title."""
    return mark_safe(_TITLE.sub('<h1 aria-level="2"', page))  # noqa: S308 - was safe, and the rest is ours


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


def _leave_plain(tokens: list[Token]) -> None:
    """Mark the words in which no term is linked: headings, heads of tables, links."""
    for opening, inline in pairwise(tokens):
        inside = int(opening.type in ("heading_open", "th_open"))
        for part in inline.children or ():
            inside += {"link_open": 1, "link_close": -1}.get(part.type, 0)
            part.meta["plain"] = bool(inside)


def _vouch_for_nobody(tokens: list[Token]) -> None:
    """Links to other sites tell them nothing about the reader, and search engines nothing about them."""
    for part in (part for token in tokens for part in token.children or ()):
        if part.type == "link_open" and str(part.attrGet("href")).lower().startswith(_ELSEWHERE):
            part.attrSet("rel", "noopener noreferrer nofollow")


def _label_cells(tokens: list[Token]) -> None:
    """Give each cell the head of its column, and a class to tables too wide for a phone, which shows them as cards."""
    table, heads, widths, column = Token("", "", 0), [""], [0.0], 0
    for token, inline in zip_longest(tokens, tokens[1:]):
        if token.type == "table_open":
            table, heads, widths = token, [], []
        elif token.type == "tr_open":
            column = 0
        elif token.type in ("th_open", "td_open"):
            words = "".join(part.content for part in inline.children or ())
            if token.type == "th_open":
                heads.append(words)
                widths.append(0)
            else:
                token.attrSet("data-label", heads[column])
            widths[column] = max(widths[column], _width(words))
            column += 1
        elif token.type == "table_close" and sum(widths) + CELL_PADDING * len(widths) > TABLE_WIDTH:
            table.attrSet("class", "cards")


def _width(words: str) -> float:
    """Of a text, in Chinese characters."""
    return sum(1 if east_asian_width(character) in "WFA" else 0.55 for character in words)


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
    meta = tokens[idx].meta
    html: str = env["embeds"].embedded(meta["kind"], meta["key"], env["used"])
    return html


def _render_text(renderer: RendererHTML, tokens: list[Token], idx: int, options: Any, env: Any) -> str:
    token = tokens[idx]
    if token.meta.get("plain"):
        return renderer.text(tokens, idx, options, env)
    html: str = env["embeds"].with_terms(token.content, env["used"])
    return html


def _parser() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    inline = ChineseInline()
    inline.ruler, inline.ruler2 = markdown.inline.ruler, markdown.inline.ruler2
    markdown.inline = inline
    markdown.inline.ruler.before("link", "embed", _embed)
    markdown.add_render_rule("embed", _render_embed)
    markdown.add_render_rule("text", _render_text)
    return markdown


_markdown = _parser()
