"""The plain desk: staff change drafts, check them and publish them; readers see nothing before that."""

import json
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from guidance.models import ArticleDraft, FaqDraft, FlowDraft, Publication, QuestionDraft, Revision, TermDraft
from tests import builders
from tests.admin.controls import controls
from tests.staff import looked_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(admin_client: Client) -> Client:
    return admin_client


def address(model: Any, page: str, *row: Any) -> str:
    return reverse(f"admin:guidance_{model._meta.model_name}_{page}", args=row)


def fill(client: Client, url: str, changes: dict[str, Any]) -> str:
    """Open a form, type `changes` into it, save, and give the page with its messages."""
    form = controls(client.get(url).content.decode(), **changes)
    return str(client.post(url, form, follow=True).content.decode())


def save(client: Client, draft: Any, **changes: Any) -> str:
    return fill(client, address(type(draft), "change", draft.pk), changes)


def add(client: Client, model: Any, document: dict[str, Any]) -> str:
    typed = {name: value for name, value in document.items() if not isinstance(value, list)}
    return fill(client, address(model, "add"), typed | {"claims": document["claims"]})


def published(document: dict[str, Any]) -> ArticleDraft:
    """The draft of a guide that is live just so."""
    builders.go_live(("article", document))
    return ArticleDraft().load(document)


def publish(client: Client, draft: Any) -> str:
    """Take a draft all the way, with nobody else there to review it; gives the pages with their messages."""
    url = address(type(draft), "review", draft.pk)
    steps = ({"step": "submit"}, {"step": "override", "note": "只有我一个人"}, {"step": "publish"})
    return "".join(client.post(url, looked_at(draft) | step, follow=True).content.decode() for step in steps)


def checked(client: Client, draft: Any) -> str:
    """The list of what must be mended."""
    return str(client.get(address(type(draft), "problems", draft.pk)).content.decode())


@pytest.mark.parametrize("model", [m for m in admin.site._registry if m._meta.app_label == "guidance"], ids=str)
def test_every_list_and_form_of_the_desk_opens(editor: Client, model: Any) -> None:
    assert editor.get(address(model, "changelist")).status_code == 200
    if row := model.objects.first():
        assert editor.get(address(model, "change", row.pk)).status_code == 200


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    response = client.get(reverse("admin:guidance_articledraft_changelist"))
    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]


def test_a_changed_draft_is_not_seen_until_it_is_published(editor: Client, client: Client) -> None:
    draft = ArticleDraft.objects.get(key="after-repaying")
    save(editor, draft, title="改过的标题？")
    draft.refresh_from_db()
    assert draft.title == "改过的标题？"
    assert draft.updated_by is not None
    assert "改过的标题？" not in client.get("/guides/after-repaying/").content.decode()
    assert "已发布" in publish(editor, draft)
    assert "改过的标题？" in client.get("/guides/after-repaying/").content.decode()
    assert Revision.objects.filter(kind="article", key="after-repaying").first().author is not None  # type: ignore[union-attr]


def test_checking_a_good_draft_says_so(editor: Client) -> None:
    assert "没有发现问题" in checked(editor, ArticleDraft.objects.get(key="after-repaying"))


def test_publishing_a_broken_draft_is_refused_with_every_problem(editor: Client) -> None:
    ArticleDraft.objects.filter(key="after-repaying").update(title="", body="{claim:nowhere}")
    page = publish(editor, ArticleDraft.objects.get(key="after-repaying"))
    assert "什么都没有变" in page
    assert "标题" in page
    assert "nowhere" in page


def test_publishing_what_is_already_live_says_so(editor: Client) -> None:
    assert "内容和线上一样" in publish(editor, ArticleDraft.objects.get(key="after-repaying"))


def test_a_broken_rule_of_a_self_check_is_named_by_the_check(editor: Client) -> None:
    flow = FlowDraft.objects.get(key="huabei")
    question = QuestionDraft.objects.filter(flow=flow).order_by("position").last()
    assert question
    question.ask_when = [[{"question": "nowhere", "any_of": ["x"]}]]
    question.save()
    assert "nowhere" in checked(editor, flow)


def test_a_condition_of_any_shape_never_breaks_the_check(editor: Client) -> None:
    flow = FlowDraft.objects.get(key="huabei")
    for nonsense in ("text", 7, [7], [[7]], {"a": 1}, [[{"question": "signal"}]]):
        QuestionDraft.objects.filter(flow=flow, position=1).update(ask_when=nonsense)
        assert "ask_when" in checked(editor, flow)


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


def label(field: str) -> str:
    """What a field of a guide is called on the form."""
    return str(ArticleDraft._meta.get_field(field).verbose_name)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("field", "text", "fix"),
    [
        ("summary", "先看清楚,再一步步来。", "汉字之间用全角标点。建议改成“，”"),
        ("body", "有事打95599。", "号码“95599”不在官方联系方式里。建议改用 {contact:标识}"),
    ],
    ids=["comma", "number"],
)
def test_saving_tells_what_to_mend_and_mends_nothing(editor: Client, field: str, text: str, fix: str) -> None:
    draft = published(builders.article())
    save(editor, draft, **{field: text})
    page = checked(editor, draft)
    assert f">{label(field)}" in page
    assert fix in page
    draft.refresh_from_db()
    assert getattr(draft, field) == text


