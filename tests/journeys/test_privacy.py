"""Nothing about a reader is kept, and nobody else hears of the visit."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewPage
from tests.journeys.reader import RESULT, STORY, begin, finish
from tests.journeys.server import Site

PAGES = ["/", "/guides/", "/guides/being-collected/", "/contacts/", "/search/?q=逾期", "/about/", "/privacy/"]
PAGES += ["/accessibility/", "/check/", "/check/huabei/", RESULT, "/no-such-page/"]
STORES = """async () => [
  ...Object.entries(localStorage), ...Object.entries(sessionStorage), document.cookie,
  ...(await indexedDB.databases()), ...(await caches.keys()), ...(await navigator.serviceWorker.getRegistrations()),
].filter((kept) => kept.length !== 0)"""


class Traffic:
    """Hosts that the page talked to and cookies it was given."""

    def __init__(self, page: Page) -> None:
        self.hosts: set[str] = set()
        self.responses = []
        page.context.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        page.context.on("response", self.responses.append)

    def cookies(self) -> list[str]:
        return [response.url for response in self.responses if "set-cookie" in response.all_headers()]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_keeps_nothing_and_calls_nobody(new_page: NewPage, site: Site, address: str) -> None:
    page = new_page(statuses=(404,))
    traffic = Traffic(page)
    page.goto(address, wait_until="networkidle")
    assert page.evaluate(STORES) == []
    assert page.context.cookies() == []
    assert traffic.cookies() == []
    assert traffic.hosts == {urlsplit(site.url).netloc}


def test_a_self_check_keeps_nothing_and_calls_nobody(new_page: NewPage, site: Site, javascript: bool) -> None:
    page = new_page(javascript=javascript)
    traffic = Traffic(page)
    begin(page)
    finish(page, STORY)
    page.go_back()
    expect(page.locator(".step")).to_be_visible()
    page.go_forward()
    expect(page.locator("article.result")).to_be_visible()
    assert page.evaluate(STORES) == []
    assert page.context.cookies() == []
    assert traffic.cookies() == []
    assert traffic.hosts == {urlsplit(site.url).netloc}
