"""Staff come and lose their telephones: a colleague is invited, and let in again by two administrators."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.accessibility import desk_complaints
from tests.journeys.conftest import NewPage
from tests.journeys.door import (
    FACTOR,
    Person,
    accept,
    at_the_desk,
    come_in,
    enrol_app,
    give_password,
    keep_codes,
    people,
    shut_out,
)
from tests.journeys.server import Site

LIST = "/admin/accounts/staffuser/"
WIDE = 1280


@pytest.fixture
def administrators(own_site: Site) -> list[Person]:
    """Two of them."""
    return list(people(own_site, 管甲=(FACTOR, "管理员"), 管乙=(FACTOR, "管理员")).values())


def open_person(page: Page, name: str) -> None:
    """Find somebody in the list, and open what is known about them."""
    page.goto(LIST)
    page.locator("#result_list").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def link_of(page: Page) -> str:
    """The link that is shown only here."""
    expect(page.get_by_text("链接只在这里显示一次")).to_be_visible()
    assert desk_complaints(page) == []
    link = page.locator("#link").inner_text()
    assert link.startswith(page.url.partition("/admin/")[0])
    page.set_viewport_size({"width": WIDE, "height": 740})
    return link


def test_a_colleague_is_invited_and_let_in_again_by_two(
    own_site: Site, administrators: list[Person], new_page: NewPage
) -> None:
    first, second, mine = (new_page(on=own_site, width=WIDE) for _ in range(3))
    for page, administrator in zip((first, second), administrators, strict=True):
        come_in(page, administrator)

    first.goto(f"{LIST}add/")
    first.get_by_label("用户名").fill("同事")
    first.get_by_label("作者").check()
    first.get_by_role("button", name="保存", exact=True).click()
    colleague = Person("同事", link=link_of(first))
    accept(mine, colleague)
    enrol_app(mine, colleague)
    keep_codes(mine)
    at_the_desk(mine, colleague)

    open_person(first, "同事")
    first.get_by_role("link", name="重置登录").click()
    first.get_by_label("为什么要重置").fill("手机丢了，当面问过。")
    first.get_by_role("button", name="提出重置").click()
    expect(first.get_by_text("这是你提出的，要由另一位管理员确认。")).to_be_visible()
    expect(first.get_by_role("button", name="确认重置")).to_have_count(0)
    assert desk_complaints(first) == []
    mine.reload()
    at_the_desk(mine, colleague)

    open_person(second, "同事")
    second.get_by_role("link", name="看这个请求").click()
    expect(second.locator("#content")).to_contain_text("手机丢了，当面问过。")
    assert desk_complaints(second) == []
    second.get_by_role("button", name="确认重置").click()
    again = Person("同事", link=link_of(second))

    mine.reload()
    shut_out(mine)
    give_password(mine, colleague.name, colleague.password)
    expect(mine.get_by_role("alert")).to_have_text("用户名或密码不对。")
    accept(mine, again)
    enrol_app(mine, again)
    keep_codes(mine)
    at_the_desk(mine, again)
