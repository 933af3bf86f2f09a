"""The same as data, for articles, chat agents and tests."""

from typing import Any

import pytest
from django.test import Client

from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small() -> None:
    builders.go_live(("flow", builders.flow()))


def data(client: Client, url: str) -> Any:
    return client.get(url.rstrip("/") + ".json").json()


def test_a_result_as_data(client: Client, start: Any) -> None:
    url = start(bill="unpaid", signs=["overdue", "call"])
    assert data(client, url) == {
        "flow": "small",
        "version": 1,
        "code": url.split("/")[3],
        "complete": True,
        "answers": {"bill": ["unpaid"], "signs": ["call", "overdue"]},
        "next": None,
        "primary": "late",
        "causes": [
            {
                "key": "late",
                "status": "confirmed",
                "for": ["因为e-unpaid。", "因为e-overdue。", "因为e-call。"],
                "against": [],
                "unknown": [],
            },
            {"key": "fine", "status": "unlikely", "for": [], "against": [], "unknown": []},
        ],
        "advice": [
            {"key": "pay", "kind": "do_now", "cause": "late"},
            {"key": "look", "kind": "do_now", "cause": None},
            {"key": "note", "kind": "step", "cause": None},
            {"key": "say", "kind": "script", "cause": None},
        ],
        "live_version": 1,
        "same_under_live": True,
    }


def test_an_unfinished_state_as_data_names_the_next_question_and_concludes_nothing(client: Client, start: Any) -> None:
    found = data(client, start(bill="unknown"))
    assert (found["complete"], found["next"], found["primary"]) == (False, "signs", None)
    assert (found["causes"], found["advice"], found["same_under_live"]) == ([], [], None)


def test_what_is_not_known_is_listed_by_cause(client: Client, start: Any) -> None:
    found = data(client, start(bill="unknown", signs="unknown"))
    unknown = {cause["key"]: cause["unknown"] for cause in found["causes"]}
    assert (found["primary"], unknown) == (None, {"late": ["bill", "signs"], "fine": ["bill"]})


def test_the_live_flow_as_data(client: Client) -> None:
    found = client.get("/check/small.json").json()
    assert found["live_version"] == 1
    assert [question["key"] for question in found["questions"]] == ["bill", "signs"]
    assert found["questions"][1]["ask_when"] == [[{"question": "bill", "none_of": ["paid"]}]]
    assert [cause["key"] for cause in found["causes"]] == ["late", "fine"]
