"""Searching as readers do: with an input method, by keys, by thumb, on a slow line, without a script."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import CDPSession, Locator, Page, Request, Route, expect

from tests.journeys.accessibility import complaints
from tests.journeys.conftest import NewPage
from tests.journeys.reader import heading, question
from tests.journeys.server import Site
from tests.journeys.test_budgets import JAVASCRIPT, fetched, weight
from tests.journeys.test_privacy import STORES

STORY = "花呗页面提示逾期，逾期了一个多月，昨天刚全部还清"
SUGGEST = "**/search/suggest/**"
# Some browsers tell of the text before the end of composing, some after it.
INPUT, END = "new InputEvent('input', {isComposing: %s, bubbles: true})", "new CompositionEvent('compositionend')"
ORDERS = {"before": [INPUT % "true", END], "after": [END, INPUT % "false"]}
COMPOSED = """(field, text) => {
  field.dispatchEvent(new CompositionEvent('compositionstart'));
  field.value = text;
  [EVENTS].forEach((event) => field.dispatchEvent(event));
}"""
LONG_ENOUGH = 1000  # milliseconds: far more than the form waits before it asks


def field(page: Page) -> Locator:
    return page.locator("#q")


def options(page: Page) -> Locator:
    return page.get_by_role("option")


def chosen(page: Page) -> Locator:
    return page.locator('[role="option"][aria-selected="true"]')


def asked(page: Page) -> list[str]:
    """What suggestions are asked for, as it grows."""
    found: list[str] = []

    def note(request: Request) -> None:
        address = urlsplit(request.url)
        if address.path == "/search/suggest/":
            found.append(parse_qs(address.query)["q"][0])

    page.on("request", note)
    return found


def type_in(page: Page, text: str) -> None:
    """Type, and wait for what is suggested."""
    field(page).press_sequentially(text)
    expect(page.locator("#suggestions")).to_be_visible()
    expect(page.locator("[data-all]")).to_contain_text(text)


class InputMethod:
    """Pinyin as an input method gives it to the browser: letters first, then the characters they stand for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session: CDPSession = page.context.new_cdp_session(page)

    def compose(self, letters: str) -> None:
        """Hold letters that are no text yet, for long."""
        at = {"selectionStart": len(letters), "selectionEnd": len(letters)}
        self.session.send("Input.imeSetComposition", {"text": letters} | at)
        self.page.clock.run_for(LONG_ENOUGH)

    def commit(self, text: str) -> None:
        self.session.send("Input.insertText", {"text": text})


@pytest.fixture
def composing(new_page: NewPage) -> Callable[[], tuple[Page, InputMethod]]:
    """The search page with the field in use, on a clock that the test moves."""

    def start() -> tuple[Page, InputMethod]:
        page = new_page()
        page.clock.install()
        page.goto("/search/")
        field(page).focus()
        return page, InputMethod(page)

    return start


def test_letters_of_an_input_method_ask_nothing_and_the_text_asks_once(
    composing: Callable[[], tuple[Page, InputMethod]],
) -> None:
    page, method = composing()
    requests = asked(page)
    for letters in ("y", "yu", "yu'q", "yuqi"):
        method.compose(letters)
    assert requests == []
    method.commit("逾期")
    expect(options(page).first).to_be_visible()
    page.clock.run_for(LONG_ENOUGH)
    method.compose("le")
    method.commit("了")
    expect(page.locator("[data-all]")).to_contain_text("逾期了")
    assert requests == ["逾期", "逾期了"]


@pytest.mark.parametrize("events", ORDERS.values(), ids=ORDERS)
def test_whichever_order_a_browser_has_one_request_is_sent(
    composing: Callable[[], tuple[Page, InputMethod]], events: list[str]
) -> None:
    page, _ = composing()
    requests = asked(page)
    for text in ("逾期", "逾期了"):
        field(page).evaluate(COMPOSED.replace("EVENTS", ", ".join(events)), text)
        expect(page.locator("[data-all]")).to_contain_text(text)
        page.clock.run_for(LONG_ENOUGH)
    assert requests == ["逾期", "逾期了"]


def test_composing_that_begins_before_the_form_asks_holds_it_back(
    composing: Callable[[], tuple[Page, InputMethod]],
) -> None:
    page, method = composing()
    requests = asked(page)
    page.clock.pause_at(page.evaluate("Date.now()") + LONG_ENOUGH)
    field(page).press_sequentially("逾")
    method.compose("qi")
    assert requests == []
    method.compose("")  # given up: what stands there is still to be asked for
    page.clock.run_for(LONG_ENOUGH)
    page.clock.resume()
    expect(options(page).first).to_be_visible()
    assert requests == ["逾"]


def test_enter_belongs_to_the_input_method_while_it_composes(
    composing: Callable[[], tuple[Page, InputMethod]],
) -> None:
    page, method = composing()
    method.compose("yuqi")
    page.keyboard.press("Enter")
    method.commit("逾期")
    expect(options(page).first).to_be_visible()
    assert page.url.endswith("/search/")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q="))


