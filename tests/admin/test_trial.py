"""A draft of a self-check is tried as readers will meet it, and every rule says why it held or did not."""

import html
import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from guidance.admin.scenarios import came_out
from guidance.models import EvidenceDraft, FlowDraft, QuestionDraft, ScenarioDraft, State
from guidance.services.publishing import Entry, check
from tests import builders
from tests.staff import sign_in

pytestmark = pytest.mark.django_db

WALKS = [
    {"bill": ["paid"]},
    {"bill": ["unpaid"], "signs": ["overdue", "call"]},
    {"bill": ["unknown"], "signs": ["unknown"]},
    {"bill": ["unpaid"], "signs": ["none"]},
]


@pytest.fixture
def draft() -> FlowDraft:
    """The draft of a self-check that is live just so."""
    builders.go_live(("flow", builders.flow()))
    return FlowDraft().load(builders.flow())


@pytest.fixture
def viewer(client: Client) -> Client:
    """Somebody who may look and not change."""
    user = get_user_model().objects.create_user("viewer", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_flowdraft"))
    sign_in(client, user)
    return client


def page(draft: FlowDraft, *answers: str, **more: Any) -> str:
    query = "&".join([*(f"a={answer}" for answer in answers), *(f"{name}={text}" for name, text in more.items())])
    return f"{reverse('admin:guidance_flowdraft_trial', args=[draft.pk])}?{query}"


def text(response: Any) -> str:
    return str(response.content.decode())


def words(markup: str) -> str:
    """What a person reads."""
    bare = re.sub(r"<(script|style)\b.*?</\1>", "", markup, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", bare))).strip()


def phone(response: Any) -> str:
    """What stands in the phone."""
    found = re.search(r'<template shadowrootmode="open">(.*?)</template>', text(response), re.DOTALL)
    assert found, words(text(response))[:500]
    return found[1]


def beside(response: Any) -> str:
    """What stands beside the phone and below."""
    return words(text(response).partition("</template>")[2])


def read(markup: str) -> str:
    """What readers read, without how a result is kept and judged: a draft cannot be shared, nor voted on."""
    inner = re.search(r'<(div class="step"|article class="result").*', markup, re.DOTALL)
    assert inner
    inside = re.split(r'</main>|<section class="section share">|<section class="[^"]*feedback', inner[0])[0]
    return words(inside.partition('<div class="feedback')[0].partition('<aside class="feedback')[0])


@pytest.mark.parametrize("answers", WALKS, ids=str)
def test_the_phone_shows_what_readers_read_at_every_step(admin_client: Client, draft: FlowDraft, answers: Any) -> None:
    public = admin_client.get("/check/small/start", follow=True)
    trial = admin_client.get(page(draft))
    for question, chosen in answers.items():
        assert read(phone(trial)) == read(text(public))
        public = admin_client.get(
            f"{public.request['PATH_INFO']}next", {"question": question, "answer": chosen}, follow=True
        )
        trial = admin_client.get(form_url(trial), sent(trial, chosen), follow=True)
    assert "没有受限" in read(text(public)) or "逾期" in read(text(public)) or "还看不出来" in read(text(public))
    assert read(phone(trial)) == read(text(public))


def form_url(response: Any) -> str:
    found = re.search(r'<form method="get" action="([^"]*)"', phone(response))
    assert found
    return html.unescape(found[1])


def sent(response: Any, chosen: list[str]) -> list[tuple[str, str]]:
    """What a browser sends with the form in the phone."""
    form = phone(response).partition("<form")[2].partition("</form>")[0]
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
    return dict_of([(name, html.unescape(value)) for name, value in hidden] + [("answer", each) for each in chosen])


def dict_of(pairs: list[tuple[str, str]]) -> Any:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def test_shipped_self_checks_can_be_tried(admin_client: Client) -> None:
    for draft in FlowDraft.objects.all():
        assert read(phone(admin_client.get(page(draft))))
    result = admin_client.get(page(FlowDraft.objects.get(key="huabei"), "signal:shop", "shop-say:no-option"))
    assert "花呗没有被冻结" in read(phone(result))


def test_what_was_changed_in_the_draft_shows_and_readers_see_nothing_of_it(
    admin_client: Client, draft: FlowDraft
) -> None:
    QuestionDraft.objects.filter(flow=draft, key="bill").update(text="账单都还清了吗？")
    assert "账单都还清了吗？" in phone(admin_client.get(page(draft)))
    assert "账单都还清了吗？" not in text(admin_client.get("/check/small/start", follow=True))


def test_every_link_and_form_in_the_phone_leads_on(admin_client: Client, draft: FlowDraft) -> None:
    for answers in ([], ["bill:unpaid"], ["bill:unknown", "signs:unknown"], ["bill:unpaid", "signs:call,overdue"]):
        found = admin_client.get(page(draft, *answers))
        for url in re.findall(r'(?:href|action)="(/admin[^"]*)"', phone(found)):
            assert admin_client.get(html.unescape(url)).status_code in (200, 422), url
        assert "/check/small/" not in phone(found)


def test_an_answer_can_be_changed_and_the_others_stay(admin_client: Client, draft: FlowDraft) -> None:
    changing = admin_client.get(page(draft, "bill:unpaid", "signs:overdue", change="bill"))
    assert "第1题" in read(phone(changing))
    result = admin_client.get(form_url(changing), sent(changing, ["unknown"]), follow=True)
    assert result.redirect_chain[-1][0] == page(draft, "bill:unknown", "signs:overdue")


@pytest.mark.parametrize(
    ("chosen", "says"), [([], "请先选一项"), (["nonsense"], "不在这道题里"), (["paid", "unpaid"], "只能选一项")]
)
def test_an_answer_the_question_cannot_take_shows_it_again(
    admin_client: Client, draft: FlowDraft, chosen: list[str], says: str
) -> None:
    first = admin_client.get(page(draft))
    again = admin_client.get(form_url(first), sent(first, chosen))
    assert again.status_code == 422
    assert says in read(phone(again))


def test_answers_the_draft_does_not_know_are_left_out(admin_client: Client, draft: FlowDraft) -> None:
    found = admin_client.get(page(draft, "nowhere:x", "bill:nonsense", "bill", ":", "%00:%00", change="nowhere"))
    assert found.status_code == 200
    assert "账单还清了吗？" in read(phone(found))
    assert admin_client.get(page(draft, "bill:paid", question="nowhere", answer="x")).status_code == 302


def test_the_trace_says_what_held_what_did_not_and_what_comes_next(admin_client: Client, draft: FlowDraft) -> None:
    half = beside(admin_client.get(page(draft, "bill:unpaid")))
    assert "现在问 看到了哪些提示？" in half
    assert "支持 因为e-unpaid。 因为“账单还清了吗？”选了“还没有”" in half
    assert "要“看到了哪些提示？”选“写着逾期”，这题还没有回答" in half
    assert "要“账单还清了吗？”选“还清了”，回答的是“还没有”" in half
    assert "逾期 有可能 支持1条，不支持0条，净1" in half
    whole = beside(admin_client.get(page(draft, "bill:paid")))
    assert "没有问 看到了哪些提示？ 要“账单还清了吗？”没有选“还清了”，回答的是“还清了”" in whole
    assert "先还款 原因“逾期”没有得出" in whole
    assert "要“看到了哪些提示？”选“有人催收”，这题没有问到" in whole
    unknown = beside(admin_client.get(page(draft, "bill:unknown", "signs:unknown")))
    assert "回答的是“不确定”，表示不知道" in unknown


def keep(client: Client, url: str, **typed: Any) -> Any:
    return client.post(url, typed, follow=True)


@pytest.mark.parametrize("answers", WALKS, ids=str)
def test_a_walk_kept_as_a_case_passes(admin_client: Client, draft: FlowDraft, answers: Any) -> None:
    url = page(draft, *(f"{question}:{','.join(chosen)}" for question, chosen in answers.items()))
    found = keep(admin_client, url, title="一个读者")
    assert "已存成案例“一个读者”" in words(text(found))
    row = ScenarioDraft.objects.get(flow=draft, title="一个读者")
    assert came_out(row) == ""
    assert row.advice
    assert "✓ 通过 一个读者" in beside(found)
    draft.refresh_from_db()
    assert draft.state == State.DRAFT
    assert draft.updated_by is not None
    entries = [Entry("flow", FlowDraft.objects.get(pk=draft.pk).to_document())]
    assert not any(problem.blocks for problem in check(entries)["flow", "small"])


def test_cases_get_keys_of_their_own_and_stand_last(admin_client: Client, draft: FlowDraft) -> None:
    for title in ("甲", "乙", "丙"):
        keep(admin_client, page(draft, "bill:paid"), title=title)
        ScenarioDraft.objects.filter(title="甲").delete()
    rows = list(ScenarioDraft.objects.filter(flow=draft))
    assert [row.title for row in rows] == ["页面写着逾期", "乙", "丙"]
    assert len({row.key for row in rows}) == 3


@pytest.mark.parametrize("title", ["", "   ", "很" * 201, "坏\x0b字", "坏\x00字"])
def test_a_case_needs_a_name_that_can_be_kept(admin_client: Client, draft: FlowDraft, title: str) -> None:
    found = keep(admin_client, page(draft, "bill:paid"), title=title)
    assert found.status_code == 422
    assert "没有受限" in read(phone(found))
    assert "errorlist" in text(found)
    assert ScenarioDraft.objects.filter(flow=draft).count() == 1


def test_what_is_not_answered_to_the_end_is_no_case(admin_client: Client, draft: FlowDraft) -> None:
    found = keep(admin_client, page(draft, "bill:unpaid"), title="半路")
    assert "还没答完" in words(text(found))
    assert not ScenarioDraft.objects.filter(title="半路").exists()
    assert "存成案例" not in beside(admin_client.get(page(draft, "bill:unpaid")))


def test_whoever_may_only_look_tries_and_keeps_nothing(viewer: Client, draft: FlowDraft) -> None:
    found = viewer.get(page(draft, "bill:paid"))
    assert "没有受限" in read(phone(found))
    assert "存成案例" not in text(found)
    assert viewer.post(page(draft, "bill:paid"), {"title": "不行"}).status_code == 403
    assert ScenarioDraft.objects.filter(flow=draft).count() == 1


def test_others_do_not_get_in(client: Client, draft: FlowDraft) -> None:
    assert "/admin/login/" in client.get(page(draft))["Location"]
    sign_in(client, get_user_model().objects.create_user("nobody", is_staff=True))
    assert client.get(page(draft)).status_code == 403


def test_cases_are_run_now_and_lead_to_their_walk(admin_client: Client, draft: FlowDraft) -> None:
    EvidenceDraft.objects.filter(flow=draft, key="e-overdue").update(effect="rules_out")
    found = admin_client.get(page(draft))
    assert "✗ 不符合 页面写着逾期" in beside(found)
    assert "首要原因应是“逾期”，实际是没有原因。" in beside(found)
    url = re.search(r'<a href="([^"]*)">页面写着逾期</a>', text(found))
    assert url
    assert "还看不出来" in read(phone(admin_client.get(html.unescape(url[1]))))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"answers": {"bill": "unpaid"}}, "还没答完：接下来会问“看到了哪些提示？”。"),
        ({"answers": {"bill": "paid", "signs": "none"}, "primary": "fine"}, "按这些回答不会问到：“看到了哪些提示？”。"),
        ({"primary": "fine"}, "首要原因应是“没有受限”，实际是“逾期”（依据明确）。"),
        ({"primary": ""}, "首要原因应是没有原因，实际是“逾期”（依据明确）。"),
        ({"others": ["fine"]}, "没有得出“没有受限”。"),
        ({"answers": {"bill": "paid"}, "primary": "fine"}, "没有出现建议“先还款”。"),
        ({"answers": {"bill": "nonsense"}}, "案例用到了现在没有的题目、选项、原因或建议。"),
        ({"advice": ["nowhere"]}, "案例用到了现在没有的题目、选项、原因或建议。"),
        ({}, ""),
    ],
    ids=str,
)
def test_a_case_says_in_words_what_came_out_instead(draft: FlowDraft, changes: dict[str, Any], said: str) -> None:
    row = ScenarioDraft.objects.get(flow=draft)
    row.load(row.to_document() | changes)
    assert came_out(row) == said


