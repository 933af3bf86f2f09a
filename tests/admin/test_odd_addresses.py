"""Odd addresses at the desk, and people who have no role there: answered, and nothing is given away."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guidance.models import QuestionDraft
from tests import builders
from tests.staff import KEEPER, NOBODY, WRITER, approved, desk_of, edited_guide, staff, written

pytestmark = pytest.mark.django_db

HUGE = "9" * 30


@pytest.fixture
def keeper() -> Client:
    return desk_of(staff(KEEPER))


@pytest.mark.parametrize(
    ("model", "query"),
    [
        ("questiondraft", f"flow={HUGE}"),
        ("evidencedraft", f"id__in={HUGE}"),
        ("event", f"at__year={HUGE}"),
        ("event", f"actor__id__exact={HUGE}"),
        ("event", f"at__day={HUGE}"),
        ("feedback", f"created_at__year={HUGE}"),
        ("feedback", "created_at__year=0"),
        ("event", "at__month=13"),
        ("revision", f"number={HUGE}"),
        ("articledraft", "_to_field="),
        ("articledraft", "p=abc&o=zz"),
    ],
)
def test_a_list_with_an_odd_filter_is_shown(keeper: Client, model: str, query: str) -> None:
    answer = keeper.get(reverse(f"admin:guidance_{model}_changelist") + f"?{query}", follow=True)
    assert answer.status_code == 200


def test_a_filter_that_was_left_out_is_told(keeper: Client) -> None:
    """PostgreSQL looks for any number and finds nothing; SQLite cannot look for one that long."""
    answer = keeper.get(reverse("admin:guidance_questiondraft_changelist") + f"?flow={HUGE}", follow=True)
    page = answer.content.decode()
    assert ("地址里的筛选条件不对" in page) is ('id="result_list"' in page)


@pytest.mark.parametrize("model", ["event", "feedback"])
@pytest.mark.parametrize("row", ["abc", HUGE, "\x00", "²"])
def test_an_action_for_rows_that_are_none_does_nothing(keeper: Client, model: str, row: str) -> None:
    url = reverse(f"admin:guidance_{model}_changelist")
    answer = keeper.post(url, {"action": "export_csv", "_selected_action": [row]}, follow=True)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/html; charset=utf-8")


def test_a_form_opens_whatever_field_its_address_names(keeper: Client) -> None:
    guide: Any = edited_guide(staff(WRITER))
    answer = keeper.get(reverse("admin:guidance_articledraft_change", args=[guide.pk]) + "?_to_field=")
    assert "改过的标题？" in answer.content.decode()


@pytest.mark.parametrize("row", ["x" * 100_000 + ":up", "questiondraft-0:down", "questiondraft-1", "\r\nX: y:up", ""])
def test_moving_a_row_that_is_none_leads_back_to_the_list(keeper: Client, row: str) -> None:
    flow = written("flow", builders.flow(), None)
    url = reverse("admin:guidance_flowdraft_move", args=[flow.pk])
    answer = keeper.post(url, {"row": row, "part": "x" * 100_000})
    assert answer.headers["Location"] == reverse("admin:guidance_flowdraft_rows", args=[flow.pk]) + "?part=questions"
    assert QuestionDraft.objects.filter(flow=flow).first().key == "bill"  # type: ignore[union-attr]


def test_who_has_no_role_sees_no_titles() -> None:
    approved(edited_guide(staff(WRITER), title="还没公开的标题？"), staff(WRITER), staff(KEEPER))
    assert "还没公开的标题？" in desk_of(staff(WRITER)).get(reverse("admin:index")).content.decode()
    nobody = desk_of(staff(NOBODY))
    front = nobody.get(reverse("admin:index")).content.decode()
    assert "还没公开的标题？" not in front
    assert "你还没有角色" in front
    assert "可发布" not in front
    closed = [reverse("desk_open", args=["article", "a-guide"]), reverse("desk_open", args=["article", "no-such"])]
    assert [nobody.get(url).status_code for url in [*closed, reverse("desk_problems")]] == [403, 403, 403]
