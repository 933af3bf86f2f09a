"""Rendered pages as plain text: every word that readers read, once, and no mark."""

import re
from datetime import date
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from guidance.markup import Embeds, render
from guidance.markup.plain import Section, plain_text, sections

NOTHING = Embeds({}, {}, date(2026, 11, 22))
MARKDOWN = st.lists(
    st.sampled_from(
        ["## 甲", "乙*丙*", "- 丁", "| 戊 | 己 |", "| - | - |", "", "> 庚", "`辛 <b>`", "    壬", "癸\\", "1. &amp;"]
    ),
    max_size=12,
).map("\n".join)


def html(text: str) -> str:
    return render(text, NOTHING).html


@given(MARKDOWN)
def test_no_word_is_lost_or_told_twice(text: str) -> None:
    shown = unescape(re.sub("<[^>]*>", "", html(text)))
    assert "".join(plain_text(html(text)).split()) == "".join(shown.split())


@given(MARKDOWN)
def test_the_sections_are_those_of_the_page(text: str) -> None:
    first, *others = sections(html(text))
    assert (first.anchor, first.heading) == ("", "")
    assert [(each.anchor, each.heading) for each in others] == [(h.id, h.title) for h in render(text, NOTHING).headings]


def test_a_heading_is_no_part_of_the_text_below() -> None:
    assert sections(html("前\n\n## 头\n\n后")) == [Section("", "", "前"), Section("section-1", "头", "后")]


def test_lines_of_code_stay_lines() -> None:
    assert plain_text(html("```\n一\n二\n```")) == "一\n二"
