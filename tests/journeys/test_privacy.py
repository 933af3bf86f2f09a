"""Nothing about a reader is kept, and nobody else hears of the visit."""

from urllib.parse import urlsplit

from playwright.sync_api import Page, Request, Response, expect

from tests.journeys.conftest import NewPage
from tests.journeys.reader import STORY, begin, finish
from tests.journeys.server import Site

PAGES = [
    "/",
    "/guides/",
    "/guides/being-collected/",
    "/contacts/",
    "/search/?q=逾期",
    "/about/",
    "/privacy/",
    "/accessibility/",
    "/check/",
    "/check/huabei/",
    "/no-such-page/",
]
STORES = """async () => [
  ...Object.entries(localStorage), ...Object.entries(sessionStorage), document.cookie,
  ...(await indexedDB.databases()), ...(await caches.keys()), ...(await navigator.serviceWorker.getRegistrations()),
].filter((kept) => kept.length !== 0)"""


class Traffic:
    """What a reader's browser asks for and what it is given."""

    def __init__(self, page: Page) -> None:
        self.hosts: set[str] = set()
        self.responses: list[Response] = []
        page.context.on("request", self._asked)
        page.context.on("response", self._given)

    def _asked(self, request: Request) -> None:
        self.hosts.add(urlsplit(request.url).netloc)

    def _given(self, response: Response) -> None:
        self.responses.append(response)

    def stays_here(self, site: Site) -> bool:
        """No other host was called, and no cookie was given."""
        cookies = [response.url for response in self.responses if "set-cookie" in response.all_headers()]
        return self.hosts == {urlsplit(site.url).netloc} and cookies == []


def test_a_page_keeps_nothing_and_calls_nobody(new_page: NewPage, site: Site) -> None:
    page = new_page(statuses=(404,))
    traffic = Traffic(page)
    for address in PAGES:
        page.goto(address)
        assert page.evaluate(STORES) == [], address
    assert page.context.cookies() == []
    assert traffic.stays_here(site)


def test_a_self_check_sets_no_cookie_and_calls_nobody(new_page: NewPage, site: Site, *, javascript: bool) -> None:
    page = new_page(javascript=javascript)
    traffic = Traffic(page)
    begin(page)
    finish(page, STORY)
    page.go_back()
    expect(page.locator(".step")).to_be_visible()
    assert page.context.cookies() == []
    assert traffic.stays_here(site)


def test_a_self_check_stores_nothing(new_page: NewPage) -> None:
    """htmx would keep the last address, and with it the answers."""
    page = new_page()
    begin(page)
    assert page.evaluate(STORES) == []
    finish(page, STORY)
    assert page.evaluate(STORES) == []
