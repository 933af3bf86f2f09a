"""The self-check page by page, without JavaScript and with htmx."""

import re
from typing import Any

import pytest
from django.test import Client

from tests import builders

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def small() -> None:
    builders.go_live(("flow", builders.flow()))


def text(response: Any) -> str:
    return str(response.content.decode())


def h1(response: Any) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", text(response), re.DOTALL)
    assert found
    return re.sub(r"<[^>]+>", "", found[1]).strip()


def test_the_landing_page_leads_to_the_first_question(client: Client, start: Any) -> None:
    page = text(client.get("/check/small/"))
    assert "给想试的人。" in page
    assert f'href="{start()}"' in page


def test_a_fresh_state_asks_the_first_question(client: Client, start: Any) -> None:
    response = client.get(start())
    assert h1(response) == "账单还清了吗？"
    assert "第1题，最多还有1题" in text(response)
    assert "还没还清要先还。" in text(response)
    assert "打开花呗页面看。" in text(response)


def test_an_answer_leads_to_the_next_question_and_then_to_the_result(client: Client, start: Any) -> None:
    second = client.get(start() + "next", {"question": "bill", "answer": "unpaid"}, follow=True)
    assert h1(second) == "看到了哪些提示？"
    assert "最后一题" in text(second)
    url = second.redirect_chain[-1][0]
    result = client.get(url + "next", {"question": "signs", "answer": ["overdue", "call"]}, follow=True)
    assert h1(result) == "逾期"
    assert "先还款" in text(result)
    assert "因为e-overdue。" in text(result)


def test_a_branch_that_needs_no_second_question_ends_at_once(client: Client, start: Any) -> None:
    response = client.get(start() + "next", {"question": "bill", "answer": "paid"}, follow=True)
    assert h1(response) == "没有受限"


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ([], "请先选一项"),
        (["nonsense"], "不在这道题里"),
        (["unpaid", "paid"], "只能选一项"),
        (["\x00"], "不在这道题里"),
    ],
)
def test_an_answer_the_question_cannot_take_shows_it_again(
    client: Client, start: Any, answer: list[str], says: str
) -> None:
    response = client.get(start() + "next", {"question": "bill", "answer": answer})
    assert response.status_code == 422
    assert h1(response) == "账单还清了吗？"
    assert says in text(response)
    assert "<title>错误：" in text(response)


def test_none_of_these_cannot_be_combined(client: Client, start: Any) -> None:
    url = start(bill="unpaid")
    response = client.get(url + "next", {"question": "signs", "answer": ["overdue", "none"]})
    assert response.status_code == 422
    assert "不能和别的选项一起选" in text(response)


def test_an_answer_can_be_changed_and_the_others_stay(client: Client, start: Any) -> None:
    url = start(bill="unpaid", signs="overdue")
    change = client.get(url + "change/bill/")
    assert h1(change) == "账单还清了吗？"
    assert re.search(r'value="unpaid"[^>]*checked', text(change))
    changed = client.get(url + "next", {"question": "bill", "answer": "unknown"}, follow=True)
    assert h1(changed) == "逾期"
    assert client.get(changed.redirect_chain[-1][0].rstrip("/") + ".json").json()["answers"] == {
        "bill": ["unknown"],
        "signs": ["overdue"],
    }


def test_an_answer_off_the_path_is_kept_but_not_used(client: Client, start: Any) -> None:
    url = start(bill="paid", signs="overdue")
    assert h1(client.get(url)) == "没有受限"
    back = client.get(url + "next", {"question": "bill", "answer": "unpaid"}, follow=True)
    assert h1(back) == "逾期"


def test_changing_a_question_that_is_not_on_the_path_leads_back_to_the_state(client: Client, start: Any) -> None:
    url = start(bill="paid")
    for question in ("signs", "nonsense"):
        assert client.get(f"{url}change/{question}/")["Location"] == url


def test_the_step_before_is_one_link_back(client: Client, start: Any) -> None:
    url = start(bill="unpaid")
    page = text(client.get(url))
    assert f'href="{url}change/bill/"' in page
    assert "上一题" not in text(client.get(start()))


def test_htmx_gets_the_next_step_as_a_fragment_with_its_address(client: Client, start: Any) -> None:
    response = client.get(start() + "next", {"question": "bill", "answer": "unpaid"}, headers=HTMX)
    assert response.status_code == 200
    assert response["HX-Push-Url"] == start(bill="unpaid")
    assert "<html" not in text(response)
    assert "<title>第2题：看到了哪些提示？" in text(response)
    assert "HX-Request" in response["Vary"]


def test_htmx_gets_an_error_as_a_fragment(client: Client, start: Any) -> None:
    response = client.get(start() + "next", {"question": "bill"}, headers=HTMX)
    assert response.status_code == 422
    assert "<html" not in text(response)


def test_going_back_in_history_gets_the_whole_page(client: Client, start: Any) -> None:
    response = client.get(start(), headers=HTMX | {"HX-History-Restore-Request": "true"})
    assert "<html" in text(response)


def test_a_fragment_is_never_served_as_a_page(client: Client, start: Any) -> None:
    url = start()
    client.get(url, headers=HTMX)
    assert "<html" in text(client.get(url))
    assert "<html" not in text(client.get(url, headers=HTMX))


def test_state_pages_are_private_and_leave_no_trace(client: Client, start: Any) -> None:
    response = client.get(start(bill="paid"))
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"
    assert "private" in response["Cache-Control"]
    assert 'name="robots" content="noindex"' in text(response)
    assert 'hx-history="false"' in text(response)
    assert "<title>账户情况自查" in text(response)
    assert not response.cookies


def test_an_unknown_answer_can_be_made_good_on_the_result(client: Client, start: Any) -> None:
    page = text(client.get(start(bill="unknown", signs="unknown")))
    assert "还看不出来" in page
    assert 'name="question" value="bill"' in page
    assert 'name="question" value="signs"' in page


def test_the_result_says_what_would_change_it(client: Client, start: Any) -> None:
    page = text(client.get(start(bill="unpaid", signs="overdue")))
    assert start(bill="paid", signs="overdue") in page


@pytest.mark.parametrize("flow", ["nowhere", "no-such-flow"])
def test_a_self_check_that_does_not_exist_is_a_404(client: Client, flow: str) -> None:
    for url in (f"/check/{flow}/", f"/check/{flow}.json", f"/check/{flow}/start", f"/check/{flow}/1abcd/"):
        assert client.get(url).status_code == 404


def test_head_answers_like_get_without_a_body(client: Client, start: Any) -> None:
    response = client.head(start())
    assert response.status_code == 200
    assert response.content == b""


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_can_be_sent_to_a_self_check(client: Client, start: Any, method: str) -> None:
    assert getattr(client, method)(start()).status_code == 405
