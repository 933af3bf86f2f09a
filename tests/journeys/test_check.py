"""The main journey: from the home page to an answer, and on from there."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewPage
from tests.journeys.reader import STORY, answer, begin, finish, heading, result_text, unfold

STATE = re.compile(r"/check/huabei/[a-z0-9]+/$")


def test_a_reader_finds_out_why_and_what_to_do(new_page: NewPage, *, javascript: bool) -> None:
    page = new_page(javascript=javascript)
    page.goto("/")
    page.locator(".doors a").nth(2).click()
    page.get_by_role("link", name="开始自查").click()
    finish(page, STORY)

    expect(heading(page)).to_have_text("账单逾期")
    expect(page).to_have_title(re.compile("^账户情况自查结果"))
    do_now = page.locator(".do-now li")
    assert 1 <= do_now.count() <= 3
    expect(do_now.first).to_be_visible()
    expect(unfold(page, "可以这样说").locator(".say").first).to_be_visible()
    expect(page.locator(".notice", has=page.get_by_role("heading", name="小心骗局"))).to_be_visible()
    expect(unfold(page, "为什么是这个结果")).to_contain_text("你选了页面写着有逾期。")
    expect(unfold(page, "依据和日期").locator("li").first).to_be_visible()
    expect(page.get_by_label("结果网址")).to_have_value(page.url)


def test_a_changed_answer_changes_the_result(new_page: NewPage, *, javascript: bool) -> None:
    page = new_page(javascript=javascript)
    begin(page)
    finish(page, STORY)
    before = result_text(page)
    unfold(page, "你的回答").locator('a[href$="/change/days/"]').click()
    expect(page.locator("input[value=d30]")).to_be_checked()
    answer(page, "days", "over90")
    expect(page.locator("article.result")).to_be_visible()
    assert result_text(page) != before
    expect(unfold(page, "你的回答")).to_contain_text("超过90天")


def test_a_changed_answer_leads_to_another_cause(new_page: NewPage, *, javascript: bool) -> None:
    page = new_page(javascript=javascript)
    begin(page)
    finish(page, STORY)
    unfold(page, "你的回答").locator('a[href$="/change/signal/"]').click()
    finish(page, {"signal": "shop", "shop-say": "no-option"})
    expect(heading(page)).to_have_text("花呗没有被冻结")


def test_the_address_of_a_result_shows_the_same_to_somebody_else(new_page: NewPage, *, javascript: bool) -> None:
    page = new_page(javascript=javascript)
    begin(page)
    finish(page, STORY)
    other = new_page(javascript=javascript)
    other.goto(page.get_by_label("结果网址").input_value())
    assert result_text(other) == result_text(page)


def test_steps_follow_one_another_without_loading_the_page_anew(new_page: NewPage) -> None:
    page = new_page()
    begin(page)
    page.evaluate("window.marker = 'still here'")
    for asked, option in STORY.items():
        address, title, entries = page.url, page.title(), page.evaluate("history.length")
        answer(page, asked, option)
        expect(heading(page)).to_be_focused()
        expect(page).not_to_have_title(title)
        expect(page).not_to_have_url(address)
        expect(page).to_have_url(STATE)
        assert page.evaluate("history.length") == entries + 1
        assert page.evaluate("window.marker") == "still here"
    expect(page.locator("article.result")).to_be_visible()


def test_the_copy_buttons_copy_and_say_so(new_page: NewPage) -> None:
    page = new_page()
    begin(page)
    finish(page, STORY)
    copy = page.get_by_role("button", name="复制网址")
    copy.click()
    expect(page.locator(".share button[data-copy]")).to_have_text("已复制")
    expect(page.locator("#live")).to_have_text("已复制")
    assert clipboard(page) == page.url
    expect(copy).to_be_visible()  # and after a while it offers itself again

    words = unfold(page, "可以这样说")
    words.get_by_role("button", name="复制这段话").first.click()
    expect(words.locator("button[data-copy]").first).to_have_text("已复制")
    assert clipboard(page) == words.locator(".say").first.inner_text().strip()


def clipboard(page: Page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


def test_without_scripts_no_button_promises_what_it_cannot_do(new_page: NewPage) -> None:
    page = new_page(javascript=False)
    begin(page)
    finish(page, STORY)
    for button in page.locator("button[data-copy], button[data-print]").all():
        expect(button).to_be_hidden()


def test_a_missing_answer_can_be_given_on_the_result(new_page: NewPage, *, javascript: bool) -> None:
    page = new_page(javascript=javascript)
    page.goto("/check/huabei/start?signal=unknown&stage=unknown&facts=none")
    expect(page.locator(".headline__status")).to_have_text("还不能判断")
    open_question = page.locator(".open-question", has=page.locator("input[value=stage]"))
    open_question.locator("input[value=unpaid]").check()
    open_question.get_by_role("button", name="更新结果").click()
    answer(page, "days", "d7")
    expect(heading(page)).to_have_text("账单逾期")
