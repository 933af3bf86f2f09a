"""Saying whether a page was useful, with and without JavaScript; nothing is known of who says it."""

import json
import re
import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.accessibility import complaints
from tests.journeys.conftest import NewPage
from tests.journeys.reader import RESULT, STORY, begin, finish, heading
from tests.journeys.server import Site
from tests.journeys.test_privacy import STORES

PHONE = 375
GUIDE, QUESTION = "/guides/after-repaying/", "/faq/grace-period/"
ALL_FEEDBACK = """
import json
from guidance.models import Feedback
print(json.dumps(list(Feedback.objects.order_by("pk").values("kind", "key", "useful", "reason", "text", "cause"))))
"""
ALL_COUNTS = """
import json
from guidance.models import DailyCount
print(json.dumps({f"{row.subject} {row.what}": row.total for row in DailyCount.objects.all()}))
"""
HASTE = "发得很快"
PATIENCE = 20  # seconds, far above what the form asks for


@pytest.fixture(scope="module")
def taking(start_site: Any) -> Site:
    """A site that takes feedback for all tests here."""
    return start_site()


def kept(site: Site) -> list[dict[str, Any]]:
    """All feedback that is kept, the oldest first."""
    return json.loads(site.manage("shell", "--no-imports", "-c", ALL_FEEDBACK))


def vote(page: Page, choice: str) -> None:
    page.locator("#feedback").get_by_role("button", name=choice, exact=True).click()
    expect(page.locator("#feedback textarea")).to_be_visible()


def send(page: Page) -> None:
    """Send until it was not too fast for somebody who reads."""
    text = page.locator("#feedback textarea").input_value()
    deadline = time.monotonic() + PATIENCE
    while True:
        with page.expect_response(lambda response: response.request.method == "POST") as sent:
            page.locator("#feedback").get_by_role("button", name="发送").click()
        if sent.value.status == 303:
            break
        assert time.monotonic() < deadline
        expect(page.get_by_role("alert")).to_contain_text(HASTE)
        expect(page.locator("#feedback textarea")).to_have_value(text)
    expect(page.locator("#feedback-title")).to_contain_text("谢谢")


def test_a_reader_says_why_a_page_was_not_useful(new_page: NewPage, taking: Site, *, javascript: bool) -> None:
    page = new_page(javascript=javascript, width=PHONE, on=taking, statuses=(422,))
    page.goto(QUESTION)
    vote(page, "没用")
    expect(page.get_by_label("没用", exact=True)).to_be_checked()
    page.get_by_text("看不明白").click()
    page.get_by_label("还想说什么").fill("看不懂\n打我138 0013 8000")
    if javascript:
        expect(heading(page)).to_have_count(1)
        assert page.url.endswith(QUESTION)
        expect(page.locator(".prose, .lead").first).to_be_attached()
    send(page)
    said = kept(taking)[-1]
    assert said == {
        "kind": "faq",
        "key": "grace-period",
        "useful": False,
        "reason": "unclear",
        "text": "看不懂\n打我［号码已删去］",
        "cause": "",
    }
    assert page.context.cookies() == []
    if javascript:
        expect(page.locator("#feedback-title")).to_be_focused()
        assert page.evaluate(STORES) == []


def test_a_vote_is_changed_before_it_is_sent(new_page: NewPage, taking: Site, *, javascript: bool) -> None:
    page = new_page(javascript=javascript, width=PHONE, on=taking, statuses=(422,))
    page.goto(GUIDE)
    vote(page, "没用")
    page.get_by_text("其他", exact=True).click()
    page.get_by_label("有用", exact=True).check()
    expect(page.get_by_text("其他", exact=True)).to_be_hidden()
    send(page)
    said = kept(taking)[-1]
    assert (said["key"], said["useful"], said["reason"]) == ("after-repaying", True, "")


def test_who_sends_at_once_keeps_every_word(new_page: NewPage, taking: Site, *, javascript: bool) -> None:
    page = new_page(javascript=javascript, width=PHONE, on=taking, statuses=(422,))
    page.goto(GUIDE)
    vote(page, "没用")
    page.get_by_label("还想说什么").fill("很急")
    page.locator("#feedback").get_by_role("button", name="发送").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(HASTE)
    expect(page.get_by_label("还想说什么")).to_have_value("很急")
    if javascript:
        expect(alert).to_be_focused()
    assert complaints(page) == [] if javascript else True


def test_a_result_says_what_was_found_but_not_what_was_answered(
    new_page: NewPage, taking: Site, *, javascript: bool
) -> None:
    page = new_page(javascript=javascript, width=PHONE, on=taking, statuses=(422,))
    page.goto(RESULT)
    vote(page, "有用")
    send(page)
    said = kept(taking)[-1]
    assert (said["kind"], said["key"], said["useful"]) == ("flow", "huabei", True)
    assert re.fullmatch(r"[\w-]+", said["cause"])
    assert page.context.cookies() == []
    if javascript:
        expect(page.locator("article.result")).to_be_visible()
        assert page.evaluate(STORES) == []


def test_forms_and_thanks_are_accessible(new_page: NewPage, taking: Site) -> None:
    page = new_page(on=taking)
    for address in (f"/feedback{QUESTION}1/?useful=no", f"/feedback{QUESTION}thanks/", "/feedback/flow/huabei/thanks/"):
        page.goto(address)
        assert complaints(page) == [], address
    page.goto(RESULT)
    vote(page, "没用")
    assert complaints(page) == []


def test_what_was_counted_is_written_when_the_site_stops(new_page: NewPage, own_site: Site) -> None:
    page = new_page(on=own_site)
    begin(page)
    finish(page, STORY)
    page.goto("/search/?q=喵喵喵")
    assert page.context.cookies() == []
    own_site.stop()
    own_site.process.wait(timeout=30)
    counts = json.loads(own_site.manage("shell", "--no-imports", "-c", ALL_COUNTS))
    found = [what for what in counts if what.startswith("flow/huabei found:")]
    assert len(found) == 1
    for question in STORY:
        assert (counts[f"flow/huabei asked:{question}"], counts[f"flow/huabei answered:{question}"]) == (1, 1)
    assert counts["search 喵喵喵"] == 1
