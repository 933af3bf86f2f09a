"""What a reader on a slow line has to wait for, in bytes as they come from the server."""

import pytest
from playwright.sync_api import Request

from tests.journeys.conftest import NewPage
from tests.journeys.reader import RESULT, STORY, answer, begin

KB = 1024
STEP_HTML, PAGE_HTML, CSS, JAVASCRIPT = 20 * KB, 30 * KB, 12 * KB, 22 * KB
LONGEST = ("/faq/", "/myths/", "/glossary/", "/guides/repayment-plan/")


def fetched(new_page: NewPage, address: str) -> list[Request]:
    """What a browser that was never here fetches for a page."""
    page, finished = new_page(), []

    def note(request: Request) -> None:
        finished.append(request)

    page.on("requestfinished", note)
    page.goto(address)
    return finished


def weight(requests: list[Request], kind: str) -> int:
    """Bytes of all files of a kind, each compressed by the server."""
    wanted = [request for request in requests if request.resource_type == kind and request.response().status == 200]
    assert wanted
    assert {request.response().header_value("content-encoding") for request in wanted} == {"gzip"}
    return sum(request.sizes()["responseBodySize"] for request in wanted)


def test_a_step_is_small(new_page: NewPage) -> None:
    page = new_page(javascript=False)
    begin(page)
    addresses = []
    for asked, option in STORY.items():
        addresses.append(page.url)
        answer(page, asked, option)
    for address in addresses:
        assert weight(fetched(new_page, address), "document") <= STEP_HTML


@pytest.mark.parametrize("address", LONGEST)
def test_a_page_to_read_is_small(new_page: NewPage, address: str) -> None:
    assert weight(fetched(new_page, address), "document") <= PAGE_HTML


def test_styles_and_scripts_are_small(new_page: NewPage) -> None:
    requests = fetched(new_page, RESULT)
    assert weight(requests, "stylesheet") <= CSS
    assert weight(requests, "script") <= JAVASCRIPT