def test_an_older_answer_never_replaces_a_newer_one(new_page: NewPage) -> None:
    page, held = new_page(), []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route(SUGGEST, hold_the_first)
    page.goto("/search/")
    with page.expect_request(SUGGEST):
        field(page).press_sequentially("征")
    field(page).press_sequentially("信")
    expect(page.locator("[data-all]")).to_contain_text("征信")
    before = options(page).all_text_contents()
    held[0].continue_()
    with page.expect_response(SUGGEST):  # and one more goes there and back
        field(page).press_sequentially("x")
    field(page).press("Backspace")
    expect(page.locator("[data-all]")).to_contain_text("征信")
    expect(options(page)).to_have_text(before)


def test_suggestions_are_walked_by_keys(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/")
    expect(field(page)).to_have_role("combobox")
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    type_in(page, "征信")
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#live")).to_have_text(f"有{options(page).count() - 1}条建议")
    expect(chosen(page)).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(chosen(page)).to_have_text(options(page).first.inner_text(), use_inner_text=True)
    expect(field(page)).to_have_attribute("aria-activedescendant", "suggestion-1")
    page.keyboard.press("ArrowUp")
    expect(chosen(page)).to_have_count(0)
    page.keyboard.press("ArrowUp")
    expect(chosen(page)).to_have_text("搜索“征信”")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    address = options(page).first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def test_enter_in_the_field_searches_at_once(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/")
    type_in(page, "征信")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q="))
    expect(page.locator(".hits mark").first).to_have_text("征信")


def test_escape_closes_then_clears_and_nothing_is_asked_for_nothing(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/guides/")
    requests = asked(page)
    type_in(page, "征")
    page.keyboard.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    expect(field(page)).to_have_value("征")
    page.keyboard.press("ArrowDown")
    expect(chosen(page)).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(field(page)).to_have_value("")
    type_in(page, "征")
    assert requests == ["征", "征"]


def test_leaving_the_field_closes_the_list(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/search/")
    type_in(page, "征信")
    page.keyboard.press("Tab")
    expect(page.locator("#suggestions")).to_be_hidden()
    expect(page.get_by_role("button", name="搜索")).to_be_focused()
    field(page).press("ArrowDown")
    expect(page.locator("#suggestions")).to_be_visible()
    heading(page).click()
    expect(page.locator("#suggestions")).to_be_hidden()


def test_whoever_looks_for_a_number_can_dial_it(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/search/?q=客服电话")
    expect(page.locator(".hits a[href='tel:95188']")).to_be_visible()


def test_a_suggestion_can_be_tapped(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/search/")
    type_in(page, "征信")
    address = options(page).first.get_attribute("href")
    options(page).first.click()
    page.wait_for_url(f"**{address}")


def test_what_is_typed_and_suggested_leaves_nothing_behind(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/search/?q=逾期")
    type_in(page, "了")
    assert page.evaluate(STORES) == []
    assert page.context.cookies() == []


def test_the_form_says_when_a_paste_was_cut(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/search/")
    note = page.get_by_text("只留下了前200个字")
    for text, is_cut in (("逾" * 200, False), ("逾" * 201, True)):
        page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
        field(page).fill("")
        page.keyboard.press("Control+V")
        expect(field(page)).to_have_value("逾" * 200)
        expect(note).to_be_visible(visible=is_cut)
    page.keyboard.press("Backspace")
    expect(note).to_be_hidden()


def test_a_search_needs_no_script(new_page: NewPage) -> None:
    page = new_page(javascript=False)
    page.goto("/")
    field(page).fill("征信")
    page.get_by_role("button", name="搜索").click()
    expect(page.locator(".hits mark").first).to_have_text("征信")
    page.locator(".hits a").first.click()
    expect(heading(page)).to_be_visible()
    assert "/search/" not in page.url


@pytest.mark.parametrize("struck", ["signal", "stage"])
def test_a_story_begins_a_self_check_and_what_was_struck_out_is_asked(
    new_page: NewPage, struck: str, *, javascript: bool
) -> None:
    page = new_page(javascript=javascript)
    page.goto(f"/search/?q={quote(STORY)}")
    begin = page.get_by_role("button", name="按你说的情况开始自查")
    begin.click()
    expect(question(page)).not_to_have_value(struck)
    page.go_back()
    page.locator(f'.story input[name="{struck}"]').uncheck()
    begin.click()
    expect(question(page)).to_have_value(struck)


def test_open_suggestions_are_accessible(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/search/")
    type_in(page, "征信")
    page.keyboard.press("ArrowDown")
    assert complaints(page) == []
    expect(page.locator("#suggestions")).to_be_visible()


def test_the_home_page_stays_light(new_page: NewPage) -> None:
    assert weight(fetched(new_page, "/"), "script") <= JAVASCRIPT


def test_a_whole_story_in_the_address_gets_its_answer_from_the_server(site: Site) -> None:
    assert "只读了前200个字" in site.get(f"/search/?q={quote('逾期' * 1700)}")  # 10 KB, 30 KB on the way
    assert "这个网址太长了" in site.get(f"/search/?q={'x' * 66_000}")
    assert "这个网址太长了" in site.get(f"/guides/?q={'x' * 9_000}")
