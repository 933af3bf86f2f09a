"""What editors do at the desk: people with a role each sign in, and take a draft along its road."""

import json
import secrets
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import NewPage
from tests.journeys.server import Site

WIDE = 1280
HIRE = """
import json, os
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
for name, roles in json.loads(os.environ["PEOPLE"]).items():
    user = get_user_model().objects.create_user(name, password=os.environ["STAFF_PASSWORD"], is_staff=True)
    user.groups.set(Group.objects.filter(name__in=roles))
"""
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
    """The people of one site, all with one password."""

    def __init__(self, site: Site) -> None:
        self.site, self.password = site, secrets.token_urlsafe()
        site.manage("shell", "--no-imports", "-c", HIRE, PEOPLE=json.dumps(PEOPLE), STAFF_PASSWORD=self.password)

    def sign_in(self, new_page: NewPage, name: str, **options: object) -> Page:
        """A page for one of them. options: as new_page has them."""
        page = new_page(**({"on": self.site, "width": WIDE} | options))  # type: ignore[arg-type]
        page.goto("/admin/")
        page.locator("#id_username").fill(name)
        page.locator("#id_password").fill(self.password)
        page.get_by_role("button", name="登录").click()
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
