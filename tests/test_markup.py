"""Markdown to HTML: Chinese bold, references, and no way in for a script."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.documents.claim import Claim, read_claim
from guidance.documents.contact import read_contact
from guidance.markup import Embeds, qr_code, render
from tests import builders

TODAY = date(2026, 11, 22)

CONFIDENCE = {"law": "法规", "official": "官方说明", "press": "媒体", "experience": "经验"}


def claim(**changes: str) -> Claim:
    return read_claim(builders.claim(**changes))[0]


EMBEDS = Embeds(
    claims={
        "a-claim": claim(text="本金 < 利息 & 费用。"),
        "myth": claim(text="交钱能解。", status="refuted", group="scam", why="假。", instead="不信。"),
        "over": claim(text="旧政策。", expires_on="2026-11-22"),
    },
    contacts={
        "dial": read_contact(builders.contact())[0],
        "app": read_contact(builders.contact(key="app", number="", name="我的客服"))[0],
    },
    today=TODAY,
)


def html(text: str) -> str:
    return render(text, EMBEDS).html


@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("**注意：**不要转账", "<strong>注意：</strong>不要"),
        ("请**“自己”**拨打", "请<strong>“自己”</strong>拨打"),
        ("先**还清**，再问", "先<strong>还清</strong>，再问"),
        ("**95188**是客服", "<strong>95188</strong>是客服"),
    ],
)
def test_bold_works_next_to_chinese(text: str, bold: str) -> None:
    assert bold in html(text)


@pytest.mark.parametrize("text", ["2 ** 3 ** 4", "a ** b", "foo_bar_baz"])
def test_what_is_no_emphasis_stays_as_it_is(text: str) -> None:
    assert html(text) == f"<p>{text}</p>\n"


def test_a_claim_is_shown_with_its_source_and_escaped() -> None:
    assert html("{claim:a-claim}") == (
        '<p><span class="claim">本金 &lt; 利息 &amp; 费用。</span>\u2060'
        '<a class="source-mark" href="#sources"><span class="unseen">依据：</span>法规</a></p>\n'
    )


def test_an_expired_claim_is_not_said_from_that_day_on() -> None:
    assert "旧政策" not in html("{claim:over}")
    assert "此说法已到期，正在核对" in html("{claim:over}")


def test_a_claim_found_not_to_be_believed_is_no_longer_said() -> None:
    assert "交钱能解" not in html("{claim:myth}")


def test_a_claim_that_is_gone_is_not_passed_over_in_silence() -> None:
    assert "此说法已撤下，正在核对" in html("{claim:nowhere}")


def test_a_contact_with_a_number_can_be_dialled() -> None:
    assert 'href="tel:95188"' in html("打{contact:dial}")
    assert 'href="/contacts/#app"' in html("在{contact:app}里问")
    assert 'href="/contacts/"' in html("{contact:nowhere}")


def test_headings_get_ids_that_do_not_depend_on_their_words() -> None:
    rendered = render("## 先**看**\n\n文\n\n## 再[问](/contacts/)", EMBEDS)
    assert [(heading.id, heading.title) for heading in rendered.headings] == [
        ("section-1", "先看"),
        ("section-2", "再问"),
    ]
    assert '<h2 id="section-2">再<a' in rendered.html


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,x)",
        '<a hx-get="/admin/">x</a>',
        "<style>*{display:none}</style>",
        "![x](https://example.org/x.png)",
        "<iframe src=//example.org></iframe>",
        '[x](https://example.org" onmouseover="alert(1))',
    ],
)
def test_no_script_image_or_request_gets_in(attack: str) -> None:
    tags = " ".join(re.findall(r"<[^>]*>", html(attack)))
    for forbidden in ("script", "img", "javascript:", "data:", "hx-", "style", "iframe", "onmouseover"):
        assert forbidden not in tags


@pytest.mark.parametrize(
    ("address", "known"),
    [
        *(("https://example.org/", False), ("http://example.org/", False), ("HTTPS://example.org/", False)),
        *(("//example.org/", False), ("/guides/x/", True), ("/check/x/start?a=b", True), ("#section-1", True)),
        *(("tel:95188", True), ("mailto:a@example.org", True)),
    ],
)
def test_only_other_sites_are_told_nothing(address: str, known: bool) -> None:  # noqa: FBT001
    [link] = re.findall("<a [^>]*>", html(f"[看]({address})"))
    assert ('rel="noopener noreferrer nofollow"' in link) is not known


def test_an_address_written_as_it_is_leads_to_another_site_too() -> None:
    assert 'rel="noopener noreferrer nofollow"' in html("<https://example.org/>")


@pytest.mark.parametrize(("confidence", "word"), CONFIDENCE.items())
def test_every_claim_says_how_sure_it_is(confidence: str, word: str) -> None:
    quoted = render("{claim:a-claim}", Embeds({"a-claim": claim(confidence=confidence)}, {}, TODAY)).html
    assert f'<span class="unseen">依据：</span>{word}</a>' in quoted


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_text_renders_without_tags_of_its_own(text: str) -> None:
    assert "<script" not in html(text).lower()


def test_a_qr_code_is_plain_svg_without_style() -> None:
    svg = qr_code("http://127.0.0.1:8000/check/huabei/1c01g/")
    assert svg.startswith("<svg")
    assert "style" not in svg


def test_a_wide_table_is_shown_as_cards_on_a_phone_with_the_heads_as_labels() -> None:
    wide = html(f"| 页面上写 | 多半是什么 |\n|---|---|\n| 写着逾期 | {'先还能还的，' * 4} |")
    assert '<table class="cards">' in wide
    assert '<td data-label="页面上写">写着逾期</td>' in wide
    assert 'class="cards"' not in html("| 本金 | 天数 | 利息 |\n|---|---|---|\n| 1000元 | 10天 | 5元 |")
