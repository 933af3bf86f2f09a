"""What publishing a draft would change is told before it is published."""

import html
import re
from collections import Counter
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guidance.engine.conditions import ALWAYS
from guidance.engine.document import read_flow
from guidance.engine.flow import Flow
from guidance.engine.verdict import conclude
from guidance.models import DRAFTS, AdviceDraft, ClaimDraft, DailyCount, EvidenceDraft, FlowDraft, QuestionDraft
from guidance.services.publishing import Entry, publish
from guidance.views.wording import STATUS_WORDS
from tests import builders
from tests.admin.test_trial import phone, read, text, words
from tests.bench.engine import generated
from tests.engine.builders import every_path
from tests.staff import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> FlowDraft:
    """The draft of a self-check that is live just so."""
    builders.go_live(("flow", builders.flow()))
    return FlowDraft().load(builders.flow())


def impact(client: Client, draft: Any) -> Any:
    response = client.get(reverse(f"admin:guidance_{draft.KIND}draft_impact", args=[draft.pk]))
    assert response.status_code == 200
    return response


@dataclass(frozen=True)
class Row:
    """A line of the table of changed results: what readers got and get, paths, readers, and markup."""

    before: str
    after: str
    paths: int
    readers: str
    markup: str


def rows(response: Any) -> list[Row]:
    table = re.search(r'<table class="impact__rows">.*?<tbody>(.*?)</tbody>', text(response), re.DOTALL)
    return [row_of(markup) for markup in re.findall(r"<tr>(.*?)</tr>", table[1], re.DOTALL)] if table else []


def row_of(markup: str) -> Row:
    sides = re.search(r'class="impact__sides">(.*?)</b>', markup, re.DOTALL)
    assert sides, markup
    before, _, after = words(sides[1]).partition(" → ")
    numbers = [words(cell) for cell in re.findall(r'<td class="number">(.*?)</td>', markup, re.DOTALL)]
    paths = int(numbers[0].partition("条")[0])
    return Row(before.removesuffix("，不变"), after or "不变", paths, "".join(numbers[1:]), markup)


def link(cell: str, label: str) -> str:
    found = re.search(rf'<a href="([^"]*)">{label}', cell)
    assert found, cell
    return html.unescape(found[1])


def flow_of(draft: FlowDraft) -> Flow:
    return read_flow(FlowDraft.objects.get(pk=draft.pk).to_document())[0]


def outcome(flow: Flow, answers: Any) -> tuple[Any, ...]:
    verdict = conclude(flow, answers)
    primary = verdict.primary
    name = f"{primary.cause.title}（{STATUS_WORDS[primary.status]}）" if primary else "还看不出来（还不能判断）"
    return (
        name,
        tuple(sorted(verdict.statuses.items())),
        frozenset(replace(advice, when=ALWAYS) for advice in verdict.advice),
    )


