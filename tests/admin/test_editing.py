"""Two people at one form: nothing is overwritten unseen and nothing typed is lost; the same for what saves itself."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from guidance.models import (
    Action,
    AdviceDraft,
    ArticleDraft,
    CauseDraft,
    Event,
    EvidenceDraft,
    FlowDraft,
    OptionDraft,
    QuestionDraft,
    State,
)
from tests import builders
from tests.admin.controls import controls
from tests.staff import WRITER, desk_of, edited_guide, staff, standing, written

pytestmark = pytest.mark.django_db


def form_of(row: Any, page: str = "change") -> str:
    return reverse(f"admin:guidance_{row._meta.model_name}_{page}", args=[row.pk])


def opened(client: Client, row: Any, **changes: Any) -> Any:
    """The form as a browser holds it, after typing."""
    return controls(client.get(form_of(row)).content.decode(), **changes)


def joined(typed: Any, **more: str) -> Any:
    data = typed.copy()
    data.update(more)
    return data


@pytest.fixture
def guide() -> Any:
    return edited_guide(staff(WRITER))


@pytest.fixture
def first() -> Client:
    return desk_of(staff(WRITER, "first"))


@pytest.fixture
def second() -> Client:
    return desk_of(staff(WRITER, "second"))


def test_the_second_save_shows_both_texts_keeps_what_was_typed_and_then_saves(
    guide: Any, first: Client, second: Client
) -> None:
    mine = opened(second, guide, title="第二个人写的？", summary="我的答案。")
    first.post(form_of(guide), opened(first, guide, title="第一个人写的？"))
    refused = second.post(form_of(guide), mine)
    page = refused.content.decode()
    guide.refresh_from_db()
    assert guide.title == "第一个人写的？"
    assert "别人刚改过这一页" in page
    assert "first" in page
    assert "<del>" in page
    again = controls(page)
    assert (again["title"], again["summary"]) == ("第二个人写的？", "我的答案。")
    assert second.post(form_of(guide), again).status_code == 302
    guide.refresh_from_db()
    assert (guide.title, guide.summary) == ("第二个人写的？", "我的答案。")


def test_a_third_save_in_between_is_refused_again(guide: Any, first: Client, second: Client) -> None:
    mine = opened(second, guide, title="第二个人写的？")
    first.post(form_of(guide), opened(first, guide, title="第一个人写的？"))
    again = controls(second.post(form_of(guide), mine).content.decode())
    first.post(form_of(guide), opened(first, guide, title="第一个人又写的？"))
    assert second.post(form_of(guide), again).status_code == 200
    guide.refresh_from_db()
    assert guide.title == "第一个人又写的？"


@pytest.mark.parametrize("seen", ["", "x", "-1", "99999999999999999999"])
def test_a_form_that_does_not_say_what_it_was_opened_over_is_refused(guide: Any, first: Client, seen: str) -> None:
    answer = first.post(form_of(guide), opened(first, guide, title="不知道从哪来？", seen=seen))
    assert answer.status_code == 200
    guide.refresh_from_db()
    assert guide.title == "改过的标题？"


def test_what_was_typed_into_a_row_that_is_gone_is_shown(first: Client) -> None:
    flow = written("flow", builders.flow(), None)
    advice = AdviceDraft.objects.get(flow=flow, key="note")
    typed = opened(first, advice, body="我写了很久的话。")
    advice_url = form_of(advice)
    advice.delete()
    answer = first.post(advice_url, typed)
    assert answer.status_code == 409
    assert "我写了很久的话。" in answer.content.decode()
    saved = first.post(advice_url, joined(typed, _autosave="1"))
    assert "已经被别人删除" in saved.content.decode()


@pytest.mark.parametrize("nonsense", ["abc", "0", "99999999999999999999"])
def test_an_address_of_no_row_is_answered(first: Client, nonsense: str) -> None:
    answer = first.post(f"/admin/guidance/articledraft/{nonsense}/change/", {"title": "写的话"})
    assert (answer.status_code, "写的话" in answer.content.decode()) == (409, True)


@pytest.mark.parametrize("state", [State.IN_REVIEW, State.APPROVED, State.RETURNED, State.PUBLISHED])
def test_a_save_takes_the_draft_off_the_road_and_an_empty_one_does_not(guide: Any, first: Client, state: State) -> None:
    standing(guide, state)
    first.post(form_of(guide), opened(first, guide))
    guide.refresh_from_db()
    assert guide.state == state
    first.post(form_of(guide), opened(first, guide, title="又改了？"))
    guide.refresh_from_db()
    assert guide.state == State.DRAFT


def test_an_edited_row_takes_its_flow_off_the_road(first: Client) -> None:
    builders.go_live(("flow", builders.flow()))
    flow = written("flow", builders.flow(), None)
    assert flow.state == State.PUBLISHED
    cause = CauseDraft.objects.get(flow=flow, key="late")
    first.post(form_of(cause), opened(first, cause, title="账单逾期"))
    flow.refresh_from_db()
    assert (flow.state, str(flow.updated_by)) == (State.DRAFT, "first")
    cause.refresh_from_db()
    first.post(form_of(cause), opened(first, cause, title="逾期"))
    flow.refresh_from_db()
    assert flow.state == State.PUBLISHED


# What saves itself


def test_an_autosave_saves_says_when_and_goes_on_from_there(guide: Any, first: Client) -> None:
    before = LogEntry.objects.count()
    typed = opened(first, guide, title="写到一半？", _autosave="1")
    for text in ("写到一半的？", "写完了？"):
        typed["title"] = text
        answer = first.post(form_of(guide), typed).content.decode()
        assert "已自动保存" in answer
        typed["seen"] = controls(answer)["seen"]
    guide.refresh_from_db()
    assert guide.title == "写完了？"
    assert LogEntry.objects.count() == before
    assert Event.objects.about("article", "a-guide").filter(actor__username="first").count() == 1


def test_an_autosave_over_somebody_elses_changes_is_refused(guide: Any, first: Client, second: Client) -> None:
    typed = opened(second, guide, title="第二个人写的？", _autosave="1")
    first.post(form_of(guide), opened(first, guide, title="第一个人写的？"))
    answer = second.post(form_of(guide), typed).content.decode()
    assert "没有自动保存" in answer
    assert "seen" not in controls(answer)
    guide.refresh_from_db()
    assert guide.title == "第一个人写的？"


def test_an_autosave_of_what_is_not_filled_in_changes_nothing(guide: Any, first: Client) -> None:
    answer = first.post(form_of(guide), opened(first, guide, title="", summary="改过的答案。", _autosave="1"))
    assert "没有自动保存" in answer.content.decode()
    guide.refresh_from_db()
    assert (guide.title, guide.summary) == ("改过的标题？", builders.article()["summary"])


@pytest.mark.parametrize("state", [State.IN_REVIEW, State.APPROVED])
def test_an_autosave_takes_nothing_off_the_road(guide: Any, first: Client, state: State) -> None:
    typed = opened(first, guide, title="没送审的话？", _autosave="1")
    standing(guide, state)
    assert "已经送审" in first.post(form_of(guide), typed).content.decode()
    guide.refresh_from_db()
    assert (guide.title, guide.state) == ("改过的标题？", state)


def question(key: str = "bill") -> QuestionDraft:
    flow = FlowDraft.objects.filter(key="small").first() or written("flow", builders.flow(), None)
    return QuestionDraft.objects.get(flow=flow, key=key)


LABELS = [option["label"] for option in builders.flow()["questions"][0]["options"]]
NEW_OPTION = {"options-TOTAL_FORMS": "4", "options-3-key": "partly", "options-3-label": "还了一部分"}


def test_an_autosave_leaves_new_and_deleted_options_to_the_button(first: Client) -> None:
    row = question()
    typed = opened(first, row, **NEW_OPTION, **{"options-0-DELETE": "on", "options-1-label": "全还清了"})
    keys = ["unpaid", "paid", "unknown"]
    for _ in range(2):
        answer = first.post(form_of(row), joined(typed, _autosave="1")).content.decode()
        assert "已自动保存" in answer
        typed["seen"] = controls(answer)["seen"]
        assert list(row.options.values_list("key", flat=True)) == keys
    assert row.options.get(key="paid").label == "全还清了"
    del typed["options-0-DELETE"]
    assert first.post(form_of(row), typed).status_code == 302
    assert list(row.options.values_list("key", flat=True)) == [*keys, "partly"]


# Two people at one question and its options


def test_an_autosave_does_not_overwrite_from_a_page_that_shows_a_conflict(
    guide: Any, first: Client, second: Client
) -> None:
    mine = opened(second, guide, title="第二个人写的？")
    first.post(form_of(guide), opened(first, guide, title="第一个人写的？"))
    page = second.post(form_of(guide), mine).content.decode()
    assert 'id="autosaved"' in page
    assert "_autosave" not in page
    answer = second.post(form_of(guide), joined(controls(page), _autosave="1")).content.decode()
    assert "没有自动保存" in answer
    guide.refresh_from_db()
    assert guide.title == "第一个人写的？"


def test_options_that_somebody_else_changed_are_compared_before_they_are_overwritten(
    first: Client, second: Client
) -> None:
    row = question()
    mine = opened(second, row, **{"options-1-label": "我写的标签", "options-3-key": "more", "options-3-label": "还有"})
    first.post(form_of(row), opened(first, row, **{"options-0-label": "别人写的标签"}))
    page = second.post(form_of(row), mine).content.decode()
    shown = page[page.index('id="conflict-title"') : page.index("options-TOTAL_FORMS")]
    assert [words for words in ("别人写的标签", "我写的标签", "还有") if words not in shown] == []
    assert "两边没有不同" not in page
    assert second.post(form_of(row), controls(page)).status_code == 302
    assert list(row.options.values_list("label", flat=True)[1:]) == ["我写的标签", *LABELS[2:], "还有"]


def test_an_option_that_somebody_else_added_is_no_difference_and_stays(first: Client, second: Client) -> None:
    row = question()
    mine = opened(second, row)
    first.post(form_of(row), opened(first, row, **NEW_OPTION))
    page = second.post(form_of(row), mine).content.decode()
    assert "两边没有不同" in page
    assert second.post(form_of(row), controls(page)).status_code == 302
    assert row.options.filter(key="partly").exists()


def test_what_was_typed_into_an_option_that_is_gone_is_told_kept_and_can_be_saved(
    first: Client, second: Client
) -> None:
    row = question()
    first.post(form_of(row), opened(first, row, **NEW_OPTION))
    mine = opened(second, row, **{"options-3-label": "我改了很多字"})
    first.post(form_of(row), opened(first, row, **{"options-3-DELETE": "on"}))
    page = second.post(form_of(row), mine).content.decode()
    assert "“我改了很多字”这一行已经被别人删除" in page
    again = controls(page)
    assert "我改了很多字" in again.values()
    assert second.post(form_of(row), again).status_code == 302
    assert list(row.options.values_list("key", "label"))[-1] == ("partly", "我改了很多字")


@pytest.mark.parametrize("rows", [["options-3-DELETE"], ["options-3-key", "options-3-label"]])
def test_an_option_that_is_gone_need_not_come_back(first: Client, second: Client, rows: list[str]) -> None:
    row = question()
    first.post(form_of(row), opened(first, row, **NEW_OPTION))
    mine = opened(second, row, **{"options-1-label": "全还清了"})
    first.post(form_of(row), opened(first, row, **{"options-3-DELETE": "on"}))
    if rows == ["options-3-DELETE"]:
        again = controls(second.post(form_of(row), joined(mine, **{"options-3-DELETE": "on"})).content.decode())
    else:
        again = controls(second.post(form_of(row), mine).content.decode())
        number = next(name for name in again if again[name] == "partly").removesuffix("-key")
        again |= {f"{number}-key": "", f"{number}-label": ""}
    assert second.post(form_of(row), again).status_code == 302
    assert list(row.options.values_list("label", flat=True)) == [LABELS[0], "全还清了", LABELS[2]]


# One page and its own autosave


def test_a_page_goes_on_though_it_never_heard_of_its_own_autosave(guide: Any, first: Client) -> None:
    typed = opened(first, guide, title="写到一半？")
    for text in ("一？", "一二？"):
        answer = first.post(form_of(guide), joined(typed, title=text, _autosave="1")).content.decode()
        assert "已自动保存" in answer
    assert first.post(form_of(guide), joined(typed, title="一二三？")).status_code == 302
    guide.refresh_from_db()
    assert guide.title == "一二三？"


def test_an_autosave_that_comes_after_the_button_brings_nothing_back(guide: Any, first: Client) -> None:
    typed = opened(first, guide, title="写到一半？")
    assert first.post(form_of(guide), joined(typed, title="写完了？")).status_code == 302
    assert "没有自动保存" in first.post(form_of(guide), joined(typed, _autosave="1")).content.decode()
    guide.refresh_from_db()
    assert guide.title == "写完了？"


def test_two_windows_of_one_person_are_two_pages(guide: Any, first: Client) -> None:
    mine = opened(first, guide, title="这个窗口？")
    first.post(form_of(guide), opened(first, guide, title="那个窗口？", _autosave="1"))
    answer = first.post(form_of(guide), mine).content.decode()
    assert "你在别的窗口改过这一页" in answer
    guide.refresh_from_db()
    assert guide.title == "那个窗口？"


def test_a_page_does_not_pass_over_a_change_after_its_own_autosave(guide: Any, first: Client, second: Client) -> None:
    typed = opened(first, guide, title="写到一半？", _autosave="1")
    first.post(form_of(guide), typed)
    second.post(form_of(guide), opened(second, guide, title="第二个人写的？"))
    assert "没有自动保存" in first.post(form_of(guide), typed).content.decode()
    guide.refresh_from_db()
    assert guide.title == "第二个人写的？"


# Deleting


@pytest.mark.parametrize(
    ("model", "key", "words"),
    [
        (QuestionDraft, "bill", ["看到了哪些提示", "页面写着逾期"]),
        (CauseDraft, "late", ["证据", "建议", "页面写着逾期"]),
        (AdviceDraft, "pay", ["页面写着逾期"]),
    ],
)
def test_a_row_that_is_used_stays_and_every_use_is_shown(first: Client, model: Any, key: str, words: list[str]) -> None:
    question()
    row = model.objects.get(flow__key="small", key=key)
    answer = first.post(form_of(row, "delete"), {"post": "yes"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert [word for word in words if word not in page] == []
    assert model.objects.filter(pk=row.pk).exists()


def test_an_option_that_is_used_stays_and_one_that_is_not_goes(first: Client) -> None:
    row = question("signs")
    answer = first.post(form_of(row), opened(first, row, **{"options-0-DELETE": "on"}))
    assert "还有地方在用" in answer.content.decode()
    assert row.options.filter(key="overdue").exists()
    row = question("bill")
    OptionDraft(question=row, key="spare", label="多余的", position=3).save()
    assert first.post(form_of(row), opened(first, row, **{"options-3-DELETE": "on"})).status_code == 302
    assert list(row.options.values_list("key", flat=True)) == ["unpaid", "paid", "unknown"]


def test_a_row_that_is_used_nowhere_goes_and_the_flow_is_changed(first: Client) -> None:
    builders.go_live(("flow", builders.flow()))
    row = question()
    assert row.flow.state == State.PUBLISHED
    evidence = EvidenceDraft.objects.get(flow=row.flow, key="e-call")
    assert first.post(form_of(evidence, "delete"), {"post": "yes"}).status_code == 302
    assert not EvidenceDraft.objects.filter(pk=evidence.pk).exists()
    flow = FlowDraft.objects.get(key="small")
    assert (flow.state, str(flow.updated_by)) == (State.DRAFT, "first")
    assert str(Event.objects.about("flow", "small").last().actor) == "first"  # type: ignore[union-attr]


def test_a_document_that_another_draft_uses_stays(first: Client) -> None:
    claim = written("claim", builders.claim(key="used"), None)
    written("article", builders.article(key="user", slug="user", title="谁在用？", claims=["used"]), None)
    answer = first.post(form_of(claim, "delete"), {"post": "yes"})
    assert (answer.status_code, "谁在用？" in answer.content.decode()) == (409, True)


def test_a_document_that_was_public_stays_and_the_way_to_withdraw_it_is_shown(guide: Any, first: Client) -> None:
    answer = first.post(form_of(guide, "delete"), {"post": "yes"})
    assert (answer.status_code, "撤下" in answer.content.decode()) == (409, True)
    assert ArticleDraft.objects.filter(pk=guide.pk).exists()


def test_an_unused_draft_goes_and_that_is_on_the_record(first: Client) -> None:
    draft = written("article", builders.article(key="spare", slug="spare"), None)
    assert first.post(form_of(draft, "delete"), {"post": "yes"}).status_code == 302
    assert not ArticleDraft.objects.filter(key="spare").exists()
    last = Event.objects.about("article", "spare").last()
    assert (str(last.actor), last.action) == ("first", Action.DELETE)  # type: ignore[union-attr]


def test_many_are_not_deleted_at_once(first: Client) -> None:
    draft = written("article", builders.article(key="spare", slug="spare"), None)
    many = {"action": "delete_selected", "_selected_action": [draft.pk], "post": "yes"}
    first.post(reverse("admin:guidance_articledraft_changelist"), many)
    assert ArticleDraft.objects.filter(pk=draft.pk).exists()


# Keys


def test_the_key_of_a_draft_is_fixed_from_its_first_save(first: Client) -> None:
    draft = written("article", builders.article(key="spare", slug="spare"), None)
    assert "第一次保存以后就不能改" in first.get(reverse("admin:guidance_articledraft_add")).content.decode()
    typed = opened(first, draft, key="renamed", title="改了标题？")
    assert first.post(form_of(draft), typed).status_code == 302
    draft.refresh_from_db()
    assert (draft.key, draft.title) == ("spare", "改了标题？")


def test_the_key_of_a_row_is_fixed_once_it_is_live(first: Client) -> None:
    row = question()
    for key in ("debt", "bill"):
        first.post(form_of(row), opened(first, row, key=key))
        row.refresh_from_db()
        assert row.key == key
    builders.go_live(("flow", builders.flow()))
    first.post(form_of(row), opened(first, row, text="账单还清没有？", key="owed"))
    row.refresh_from_db()
    assert (row.key, row.text) == ("bill", "账单还清没有？")
