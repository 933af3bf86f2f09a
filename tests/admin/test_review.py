"""The page of a draft's road: where it stands, what may be done, and what is said when something cannot be."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guidance.models import ArticleDraft, Publication, State
from guidance.services.drafts import fingerprint
from guidance.services.live import site
from tests import builders
from tests.admin.controls import controls
from tests.staff import (
    KEEPER,
    PUBLISHER,
    REVIEWER,
    WRITER,
    desk_of,
    edited_guide,
    looked_at,
    staff,
    standing,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Any:
    return edited_guide(staff(WRITER, "writer"))


def page_of(draft: Any) -> str:
    return reverse(f"admin:guidance_{draft._meta.model_name}_review", args=[draft.pk])


def press(client: Client, draft: Any, step: str, **data: Any) -> str:
    """What a button on the page sends."""
    typed = looked_at(draft) | {"step": step} | data
    return str(client.post(page_of(draft), typed, follow=True).content.decode())


def state(draft: Any) -> str:
    return str(ArticleDraft.objects.get(pk=draft.pk).state)


def test_the_road_from_one_desk_to_the_next(draft: Any) -> None:
    writer = desk_of(draft.updated_by)
    reviewer, publisher = desk_of(staff(REVIEWER)), desk_of(staff(PUBLISHER))
    assert "已送审" in press(writer, draft, "submit", seen=fingerprint(draft))
    shown = reviewer.get(page_of(draft)).content.decode()
    assert "改过的标题" in shown
    assert "已退回" in press(reviewer, draft, "return", note="标题再短一点", seen=fingerprint(draft))
    assert "标题再短一点" in writer.get(page_of(draft)).content.decode()
    press(writer, draft, "submit")
    assert "已通过" in press(reviewer, draft, "approve", seen=fingerprint(draft))
    assert "已发布：指南“改过的标题？”第2版" in press(publisher, draft, "publish", note="写清楚了")
    assert "线上：第2版" in writer.get(page_of(draft)).content.decode()


def test_what_changed_behind_the_reviewers_back_is_shown_again(draft: Any) -> None:
    standing(draft, State.IN_REVIEW)
    seen = fingerprint(draft)
    ArticleDraft.objects.filter(pk=draft.pk).update(title="偷偷改的？")
    page = press(desk_of(staff(REVIEWER)), draft, "approve", seen=seen, note="我写的意见")
    assert "内容又有人改过" in page
    assert "我写的意见" in page
    assert state(draft) == State.IN_REVIEW


@pytest.mark.parametrize("step", ["", "nonsense", "edit", "import", "roles", "preview", "export", "\x00"])
def test_a_step_that_is_none_is_answered(draft: Any, step: str) -> None:
    assert "没有这一步" in press(desk_of(staff(KEEPER)), draft, step)
    assert state(draft) == State.DRAFT


def test_what_stands_in_the_way_is_told_with_its_field(draft: Any) -> None:
    ArticleDraft.objects.filter(pk=draft.pk).update(body="{claim:nowhere}")
    page = press(desk_of(staff(KEEPER)), draft, "submit")
    assert "什么都没有变" in page
    assert "的正文</a>：" in page
    assert "nowhere" in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"starts_at": "明天"}, "什么时候开始"),
        ({"starts_at": "2020-01-01T08:00"}, "已经过了"),
        ({"starts_at": "0001-01-01T00:00"}, "已经过了"),
        ({"ends_at": "2020-01-01T08:00"}, "晚于现在"),
        ({"starts_at": "9999-12-31T23:59", "ends_at": "9999-12-31T23:58"}, "晚于开始"),
        ({"note": "长" * 201}, "为什么改"),
    ],
)
def test_times_and_words_that_will_not_do_are_told_and_kept(draft: Any, typed: dict[str, str], words: str) -> None:
    standing(draft, State.APPROVED)
    page = press(desk_of(staff(KEEPER)), draft, "publish", **typed)
    assert words in page
    assert controls(page).get("starts_at", "") == typed.get("starts_at", "")
    assert controls(page).get("ends_at", "") == typed.get("ends_at", "")
    assert state(draft) == State.APPROVED


def test_scheduling_says_when_in_our_time_and_can_be_cancelled(draft: Any) -> None:
    standing(draft, State.APPROVED)
    publisher = desk_of(staff(PUBLISHER))
    assert "已定在2030-01-01 08:00发布" in press(publisher, draft, "publish", starts_at="2030-01-01T08:00")
    assert Publication.objects.waiting().get().starts_at.isoformat() == "2030-01-01T00:00:00+00:00"
    page = publisher.get(page_of(draft)).content.decode()
    assert "定时：第2版，2030-01-01 08:00开始" in page
    assert "取消定时" in page
    assert "已取消定时" in press(publisher, draft, "unschedule")
    assert state(draft) == State.APPROVED


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "为什么撤下"),
        ({"reason": " "}, "为什么撤下"),
        ({"reason": "过时了。", "instead": "别处"}, "现在没有这一页"),
    ],
)
def test_a_withdrawal_that_says_too_little_is_told(draft: Any, typed: dict[str, str], words: str) -> None:
    assert words in press(desk_of(staff(PUBLISHER)), draft, "withdraw", **typed)
    assert "a-guide" in site().guides.pages


def test_readers_of_a_withdrawn_page_are_sent_to_one_that_is_picked(draft: Any, client: Client) -> None:
    publisher = desk_of(staff(PUBLISHER))
    page = publisher.get(page_of(draft)).content.decode()
    offered = re.findall(r'<option value="([^"]*)"', page.split('name="instead"', 1)[1].split("</select>", 1)[0])
    assert {"", "/guides/a-guide/", "/faq/grace-period/", "/check/huabei/", "/contacts/"} <= set(offered)
    assert "已撤下" in press(publisher, draft, "withdraw", reason="过时了", instead="/faq/grace-period/")
    gone = client.get("/guides/a-guide/").content.decode()
    assert "过时了。" in gone
    assert 'href="/faq/grace-period/">改看：花呗有没有宽限期？<' in gone


def test_a_check_lists_every_source_and_asks_for_each(draft: Any) -> None:
    reviewer = desk_of(staff(REVIEWER))
    assert "立法机关：一部法律" in reviewer.get(page_of(draft)).content.decode()
    assert "还有1个来源没有勾选" in press(reviewer, draft, "confirm", period="180")
    page = press(reviewer, draft, "confirm", period="180", tick="a-claim/a-law")
    assert f"下次核对：{timezone.localdate() + timedelta(days=180)}" in page


def test_who_can_review_is_named_to_those_who_wait(draft: Any) -> None:
    staff(REVIEWER, "李审核")
    standing(draft, State.IN_REVIEW)
    page = desk_of(draft.updated_by).get(page_of(draft)).content.decode()
    assert "能审核的人：李审核。" in page


def test_a_draft_that_is_live_nowhere_shows_all_of_it() -> None:
    draft = written("article", builders.article(key="fresh", slug="fresh"), staff(WRITER))
    page = desk_of(staff(REVIEWER)).get(page_of(draft)).content.decode()
    assert "线上还没有" in page
    assert "打开支付宝看一看" in page


def test_odd_characters_in_a_note_are_left_out_and_the_feed_stays_whole(draft: Any) -> None:
    publisher = desk_of(staff(PUBLISHER))
    claim = standing(written("claim", builders.claim(text="欠款一定要还。"), staff(WRITER)), State.APPROVED)
    assert "已发布" in press(publisher, claim, "publish", note="写\x0b清\x1f楚\ufffe了")
    feed = publisher.get("/feed.xml")
    assert feed.status_code == 200
    assert "写清楚了" in feed.content.decode()


def test_ticks_that_were_made_are_still_there_when_one_is_missing(draft: Any) -> None:
    builders.go_live(
        ("source", builders.source(key="b-law")), ("claim", builders.claim(key="b-claim", sources=["a-law", "b-law"]))
    )
    claim = written("claim", builders.claim(key="b-claim", sources=["a-law", "b-law"]), None)
    page = press(desk_of(staff(REVIEWER)), claim, "confirm", period="90", tick=["/a-law"], note="看过第一条")
    assert "还有1个来源没有勾选" in page
    assert 'value="/a-law" checked' in page
    assert 'value="/b-law">' in page
    assert "看过第一条" in page
