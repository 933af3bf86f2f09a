"""Every result page of every shipped self-check, once for each merged outcome, and its words."""

import re

import pytest
from django.test import RequestFactory

from guidance.engine.flow import Flow, Question
from guidance.engine.paths import outcomes
from guidance.engine.space import explore
from guidance.services.live import Published, site
from guidance.views import check
from guidance.views.state import State, state_of

pytestmark = pytest.mark.django_db

FLOWS = ["huabei", "no-notice", "who-is-this"]
PROMISED_DAYS = re.compile(
    r"[0-9一二三两几]+ ?(?:个?工作日|天|日|小时|个月)(?:内|左右|后)?(?:就能|即可|必|可以)?(?:恢复|解冻)"
)


@pytest.fixture(autouse=True)
def one_look_at_the_database(settings: pytest.FixtureRequest) -> None:
    settings.STAMP_SECONDS = 3600  # type: ignore[attr-defined]


def live(flow: str) -> Published[Flow]:
    published = site().flow(flow)
    assert published
    return published


def page_of(state: State) -> str:
    request = RequestFactory().get(state.url())
    response = check.state(request, flow=state.flow.key, code=state.code)
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize("flow", FLOWS)
def test_every_result_says_what_it_is_what_to_do_and_what_to_beware_of(flow: str) -> None:
    published = live(flow)
    found = outcomes(published.value)
    assert found.complete
    for outcome in found.outcomes:
        page = page_of(state_of(published, outcome.example))
        assert page.count("<h1") == 1, outcome.example
        assert "现在先做" in page, outcome.example
        assert "小心骗局" in page, outcome.example
        assert "已撤下" not in page, outcome.example
        assert not PROMISED_DAYS.search(re.sub(r"“[^”]*”", "", page)), outcome.example


@pytest.mark.parametrize("flow", FLOWS)
def test_every_question_can_be_shown_and_changed(flow: str) -> None:
    published = live(flow)
    for state in states_that_ask(published):
        assert state.walk.next
        assert state.walk.next.text in page_of(state)
        for question in state.walk.asked:
            request = RequestFactory().get(state.url("check_change", question=question.key))
            page = check.change(request, flow=flow, code=state.code, question=question.key)
            assert question.text in page.content.decode()


def states_that_ask(published: Published[Flow]) -> list[State]:
    """One state in front of each question."""
    return [state_of(published, _leading_to(published.value, question)) for question in published.value.questions]


def _leading_to(flow: Flow, question: Question) -> dict[str, frozenset[str]]:
    asked = explore(flow.questions, [question.ask_when], lambda *_: True, start=False).memos[True].example()
    before = [each.key for each in flow.questions[: flow.questions.index(question)]]
    return {key: chosen for key, chosen in asked.items() if key in before}


@pytest.mark.parametrize("flow", FLOWS)
def test_every_code_fits_on_a_scrap_of_paper(flow: str) -> None:
    published = live(flow)
    for outcome in outcomes(published.value).outcomes:
        assert len(state_of(published, outcome.example).code) <= 24


def test_who_is_this_never_calls_anybody_safe() -> None:
    published = live("who-is-this")
    for outcome in outcomes(published.value).outcomes:
        words = page_of(state_of(published, outcome.example))
        for allowed in ("不代表安全", "“安全账户”", "安全账户"):
            words = words.replace(allowed, "")
        assert "安全" not in words, outcome.example
