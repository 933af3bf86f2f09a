"""Terms of the glossary in a page: linked where they are met first, and nowhere they would be in the way."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.documents.claim import read_claim
from guidance.documents.term import Term, read_term
from guidance.markup import Embeds, render
from tests import builders

OPEN = re.compile(r'<a class="term" href="/glossary/#([a-z-]+)">([^<]*)</a>')


def term(key: str, name: str, *names: str, unless: tuple[str, ...] = ()) -> Term:
    return read_term(builders.term(key=key, name=name, names=list(names), unless=list(unless)))[0]


def embeds(*terms: Term, **changes: Any) -> Embeds:
    claims = {"a-claim": read_claim(builders.claim(**changes))[0]}
    return Embeds(claims=claims, contacts={}, today=date(2026, 11, 22), terms=terms)


EMBEDS = embeds(
    term("cash-out", "套现", unless=("圈套现",)),
    term("limit", "额度"),
    term("temporary", "临时额度"),
    term("report", "信用报告", "征信报告"),
    term("credit", "征信", unless=("征信中心",)),
    text="征信由机构报送，额度不等于征信。",
)


def linked(text: str, embeds: Embeds = EMBEDS, used: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    return OPEN.findall(render(text, embeds, used).html)


def test_a_term_is_explained_where_it_is_met_first() -> None:
    assert render("额度低了，额度会变。\n\n额度", EMBEDS).html == (
        '<p><a class="term" href="/glossary/#limit">额度</a>低了，额度会变。</p>\n<p>额度</p>\n'
    )


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("临时额度和额度", [("temporary", "临时额度"), ("limit", "额度")]),
        ("额度和临时额度", [("limit", "额度"), ("temporary", "临时额度")]),
        ("征信报告", [("report", "征信报告")]),
        ("信用报告也叫征信报告", [("report", "信用报告")]),
        ("临时额度，临时额度", [("temporary", "临时额度")]),
        ("**额度**和*征信*", [("limit", "额度"), ("credit", "征信")]),
        ("- 额度\n- 征信", [("limit", "额度"), ("credit", "征信")]),
        ("> 额度", [("limit", "额度")]),
        ("额度征信", [("limit", "额度"), ("credit", "征信")]),
    ],
)
def test_the_longest_name_is_the_one_meant(text: str, links: list[tuple[str, str]]) -> None:
    assert linked(text) == links


def test_a_longer_word_that_means_something_else_is_left_alone() -> None:
    assert linked("落入圈套现在还来得及；征信中心。") == []
    assert linked("落入圈套现在，别套现。征信中心管征信。") == [("cash-out", "套现"), ("credit", "征信")]


@pytest.mark.parametrize("mark", ["## {}", "### {}", "[{}](/guides/x/)", "[看**{}**](https://example.org/)", "`{}`"])
def test_headings_links_and_code_explain_nothing(mark: str) -> None:
    assert linked(mark.format("额度")) == []
    assert linked(mark.format("额度") + "\n\n额度") == [("limit", "额度")]


def test_a_table_explains_in_its_cells_and_not_in_its_head() -> None:
    html = render("| 额度 | 征信 |\n| --- | --- |\n| 额度 | [征信](/x/)征信 |", EMBEDS).html
    assert "<th>额度</th>" in html
    assert "<th>征信</th>" in html
    assert OPEN.findall(html) == [("limit", "额度"), ("credit", "征信")]
    assert '<a href="/x/">征信</a>' in html


def test_what_follows_a_link_is_explained_again() -> None:
    assert linked("[额度](/x/)和额度") == [("limit", "额度")]


def test_the_words_of_a_claim_are_explained_too() -> None:
    assert linked("{claim:a-claim}额度和征信") == [("credit", "征信"), ("limit", "额度")]


def test_what_one_text_of_a_page_explained_the_next_does_not() -> None:
    first = render("额度", EMBEDS)
    assert first.terms == {"limit"}
    second = render("{claim:a-claim}额度和征信", EMBEDS, first.terms)
    assert OPEN.findall(second.html) == [("credit", "征信")]
    assert second.terms == {"credit"}
    assert render("额度和征信", EMBEDS, first.terms | second.terms).terms == frozenset()


def test_another_page_starts_anew() -> None:
    assert linked("额度", used=frozenset({"limit"})) == []
    assert linked("额度") == linked("额度", used=frozenset({"credit"})) == [("limit", "额度")]


@pytest.mark.parametrize("name", ["C++", "a.b", "(旧)额度", "[额度]", "A|B", "钱?", "$", "\\d", "^额", "甲{2}", "1*2"])
def test_a_name_with_marks_stands_for_itself_only(name: str) -> None:
    found = embeds(term("marked", name))
    assert found.with_terms(f"看{name}吧", set()) == f'看<a class="term" href="/glossary/#marked">{name}</a>吧'
    assert found.with_terms("axb 钱 aab ddd 甲甲 12 112 额A", set()) == "axb 钱 aab ddd 甲甲 12 112 额A"


@pytest.mark.parametrize(("name", "shown"), [("A&B", "A&amp;B"), ("<新>", "&lt;新&gt;"), ("O'额", "O&#x27;额")])
def test_a_name_with_marks_of_html_is_found_and_stays_text(name: str, shown: str) -> None:
    html = embeds(term("marked", name)).with_terms(f"看{name}", set())
    assert html == f'看<a class="term" href="/glossary/#marked">{shown}</a>'


@pytest.mark.parametrize("name", ["amp", "lt", "x27", "quot", "gt", "g", ";", "#"])
def test_no_name_reaches_into_the_html(name: str) -> None:
    found = embeds(term("marked", name))
    assert found.with_terms("&<\"'>", set()) == "&amp;&lt;&quot;&#x27;&gt;"


def test_a_site_without_a_glossary_links_nothing() -> None:
    assert render("额度 & {claim:a-claim}", embeds(text="征信 < 额度。")).html == (
        '<p>额度 &amp; <span class="claim">征信 &lt; 额度。</span>'
        '\u2060<a class="source-mark" href="#sources"><span class="unseen">依据：</span>法规</a></p>\n'
    )


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*"额度临时征信报告套现圈中心 *[]()#|\n&<>", "{claim:a-claim}", "(/x/)"])).map("".join))
def test_links_change_no_word_and_come_once(text: str) -> None:
    plain = render(text, embeds(text="征信由机构报送，额度不等于征信。")).html
    explained = render(text, EMBEDS)
    assert OPEN.sub(r"\2", explained.html) == plain
    keys = [key for key, _ in OPEN.findall(explained.html)]
    assert len(keys) == len(set(keys))
    assert set(keys) == explained.terms
