"""An editor's day at the desk: look, check, change, publish."""

import secrets

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewPage
from tests.journeys.server import Site

WIDE = 1280
TITLE = "有人催收，今天怎么办？"
MAKE_EDITOR = """
import os
from django.contrib.auth import get_user_model
get_user_model().objects.create_superuser("editor", password=os.environ["EDITOR_PASSWORD"])
"""


@pytest.fixture
def desk(new_page: NewPage, own_site: Site) -> Page:
    """The admin's first page, signed in."""
    password = secrets.token_urlsafe()
    own_site.manage("shell", "-c", MAKE_EDITOR, EDITOR_PASSWORD=password)
    page = new_page(on=own_site, width=WIDE)
    page.goto("/admin/")
    page.locator("#id_username").fill("editor")
    page.locator("#id_password").fill(password)
    page.locator("input[type=submit]").click()
    expect(page.locator("#user-tools")).to_contain_text("editor")
    return page


def act(page: Page, action: str) -> None:
    """Run an action on all rows of a list."""
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option(action)
    page.locator("button[name=index]").click()


def test_drafts_open_and_pass_the_check(desk: Page) -> None:
    for kind in ("flowdraft", "questiondraft"):
        desk.goto(f"/admin/guidance/{kind}/")
        desk.locator("#result_list tbody tr").first.locator("th a").click()
        expect(desk.locator(f"#{kind}_form")).to_be_visible()
    desk.goto("/admin/guidance/flowdraft/")
    act(desk, "check_drafts")
    expect(desk.locator(".messagelist li").first).to_contain_text("huabei", ignore_case=True)
    expect(desk.locator(".messagelist .error, .errornote")).to_have_count(0)


def test_a_changed_title_is_published_and_read(desk: Page, own_site: Site, new_page: NewPage) -> None:
    reader = new_page(on=own_site)
    reader.goto("/guides/being-collected/")
    expect(reader.locator("h1")).to_have_text("正在被催收，现在该怎么办？")

    desk.goto("/admin/guidance/articledraft/?key=being-collected")
    desk.locator("#result_list tbody th a").click()
    desk.locator("#id_title").fill(TITLE)
    desk.locator("input[name=_save]").click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    reader.reload()
    expect(reader.locator("h1")).not_to_have_text(TITLE)

    desk.goto("/admin/guidance/articledraft/?key=being-collected")
    act(desk, "check_drafts")
    expect(desk.locator(".messagelist .success")).to_contain_text("没有发现问题")
    act(desk, "publish_drafts")
    expect(desk.locator(".messagelist .success")).to_contain_text("已发布")
    own_site.shows("/guides/being-collected/", TITLE)
    reader.reload()
    expect(reader.locator("h1")).to_have_text(TITLE)
    assert reader.context.cookies() == []
