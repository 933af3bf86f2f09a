"""What editors do at the desk: people with a role each are signed in, and take a draft along its road."""

import json
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import NewPage
from tests.journeys.server import Site

WIDE = 1280
HIRE = Path(__file__).with_name("hire.py").read_text()
# 小作 may review as well, so the desk has to know whose work a draft is.
PEOPLE = {
    "小作": ["作者", "审核"],
    "小文": ["作者"],
    "小审": ["审核"],
    "小发": ["发布"],
    "小管": ["作者", "审核", "发布", "管理员"],
}

SignIn = Callable[..., Page]


class Staff:
    """The people of one site. They are signed in already; the pages of signing in have journeys of their own."""

    def __init__(self, site: Site) -> None:
        self.site = site
        hired = site.manage("shell", "--no-imports", "-c", HIRE, PEOPLE=json.dumps(PEOPLE))
        self.cookie, self.sessions = json.loads(hired)

    def sign_in(self, new_page: NewPage, name: str, **options: object) -> Page:
        """A page for one of them, in a session that is nobody else's. options: as new_page has them."""
        page = new_page(**({"on": self.site, "width": WIDE} | options))  # type: ignore[arg-type]
        key = self.sessions[name].pop()
        page.context.add_cookies([{"name": self.cookie, "value": key, "url": self.site.url}])
        page.goto("/admin/")
        expect(page.locator("#user-tools")).to_contain_text(name)
        return page


def open_draft(page: Page, model: str, key: str) -> None:
    """Find a draft in its list, and open it: its form, or what it says for whoever may not change it."""
    page.goto(f"/admin/guidance/{model}/?key={key}")
    page.locator("#result_list tbody th a").click()
    expect(page.locator(".tabs")).to_be_visible()


def tab(page: Page, title: str) -> None:
    """Open one of the pages beside the form of a draft."""
    page.locator(".tabs").get_by_role("link", name=title, exact=True).click()
    expect(page.locator(".tabs [aria-current]")).to_have_text(title)


def unfold(page: Page, words: str) -> None:
    """Open a fold, unless it is open."""
    closed = page.locator("details:not([open]) > summary", has_text=words).first
    if closed.count():
        closed.click()


def save(page: Page) -> None:
    """Save, and stay."""
    page.get_by_role("button", name="保存并继续编辑").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def told(page: Page) -> Locator:
    """What the desk said to the last thing that was done."""
    return page.locator(".messagelist")


def step(page: Page, button: str, **fields: str) -> None:
    """Take a step on the review page that is open. fields: what to fill in before, by name."""
    form = page.locator("form.step-form", has=page.get_by_role("button", name=button, exact=True))
    for name, text in fields.items():
        if form.locator(f"select[name={name}]").count():
            form.locator(f"[name={name}]").select_option(text)
        else:
            form.locator(f"[name={name}]").fill(text)
    form.get_by_role("button", name=button, exact=True).click()
    expect(told(page).locator(".success")).to_be_visible()


def review(page: Page, model: str, key: str) -> None:
    """Open the review page of a draft."""
    open_draft(page, model, key)
    tab(page, "审核与发布")
