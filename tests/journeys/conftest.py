"""A real browser on the real server. Every test also fails on anything the browser complains about."""

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.databases import Databases, databases
from tests.journeys.door import Person, people
from tests.journeys.server import Site, environment, manage
from tests.journeys.watch import Watch

SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = 360, 740
STOP_SECONDS = 30


class NewPage(Protocol):
    def __call__(
        self,
        *,
        javascript: bool = ...,
        width: int = ...,
        scheme: str = ...,
        on: Site | None = ...,
        statuses: tuple[int, ...] = ...,
    ) -> Page: ...


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; nothing is downloaded."""
    chromium = shutil.which("chromium")
    if chromium is None:
        message = "Chromium is missing: the browser journeys cannot run. On Debian: apt-get install chromium"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished static files: hashed names, compressed."""
    folder = tmp_path_factory.mktemp("static")
    manage(environment("sqlite://:memory:", folder), "collectstatic", "--noinput", "--verbosity", "0")
    return folder


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory, static: Path) -> Iterator[Databases]:
    """A place for databases, with one called "shipped" that holds the starting content."""
    place = databases(tmp_path_factory.mktemp("databases"))
    variables = environment(place.create("shipped"), static)
    try:
        manage(variables, "migrate", "--verbosity", "0")
        manage(variables, "load_content")
        yield place
    finally:
        place.drop("shipped")


@pytest.fixture(scope="session")
def start_site(
    shipped: Databases, static: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Site]]:
    """Starts a site with the starting content on a database of its own."""
    folder, running, numbers = tmp_path_factory.mktemp("logs"), [], count()

    def start() -> Site:
        name = f"site_{next(numbers)}"
        site = Site(shipped.copy(name, "shipped"), static, folder / name)
        running.append((name, site))
        return site.start()

    yield start
    for _, site in running:
        site.stop()
    for name, site in running:
        site.process.wait(timeout=STOP_SECONDS)
        shipped.drop(name)


@pytest.fixture(scope="session")
def site(start_site: Callable[[], Site]) -> Site:
    """The site for everybody: nothing is published on it."""
    return start_site()


@pytest.fixture
def own_site(start_site: Callable[[], Site]) -> Site:
    """A site for a test that publishes."""
    return start_site()


@pytest.fixture(scope="module")
def house(start_site: Callable[[], Site]) -> Site:
    """A site for the tests of one file, in which each of its people belongs to one test."""
    return start_site()


@pytest.fixture(scope="module")
def person(house: Site, request: pytest.FixtureRequest) -> Callable[[str], Person]:
    """Somebody by name, of the PEOPLE that the file names."""
    return people(house, **request.module.PEOPLE).__getitem__


@pytest.fixture
def new_page(browser: Browser, site: Site) -> Iterator[NewPage]:
    """Opens a page for a reader who was never here; `statuses`: the error pages that the test means to see."""
    opened = []

    def open_page(
        *,
        javascript: bool = True,
        width: int = PHONE[0],
        scheme: str = "light",
        on: Site | None = None,
        statuses: tuple[int, ...] = (),
    ) -> Page:
        context = browser.new_context(
            base_url=(on or site).url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": PHONE[1]},
            color_scheme=scheme,
            locale="zh-CN",
            permissions=["clipboard-read", "clipboard-write"],
        )
        opened.append((context, Watch(context, statuses)))
        return context.new_page()

    yield open_page
    problems = []
    for context, watch in opened:
        context.close()
        problems += watch.problems
    assert problems == []


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    """Whether the reader's browser runs scripts; the test runs both ways."""
    return request.param
