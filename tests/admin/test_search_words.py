"""Synonyms, pins and what readers say of their case, at the desk: written with plain controls, found, published."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guidance.models import DRAFTS, PhraseDraft, PinDraft, SynonymDraft, TermDraft
from guidance.services.live import site
from tests import builders
from tests.admin.controls import controls
from tests.staff import WRITER, desk_of, looked_at, staff, written

pytestmark = pytest.mark.django_db

DAYS = {"checked_on": "2026-11-22", "review_by": "2027-11-22"}
NEW: dict[Any, tuple[dict[str, Any], dict[str, Any]]] = {
    SynonymDraft: (
        {"key": "new", "words": "紫电\r\n青霜", "typed": "子电\r\n"},
        {"words": ["紫电", "青霜"], "typed": ["子电"]},
    ),
    PinDraft: (
        {"key": "new", "queries": "先看什么", "anywhere": "on", "pages": ["/check/huabei/", "", "/faq/a-question/"]},
        {"queries": ["先看什么"], "anywhere": True, "pages": ["/check/huabei/", "/faq/a-question/"]},
    ),
    PhraseDraft: (
        {"key": "new", "says": "还清{天数}了", "options": ["huabei/stage/paid", ""], "at_least": "8", "at_most": "30"},
        {
            "flow": "huabei",
            "question": "stage",
            "options": ["paid"],
            "says": ["还清{天数}了"],
            "at_least": 8,
            "at_most": 30,
        },
    ),
}


def address(model: Any, page: str, *row: Any) -> str:
    return reverse(f"admin:guidance_{model._meta.model_name}_{page}", args=row)


def add(client: Client, model: Any, **typed: Any) -> str:
    url = address(model, "add")
    form = controls(client.get(url).content.decode(), **DAYS, **typed)
    return str(client.post(url, form, follow=True).content.decode())


@pytest.mark.parametrize("model", NEW)
def test_each_kind_is_added_checked_published_and_opened_again(admin_client: Client, model: Any) -> None:
    builders.go_live(("faq", builders.faq()))
    typed, stored = NEW[model]
    assert "已保存到草稿" in add(admin_client, model, **typed)
    draft = model.objects.get(key="new")
    document = draft.to_document()
    assert {name: document[name] for name in stored} == stored
    assert "没有发现问题" in admin_client.get(address(model, "problems", draft.pk)).content.decode()
    url = address(model, "review", draft.pk)
    for step in ({"step": "submit"}, {"step": "override", "note": "只有我一个人"}, {"step": "publish"}):
        admin_client.post(url, looked_at(draft) | step)
    assert site().get(model.KIND, "new") is not None
    for page in ("change", "preview", "link", "impact", "versions"):
        assert admin_client.get(address(model, page, draft.pk)).status_code == 200


@pytest.mark.parametrize(
    ("model", "typed", "words"),
    [
        (SynonymDraft, {"words": ""}, "必填"),
        (PinDraft, {"pages": ["", ""]}, "必填"),
        (PhraseDraft, {"options": ["", ""]}, "必填"),
        (PhraseDraft, {"options": ["huabei/stage/paid", "huabei/days/d7"]}, "只选同一道题的选项"),
        (PhraseDraft, {"at_least": "-1"}, "大于或等于"),
    ],
)
def test_what_is_missing_or_odd_is_said_and_nothing_is_lost(
    admin_client: Client, model: Any, typed: dict[str, Any], words: str
) -> None:
    page = add(admin_client, model, **(NEW[model][0] | typed))
    assert words in page
    assert not model.objects.filter(key="new").exists()
    assert [text for text in ("子电", "先看什么", "还清{天数}了") if text in page]


def test_an_unfit_answer_is_said_where_it_is_picked(admin_client: Client) -> None:
    builders.go_live(("flow", builders.flow()))
    draft = PhraseDraft().load(builders.phrase(question="gone"))
    page = admin_client.get(address(PhraseDraft, "problems", draft.pk)).content.decode()
    assert "自查“小自查”里没有题目“gone”" in page
    assert f"{address(PhraseDraft, 'change', draft.pk)}#id_question" in page
    form = admin_client.get(address(PhraseDraft, "change", draft.pk)).content.decode()
    assert 'id="id_question"' in form
    assert "small/gone/paid（不存在）" in form


def test_two_people_at_one_phrase_see_both_answers(client: Client) -> None:
    draft: Any = written("phrase", builders.phrase(flow="huabei", question="stage"), staff(WRITER))
    first, second = desk_of(staff(WRITER, "first")), desk_of(staff(WRITER, "second"))
    url = address(PhraseDraft, "change", draft.pk)
    mine = controls(second.get(url).content.decode(), options="huabei/days/d7")
    first.post(url, controls(first.get(url).content.decode(), options="huabei/stage/unpaid"))
    page = second.post(url, mine).content.decode()
    draft.refresh_from_db()
    assert "别人刚改过这一页" in page
    assert (draft.question, draft.options) == ("stage", ["unpaid"])
    assert '<option value="huabei/days/d7" selected>' in page
    second.post(url, controls(page))
    draft.refresh_from_db()
    assert (draft.question, draft.options) == ("days", ["d7"])


@pytest.mark.parametrize(
    ("kind", "document"),
    [
        ("synonym", builders.synonym(typed=["紫电"])),
        ("pin", builders.pin(queries=["紫电"])),
        ("phrase", builders.phrase(says=["紫电"])),
    ],
)
def test_a_list_is_searched_by_the_words_in_it(admin_client: Client, kind: str, document: dict[str, Any]) -> None:
    model: Any = DRAFTS[kind]
    draft = model().load(document)
    link = f'href="{address(model, "change", draft.pk)}'
    for query, there in (("紫电", True), (document["key"], True), ("紫电 没有的词", False), ("", True)):
        page = admin_client.get(address(model, "changelist"), {"q": query})
        assert (link in page.content.decode()) is there, query


def test_keywords_are_typed_one_a_line_and_stand_under_search(admin_client: Client) -> None:
    draft = TermDraft().load(builders.term())
    url = address(TermDraft, "change", draft.pk)
    page = admin_client.get(url).content.decode()
    assert page.index("搜索</h2>") < page.index('name="keywords"')
    admin_client.post(url, controls(page, keywords="俗称\r\n\r\n 错字 "))
    draft.refresh_from_db()
    assert draft.keywords == ["俗称", "错字"]
