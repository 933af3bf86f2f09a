"""Who may read and not write gets a draft in words in the place of its form; and what surrounds the forms."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guidance.models import ArticleDraft, EvidenceDraft, FlowDraft, QuestionDraft, ScenarioDraft
from tests import builders
from tests.admin.controls import controls
from tests.admin.test_trial import words
from tests.staff import PUBLISHER, REVIEWER, WRITER, desk_of, staff, written

pytestmark = pytest.mark.django_db


def opened(client: Client, row: Any, page: str = "change") -> str:
    response = client.get(reverse(f"admin:guidance_{row._meta.model_name}_{page}", args=[row.pk]))
    assert response.status_code == 200
    return str(response.content.decode())


def content(page: str) -> dict[str, str]:
    """What the page says, by the name of the field."""
    found = re.findall(r"<div><dt>(.*?)</dt><dd[^>]*>(.*?)</dd></div>", page, re.DOTALL)
    return {label: unescape(text) for label, text in found}


def tabs(page: str) -> list[str]:
    navigation = page.split('<nav class="tabs"', 1)[1].split("</nav>", 1)[0]
    return re.findall(r">([^<>]+)</a>", navigation)


@pytest.fixture
def flow() -> FlowDraft:
    builders.go_live()
    made: FlowDraft = written("flow", builders.flow(), None)
    return made


@pytest.mark.parametrize("role", [REVIEWER, PUBLISHER])
def test_a_guide_is_read_without_its_form(role: str) -> None:
    builders.go_live()
    related = ArticleDraft().load(builders.article(key="other", slug="other", title="另一篇？"))
    guide = ArticleDraft().load(builders.article(title="这一篇？", related=["other"], body="## 第一步\n\n去看看。"))
    page = opened(desk_of(staff(role)), guide)
    said = content(page)
    assert (said["标题"], said["相关指南"]) == ("这一篇？", str(related))
    assert said["正文"] == "## 第一步\n\n去看看。"
    assert "<textarea" not in page
    assert tabs(page)[0] == "内容"
    assert tabs(opened(desk_of(staff(WRITER)), guide))[0] == "编辑"


def test_a_row_is_read_alone_and_in_words(flow: FlowDraft) -> None:
    client = desk_of(staff(REVIEWER))
    question = QuestionDraft.objects.get(flow=flow, key="signs")
    evidence = EvidenceDraft.objects.get(flow=flow, key="e-overdue")
    scenario = ScenarioDraft.objects.filter(flow=flow).first()
    asked, rule, case = (content(opened(client, row)) for row in (question, evidence, scenario))
    assert asked["题目"] == question.text
    assert question.options.first().label in str(list(asked))
    assert rule["原因"] == "逾期"
    assert rule["条件"].startswith("当“")
    assert "any_of" not in str((asked, rule, case))
    assert not {label for label in asked if "题目“" in label}


def test_a_self_check_is_read_without_its_rows_which_have_a_page(flow: FlowDraft) -> None:
    said = content(opened(desk_of(staff(REVIEWER)), flow))
    assert said["标题"] == flow.title
    assert not {label for label in said if label.startswith(("题目“", "证据“"))}


def test_who_may_only_read_sends_nothing(flow: FlowDraft) -> None:
    typed = controls(opened(desk_of(staff(WRITER)), flow), title="不行？")
    url = reverse("admin:guidance_flowdraft_change", args=[flow.pk])
    assert desk_of(staff(REVIEWER)).post(url, typed).status_code == 403


def test_who_sees_nothing_is_led_back_to_the_desk(flow: FlowDraft) -> None:
    answer = desk_of(staff("nobody")).get(reverse("admin:guidance_flowdraft_change", args=[flow.pk]))
    assert answer.status_code == 403
    assert "回到编辑台" in answer.content.decode()


@pytest.mark.parametrize("kind", ["preview", "trial"])
def test_a_page_at_the_desk_has_one_title(flow: FlowDraft, kind: str) -> None:
    page = opened(desk_of(staff(WRITER)), flow, kind)
    titles = re.findall(r"<h1\b[^>]*>", page)
    assert [title for title in titles if "aria-level" not in title] == ["<h1>"]


def test_a_new_row_knows_its_self_check(flow: FlowDraft) -> None:
    client, url = desk_of(staff(WRITER)), reverse("admin:guidance_advicedraft_add")
    page = client.get(f"{url}?flow={flow.pk}").content.decode()
    assert f"属于自查“{flow}”" in words(page)
    assert tabs(page)[0] == "编辑"
    assert 'name="flow"' in page
    assert '<select name="flow"' not in page
    saved = client.post(
        f"{url}?flow={flow.pk}", controls(page, key="new", kind="step", title="新的一步", body="去看看。")
    )
    assert saved.status_code == 302
    assert flow.advice.filter(key="new").exists()


@pytest.mark.parametrize("nonsense", ["", "?flow=0", "?flow=x", "?flow=99999999999999999999"])
def test_without_a_self_check_one_is_chosen_and_nothing_leads_away(flow: FlowDraft, nonsense: str) -> None:
    page = desk_of(staff(WRITER)).get(reverse("admin:guidance_causedraft_add") + nonsense).content.decode()
    assert '<select name="flow"' in page
    assert "related-widget-wrapper-link" not in page


def test_a_page_that_was_taken_off_says_so_on_its_form() -> None:
    gone = {"reason": "过时了。", "instead": "/guides/"}
    guide = ArticleDraft().load(builders.article(withdrawn=gone))
    page = opened(desk_of(staff(WRITER)), guide)
    assert "这一页已撤下（过时了。）" in words(page)
    assert 'name="withdrawn' not in page