def test_saving_what_is_good_finds_nothing_to_mend(editor: Client) -> None:
    draft = published(builders.article())
    assert "已保存到草稿。写好了" in save(editor, draft, title="改过的标题？")
    assert "没有发现问题" in checked(editor, draft)


def hops(client: Client, url: str) -> list[tuple[str, int]]:
    return list(client.get(url, follow=True).redirect_chain)


def test_a_changed_address_is_noted_and_the_old_one_leads_to_it(editor: Client, client: Client) -> None:
    draft = published(builders.article())
    assert "旧网址名“a-guide”已记进“曾用网址名”" in save(editor, draft, slug="better")
    draft.refresh_from_db()
    assert (draft.slug, draft.former_slugs) == ("better", ["a-guide"])
    assert hops(client, "/guides/a-guide/") == []
    assert "已发布" in publish(editor, draft)
    assert hops(client, "/guides/a-guide/") == [("/guides/better/", 301)]


def test_after_two_changes_every_old_address_leads_to_the_newest_in_one_hop(editor: Client, client: Client) -> None:
    draft = published(builders.article())
    for slug in ("better", "best"):
        save(editor, draft, slug=slug)
        assert "已发布" in publish(editor, draft)
    for old in ("a-guide", "better"):
        assert hops(client, f"/guides/{old}/") == [("/guides/best/", 301)]


def test_an_address_that_was_never_public_is_not_kept(editor: Client) -> None:
    draft = published(builders.article())
    save(editor, draft, slug="passing")
    assert "已记进" not in save(editor, draft, slug="better")
    draft.refresh_from_db()
    assert draft.former_slugs == ["a-guide"]


def test_an_address_that_is_changed_back_is_no_former_one(editor: Client, client: Client) -> None:
    draft = published(builders.article())
    save(editor, draft, slug="better")
    save(editor, draft, slug="a-guide")
    draft.refresh_from_db()
    assert draft.former_slugs == []
    save(editor, draft, slug="better")
    publish(editor, draft)
    assert "旧网址名“better”" in save(editor, draft, slug="a-guide")
    draft.refresh_from_db()
    assert draft.former_slugs == ["better"]
    assert "已发布" in publish(editor, draft)
    assert hops(client, "/guides/better/") == [("/guides/a-guide/", 301)]


def test_trying_a_former_address_again_loses_no_other(editor: Client) -> None:
    draft = published(builders.article())
    save(editor, draft, slug="better")
    publish(editor, draft)
    for slug, former in [("a-guide", ["better"]), ("better", ["a-guide"]), ("best", ["a-guide", "better"])]:
        save(editor, draft, slug=slug)
        draft.refresh_from_db()
        assert draft.former_slugs == former


def test_a_draft_that_was_never_published_has_no_former_address(editor: Client) -> None:
    draft = ArticleDraft().load(builders.article())
    assert "已记进" not in save(editor, draft, slug="better")
    draft.refresh_from_db()
    assert draft.former_slugs == []


@pytest.mark.parametrize("field", ["former_slugs", "claims", "related", "next_check", "withdrawn"])
@pytest.mark.parametrize("nonsense", ["7", '"word"', "[[1]]", '[1, "a"]', '{"a": 1}'])
def test_nonsense_that_came_into_a_field_is_told_and_kept(editor: Client, field: str, nonsense: str) -> None:
    draft = published(builders.article())
    ArticleDraft.objects.filter(pk=draft.pk).update(**{field: json.loads(nonsense)})
    assert label(field) in checked(editor, draft)
    save(editor, draft, title="改过的标题？")
    draft.refresh_from_db()
    assert getattr(draft, field) == json.loads(nonsense)


@pytest.mark.parametrize(
    ("model", "document", "url", "words"),
    [
        (FaqDraft, builders.faq(title="能不能问？", related=[]), "/faq/a-question/", "能不能问？"),
        (TermDraft, builders.term(names=["别名"]), "/glossary/", "一个读者不认识的词。"),
    ],
    ids=["question", "term"],
)
def test_a_question_and_a_term_are_added_checked_and_published(
    editor: Client, client: Client, model: Any, document: dict[str, Any], url: str, words: str
) -> None:
    builders.go_live()
    assert "已保存到草稿" in add(editor, model, document)
    draft = model.objects.get(key=document["key"])
    assert "没有发现问题" in checked(editor, draft)
    assert not Publication.objects.filter(kind=model.KIND, key=draft.key).exists()
    assert "已发布" in publish(editor, draft)
    assert words in client.get(url).content.decode()
