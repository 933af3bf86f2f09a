"""What a reader on a slow line has to wait for, in bytes as they come from the server."""

from playwright.sync_api import Page, Request

from tests.journeys.conftest import NewPage
from tests.journeys.reader import ALL_UNKNOWN, RESULT, START, STORY, answer, begin

KB = 1024
STEP_HTML, CSS, JAVASCRIPT = 20 * KB, 12 * KB, 22 * KB


def requests_of(page: Page) -> list[Request]:
    """The finished requests of a page, as they come in."""
    finished: list[Request] = []
    page.on("requestfinished", finished.append)
    return finished


def weight(requests: list[Request], kind: str) -> int:
    """Bytes of all files of a kind, each compressed by the server."""
    wanted = [request for request in requests if request.resource_type == kind and request.response().status == 200]
    assert wanted
    assert all(request.response().header_value("content-encoding") == "gzip" for request in wanted)
    return sum(request.sizes()["responseBodySize"] for request in wanted)


def test_a_step_is_small(new_page: NewPage, record_property) -> None:
    page = new_page(javascript=False)
    begin(page)
    sizes = []
    for asked, option in STORY.items():
        requests = requests_of(page)
        page.goto(page.url)
        sizes.append(weight(requests, "document"))
        answer(page, asked, option)
    record_property("step_html", sizes)
    assert max(sizes) <= STEP_HTML, sizes
    print(sizes)


def test_styles_and_scripts_are_small(new_page: NewPage) -> None:
    page = new_page()
    requests = requests_of(page)
    page.goto(RESULT, wait_until="networkidle")
    styles, scripts = weight(requests, "stylesheet"), weight(requests, "script")
    print(styles, scripts)
    assert styles <= CSS
    assert scripts <= JAVASCRIPT
