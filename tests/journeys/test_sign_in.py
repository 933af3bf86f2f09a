"""The way in: by invitation, passkey, code and recovery code; what a password alone opens, and what it does not."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.accessibility import desk_complaints
from tests.journeys.conftest import NewPage
from tests.journeys.desk import Staff
from tests.journeys.door import (
    CODES,
    ENROL,
    FACTOR,
    INVITED,
    PASSWORD,
    Person,
    accept,
    at_the_desk,
    come_in,
    enrol_app,
    give_code,
    give_password,
    keep_codes,
    keeps_passkeys,
    leave,
)
from tests.journeys.server import Site

WANTED = "/admin/guidance/articledraft/"
ALLOWED = 10  # wrong passwords in a minute
WRONG, TOO_MANY, NOT_THIS_CODE = "用户名或密码不对。", "试得太多了。请等几分钟再试。", "没有对上。"
WEAK = {"short": "太短", "editor_of_guides1": "相似", "password1234": "常见", "123459876012": "数字"}
PEOPLE = {
    "小新": (INVITED, "作者"),
    "小存": (INVITED, "作者"),
    "小静": (INVITED, "作者"),
    "editor_of_guides": (INVITED, "作者"),
    "小码": (INVITED, "作者"),
    "小简": (INVITED, "作者"),
    "小恢": (FACTOR, "作者"),
    "小往": (FACTOR, "作者"),
    "小密": (PASSWORD, "管理员"),
    "小对": (FACTOR, "作者"),
}


def cookies(page: Page) -> dict[str, tuple[bool, str]]:
    """Whether scripts cannot read each, and from where it is sent."""
    return {each["name"]: (each["httpOnly"], each["sameSite"]) for each in page.context.cookies()}


def test_somebody_invited_comes_in_with_a_passkey_and_nothing_else(
    house: Site, person: Callable[[str], Person], new_page: NewPage
) -> None:
    new, page = person("小新"), new_page(on=house, width=1280)
    keeps_passkeys(page)
    accept(page, new)
    page.get_by_role("link", name="通行密钥").click()
    page.get_by_label("给它起个名字").fill("我的电脑")
    page.get_by_role("button", name="加通行密钥").click()
    keep_codes(page)
    at_the_desk(page, new)
    leave(page)
    give_password(page, new.name, new.password)
    page.get_by_role("button", name="用通行密钥").click()
    at_the_desk(page, new)
    leave(page)
    page.context.clear_cookies()
    page.goto(WANTED)
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page).to_have_url(WANTED)
    assert cookies(page) == dict.fromkeys(("session", "csrf", "device"), (True, "Lax"))
    given = page.goto("/guides/")
    assert given
    assert "set-cookie" not in given.all_headers()


def test_a_device_without_the_passkey_says_so(house: Site, new_page: NewPage) -> None:
    page = new_page(on=house)
    keeps_passkeys(page)
    page.goto("/staff/login/")
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page.get_by_role("alert")).to_contain_text("可以用用户名和密码登录。")
    assert desk_complaints(page) == []


def test_without_scripts_there_is_another_way_than_a_passkey(house: Site, new_page: NewPage) -> None:
    page = new_page(on=house, javascript=False)
    page.goto("/staff/login/")
    expect(page.locator("noscript p", has_text="通行密钥要用到")).to_be_visible()
    expect(page.get_by_role("button", name="用通行密钥登录")).to_have_count(0)


def test_the_page_that_was_wanted_opens_in_the_end(
    house: Site, person: Callable[[str], Person], new_page: NewPage
) -> None:
    page = new_page(on=house, width=1280)
    page.goto(WANTED)
    give_password(page, "小往", person("小往").password)
    give_code(page, person("小往").code())
    expect(page).to_have_url(WANTED)


def test_recovery_codes_are_shown_once(house: Site, person: Callable[[str], Person], new_page: NewPage) -> None:
    page = new_page(on=house)
    accept(page, person("小存"))
    assert desk_complaints(page) == []
    enrol_app(page, person("小存"))
    assert desk_complaints(page) == []
    codes = keep_codes(page)
    page.goto("/staff/2fa/recovery-codes/")
    expect(page.get_by_role("heading", level=1)).to_have_text("恢复码不能再看")
    for code in codes:
        assert code not in page.content()


def test_an_invitation_works_once(house: Site, person: Callable[[str], Person], new_page: NewPage) -> None:
    page = new_page(on=house)
    page.goto(person("小静").link)
    assert desk_complaints(page) == []
    accept(page, person("小静"))
    other = new_page(on=house, statuses=(410,))
    other.goto(person("小静").link)
    expect(other.get_by_role("heading", level=1)).to_have_text("这个邀请链接用不了了")
    assert desk_complaints(other) == []


def test_a_weak_password_is_explained(house: Site, person: Callable[[str], Person], new_page: NewPage) -> None:
    page = new_page(on=house)
    page.goto(person("editor_of_guides").link)
    for weak, why in WEAK.items():
        page.get_by_label("密码", exact=True).fill(weak)
        page.get_by_label("再输一次密码").fill(weak)
        page.get_by_role("button", name="设好密码").click()
        expect(page.get_by_role("alert").first).to_contain_text(why)
    assert desk_complaints(page) == []


def test_password_and_code_to_the_end(
    house: Site, person: Callable[[str], Person], new_page: NewPage, *, javascript: bool
) -> None:
    new = person("小码" if javascript else "小简")
    page = new_page(on=house, javascript=javascript, width=1280)
    accept(page, new)
    enrol_app(page, new)
    keep_codes(page)
    at_the_desk(page, new)
    leave(page)
    come_in(page, new)


def test_a_code_is_taken_once_and_a_wrong_one_is_explained(
    house: Site, person: Callable[[str], Person], new_page: NewPage
) -> None:
    page, code = new_page(on=house, width=1280), person("小对").code()
    come_in(page, person("小对"), code)
    leave(page)
    page.goto("/admin/")
    give_password(page, "小对", person("小对").password)
    for refused in (code, person("小对").wrong_code()):
        give_code(page, refused)
        expect(page.get_by_role("alert")).to_contain_text(NOT_THIS_CODE)
        expect(page.get_by_label("验证码", exact=True)).to_be_focused()
    assert desk_complaints(page) == []
    page.goto("/admin/")
    expect(page.get_by_role("heading", level=1)).to_have_text("第二步验证")


def test_a_recovery_code_takes_the_place_of_the_second_step_once(
    house: Site, person: Callable[[str], Person], new_page: NewPage
) -> None:
    page, code = new_page(on=house, width=1280), person("小恢").recovery[0]
    come_in(page, person("小恢"), code)
    leave(page)
    page.goto("/admin/")
    give_password(page, "小恢", person("小恢").password)
    give_code(page, code)
    expect(page.get_by_role("alert")).to_contain_text(NOT_THIS_CODE)
    give_code(page, person("小恢").recovery[1])
    at_the_desk(page, person("小恢"))
    page.goto("/staff/2fa/")
    expect(page.get_by_role("region", name="恢复码")).to_contain_text(f"还剩{CODES - 2}个")


def test_every_link_of_the_desk_leads_who_has_only_a_password_back_to_the_second_factor(
    house: Site, person: Callable[[str], Person], new_page: NewPage
) -> None:
    keeper = Staff(house).sign_in(new_page, "小管")
    links = keeper.locator("#container a[href^='/admin/']").evaluate_all("all => all.map(link => link.href)")
    assert len(links) > 20
    page = new_page(on=house)
    page.goto("/admin/")
    give_password(page, "小密", person("小密").password)
    expect(page).to_have_url(ENROL)
    for link in sorted(set(links)):
        page.goto(link)
        expect(page).to_have_url(ENROL)
        expect(page.get_by_role("heading", level=1)).to_have_text("还差一步：设第二步验证")


def test_a_wrong_password_is_answered_alike_for_a_name_that_nobody_has(
    house: Site, person: Callable[[str], Person], new_page: NewPage
) -> None:
    page, seen = new_page(on=house), []
    for name in (person("小密").name, "没有这个人"):
        page.goto("/staff/login/")
        give_password(page, name, "not the password")
        expect(page.get_by_role("alert")).to_have_text(WRONG)
        seen.append(page.locator("#container").inner_html().replace(name, ""))
    assert re.sub(r'value="\w{64}"', "", seen[0]) == re.sub(r'value="\w{64}"', "", seen[1])
    assert desk_complaints(page) == []


def test_after_ten_wrong_passwords_it_is_time_to_wait(own_site: Site, new_page: NewPage) -> None:
    page = new_page(on=own_site)
    page.goto("/staff/login/")
    for _ in range(ALLOWED):
        give_password(page, "没有这个人", "not the password")
        expect(page.get_by_role("alert")).to_have_text(WRONG)
    give_password(page, "没有这个人", "not the password")
    expect(page.get_by_role("alert")).to_have_text(TOO_MANY)