CHANGES = {
    "an effect": lambda draft: draft.evidence.filter(key="e-call").update(effect="rules_out"),
    "a reason gone": lambda draft: draft.evidence.filter(key="e-overdue").delete(),
    "advice for fewer": lambda draft: draft.advice.filter(key="note").update(cause="fine"),
    "another order": lambda draft: draft.causes.filter(key="late").update(position=9),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_the_numbers_are_those_of_comparing_every_path(admin_client: Client, draft: FlowDraft, change: Any) -> None:
    old = flow_of(draft)
    change(draft)
    new = flow_of(draft)
    paths = every_path(old)
    changed = [answers for answers in paths if outcome(old, answers) != outcome(new, answers)]
    expected = Counter((outcome(old, answers)[0], outcome(new, answers)[0]) for answers in changed)
    found = impact(admin_client, draft)
    shown = {(row.before, row.after): row.paths for row in rows(found)}
    assert shown == {(old, "不变" if old == new else new): paths for (old, new), paths in expected.items()}
    if changed:
        assert f"全部 {len(paths)} 条回答路径里， {len(changed)} 条的结果会变" in words(text(found))
    else:
        assert "这次修改不改变任何结果" in words(text(found))


def test_both_links_of_an_example_show_what_the_table_says(admin_client: Client, draft: FlowDraft) -> None:
    EvidenceDraft.objects.filter(flow=draft, key="e-overdue").update(effect="against")
    EvidenceDraft.objects.filter(flow=draft, key="e-paid").update(effect="confirms")
    table = rows(impact(admin_client, draft))
    assert table
    for row in table:
        live = read(text(admin_client.get(link(row.markup, "线上结果"))))
        trial = read(phone(admin_client.get(link(row.markup, "草稿结果"))))
        for side, shown in ((row.before, live), (row.after, trial)):
            title, _, status = side.removesuffix("）").partition("（")
            assert shown.startswith(f"{status} {title}")


def test_examples_are_found_under_the_keys_of_either_version(admin_client: Client, draft: FlowDraft) -> None:
    document = builders.flow()
    document["questions"][1] |= {"key": "shown"}
    document["questions"][1]["options"][0]["key"] = "late"
    for evidence in document["evidence"][1:4]:
        clause = evidence["when"][0][0]
        clause["question"] = "shown"
        clause["any_of"] = ["late" if key == "overdue" else key for key in clause["any_of"]]
    document["evidence"][1]["effect"] = "supports"
    document["aliases"] = {"signs": "shown", "signs.overdue": "shown.late"}
    document["scenarios"] = []
    draft.load(document)
    table = rows(impact(admin_client, draft))
    assert {row.before for row in table} == {"逾期（依据明确）"}
    for row in table:
        assert read(text(admin_client.get(link(row.markup, "线上结果")))).startswith("依据明确 逾期")
        assert link(row.markup, "草稿结果")


def test_advice_that_comes_and_goes_is_named(admin_client: Client, draft: FlowDraft) -> None:
    AdviceDraft.objects.filter(flow=draft, key="pay").update(cause="fine")
    AdviceDraft.objects.filter(flow=draft, key="note").update(body="拍照留着。")
    told = {row.before: words(row.markup) for row in rows(impact(admin_client, draft))}
    for before, changes in {
        "没有受限（有可能）": "多了1条建议 ：没有受限（有可能） 先还款 改了1条建议 ：没有受限（有可能） 记下来 例如",
        "逾期（依据明确）": "少了1条建议 ：逾期（依据明确） 先还款 改了1条建议 ：逾期（依据明确） 记下来 例如",
    }.items():
        assert f"变了：建议 {changes}" in told[before]


def test_a_question_more_splits_paths_and_takes_some_away(admin_client: Client, draft: FlowDraft) -> None:
    QuestionDraft.objects.filter(flow=draft, key="bill").first().options.filter(key="paid").delete()  # type: ignore[union-attr]
    EvidenceDraft.objects.filter(flow=draft, key="e-paid").update(when=[[{"question": "signs", "any_of": ["none"]}]])
    QuestionDraft.objects.filter(flow=draft, key="signs").update(ask_when=[])
    found = impact(admin_client, draft)
    gone = next(row for row in rows(found) if row.before == "没有受限（有可能）")
    assert gone.after == "没有这样的回答"
    assert "变了：题目" in words(gone.markup)
    assert "草稿里没有这样的结果" in words(gone.markup)
    assert read(text(admin_client.get(link(gone.markup, "线上结果")))).startswith("有可能 没有受限")


def test_what_touches_no_result_is_said_and_its_words_are_listed(admin_client: Client, draft: FlowDraft) -> None:
    same = words(text(impact(admin_client, draft)))
    assert "这次修改不改变任何结果" in same
    assert "内容也和线上一样" in same
    QuestionDraft.objects.filter(flow=draft, key="bill").update(text="账单都还清了吗？")
    changed = words(text(impact(admin_client, draft)))
    assert "这次修改不改变任何结果" in changed
    assert "改动了1处内容 题目" in changed


def test_real_numbers_weigh_the_paths(admin_client: Client, draft: FlowDraft) -> None:
    EvidenceDraft.objects.filter(flow=draft, key="e-none").update(effect="supports")
    assert "还没有读者走过的数字" in words(text(impact(admin_client, draft)))
    for what, total in (("found:late", 700), ("found:inconclusive", 60)):
        DailyCount.objects.create(day=timezone.localdate(), subject="flow/small", number=1, what=what, total=total)
    found = impact(admin_client, draft)
    assert "是估计" in words(text(found))
    # Three paths had no cause: two have one now, a third of the 60 each. The 700 keep their result.
    estimated = {row.after: row.readers for row in rows(found)}
    assert estimated == {"逾期（很可能）": "约20", "逾期（有可能）": "约20"}


def test_a_draft_nobody_has_seen_yet_says_so(admin_client: Client) -> None:
    builders.go_live()
    page = words(text(impact(admin_client, FlowDraft().load(builders.flow(key="fresh")))))
    assert "还没有线上版本" in page
    assert "它还没有公开" in page


def test_orders_that_cannot_be_brought_together_are_owned_up_to(admin_client: Client, draft: FlowDraft) -> None:
    document = builders.flow()
    bill, signs = document["questions"]
    signs.pop("ask_when")
    bill["ask_when"] = [[{"question": "signs", "none_of": ["none"]}]]
    draft.load(document | {"questions": [signs, bill]})
    assert "没法逐条比较" in words(text(impact(admin_client, draft)))


def test_a_hundred_questions_take_less_than_five_seconds(admin_client: Client) -> None:
    document = generated(100, branching=True) | {"key": "long"}
    document["evidence"] = [item for item in document["evidence"] if re.match(r"e[0-9]-", item["key"])]
    for item in [*document["causes"], *document["advice"]]:
        item["claims"] = ["a-claim"] if item.get("claims") else []
    builders.go_live(("flow", document))
    draft = FlowDraft().load(document)
    EvidenceDraft.objects.filter(flow=draft, key="e7-c").update(effect="confirms")
    begin = perf_counter()
    found = impact(admin_client, draft)
    assert perf_counter() - begin < 5
    assert rows(found)


def test_a_claim_tells_who_quotes_it_and_what_would_break(admin_client: Client) -> None:
    guide = builders.article(body="## 第一步\n\n{claim:a-claim}")
    builders.go_live(("article", guide), ("flow", builders.flow()), ("term", builders.term()))
    draft = ClaimDraft().load(builders.claim())
    calm = text(impact(admin_client, draft))
    assert "没有发现" in words(calm)
    for url in ("/guides/a-guide/", "/check/small/", "/glossary/#a-word"):
        assert f'href="{url}"' in calm
        assert admin_client.get(url).status_code == 200
    ClaimDraft.objects.filter(pk=draft.pk).update(status="refuted", why="不对。", instead="看规则。", group="scam")
    broken = words(text(impact(admin_client, draft)))
    assert "会通不过自己的检查" in broken
    assert "主张“a-claim”不存在、还没有发布，或者已经撤下、判为不可信" in broken


def test_every_kind_of_document_has_the_page(admin_client: Client) -> None:
    builders.go_live()
    made: list[tuple[str, dict[str, Any]]] = [
        ("source", builders.source(key="lone")),
        ("claim", builders.claim(key="lone")),
        ("contact", builders.contact(key="lone", number="95599")),
        ("term", builders.term(key="lone", name="单字")),
        ("article", builders.article(key="lone", slug="lone")),
        ("faq", builders.faq(key="lone", slug="lone")),
        ("synonym", builders.synonym()),
        ("pin", builders.pin(pages=["/check/huabei/"])),
        ("phrase", builders.phrase(flow="huabei", question="stage")),
    ]
    publish([Entry(kind, document) for kind, document in made])
    for kind, document in made:
        model = DRAFTS[kind]
        page = words(text(impact(admin_client, model().load(document))))
        assert "没有别的线上内容引用它" in page


def test_a_source_leads_on_to_the_claims_that_rest_on_it(admin_client: Client) -> None:
    builders.go_live()
    claim = ClaimDraft().load(builders.claim())
    source = DRAFTS["source"]().load(builders.source())
    page = text(impact(admin_client, source))
    assert reverse("admin:guidance_claimdraft_impact", args=[claim.pk]) in page


def test_only_who_may_see_the_draft_sees_this(client: Client, draft: FlowDraft) -> None:
    url = reverse("admin:guidance_flowdraft_impact", args=[draft.pk])
    assert "/admin/login/" in client.get(url)["Location"]
    sign_in(client, get_user_model().objects.create_user("nobody", is_staff=True))
    assert client.get(url).status_code == 403


def test_very_many_users_are_counted_first_and_all_there(admin_client: Client) -> None:
    guides = [builders.article(key=f"guide-{i}", slug=f"guide-{i}", body="{claim:a-claim}") for i in range(11)]
    builders.go_live(*(("article", guide) for guide in guides))
    page = text(impact(admin_client, ClaimDraft().load(builders.claim())))
    folded = re.search(r"<details><summary>(\d+)处用到它</summary>(.*?)</details>", page, re.DOTALL)
    assert folded
    assert int(folded[1]) == folded[2].count("<li>") >= 11
