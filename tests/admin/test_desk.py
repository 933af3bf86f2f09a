"""The plain desk: staff change drafts, check them and publish them; readers see nothing before that."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from guidance.models import ArticleDraft, FlowDraft, QuestionDraft, Revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(admin_client: Client) -> Client:
    return admin_client


def act(client: Client, name: str, model: Any, *rows: Any) -> str:
    """Run a list action and give the page with its messages."""
    url = reverse(f"admin:guidance_{model._meta.model_name}_changelist")
    data = {"action": name, "_selected_action": [row.pk for row in rows]}
    return str(client.post(url, data, follow=True).content.decode())


@pytest.mark.parametrize("model", [m for m in admin.site._registry if m._meta.app_label == "guidance"], ids=str)
def test_every_list_and_form_of_the_desk_opens(editor: Client, model: Any) -> None:
    name = f"admin:guidance_{model._meta.model_name}"
    assert editor.get(reverse(f"{name}_changelist")).status_code == 200
    row = model.objects.first()
    assert editor.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    response = client.get(reverse("admin:guidance_articledraft_changelist"))
    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]


def test_a_changed_draft_is_not_seen_until_it_is_published(editor: Client, client: Client) -> None:
    draft = ArticleDraft.objects.get(key="after-repaying")
    form = dict.fromkeys(("related", "next_check", "claims"), "") | {
        "title": "改过的标题？",
        "summary": draft.summary,
        "group": draft.group,
        "order": draft.order,
        "body": draft.body,
        "claims": "[]",
        "related": "[]",
        "next_check": "null",
        "checked_on": "2026-11-22",
        "review_by": "2027-11-22",
    }
    editor.post(reverse("admin:guidance_articledraft_change", args=[draft.pk]), form)
    draft.refresh_from_db()
    assert draft.title == "改过的标题？"
    assert draft.updated_by is not None
    assert "改过的标题？" not in client.get("/guides/after-repaying/").content.decode()
    assert "已发布" in act(editor, "publish_drafts", ArticleDraft, draft)
    assert "改过的标题？" in client.get("/guides/after-repaying/").content.decode()
    assert Revision.objects.filter(kind="article", key="after-repaying").first().author is not None  # type: ignore[union-attr]


def test_checking_a_good_draft_says_so(editor: Client) -> None:
    assert "没有发现问题" in act(editor, "check_drafts", ArticleDraft, ArticleDraft.objects.get(key="after-repaying"))


def test_publishing_a_broken_draft_is_refused_with_every_problem(editor: Client) -> None:
    ArticleDraft.objects.filter(key="after-repaying").update(title="", body="{claim:nowhere}")
    page = act(editor, "publish_drafts", ArticleDraft, ArticleDraft.objects.get(key="after-repaying"))
    assert "没有发布" in page
    assert "title" in page
    assert "nowhere" in page


def test_publishing_what_is_already_live_says_so(editor: Client) -> None:
    page = act(editor, "publish_drafts", ArticleDraft, ArticleDraft.objects.get(key="after-repaying"))
    assert "没有新版本" in page


def test_a_broken_rule_of_a_self_check_is_named_by_the_check(editor: Client) -> None:
    flow = FlowDraft.objects.get(key="huabei")
    question = QuestionDraft.objects.filter(flow=flow).order_by("position").last()
    assert question
    question.ask_when = [[{"question": "nowhere", "any_of": ["x"]}]]
    question.save()
    assert "nowhere" in act(editor, "check_drafts", FlowDraft, flow)


def test_a_condition_of_any_shape_never_breaks_the_check(editor: Client) -> None:
    flow = FlowDraft.objects.get(key="huabei")
    for nonsense in ("text", 7, [7], [[7]], {"a": 1}, [[{"question": "signal"}]]):
        QuestionDraft.objects.filter(flow=flow, position=1).update(ask_when=nonsense)
        assert "ask_when" in act(editor, "check_drafts", FlowDraft, flow)


def test_a_published_key_cannot_be_edited(editor: Client) -> None:
    draft = ArticleDraft.objects.get(key="after-repaying")
    page = editor.get(reverse("admin:guidance_articledraft_change", args=[draft.pk])).content.decode()
    assert 'name="key"' not in page


def test_published_versions_can_only_be_read(editor: Client) -> None:
    revision = Revision.objects.first()
    assert revision
    url = reverse("admin:guidance_revision_change", args=[revision.pk])
    assert editor.post(url, {"note": "改"}).status_code == 403
    assert editor.get(reverse("admin:guidance_revision_add")).status_code == 403
    assert editor.post(reverse("admin:guidance_revision_delete", args=[revision.pk])).status_code == 403


@pytest.mark.parametrize("cleared", ["", "null"])
def test_a_cleared_condition_means_always(editor: Client, cleared: str) -> None:
    question = QuestionDraft.objects.filter(flow__key="huabei").order_by("position")[1]
    assert save_question(editor, question, cleared).status_code == 302
    question.refresh_from_db()
    assert question.ask_when == []


@pytest.mark.parametrize("nonsense", ["NaN", "[" * 3000, "[[{", '["\\u0000"]', '["\\ud800"]'])
def test_what_no_database_can_hold_is_said_on_the_form(editor: Client, nonsense: str) -> None:
    question = QuestionDraft.objects.filter(flow__key="huabei").order_by("position")[1]
    response = save_question(editor, question, nonsense)
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()


def save_question(client: Client, question: QuestionDraft, ask_when: str) -> Any:
    form = {
        "flow": question.flow_id,
        "position": question.position,
        "key": question.key,
        "text": question.text,
        "why": question.why,
        "kind": question.kind,
        "ask_when": ask_when,
        "options-TOTAL_FORMS": 0,
        "options-INITIAL_FORMS": 0,
    }
    return client.post(reverse("admin:guidance_questiondraft_change", args=[question.pk]), form)
