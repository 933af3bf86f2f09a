"""An old link shows what it showed, and says whether today's rules agree."""

from typing import Any

import pytest
from django.test import Client

from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small() -> None:
    builders.go_live(("flow", builders.flow()))


def renamed() -> dict[str, Any]:
    """Version 2: other words, and a clause that turns paid readers into late ones."""
    document = builders.flow(title="新自查")
    document["causes"][0]["title"] = "新的说法"
    document["evidence"][4] |= {"cause": "late", "effect": "confirms"}
    document["evidence"].append(
        {
            "key": "e-quiet",
            "cause": "fine",
            "effect": "supports",
            "reason": "没看到提示。",
            "when": [[{"question": "signs", "any_of": ["none"]}]],
        }
    )
    document["scenarios"] = []
    return document


def test_an_old_link_shows_its_result_unchanged_after_a_new_version(client: Client, start: Any) -> None:
    url = start(bill="paid")
    before = client.get(url).content.decode()
    builders.go_live(("flow", renamed()))
    after = client.get(url).content.decode()
    assert "没有受限" in before
    assert "没有受限" in after
    assert "新的说法" not in after


def test_an_old_link_says_that_todays_rules_differ_and_compares(client: Client, start: Any) -> None:
    url = start(bill="paid")
    builders.go_live(("flow", renamed()))
    assert client.get(url.rstrip("/") + ".json").json()["same_under_live"] is False
    assert f"{url}compare/" in client.get(url).content.decode()
    page = client.get(url + "compare/").content.decode()
    assert "没有受限" in page
    assert "新的说法" in page


def test_an_old_link_says_that_todays_rules_agree(client: Client, start: Any) -> None:
    url = start(bill="unpaid", signs="overdue")
    builders.go_live(("flow", builders.flow(title="只改了标题")))
    data = client.get(url.rstrip("/") + ".json").json()
    assert (data["version"], data["live_version"], data["same_under_live"]) == (1, 2, True)


def test_a_new_question_means_that_nothing_can_be_said_about_today(client: Client, start: Any) -> None:
    url = start(bill="paid")
    document = builders.flow()
    document["questions"].append(
        {
            "key": "more",
            "text": "还有别的吗？",
            "why": "想知道。",
            "options": [
                {"key": "yes", "label": "有"},
                {"key": "unknown", "label": "不确定", "unknown": True, "where": "看看。"},
            ],
        }
    )
    document["scenarios"] = []
    builders.go_live(("flow", document))
    assert client.get(url.rstrip("/") + ".json").json()["same_under_live"] is False
    page = client.get(url + "compare/").content.decode()
    assert "还有别的吗？" in page
    assert "再答几题才知道" in page
    assert "今天的规则还会多问" in client.get(url).content.decode()


def test_a_renamed_answer_is_understood_by_the_new_version(client: Client, start: Any) -> None:
    url = start(bill="paid")
    document = builders.flow(aliases={"bill.paid": "bill.cleared"})
    document["questions"][0]["options"][1]["key"] = "cleared"
    document["questions"][1]["ask_when"] = [[{"question": "bill", "none_of": ["cleared"]}]]
    document["evidence"][4]["when"] = [[{"question": "bill", "any_of": ["cleared"]}]]
    builders.go_live(("flow", document))
    assert client.get(url.rstrip("/") + ".json").json()["same_under_live"] is True
    assert start(bill="paid") == start(bill="cleared")


def test_a_result_of_today_has_nothing_to_compare(client: Client, start: Any) -> None:
    url = start(bill="paid")
    data = client.get(url.rstrip("/") + ".json").json()
    assert data["same_under_live"] is True
    assert "compare/" not in client.get(url).content.decode()
    assert client.get(url + "compare/").status_code == 200


def test_an_unfinished_state_has_nothing_to_compare(client: Client, start: Any) -> None:
    url = start()
    assert client.get(url + "compare/")["Location"] == url


def test_answers_given_before_a_new_version_go_on_under_the_old_one(client: Client, start: Any) -> None:
    url = start(bill="unpaid")
    builders.go_live(("flow", renamed()))
    result = client.get(url + "next", {"question": "signs", "answer": "overdue"}, follow=True)
    assert "新的说法" not in result.content.decode()
    assert start() != url
