"""Every kind of page, narrow and wide, light and dark."""

import pytest
from playwright.sync_api import expect

from tests.journeys.accessibility import complaints
from tests.journeys.conftest import NewPage
from tests.journeys.reader import ALL_UNKNOWN, RESULT, go_on, heading

PAGES = {
    "home": "/",
    "self-checks": "/check/",
    "landing": "/check/huabei/",
    "a step with one answer": "/check/huabei/start",
    "a step with several answers": RESULT.removesuffix("&also=none"),
    "a result": RESULT,
    "a result of not knowing": ALL_UNKNOWN,
    "guides": "/guides/",
    "a guide": "/guides/being-collected/",
    "a long guide with a table": "/guides/overdue-interest/",
    "questions": "/faq/",
    "a question": "/faq/grace-period/",
    "myths": "/myths/",
    "glossary": "/glossary/",
    "contacts": "/contacts/",
    "search": "/search/?q=逾期",
    "a search without a hit": "/search/?q=天气",
    "a search by sound": "/search/?q=dongjie",
    "a search for a number": "/search/?q=客服电话",
    "a story": "/search/?q=花呗逾期了一个多月，昨天刚全部还清，页面显示账户存在风险",
    "about": "/about/",
    "privacy": "/privacy/",
    "accessibility": "/accessibility/",
}


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_a_page_is_accessible(new_page: NewPage, address: str) -> None:
    page = new_page()
    page.goto(address)
    assert complaints(page) == []


def test_an_error_in_a_step_is_accessible(new_page: NewPage) -> None:
    page = new_page(statuses=(422,))
    page.goto(PAGES["a step with one answer"])
    go_on(page)
    expect(page.get_by_role("alert")).to_be_focused()
    assert complaints(page) == []


def test_a_page_that_is_not_there_is_accessible(new_page: NewPage) -> None:
    page = new_page(statuses=(404,))
    page.goto("/guides/nowhere/")
    assert complaints(page) == []


def test_a_comparison_is_accessible(new_page: NewPage) -> None:
    page = new_page()
    page.goto(RESULT)
    page.goto(f"{page.url}compare/")
    assert complaints(page) == []


@pytest.mark.parametrize("address", ["/no-such-page/", "/check/huabei/1abc/"], ids=["no page", "a broken code"])
def test_a_page_for_what_is_not_there_is_accessible(new_page: NewPage, address: str) -> None:
    page = new_page(statuses=(404,))
    page.goto(address)
    expect(heading(page)).to_be_visible()
    assert complaints(page) == []
