"""The desk in words: lists, forms and messages call things by what they say, not by their keys."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guidance.models import ArticleDraft, ClaimDraft, Event, Feedback, FlowDraft, OptionDraft
from guidance.services import workflow
from tests import builders
from tests.admin.controls import controls
from tests.staff import KEEPER, REVIEWER, WRITER, approved, desk_of, edited_guide, staff, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> Any:
    return staff(WRITER, "zhang")


@pytest.fixture
def flow() -> Any:
    builders.go_live(("flow", builders.flow()))
    return written("flow", builders.flow(), None)


def page(client: Client, name: str, *row: Any, hx: bool = False, **query: Any) -> str:
    response = client.get(reverse(name, args=row), query, headers={"HX-Request": "true"} if hx else {})
    assert response.status_code == 200
    return str(response.content.decode())


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_rules_say_what_they_do_and_can_be_looked_through_by_it(writer: Any, flow: Any) -> None:
    client, rows = desk_of(writer), "admin:guidance_flowdraft_rows"
    shown = page(client, rows, flow.pk, part="evidence")
    for row in flow.evidence.all():
        cause = flow.causes.get(key=row.cause)
        assert f'<span class="row__tag">{row.get_effect_display()} {cause.title}</span>' in shown
    steps = page(client, rows, flow.pk, part="advice", only="step")
    kinds = {row.key: row.kind for row in flow.advice.all()}
    assert {key for key in kinds if f"<code>{key}</code>" in steps} == {
        k for k, kind in kinds.items() if kind == "step"
    }
    assert "上移" not in steps
    assert "上移" in page(client, rows, flow.pk, part="advice", only="nonsense")


def test_beside_a_row_stand_its_own_problems_and_a_count_of_the_others(writer: Any, flow: Any) -> None:
    first, last = flow.questions.all()
    for row in (first, last):
        type(row).objects.filter(pk=row.pk).update(why="")
    client, name = desk_of(writer), "admin:guidance_flowdraft_problems"
    form = reverse("admin:guidance_questiondraft_change", args=[first.pk])
    assert f"?form={form.replace('/', '%2F')}" in client.get(form).content.decode()
    shown = page(client, name, flow.pk, hx=True, form=form)
    assert first.text in shown
    assert last.text not in shown
    assert "别处还有1处" in text(shown)
    assert last.text in page(client, name, flow.pk)


def test_notes_are_folded_and_what_must_be_mended_is_not(writer: Any) -> None:
    draft = edited_guide(writer, summary="先看清楚,再一步步来。", title="")
    shown = page(desk_of(writer), "admin:guidance_articledraft_problems", draft.pk, hx=True)
    open_part, _, folded = shown.partition("<details>")
    assert ("要改" in open_part, "标题" in open_part, "全角标点" in open_part) == (True, True, False)
    assert "全角标点" in folded


def test_kinds_come_in_the_order_of_work_and_rows_are_no_kind(writer: Any) -> None:
    shown = page(desk_of(writer), "admin:index").partition('class="desk__kinds"')[2].partition("</nav>")[0]
    assert text(shown).split()[1:] == [
        "指南",
        "常见问题",
        "情况自查",
        "主张",
        "来源",
        "官方联系方式",
        "名词",
        "同义词",
        "搜索置顶",
        "自述说法",
        "已发布版本",
        "操作记录",
        "读者反馈",
    ]


def test_what_was_returned_stands_first_with_its_comment_and_what_was_sent_is_not_lost(writer: Any) -> None:
    reviewer = staff(REVIEWER)
    back = edited_guide(writer, title="退回来的？")
    workflow.move(back, workflow.Action.SUBMIT, writer)
    workflow.move(back, workflow.Action.RETURN, reviewer, "标题不通")
    written("article", builders.article(key="newer", slug="newer", title="刚写的？"), writer)
    sent = written("faq", builders.faq(title="送审的？"), writer)
    workflow.move(sent, workflow.Action.SUBMIT, writer)
    ready = written("term", builders.term(name="通过的"), writer)
    approved(ready, writer, reviewer)
    shown = text(page(desk_of(writer), "admin:index"))
    mine, _, rest = shown.partition("我送审的")
    mine = mine.partition("我的草稿")[2]
    assert mine.index("退回来的？") < mine.index("标题不通") < mine.index("刚写的？")
    for waiting in ("送审的？", "通过的"):
        assert waiting in rest.partition("等我审核")[0]
        assert waiting not in mine


def test_a_list_begins_with_what_was_changed_last_and_calls_it_by_its_words(writer: Any) -> None:
    written("claim", builders.claim(key="aaa", text="先写的一句话。"), writer)
    written("claim", builders.claim(key="zzz", text="后写的一句话。"), writer)
    shown = page(desk_of(writer), "admin:guidance_claimdraft_changelist")
    assert shown.index("后写的一句话。") < shown.index("先写的一句话。")
    assert str(ClaimDraft(key="long", text="长" * 80)) == "长" * 39 + "…"


def test_the_record_speaks_of_documents_by_title_and_leads_to_them(writer: Any) -> None:
    edited_guide(writer)
    shown = page(desk_of(writer), "admin:guidance_event_changelist")
    link = reverse("desk_open", args=["article", "a-guide"])
    assert f'<a href="{link}">{builders.article()["title"]}</a>' in shown
    assert '<td class="field-kind">指南</td>' in shown
    assert Event.objects.filter(kind="article").exists()


def test_feedback_begins_with_the_words_of_readers_and_names_the_result(flow: Any) -> None:
    Feedback.objects.create(kind="flow", key="small", number=1, cause="late", useful=False, text="看不懂", token="1")
    shown = page(desk_of(staff(KEEPER)), "admin:guidance_feedback_changelist")
    row = text(shown.partition('id="result_list"')[2].partition("<tbody>")[2])
    assert row.startswith("看不懂")
    assert "逾期" in row


def test_the_key_of_an_option_that_is_live_is_fixed(writer: Any, flow: Any) -> None:
    question = flow.questions.get(key="bill")
    OptionDraft.objects.create(question=question, key="later", label="以后再说", position=9)
    client, url = desk_of(writer), reverse("admin:guidance_questiondraft_change", args=[question.pk])
    typed = controls(client.get(url).content.decode(), **{"options-0-key": "other", "options-3-key": "postponed"})
    client.post(url, typed)
    assert [option.key for option in question.options.all()] == ["unpaid", "paid", "unknown", "postponed"]


def test_an_option_that_is_used_stays_and_every_use_has_a_link(writer: Any, flow: Any) -> None:
    question = flow.questions.get(key="bill")
    client, url = desk_of(writer), reverse("admin:guidance_questiondraft_change", args=[question.pk])
    answer = client.post(url, controls(client.get(url).content.decode(), **{"options-0-DELETE": "on"}))
    told = answer.content.decode().partition("还有地方在用，先改掉那里：")[2].partition("</ul>")[0]
    forms = [reverse(f"admin:guidance_{kind}draft_change", args=["0"])[:-9] for kind in ("evidence", "scenario")]
    assert all(f'<a href="{form}' in told for form in forms)
    assert FlowDraft.objects.get(key="small").questions.get(key="bill").options.count() == 3


def test_an_empty_new_form_has_nothing_to_mend_until_something_was_typed(writer: Any) -> None:
    client, url = desk_of(writer), reverse("admin:guidance_articledraft_preview_new")
    empty = controls(page(client, "admin:guidance_articledraft_add"))
    assert "还没有填" not in client.post(url, empty).content.decode()
    empty["title"] = "一个问题？"
    assert "还没有填" in client.post(url, empty).content.decode()


def test_what_was_published_has_no_button_that_only_leads_to_a_refusal(writer: Any) -> None:
    edited_guide(writer)
    other = written("article", builders.article(key="other", slug="other"), writer)
    client, name = desk_of(writer), "admin:guidance_articledraft_change"
    public = page(client, name, ArticleDraft.objects.get(key="a-guide").pk)
    assert "deletelink" not in public
    assert "deletelink" in page(client, name, other.pk)
    assert "_addanother" not in public


def test_an_odd_key_is_refused_in_plain_words(writer: Any) -> None:
    client, url = desk_of(writer), reverse("admin:guidance_termdraft_add")
    answer = client.post(url, controls(client.get(url).content.decode(), key="迟 到", name="迟到"))
    assert "只用小写英文字母、数字和连字符（-）。" in answer.content.decode()


def test_roles_are_ticked_and_say_what_they_are_for() -> None:
    user = staff(WRITER)
    shown = page(desk_of(staff(KEEPER)), "admin:accounts_staffuser_change", user.pk)
    assert shown.count('type="checkbox" name="groups"') == 4
    assert "作者：写和改草稿，送审。" in shown
    assert "重新生成邀请链接" in shown
    for puzzling in ("pbkdf2", "Control", "超级用户", "historylink"):
        assert puzzling not in shown
