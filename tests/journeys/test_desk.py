"""The road of a rule: changed, mended, reviewed by somebody else, published, and taken back; links outlive it all."""

import re
from functools import partial

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import NewPage
from tests.journeys.desk import SignIn, Staff, open_draft, review, save, step, tab, told, unfold
from tests.journeys.reader import heading, result_text, words
from tests.journeys.server import Site

# Who was told of a rule broken, did not do it, and has paid late: today 套现 comes first, after the change 逾期.
STORY = "/check/huabei/start?signal=violation&deal=asked&level=huabei-only&stage=paid&days=d7"
BEFORE, AFTER = "被认为有套现或非真实购物", "账单逾期"
RULE = "你看过账单了，页面提示的仍是违规，不是逾期。"
AUDIENCE = "花呗用不了，想知道为什么的人。"
NOTE = "晚还过的人，先看逾期。"
FLOW = "flowdraft", "huabei"


@pytest.fixture
def sign_in(own_site: Site, new_page: NewPage) -> SignIn:
    return partial(Staff(own_site).sign_in, new_page)


@pytest.fixture
def found_today(own_site: Site, new_page: NewPage) -> Page:
    """A reader's result under the rules of now; its address was shared with somebody."""
    reader = new_page(on=own_site)
    reader.goto(STORY)
    expect(heading(reader)).to_have_text(BEFORE)
    return reader


def open_rule(page: Page) -> None:
    """Through the rows of the self-check to the rule."""
    open_draft(page, *FLOW)
    tab(page, "题目与规则")
    page.get_by_role("link", name="证据（").click()
    page.get_by_role("link", name=RULE).click()
    expect(page.locator("#id_when")).to_be_visible()


def options(page: Page, clause: int) -> Locator:
    return page.get_by_role("group", name=f"情况1的条件{clause}：选项")


def break_rule(page: Page, *, javascript: bool) -> None:
    """Ask for a third thing that no reader can have answered beside the other two."""
    page.get_by_label("情况1的条件3：题目").select_option("shop-say")
    if not javascript:
        page.get_by_role("button", name="保存并继续编辑").click()
        expect(page.locator(".errorlist").first).to_contain_text("请勾选选项")
    options(page, 3).get_by_label("付款方式里没有花呗").check()
    save(page)


def follow_problem(page: Page, *, javascript: bool) -> None:
    """From the list of what to mend to the field."""
    if not javascript:
        page.get_by_role("link", name="检查这份草稿").click()
    problem = page.locator(".problem-list .blocks").first
    expect(problem).to_contain_text("要改")
    problem.get_by_role("link").click()
    expect(page).to_have_url(re.compile("#id_when$"))
    expect(page.locator("#id_when")).to_be_in_viewport()


def mend_rule(page: Page) -> None:
    page.get_by_label("情况1的条件3：题目").select_option("")
    options(page, 2).get_by_label("晚还过，现在都还清了").uncheck()
    save(page)


def see_impact(page: Page) -> None:
    """What changes for readers, with the numbers; one example is opened before and after."""
    tab(page, "影响")
    expect(page.locator(".impact__big")).to_have_text("全部 10094 条回答路径里，45 条的结果会变。")
    row = page.locator(".impact__rows tbody tr").first
    expect(row).to_contain_text(BEFORE)
    expect(row).to_contain_text(AFTER)
    for name, title in (("线上结果", BEFORE), ("草稿结果", AFTER)):
        page.locator(".impact__rows tbody tr").first.get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", name=title).first).to_be_visible()
        page.go_back()


def send_and_review(writer: Page, reviewer: Page) -> None:
    """Sent in, returned with a comment, changed, sent in again, approved; never by its own author."""
    tab(writer, "审核与发布")
    step(writer, "送审", note="请看晚还过的人")
    expect(writer.get_by_role("button", name="通过", exact=True)).to_have_count(0)
    review(reviewer, *FLOW)
    difference = reviewer.locator(".difference")
    expect(difference.locator("del")).to_contain_text("晚还过，现在都还清了")
    step(reviewer, "退回", note="题目的说明也改一下")
    open_draft(writer, *FLOW)
    expect(writer.locator(".standing, .messagelist")).to_have_count(0)
    tab(writer, "审核与发布")
    expect(writer.locator(".events li").first).to_contain_text("题目的说明也改一下")
    tab(writer, "编辑")
    writer.get_by_label("适合谁").fill(AUDIENCE)
    save(writer)
    tab(writer, "审核与发布")
    step(writer, "送审")
    reviewer.reload()
    expect(difference).to_contain_text(AUDIENCE)
    step(reviewer, "通过")


def test_a_rule_is_changed_reviewed_published_and_taken_back(
    own_site: Site, sign_in: SignIn, new_page: NewPage, found_today: Page, *, javascript: bool
) -> None:
    shared, before = found_today.url, result_text(found_today)
    writer = sign_in("小作", javascript=javascript)
    open_rule(writer)
    break_rule(writer, javascript=javascript)
    follow_problem(writer, javascript=javascript)
    mend_rule(writer)
    see_impact(writer)
    send_and_review(writer, sign_in("小审", javascript=javascript))

    publisher = sign_in("小发", javascript=javascript)
    review(publisher, *FLOW)
    step(publisher, "发布", note=NOTE)
    own_site.shows("/check/huabei.json", '"live_version": 2')
    found_today.goto(STORY)
    expect(heading(found_today)).to_have_text(AFTER)
    shared_later, later = found_today.url, result_text(found_today)
    still_says(found_today, shared, before)
    own_site.shows("/feed.xml", NOTE)

    tab(publisher, "版本")
    unfold(publisher, "恢复这一版")
    publisher.get_by_role("button", name="恢复第1版，马上生效").click()
    expect(told(publisher)).to_contain_text("已恢复第1版的内容，现在是第3版")
    own_site.shows("/check/huabei.json", '"live_version": 3')
    found_today.goto(STORY)
    expect(heading(found_today)).to_have_text(BEFORE)
    found_today.goto(shared)
    expect(found_today.locator(".notice.live")).to_contain_text("按今天的规则，结论相同")
    still_says(found_today, shared_later, later)


def still_says(reader: Page, address: str, result: str) -> None:
    """A shared result stays as it was, and says that today's rules find something else."""
    reader.goto(address)
    expect(reader).to_have_url(address)
    notice = reader.locator(".notice.live")
    expect(notice).to_contain_text("按今天的规则，结论不同")
    assert result_text(reader).replace(words(notice), "").strip() == result
