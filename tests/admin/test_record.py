"""The record: only ever added to, and taken away as a table that no spreadsheet runs."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from guidance.models import Action, Event
from tests.staff import KEEPER, PUBLISHER, REVIEWER, SUPERUSER, desk_of, staff

pytestmark = pytest.mark.django_db

LIST = "admin:guidance_event_changelist"


def step(note: str = "送去看看", **more: Any) -> Event:
    return Event.objects.create(**{"action": Action.SUBMIT, "kind": "article", "key": "a-guide", "note": note} | more)


@pytest.mark.parametrize(
    "change",
    [
        lambda event: event.save(),
        lambda event: event.delete(),
        lambda event: Event.objects.filter(pk=event.pk).update(note="改"),
        lambda _: Event.objects.all().delete(),
        lambda _: Event.objects.about("article", "a-guide").delete(),
        lambda event: Event.objects.bulk_update([event], ["note"]),
        lambda event: Event.objects.update_or_create(pk=event.pk, defaults={"note": "改"}),
        lambda event: Event.objects.bulk_create(
            [Event(pk=event.pk, action="edit", note="改")],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["note"],
        ),
        lambda event: Event(pk=event.pk, action="edit", note="改").save(),
    ],
)
def test_a_step_on_the_record_is_never_changed_or_taken_off(change: Any) -> None:
    event = step()
    with pytest.raises(TypeError), transaction.atomic():
        change(event)
    assert Event.objects.get(pk=event.pk).note == "送去看看"


def test_who_is_on_the_record_cannot_be_deleted() -> None:
    user = staff(REVIEWER)
    step(actor=user)
    with pytest.raises(Exception, match="protected"):
        user.delete()


@pytest.mark.parametrize("role", [KEEPER, SUPERUSER])
def test_nobody_changes_the_record_at_the_desk(role: str) -> None:
    event, client = step(), desk_of(staff(role))
    for page, given in (("change", {"note": "改"}), ("delete", {"post": "yes"})):
        assert client.post(reverse(f"admin:guidance_event_{page}", args=[event.pk]), given).status_code == 403
    assert client.get(reverse("admin:guidance_event_add")).status_code == 403
    many = {"action": "delete_selected", "_selected_action": [event.pk], "post": "yes"}
    client.post(reverse(LIST), many)
    assert Event.objects.get(pk=event.pk).note == "送去看看"


def table(client: Client, *events: Event) -> list[list[str]]:
    chosen = {"action": "export_csv", "_selected_action": [event.pk for event in events]}
    text = client.post(reverse(LIST), chosen).content.decode()
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"))))


def test_the_record_is_read_by_anybody_and_found_by_document() -> None:
    step("这一条")
    step("另一条", key="other")
    page = desk_of(staff(REVIEWER)).get(f"{reverse(LIST)}?q=a-guide").content.decode()
    assert "这一条" in page
    assert "另一条" not in page


def test_the_chosen_steps_come_as_a_table_oldest_first_and_that_is_recorded() -> None:
    publisher = staff(PUBLISHER, "zhao")
    first, second = step("先"), step("后", actor=publisher, number=3)
    head, *rows = table(desk_of(publisher), second, first)
    assert head == ["时间", "谁", "做了什么", "种类", "标识", "版本", "说明"]
    assert [row[1:] for row in rows] == [
        ["站点", "送审", "指南", "a-guide", "", "先"],
        ["zhao", "送审", "指南", "a-guide", "3", "后"],
    ]
    last = Event.objects.last()
    assert (last.action, last.actor) == (Action.EXPORT, publisher)  # type: ignore[union-attr]


@pytest.mark.parametrize("note", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_cell_is_a_formula(note: str) -> None:
    _, row = table(desk_of(staff(PUBLISHER)), step(note))
    assert not row[6].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert row[6].startswith("'")


def test_the_record_is_taken_away_by_those_who_may_export_only() -> None:
    event = step()
    chosen = {"action": "export_csv", "_selected_action": [event.pk]}
    answer = desk_of(staff(REVIEWER)).post(reverse(LIST), chosen)
    assert "text/csv" not in answer["Content-Type"]
    assert not Event.objects.filter(action=Action.EXPORT).exists()
