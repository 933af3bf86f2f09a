"""The rows of a self-check in order: moved up and down, whatever their positions were, in a fixed number of queries."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guidance.models import Event, FlowDraft, OptionDraft, QuestionDraft, State
from tests import builders
from tests.staff import REVIEWER, WRITER, desk_of, staff, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> Client:
    return desk_of(staff(WRITER, "writer"))


@pytest.fixture
def flow() -> Any:
    builders.go_live(("flow", builders.flow()))
    return written("flow", builders.flow(), None)


def press(client: Client, flow: Any, row: Any, way: str, **headers: str) -> Any:
    name = row if isinstance(row, str) else f"{row._meta.model_name}-{row.pk}"
    url = reverse("admin:guidance_flowdraft_move", args=[flow.pk])
    return client.post(url, {"row": f"{name}:{way}"}, headers=headers)


def order(flow: Any, name: str = "advice") -> list[str]:
    return [row.key for row in getattr(FlowDraft.objects.get(pk=flow.pk), name).all()]


def test_a_row_changes_places_with_its_neighbour_and_the_flow_is_changed(writer: Client, flow: Any) -> None:
    assert order(flow) == ["look", "pay", "note", "say"]
    answer = press(writer, flow, flow.advice.get(key="note"), "up")
    assert (answer.status_code, "rows" in answer["Location"]) == (302, True)
    assert order(flow) == ["look", "note", "pay", "say"]
    flow.refresh_from_db()
    assert (flow.state, str(flow.updated_by)) == (State.DRAFT, "writer")
    press(writer, flow, flow.advice.get(key="note"), "down")
    assert order(flow) == ["look", "pay", "note", "say"]
    flow.refresh_from_db()
    assert flow.state == State.PUBLISHED
    assert str(Event.objects.about("flow", "small").last().actor) == "writer"  # type: ignore[union-attr]


def test_an_option_moves_among_those_of_its_question(writer: Client, flow: Any) -> None:
    option = OptionDraft.objects.get(question__flow=flow, question__key="bill", key="paid")
    press(writer, flow, option, "up")
    bill, signs = FlowDraft.objects.get(pk=flow.pk).questions.all()
    assert [each.key for each in bill.options.all()] == ["paid", "unpaid", "unknown"]
    assert [each.key for each in signs.options.all()] == ["overdue", "call", "none", "unknown"]


@pytest.mark.parametrize("positions", [[0, 0, 0, 0], [3, 9, 40, 900]], ids=["all the same", "with gaps"])
def test_any_positions_will_do(writer: Client, flow: Any, positions: list[int]) -> None:
    for row, position in zip(flow.advice.all(), positions, strict=True):
        row.position = position
        row.save()
    press(writer, flow, flow.advice.get(key="say"), "up")
    assert order(flow) == ["look", "pay", "say", "note"]
    press(writer, flow, flow.advice.get(key="look"), "down")
    assert order(flow) == ["pay", "look", "say", "note"]


@pytest.mark.parametrize(("key", "way"), [("look", "up"), ("say", "down"), ("pay", "sideways"), ("pay", "")])
def test_what_cannot_go_further_stays(writer: Client, flow: Any, key: str, way: str) -> None:
    press(writer, flow, flow.advice.get(key=key), way)
    assert order(flow) == ["look", "pay", "note", "say"]
    flow.refresh_from_db()
    assert flow.state == State.PUBLISHED


@pytest.mark.parametrize("name", ["", "nonsense", "advicedraft-0", "advicedraft-x\r\nSet-Cookie: a=b", "flowdraft-1"])
def test_an_unknown_row_changes_nothing(writer: Client, flow: Any, name: str) -> None:
    assert press(writer, flow, name, "up").status_code == 302
    assert order(flow) == ["look", "pay", "note", "say"]


def test_a_row_of_another_flow_stays(writer: Client, flow: Any) -> None:
    other = FlowDraft.objects.get(key="huabei")
    row = other.questions.all()[1]
    before = order(other, "questions")
    press(writer, flow, row, "up")
    assert order(other, "questions") == before


def test_rows_are_moved_by_those_who_write_and_by_a_button_only(flow: Any, writer: Client) -> None:
    row = flow.advice.get(key="note")
    assert press(desk_of(staff(REVIEWER)), flow, row, "up").status_code == 403
    assert writer.get(reverse("admin:guidance_flowdraft_move", args=[flow.pk])).status_code == 403
    assert order(flow) == ["look", "pay", "note", "say"]


def test_the_list_comes_back_in_its_new_order_where_it_was_pressed(writer: Client, flow: Any) -> None:
    page = press(writer, flow, flow.questions.get(key="signs"), "up", **{"HX-Request": "true"}).content.decode()
    assert page.index("看到了哪些提示") < page.index("账单还清了吗")
    assert "<html" not in page


# Queries


def large(questions: int) -> Any:
    """A flow with so many questions."""
    flow = written("flow", builders.flow(), None)
    for i in range(questions):
        row = QuestionDraft.objects.create(flow=flow, key=f"q{i}", text=f"第{i}题？", why="问。", position=i + 10)
        rows = [OptionDraft(question=row, key=f"o{j}", label=f"选项{j}", position=j) for j in range(3)]
        OptionDraft.objects.bulk_create(rows)
    return flow


@pytest.mark.parametrize("page", ["change", "rows", "review", "versions", "problems"])
def test_a_large_flow_costs_no_more_queries_than_a_small_one(writer: Client, page: str) -> None:
    def queries(flow: Any) -> int:
        url = reverse(f"admin:guidance_flowdraft_{page}", args=[flow.pk])
        with CaptureQueriesContext(connection) as captured:
            assert writer.get(url).status_code == 200
        return len(captured)

    builders.go_live(("flow", builders.flow()))
    queries(large(10))
    few = queries(FlowDraft.objects.get(key="small"))
    assert queries(large(100)) == few


def test_a_question_among_many_costs_no_more_queries(writer: Client) -> None:
    def queries(flow: Any) -> int:
        row = flow.questions.get(key="q5")
        with CaptureQueriesContext(connection) as captured:
            assert writer.get(reverse("admin:guidance_questiondraft_change", args=[row.pk])).status_code == 200
        return len(captured)

    queries(large(10))
    few = queries(FlowDraft.objects.get(key="small"))
    assert queries(large(100)) == few
