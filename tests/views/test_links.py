"""Links and codes that people send, type, cut off and mangle."""

import string
from typing import Any
from urllib.parse import quote

import hypothesis
import pytest
from django.test import Client
from hypothesis import strategies as st

from guidance.engine.linkcode import ALPHABET, encode
from guidance.services.live import site
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small() -> None:
    builders.go_live(("flow", builders.flow()))


def code_of(url: str) -> str:
    return url.split("/")[3]


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c in string.ascii_letters + string.digits else c for c in text)


@pytest.mark.parametrize(
    "mangle",
    [str.upper, full_width, lambda code: f" {code[:3]} {code[3:]}", lambda code: f"{code[:3]}-{code[3:]}"],
    ids=["upper case", "full width", "blanks", "hyphen"],
)
def test_a_code_typed_from_paper_leads_to_its_one_address(client: Client, start: Any, mangle: Any) -> None:
    url = start(bill="unpaid", signs="call")
    assert client.get(f"/check/small/{mangle(code_of(url))}/")["Location"] == url
    assert client.get("/check/small/open", {"code": mangle(code_of(url))})["Location"] == url


def test_look_alikes_are_read_as_what_they_look_like(client: Client, start: Any) -> None:
    url = start(bill="unpaid")
    code = code_of(url).replace("1", "l").replace("0", "O")
    assert client.get(f"/check/small/{code}/")["Location"] == url


@pytest.mark.parametrize("trailing", ["，帮我看看", "/，帮我看看", "/extra/bits", "。", "/?from=singlemessage", ""])
def test_what_trails_behind_a_link_is_cut_off(client: Client, start: Any, trailing: str) -> None:
    url = start(bill="paid")
    response = client.get(url.rstrip("/") + trailing, follow=True)
    assert response.status_code == 200
    assert "没有受限" in response.content.decode()


def test_the_query_survives_the_mending_of_a_code(client: Client, start: Any) -> None:
    url = start()
    loud = f"/check/small/{code_of(url).upper()}/next?question=bill&answer=paid"
    assert client.get(loud, follow=True).redirect_chain[-1][0] == start(bill="paid")


def test_a_wrong_code_gets_a_kind_page_with_a_way_to_start_again(client: Client, start: Any) -> None:
    response = client.get("/check/small/zzzzzz/")
    assert response.status_code == 404
    assert "不完整" in response.content.decode()
    assert f'href="{start()}"' in response.content.decode()


def test_a_wrong_code_as_data_says_so(client: Client) -> None:
    response = client.get("/check/small/zzzzzz.json")
    assert response.status_code == 404
    assert "error" in response.json()


def test_a_code_of_another_self_check_is_not_taken(client: Client, start: Any) -> None:
    code = code_of(start("huabei", signal="overdue"))
    assert client.get(f"/check/small/{code}/").status_code == 404


def test_a_code_of_a_version_that_never_was_is_not_taken(client: Client) -> None:
    flow = site().flow("small")
    assert flow
    assert client.get(f"/check/small/{encode(flow.value, 7, {})}/").status_code == 404


def test_a_wrong_code_in_the_form_says_so_and_offers_to_try_again(client: Client) -> None:
    response = client.get("/check/small/open", {"code": "胡乱写的"})
    assert response.status_code == 422
    assert "没有找到这个自查码" in response.content.decode()


def test_a_whole_address_pasted_into_the_form_opens_too(client: Client, start: Any) -> None:
    url = start(bill="paid")
    pasted = f"看看这个 http://testserver{url}?from=x"
    assert client.get("/check/small/open", {"code": pasted})["Location"] == url


def test_answers_by_key_may_be_repeated_or_separated_by_commas(client: Client, start: Any) -> None:
    assert start(bill="unpaid", signs=["overdue", "call"]) == start(bill="unpaid", signs="overdue,call")


def test_what_chat_apps_add_to_a_link_is_ignored(start: Any) -> None:
    assert start(bill="paid", **{"from": "singlemessage", "utm_source": "x"}) == start(bill="paid")


@pytest.mark.parametrize("answers", [{"bill": "nonsense"}, {"bill": "paid,unpaid"}, {"bill": ""}])
def test_an_impossible_answer_by_key_is_said_not_dropped(client: Client, answers: dict[str, str]) -> None:
    response = client.get("/check/small/start", answers)
    assert response.status_code == 422
    assert "认不出的回答" in response.content.decode()


def test_an_oversize_query_is_refused(client: Client, start: Any) -> None:
    response = client.get(start() + "next", {"answer": "x" * 3000})
    assert response.status_code == 414
    assert "<html" in response.content.decode()


@pytest.fixture
def one_look_at_the_database(settings: Any) -> None:
    settings.STAMP_SECONDS = 3600


codes = st.one_of(
    st.text(max_size=80),
    st.text(alphabet=ALPHABET, min_size=1, max_size=30),
    st.text(alphabet=string.printable, min_size=1, max_size=30),
)
tails = st.sampled_from(["/", "", ".json", "/next", "/change/bill/", "/compare/", "/x/y"])
# Nothing is written, so all examples may share one database and one client.
anything = hypothesis.settings(
    max_examples=5000, deadline=None, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture]
)


@pytest.mark.usefixtures("one_look_at_the_database")
@anything
@hypothesis.given(code=codes, tail=tails)
def test_no_code_breaks_a_page(client: Client, code: str, tail: str) -> None:
    path = "/check/small/" + quote(code.encode("utf-8", "surrogatepass"), safe="") + tail
    assert client.get(path).status_code < 500


@pytest.mark.usefixtures("one_look_at_the_database")
@anything
@hypothesis.given(
    question=st.one_of(st.just("bill"), st.just("signs"), st.text(max_size=30)),
    answers=st.lists(st.one_of(st.sampled_from(["unpaid", "none", "call"]), st.text(max_size=30)), max_size=4),
)
def test_no_answer_breaks_a_step(client: Client, question: str, answers: list[str]) -> None:
    start = client.get("/check/small/start")["Location"]
    response = client.get(start + "next", {"question": question, "answer": answers})
    assert response.status_code in (302, 422)
