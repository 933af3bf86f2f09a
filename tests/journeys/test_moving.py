"""Back, Forward, refresh, tabs and slips of the finger."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewPage
from tests.journeys.reader import RESULT, STORY, answer, begin, choose, finish, go_on, heading, question, result_text

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def arrive(page: Page, asked: str, address: str) -> None:
    """The page at `address` is there and asks `asked`."""
    expect(page).to_have_url(address)
    expect(question(page)).to_have_value(asked)
    page.wait_for_load_state()


def test_back_and_forward_go_through_the_steps(new_page: NewPage, *, javascript: bool) -> None:
    page = new_page(javascript=javascript)
    begin(page)
    addresses = [page.url]
    for asked, option in STORY.items():
        answer(page, asked, option)
        addresses.append(page.url)
    assert len(set(addresses)) == 5
    asked = list(STORY)
    for step in reversed(range(4)):
        page.go_back()
        arrive(page, asked[step], addresses[step])
    for step in range(1, 4):
        page.go_forward()
        arrive(page, asked[step], addresses[step])
    page.go_forward()
    expect(page).to_have_url(addresses[4])
    expect(heading(page)).to_have_text("账单逾期")


def test_after_back_another_answer_leads_on(new_page: NewPage, *, javascript: bool) -> None:
    page = new_page(javascript=javascript)
    begin(page)
    answer(page, "signal", "overdue")
    address = page.url
    answer(page, "stage", "unpaid")
    page.go_back()
    arrive(page, "stage", address)
    answer(page, "stage", "none")
    expect(question(page)).to_have_value("also")


def test_the_way_back_on_the_page_keeps_the_answer(new_page: NewPage, *, javascript: bool) -> None:
    page = new_page(javascript=javascript)
    begin(page)
    answer(page, "signal", "overdue")
    answer(page, "stage", "unpaid")
    page.get_by_role("link", name="上一题").click()
    expect(question(page)).to_have_value("stage")
    expect(page.locator("input[value=unpaid]")).to_be_checked()
    go_on(page)
    expect(question(page)).to_have_value("days")


def test_refresh_changes_nothing(new_page: NewPage, *, javascript: bool) -> None:
    page = new_page(javascript=javascript)
    begin(page)
    answer(page, "signal", "overdue")
    address, text = page.url, heading(page).inner_text()
    page.reload()
    arrive(page, "stage", address)
    expect(heading(page)).to_have_text(text)
    finish(page, {asked: option for asked, option in STORY.items() if asked != "signal"})
    address, text = page.url, result_text(page)
    page.reload()
    expect(page).to_have_url(address)
    assert result_text(page) == text


def test_two_tabs_do_not_disturb_each_other(new_page: NewPage, *, javascript: bool) -> None:
    page = new_page(javascript=javascript)
    other = page.context.new_page()
    begin(other)
    answer(other, "signal", "shop")
    page.bring_to_front()
    begin(page)
    answer(page, "signal", "overdue")
    other.bring_to_front()
    answer(other, "shop-say", "no-option")
    expect(heading(other)).to_have_text("花呗没有被冻结")
    page.bring_to_front()
    finish(page, {"stage": "unpaid", "days": "d30", "also": "none"})
    expect(heading(page)).to_have_text("账单逾期")
    expect(heading(other)).to_have_text("花呗没有被冻结")
    other.bring_to_front()
    other.reload()
    expect(heading(other)).to_have_text("花呗没有被冻结")


def test_an_empty_answer_is_explained_and_the_way_goes_on(new_page: NewPage, *, javascript: bool) -> None:
    page = new_page(javascript=javascript, statuses=(422,))
    begin(page)
    go_on(page)
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("请先选一项")
    expect(page).to_have_title("错误：第1题：花呗用不了时，页面上怎么写？")
    if javascript:
        expect(alert).to_be_focused()
    alert.get_by_role("link").click()
    expect(page.locator(".step input[name=answer]").first).to_be_focused()
    answer(page, "signal", "overdue")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(question(page)).to_have_value("stage")


@pytest.mark.parametrize("alone", ["none", "unknown"])
def test_none_of_these_unticks_the_others(new_page: NewPage, alone: str) -> None:
    page = new_page()
    page.goto(RESULT.removesuffix("&also=none"))
    choose(page, "collected", "risk", alone)
    expect(page.locator("input[name=answer]:checked")).to_have_count(1)
    expect(page.locator(f"input[value={alone}]")).to_be_checked()
    choose(page, "risk")
    expect(page.locator("input[name=answer]:checked")).to_have_count(1)
    expect(page.locator("input[value=risk]")).to_be_checked()


def test_without_scripts_none_of_these_with_another_is_explained(new_page: NewPage) -> None:
    page = new_page(javascript=False, statuses=(422,))
    page.goto(RESULT.removesuffix("&also=none"))
    choose(page, "collected", "none")
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("不能和别的")
    answer(page, "also", "collected")
    expect(heading(page)).to_have_text("账单逾期")


def test_a_double_tap_answers_one_question(new_page: NewPage) -> None:
    """The second tap lands on the button of the next question, which nobody has read yet."""
    page = new_page(statuses=(422,))
    begin(page)
    page.clock.set_fixed_time(NOON)  # so that the second tap comes at once, however busy the machine is
    choose(page, "overdue")
    box = page.locator(".step form button[type=submit]").bounding_box()
    assert box
    page.mouse.click(box["x"] + 50, box["y"] + 20)
    expect(question(page)).to_have_value("stage")
    page.mouse.click(box["x"] + 50, box["y"] + 20)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.clock.set_fixed_time(NOON + timedelta(seconds=1))
    page.locator(".step form button[type=submit]").click()
    expect(page.get_by_role("alert")).to_have_count(1)
