"""Looking things up: questions, guides, words, false sayings, with and without JavaScript."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewPage
from tests.journeys.reader import heading, words

QUESTION, TITLE, ANSWER = "grace-period", "花呗有没有宽限期？", "不要指望宽限期"


def test_a_reader_goes_from_a_question_to_its_sources(new_page: NewPage, *, javascript: bool) -> None:
    page = new_page(javascript=javascript)
    page.goto("/")
    page.get_by_role("link", name=re.compile("全部.*常见问题")).click()
    page.get_by_role("link", name="还款与费用").click()
    page.locator("summary", has_text=TITLE).click()
    answer = page.locator(f"#{QUESTION} .fold__body")
    expect(answer).to_contain_text(ANSWER)
    answer.get_by_role("link").click()
    expect(heading(page)).to_have_text(TITLE)
    expect(page.locator(".lead")).to_contain_text(ANSWER)
    expect(page.locator("#sources li").first).to_be_visible()


def test_a_mark_behind_a_claim_leads_to_its_source(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/guides/overdue-interest/")
    expect(page.locator("#sources li").first).to_be_hidden()
    page.locator(".source-mark").first.click()
    expect(page.locator("#sources li").first).to_be_in_viewport()


def test_a_word_leads_to_its_meaning_and_on_to_a_guide(new_page: NewPage, *, javascript: bool) -> None:
    page = new_page(javascript=javascript)
    page.goto("/guides/overdue-interest/")
    page.locator(".prose a.term, .lead a.term").first.click()
    expect(heading(page)).to_have_text("名词解释")
    meant = page.locator(f"[id='{page.url.partition('#')[2]}']")
    expect(meant).to_be_in_viewport()
    meant.get_by_role("link").first.click()
    expect(page.locator("article h1")).to_be_visible()


def test_the_contents_list_leads_to_its_sections(new_page: NewPage, *, javascript: bool) -> None:
    page = new_page(javascript=javascript)
    page.goto("/guides/being-collected/")
    page.locator(".toc summary").click()
    entry = page.locator(".toc a").last
    section = page.locator(str(entry.get_attribute("href")))
    expect(section).not_to_be_in_viewport()
    entry.click()
    expect(section).to_be_in_viewport()


def opened(page: Page) -> None:
    expect(page.locator(f"#{QUESTION} .fold__body")).to_be_in_viewport()


def test_a_link_to_one_question_opens_it(new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"/faq/#{QUESTION}")
    opened(page)


def test_a_false_saying_is_contradicted_where_a_link_leads(new_page: NewPage, *, javascript: bool) -> None:
    page = new_page(javascript=javascript)
    page.goto("/myths/")
    key = page.locator(".myth").last.get_attribute("id")
    page.goto(f"/myths/#{key}")
    myth = page.locator(f"[id='{key}']")
    expect(myth).to_be_in_viewport()
    for part in ("不可信", "为什么不可信", "应该怎么做"):
        expect(myth).to_contain_text(part)


def test_a_guide_goes_on_to_a_self_check_with_answers_filled_in(new_page: NewPage, *, javascript: bool) -> None:
    page = new_page(javascript=javascript)
    page.goto("/guides/overdue/")
    page.get_by_role("link", name="去做情况自查").click()
    expect(page.locator(".step input[name=question]")).to_have_count(1)
    assert page.url.count("/") == 6, page.url  # a state of the self-check, not its first page
    assert "页面上怎么写" not in words(page.locator("h1"))


def test_a_lost_reader_finds_the_page(new_page: NewPage, *, javascript: bool) -> None:
    page = new_page(javascript=javascript, statuses=(404,))
    page.goto("/guides/overdue-intrest/")
    expect(page.locator("main .rows a")).to_have_count(5)
    page.locator("main .rows a").first.click()
    expect(heading(page)).to_have_text("逾期利息是怎么算的？")


def test_every_answer_is_on_paper(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/faq/")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(f"#{QUESTION} .fold__body p").first).to_be_visible()
    expect(page.locator(".jump")).to_be_hidden()
