"""What readers told, as editors see it: feedback, and how far a self-check is followed."""

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import StaffUser
from guidance.models import Action, DailyCount, Event, Feedback, FlowDraft
from tests import builders
from tests.staff import sign_in

pytestmark = pytest.mark.django_db

LIST = "admin:guidance_feedback_changelist"


def staff(*permissions: str) -> Client:
    """Somebody of the staff who may do just that."""
    user = StaffUser.objects.create_user("reader", password="x", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    sign_in(client, user)
    return client


def feedback(**changes: Any) -> Feedback:
    said = {"kind": "faq", "key": "grace-period", "number": 1, "useful": False, "text": "看不懂", "token": "1"}
    return Feedback.objects.create(**said | changes)


def page(client: Client, name: str, *row: Any, **query: Any) -> str:
    response = client.get(reverse(name, args=row), query)
    assert response.status_code == 200, response.content.decode()[:500]
    return str(response.content.decode())


def test_feedback_leads_to_the_page_and_to_its_draft() -> None:
    feedback(reason="unclear")
    shown = page(staff("view_feedback"), LIST)
    for part in (
        "看不懂",
        "看不明白",
        'href="/faq/grace-period/"',
        'href="/admin/guidance/faqdraft/?key=grace-period"',
    ):
        assert part in shown


def test_feedback_on_what_is_gone_is_still_shown() -> None:
    feedback(key="nowhere")
    assert "已撤下" in page(staff("view_feedback"), LIST)


def test_feedback_is_found_and_sorted_out() -> None:
    feedback()
    feedback(token="2", text="很好", useful=True, key="due-date")
    client = staff("view_feedback")
    for query in ({"q": "很好"}, {"useful__exact": "1"}, {"q": "due-date"}):
        shown = page(client, LIST, **query)
        assert "很好" in shown
        assert "看不懂" not in shown


def test_a_list_of_feedback_costs_no_query_for_each(django_assert_max_num_queries: Any, settings: Any) -> None:
    settings.STAMP_SECONDS = 3600
    for i in range(30):
        feedback(token=str(i), kind="article", key="after-repaying")
    client = staff("view_feedback")
    page(client, LIST)
    with django_assert_max_num_queries(10):
        page(client, LIST)


def test_feedback_past_its_time_is_not_shown() -> None:
    row = feedback()
    Feedback.objects.update(created_at=timezone.now() - timedelta(days=181))
    client = staff("view_feedback")
    assert "看不懂" not in page(client, LIST)
    assert client.get(reverse("admin:guidance_feedback_change", args=[row.pk])).status_code == 302


def test_feedback_can_only_be_read_and_deleted_by_administrators() -> None:
    row = feedback()
    client = staff("view_feedback", "change_feedback", "add_feedback")
    assert 'name="text"' not in page(client, "admin:guidance_feedback_change", row.pk)
    assert client.post(reverse("admin:guidance_feedback_change", args=[row.pk]), {"text": "改"}).status_code == 403
    assert client.get(reverse("admin:guidance_feedback_add")).status_code == 403
    assert client.post(reverse("admin:guidance_feedback_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    assert Feedback.objects.exists()


def test_an_administrator_deletes_feedback(admin_client: Client) -> None:
    row = feedback()
    admin_client.post(reverse("admin:guidance_feedback_delete", args=[row.pk]), {"post": "yes"})
    assert not Feedback.objects.exists()


def export(client: Client, *rows: Feedback) -> Any:
    data = {"action": "export_csv", "_selected_action": [row.pk for row in rows]}
    return client.post(reverse(LIST), data)


def test_feedback_is_taken_away_as_a_table_that_runs_nothing() -> None:
    formula = feedback(text='=HYPERLINK("http://example.com","点我")')
    plain = feedback(token="2", text="两行\n“引号”,逗号", useful=True)
    response = export(staff("view_feedback", "export_content"), formula, plain)
    assert response["Content-Type"].startswith("text/csv")
    assert "attachment" in response["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert rows[0][-1] == "读者的话"
    assert {row[-1] for row in rows[1:]} == {f"'{formula.text}", plain.text}
    assert Event.objects.get(action="export").note == "读者反馈2条"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "＝"])
def test_no_cell_begins_like_a_formula(start: str) -> None:
    response = export(staff("view_feedback", "export_content"), feedback(text=f"{start}1+1"))
    cell = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))[1][-1]
    assert cell.startswith("'")


