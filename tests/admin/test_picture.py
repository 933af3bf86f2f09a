"""The picture of a self-check in the desk: it opens for any draft, leads to every row, and says all in words, too."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guidance.models import CauseDraft, EvidenceDraft, FlowDraft, QuestionDraft
from tests import builders

pytestmark = pytest.mark.django_db

NODE = re.compile(r'<a href="([^"]+)" class="(question|cause)[^"]*"')


def address(draft: FlowDraft) -> str:
    return reverse("admin:guidance_flowdraft_picture", args=[draft.pk])


def page(client: Client, draft: FlowDraft) -> str:
    response = client.get(address(draft))
    assert response.status_code == 200
    return str(response.content.decode())


def saved(**changes: Any) -> FlowDraft:
    return FlowDraft().load(builders.flow(key="drawn", **changes))


def with_questions(number: int) -> FlowDraft:
    asked = builders.flow()["questions"][0]
    return FlowDraft().load(
        builders.flow(key=f"drawn-{number}", questions=[asked | {"key": f"q{i}"} for i in range(number)])
    )


def test_every_node_leads_to_the_row_it_stands_for(admin_client: Client) -> None:
    draft = saved()
    nodes = NODE.findall(page(admin_client, draft))
    assert [kind for _, kind in nodes] == ["question", "question", "cause", "cause"]
    rows = [*draft.questions.all(), *draft.causes.all()]  # type: ignore[attr-defined]
    for (url, _), row in zip(nodes, rows, strict=True):
        response = admin_client.get(url)
        assert response.status_code == 200
        assert response.context["original"] == row


def test_the_picture_is_told_in_words(admin_client: Client) -> None:
    text = page(admin_client, saved())
    assert "总是问" in text
    assert "“账单还清了吗？”不是“还清了”" in text
    assert "还没有：支持“逾期”" in text
    assert "都没有：不支持“逾期”" in text
    assert "第2题 → 原因“逾期”：有的支持，有的不支持" in text


def test_what_nobody_comes_to_is_said_in_words(admin_client: Client) -> None:
    draft = saved()
    # Whoever answers one option of a single question has not answered another one.
    never = [[{"question": "bill", "any_of": ["paid"]}, {"question": "bill", "any_of": ["unpaid"]}]]
    EvidenceDraft.objects.filter(flow=draft, key="e-paid").update(when=never)
    text = page(admin_client, draft)
    assert "原因·走不到：没有受限" in text
    assert "走不到的证据" in text
    assert "支持“没有受限”：因为e-paid。" in text


@pytest.mark.parametrize("nonsense", ["text", 7, [[7]], {"a": 1}, [[{"question": "nowhere", "any_of": ["x"]}]], [[{}]]])
def test_a_draft_in_pieces_is_drawn_all_the_same(admin_client: Client, nonsense: Any) -> None:
    draft = saved()
    QuestionDraft.objects.filter(flow=draft).update(ask_when=nonsense, key="same")
    EvidenceDraft.objects.filter(flow=draft).update(when=nonsense, cause="nobody")
    CauseDraft.objects.filter(flow=draft).update(title="")
    text = page(admin_client, draft)
    assert len(NODE.findall(text)) == 4
    assert "没有画出来的证据" in text
    assert "先不判断哪里走不到" in text


def test_an_empty_draft_says_that_there_is_nothing_yet(admin_client: Client) -> None:
    assert "还没有题目和原因" in page(admin_client, saved(questions=[], causes=[], evidence=[]))


def test_the_page_takes_as_many_queries_for_a_hundred_questions_as_for_ten(admin_client: Client) -> None:
    counts = []
    for draft in (with_questions(10), with_questions(100)):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(admin_client, draft)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_page_brings_no_style_and_no_code_of_its_own(admin_client: Client) -> None:
    text = page(admin_client, FlowDraft.objects.get(key="huabei"))
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)(?![^>]*application/json)", text)


def test_what_editors_write_is_not_taken_for_code(admin_client: Client) -> None:
    draft = saved()
    QuestionDraft.objects.filter(flow=draft, key="bill").update(text="<script>alert(1)</script>？")
    assert "<script>alert" not in page(admin_client, draft)


def test_who_may_not_see_drafts_sees_no_picture(client: Client) -> None:
    assert client.get(address(saved())).status_code == 302
