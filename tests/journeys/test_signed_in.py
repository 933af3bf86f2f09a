"""Being signed in: on several devices, ended from another, not believed for everything after a while."""

from collections.abc import Callable
from pathlib import Path
from zipfile import is_zipfile

from playwright.sync_api import Page, expect

from tests.journeys.accessibility import desk_complaints, visited
from tests.journeys.conftest import NewPage
from tests.journeys.door import (
    CHOSEN,
    FACTOR,
    Person,
    at_the_desk,
    come_in,
    give_code,
    give_password,
    keep_codes,
    keeps_passkeys,
    shut_out,
)
from tests.journeys.server import Site

# Everything that was shown in a session was shown ten minutes earlier.
AGE = """
from django.contrib.sessions.models import Session
for session in Session.objects.all():
    known = session.get_decoded()
    for shown in known.get("account_authentication_methods", []):
        shown["at"] -= 10 * 60
    session.session_data = Session.get_session_store_class()().encode(known)
    session.save()
"""
END = "from django.contrib.sessions.models import Session; Session.objects.all().delete()"
PAGES = ["2fa/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/", "2fa/webauthn/", "sessions/", "password/"]
PROOFS = ["2fa/reauthenticate/", "2fa/webauthn/reauthenticate/", "logout/"]
PEOPLE = {
    "小双": (FACTOR, "作者"),
    "小换": (FACTOR, "作者"),
    "小旧": (FACTOR, "管理员"),
    "小按": (FACTOR, "管理员"),
    "小全": (FACTOR, "作者"),
    "小写": (FACTOR, "作者"),
}


def downloaded(page: Page, folder: Path, button: str) -> bool:
    """Whether pressing the button brings an archive."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button, exact=True).click()
    archive = folder / "content.zip"
    download.value.save_as(archive)
    return is_zipfile(archive)


def add_passkey(page: Page, name: str) -> None:
    """Make a passkey on the page that is open for it; the list of second factors has it then."""
    page.get_by_label("给它起个名字").fill(name)
    page.get_by_role("button", name="加通行密钥").click()
    expect(page.get_by_role("region", name="通行密钥")).to_contain_text(name)


def test_another_device_is_listed_and_ended(house: Site, person: Callable[[str], Person], new_page: NewPage) -> None:
    both = person("小双")
    mine, other = (new_page(on=house, width=1280) for _ in range(2))
    for page in (mine, other):
        come_in(page, both)
    mine.goto("/staff/sessions/")
    devices = mine.locator(".thing")
    expect(devices.filter(has_text="这台")).to_have_count(1)
    devices.get_by_role("button", name="结束").click()
    expect(mine.get_by_text("已结束。那台设备要重新登录。")).to_be_visible()
    expect(devices).to_have_count(1)
    other.get_by_role("link", name="指南").first.click()
    shut_out(other)
    mine.goto("/admin/")
    at_the_desk(mine, both)


def test_a_new_password_ends_the_other_devices(house: Site, person: Callable[[str], Person], new_page: NewPage) -> None:
    both = person("小换")
    mine, other = (new_page(on=house, width=1280) for _ in range(2))
    for page in (mine, other):
        come_in(page, both)
    mine.goto("/staff/password/")
    mine.get_by_label("现在的密码").fill(both.password)
    for label in ("新密码", "再输一次新密码"):
        mine.get_by_label(label, exact=True).fill(CHOSEN)
    mine.get_by_role("button", name="改密码").click()
    expect(mine.get_by_role("status")).to_contain_text("密码")
    other.get_by_role("link", name="指南").first.click()
    shut_out(other)
    mine.goto("/admin/")
    at_the_desk(mine, both)


def test_exporting_asks_for_the_second_factor_again_after_a_while(
    house: Site, person: Callable[[str], Person], new_page: NewPage, tmp_path: Path
) -> None:
    page = new_page(on=house, width=1280)
    come_in(page, person("小旧"))
    house.manage("shell", "--no-imports", "-c", AGE)
    page.get_by_role("link", name="导出").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("再确认一次是你")
    assert desk_complaints(page) == []
    give_code(page, person("小旧").code())
    expect(page).to_have_url("/admin/export/")
    assert downloaded(page, tmp_path, "导出")


def test_what_was_pressed_is_done_after_a_passkey(
    house: Site, person: Callable[[str], Person], new_page: NewPage, tmp_path: Path
) -> None:
    page = new_page(on=house, width=1280)
    come_in(page, person("小按"))
    keeps_passkeys(page)
    page.goto("/staff/2fa/webauthn/add/")
    add_passkey(page, "我的电脑")
    page.goto("/admin/export/")
    house.manage("shell", "--no-imports", "-c", AGE)
    page.get_by_role("button", name="导出", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("再确认一次是你")
    assert downloaded(page, tmp_path, "用通行密钥")


def test_every_page_about_ones_own_sign_in(house: Site, person: Callable[[str], Person], new_page: NewPage) -> None:
    page = new_page(on=house, width=1280)
    come_in(page, person("小全"))
    keeps_passkeys(page)
    assert visited(page, ["/staff/2fa/webauthn/add/"]) == []
    add_passkey(page, "办公室的一台名字特别长的电脑")
    links = page.locator(".card a[href^='/staff/2fa/']").evaluate_all("all => all.map(link => link.href)")
    assert visited(page, {*links, *(f"/staff/{name}" for name in PAGES + PROOFS)}) == []
    page.goto("/staff/2fa/recovery-codes/generate/")
    page.get_by_role("button", name="换一组").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("存好这组恢复码")
    assert desk_complaints(page) == []
    keep_codes(page)
    at_the_desk(page, person("小全"))


def test_a_session_that_ends_while_somebody_writes_loses_nothing(
    house: Site, person: Callable[[str], Person], new_page: NewPage
) -> None:
    writing = new_page(on=house, width=1280, statuses=(401,))
    come_in(writing, person("小写"))
    writing.goto("/admin/guidance/articledraft/?key=being-collected")
    writing.locator("#result_list tbody th a").click()
    words = writing.locator("#id_title")
    words.fill("催收打电话来，怎么办？")
    writing.get_by_role("button", name="保存并继续编辑").click()
    house.manage("shell", "--no-imports", "-c", END)
    words.fill("催收一直打电话来，怎么办？")
    expect(writing.get_by_role("alert").get_by_text("登录已经结束")).to_be_visible()
    expect(words).to_have_value("催收一直打电话来，怎么办？")
    with writing.context.expect_page() as opened:
        writing.get_by_role("link", name="在新窗口登录").click()
    again = opened.value
    give_password(again, "小写", person("小写").password)
    give_code(again, person("小写").code())
    at_the_desk(again, person("小写"))
    writing.bring_to_front()
    writing.evaluate("window.dispatchEvent(new Event('focus'))")  # a browser without a window has no focus to gain
    expect(writing.locator("#signed-out")).to_have_count(0)
    words.fill("催收天天打电话来，怎么办？")
    expect(writing.locator("#autosaved")).to_contain_text("已自动保存到草稿")
    writing.reload()
    expect(words).to_have_value("催收天天打电话来，怎么办？")