def test_who_may_not_export_is_not_offered_it() -> None:
    row = feedback()
    client = staff("view_feedback")
    assert "导出所选反馈" not in page(client, LIST)
    response = export(client, row)
    assert response["Content-Type"].startswith("text/html")
    assert not Event.objects.exists()


@pytest.fixture
def draft() -> FlowDraft:
    """The draft of a small self-check with two published versions."""
    builders.go_live(("flow", builders.flow()))
    builders.go_live(("flow", builders.flow(title="第二版")))
    return FlowDraft().load(builders.flow(title="第二版"))


def happened(number: int, **counts: int) -> None:
    for what, total in counts.items():
        day = timezone.localdate()
        DailyCount.objects.create(
            day=day,
            subject="flow/small",
            number=number,
            what=what.replace("_", ":", 1),
            total=total,
        )


def counts_page(client: Client, draft: FlowDraft, **query: Any) -> str:
    shown = page(client, "admin:guidance_flowdraft_counts", draft.pk, **query)
    return " ".join(re.sub(r"<[^>]+>", " ", shown.split('id="content-main"')[1]).split())


def test_without_counts_it_says_so(admin_client: Client, draft: FlowDraft) -> None:
    shown = counts_page(admin_client, draft)
    assert shown.count("还没有数据") == 2
    assert "第2版" in shown


def test_each_question_says_how_many_were_asked_answered_and_left(admin_client: Client, draft: FlowDraft) -> None:
    happened(
        2,
        asked_bill=200,
        answered_bill=150,
        asked_signs=40,
        answered_signs=50,
        found_late=30,
        found_inconclusive=10,
    )
    happened(1, asked_bill=7)
    shown = counts_page(admin_client, draft)
    assert "账单还清了吗？ 200 150 50（25%）" in shown
    assert "看到了哪些提示？ 40 40 0（0%）" in shown
    assert "逾期 30 75%" in shown
    assert "还看不出来 10 25%" in shown


def test_an_older_version_can_be_looked_at(admin_client: Client, draft: FlowDraft) -> None:
    happened(1, asked_bill=7, answered_bill=4)
    assert "账单还清了吗？ 7 4 3（43%）" in counts_page(admin_client, draft, number=1)


@pytest.mark.parametrize("number", ["7", "x", "-1", "９", "99999999999999999999"])
def test_a_version_that_never_was_is_said(admin_client: Client, draft: FlowDraft, number: str) -> None:
    shown = counts_page(admin_client, draft, number=number)
    assert "没有发布过这一版" in shown
    assert "还没有数据" in shown


def test_counts_older_than_90_days_are_not_in_it(admin_client: Client, draft: FlowDraft) -> None:
    happened(2, asked_bill=7)
    DailyCount.objects.update(day=timezone.localdate() - timedelta(days=91))
    assert counts_page(admin_client, draft).count("还没有数据") == 2


def test_a_draft_that_was_never_published_has_no_counts(admin_client: Client) -> None:
    draft = FlowDraft().load(builders.flow(key="new"))
    assert "还没有发布过" in counts_page(admin_client, draft)


def test_bars_are_drawn_in_plain_numbers(admin_client: Client, draft: FlowDraft) -> None:
    happened(2, asked_bill=3000, answered_bill=1000)
    shown = page(admin_client, "admin:guidance_flowdraft_counts", draft.pk)
    assert re.findall(r'<rect class="bar__(\w+)" width="([\d.]+)"', shown)[:2] == [
        ("left", "100.0"),
        ("answered", "33.333333333333336"),
    ]


def test_what_was_deleted_leaves_a_line_on_the_record(admin_client: Client) -> None:
    row = Feedback.objects.create(kind="article", key="a-guide", number=1, useful=False, token="x")
    admin_client.post(reverse("admin:guidance_feedback_delete", args=[row.pk]), {"post": "yes"})
    assert not Feedback.objects.filter(pk=row.pk).exists()
    step = Event.objects.get(action=Action.DELETE)
    assert "读者反馈" in step.note
    assert step.actor is not None