@pytest.mark.parametrize("nonsense", [7, "x", [[7]], {"a": 1}, [[{"question": "nowhere", "any_of": ["x"]}]]])
def test_a_draft_that_cannot_be_read_shows_its_problems_with_the_way_to_them(
    admin_client: Client, draft: FlowDraft, nonsense: Any
) -> None:
    QuestionDraft.objects.filter(flow=draft, key="signs").update(ask_when=nonsense)
    found = admin_client.get(page(draft, "bill:unpaid"))
    assert found.status_code == 200
    assert "先改好下面的问题，才能试走" in words(text(found))
    question = QuestionDraft.objects.get(flow=draft, key="signs")
    assert reverse("admin:guidance_questiondraft_change", args=[question.pk]) in text(found)
    assert keep(admin_client, page(draft, "bill:paid"), title="不行").status_code == 200
    assert came_out(ScenarioDraft.objects.get(flow=draft))


@pytest.mark.parametrize(
    "break_it",
    [
        lambda draft: draft.questions.all().delete(),
        lambda draft: draft.causes.all().delete(),
        lambda draft: draft.causes.filter(key="late").delete(),
        lambda draft: draft.advice.all().delete(),
        lambda draft: draft.questions.get(key="bill").options.all().delete(),
        lambda draft: draft.questions.filter(key="signs").update(key="bill"),
        lambda draft: draft.evidence.update(cause="nowhere"),
        lambda draft: draft.scenarios.update(answers=[7], advice=7, others="x"),
        lambda draft: FlowDraft.objects.filter(pk=draft.pk).update(inconclusive=7, prepare={"a": 1}, aliases=[1]),
    ],
)
def test_no_broken_draft_breaks_the_page(admin_client: Client, draft: FlowDraft, break_it: Any) -> None:
    break_it(draft)
    for name in ("trial", "impact"):
        url = reverse(f"admin:guidance_flowdraft_{name}", args=[draft.pk])
        for query in ("", "?a=bill:paid", "?a=bill:unpaid&a=signs:call", "?question=bill&answer=paid"):
            assert admin_client.get(url + query, follow=True).status_code == 200


def test_the_form_of_a_case_says_what_came_out_of_it(admin_client: Client) -> None:
    row = ScenarioDraft.objects.filter(flow__key="huabei").first()
    assert row
    url = reverse("admin:guidance_scenariodraft_change", args=[row.pk])
    assert "现在跑这个案例：和预期一样。" in admin_client.get(url).content.decode()
    row.primary = "upgrade" if row.primary != "upgrade" else "overdue"
    row.save()
    assert "现在跑这个案例：和预期一样。" not in admin_client.get(url).content.decode()
