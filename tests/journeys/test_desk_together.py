"""Several people at one draft, and nobody's words lost; the desk by keyboard alone."""

from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewPage
from tests.journeys.desk import SignIn, Staff, open_draft, save, tab
from tests.journeys.server import Site

AUTOSAVE = 15000  # milliseconds, far above what the desk waits for


@pytest.fixture(scope="module")
def office(start_site: Callable[[], Site]) -> Staff:
    """A site with its staff; every test works on a document of its own."""
    return Staff(start_site())


@pytest.fixture
def sign_in(office: Staff, new_page: NewPage) -> SignIn:
    return partial(office.sign_in, new_page)


def press_save(page: Page) -> None:
    page.get_by_role("button", name="保存并继续编辑").click()


def test_who_saves_second_sees_both_versions_and_loses_nothing(sign_in: SignIn, *, javascript: bool) -> None:
    key = "grace-period" if javascript else "due-date"
    first, second = (sign_in(name, javascript=javascript) for name in ("小作", "小文"))
    for page in (first, second):
        open_draft(page, "faqdraft", key)
    first.locator("#id_title").fill("先保存的标题？")
    save(first)
    second.locator("#id_title").fill("后保存的标题？")
    second.locator("#id_summary").fill("后保存的人也写了答案。")
    press_save(second)
    conflict = second.get_by_role("region", name="别人刚改过这一页")
    expect(conflict).to_contain_text("小作")
    expect(conflict.locator("del").first).to_contain_text("先")
    expect(conflict.locator("ins").first).to_contain_text("后")
    expect(second.locator("#id_title")).to_have_value("后保存的标题？")
    expect(second.locator("#id_summary")).to_have_value("后保存的人也写了答案。")
    first.reload()
    expect(first.locator("#id_title")).to_have_value("先保存的标题？")
    save(second)
    first.reload()
    expect(first.locator("#id_title")).to_have_value("后保存的标题？")
    expect(first.locator("#id_summary")).to_have_value("后保存的人也写了答案。")


def test_what_is_typed_saves_itself_until_somebody_else_has_saved(sign_in: SignIn) -> None:
    first, second = sign_in("小作"), sign_in("小文")
    open_draft(first, "articledraft", "overdue")
    first.locator("#id_title").fill("写到一半")
    save(first)
    open_draft(second, "articledraft", "overdue")
    for text in ("写到一半，还有", "写到一半，还有一点？"):
        with first.expect_response("**/change/", timeout=AUTOSAVE):
            first.locator("#id_title").fill(text)
    expect(first.get_by_role("status").filter(has_text="已自动保存到草稿")).to_be_visible()

    second.locator("#id_summary").fill("另一个人写的答案。")
    expect(second.locator("#autosaved")).to_contain_text("别人刚改过这一页，没有自动保存", timeout=AUTOSAVE)
    expect(second.locator("#id_summary")).to_have_value("另一个人写的答案。")
    press_save(second)
    conflict = second.get_by_role("region", name="别人刚改过这一页")
    expect(conflict.locator("del").first).to_be_visible()
    second.locator("#id_title").fill("写到一半，还有一点？")
    save(second)
    first.reload()
    expect(first.locator("#id_title")).to_have_value("写到一半，还有一点？")
    expect(first.locator("#id_summary")).to_have_value("另一个人写的答案。")


def test_questions_are_moved_by_keyboard_and_the_focus_stays(sign_in: SignIn, *, javascript: bool) -> None:
    page = sign_in("小作", javascript=javascript)
    open_draft(page, "flowdraft", "huabei")
    tab(page, "题目与规则")
    third = page.locator("li[id^=row-questiondraft]").nth(2)
    words = third.locator(".row__text a").first.inner_text()
    down = page.get_by_role("button", name=f"下移：{words}")
    down.focus()
    page.keyboard.press("Enter")
    expect(page.locator("li[id^=row-questiondraft]").nth(3).locator(".row__text a").first).to_have_text(words)
    up = page.get_by_role("button", name=f"上移：{words}")
    if javascript:
        expect(down).to_be_focused()
        page.keyboard.press("Shift+Tab")
        expect(up).to_be_focused()
    else:
        up.focus()
    page.keyboard.press("Space")
    expect(third.locator(".row__text a").first).to_have_text(words)
    if javascript:
        expect(up).to_be_focused()


def test_a_row_that_reaches_the_end_keeps_the_focus_on_its_other_button(sign_in: SignIn) -> None:
    page = sign_in("小作")
    open_draft(page, "flowdraft", "huabei")
    tab(page, "题目与规则")
    page.get_by_role("link", name="原因（").click()
    rows = page.locator("li[id^=row-causedraft]")
    words = rows.nth(1).locator(".row__text a").inner_text()
    page.get_by_role("button", name=f"上移：{words}").press("Enter")
    expect(rows.nth(0).locator(".row__text a")).to_have_text(words)
    expect(page.get_by_role("button", name=f"下移：{words}")).to_be_focused()


def test_a_condition_is_picked_by_keyboard(sign_in: SignIn) -> None:
    page = sign_in("小作")
    open_draft(page, "evidencedraft", "risk-page")
    page.get_by_label("另一种情况的条件1：题目").focus()
    for _ in range(5):
        page.keyboard.press("ArrowDown")
    options = page.get_by_role("group", name="情况2的条件1：选项")
    expect(options).to_be_visible()
    expect(page.locator(".htmx-request")).to_have_count(0)
    expect(page.get_by_label("情况2的条件1：题目")).to_be_focused()
    expect(page.get_by_label("情况2的条件1：题目")).to_have_value("due")
    page.keyboard.press("Tab")
    expect(page.get_by_label("情况2的条件1：怎样才算")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(options.get_by_role("checkbox").first).to_be_checked()
    press_save(page)
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(options.get_by_role("checkbox").first).to_be_checked()
