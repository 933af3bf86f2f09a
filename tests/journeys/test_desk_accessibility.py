"""Every page of the desk: axe, narrow and light, wide and dark; none scrolls sideways."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.accessibility import desk_complaints, visited
from tests.journeys.conftest import NewPage
from tests.journeys.desk import SignIn, Staff, open_draft, review, tab
from tests.journeys.server import Site

FILL = Path(__file__).with_name("busy_desk.py")
GUIDANCE = "/admin/guidance/"
DRAFTS = [
    *("sourcedraft", "claimdraft", "contactdraft", "termdraft", "articledraft", "faqdraft", "flowdraft"),
    *("synonymdraft", "pindraft", "phrasedraft"),
]
ROWS = ["questiondraft", "causedraft", "evidencedraft", "advicedraft", "scenariodraft"]
RECORDS = ["event", "revision", "feedback"]
FLOW_PAGES = ["rows/?part=questions", "rows/?part=evidence", "rows/?part=scenarios", "picture/", "trial/", "counts/"]
PAGES = ["problems/", "preview/", "link/", "impact/", "searches/", "review/", "versions/"]


@pytest.fixture(scope="module")
def office(start_site: Callable[[], Site]) -> Staff:
    """A site whose desk is full of work."""
    site = start_site()
    staff = Staff(site)
    site.manage("shell", "--no-imports", "-c", FILL.read_text())
    return staff


@pytest.fixture
def sign_in(office: Staff, new_page: NewPage) -> SignIn:
    return partial(office.sign_in, new_page)


def test_the_front_page_with_every_list_filled(sign_in: SignIn) -> None:
    page = sign_in("小管")
    page.goto("/admin/")
    for empty in ("没有没写完的", "没有等你审核的", "没有等着发布的", "没有定时的", "没有要核对的", "还没有读者说没用"):
        expect(page.get_by_text(empty)).to_have_count(0)
    expect(page.get_by_text("按现在的检查，线上内容没有问题。")).to_be_visible()
    assert desk_complaints(page) == []


def test_lists(sign_in: SignIn) -> None:
    page = sign_in("小管")
    assert visited(page, [f"{GUIDANCE}{model}/" for model in [*DRAFTS, *ROWS, *RECORDS]]) == []


@pytest.mark.parametrize("models", [DRAFTS, ROWS], ids=["drafts", "rows"])
def test_forms_of_what_is_there(sign_in: SignIn, models: list[str]) -> None:
    page = sign_in("小管")
    assert visited(page, [f"{GUIDANCE}{model}/1/change/" for model in models]) == []


@pytest.mark.parametrize("models", [DRAFTS, ROWS], ids=["drafts", "rows"])
def test_forms_of_what_is_new_and_what_they_refuse(sign_in: SignIn, models: list[str]) -> None:
    page = sign_in("小管")
    assert visited(page, [f"{GUIDANCE}{model}/add/" for model in models]) == []
    page.locator("form[id$=_form]").evaluate("form => { form.noValidate = true; }")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".errornote")).to_be_visible()
    assert desk_complaints(page) == []


def test_pages_of_a_self_check(sign_in: SignIn) -> None:
    page = sign_in("小管")
    assert visited(page, [f"{GUIDANCE}flowdraft/1/{name}" for name in [*FLOW_PAGES, *PAGES]]) == []
    tab(page, "试走")
    page.get_by_label("提示系统繁忙，或正在维护").check()
    page.get_by_role("button", name="继续").click()
    assert desk_complaints(page) == []


def test_pages_of_a_guide_and_of_a_claim(sign_in: SignIn) -> None:
    page = sign_in("小管")
    open_draft(page, "articledraft", "being-collected")
    guide = page.url.removesuffix("change/")
    own = "searches/?q=催收来了"
    assert visited(page, [f"{guide}{name}" for name in ("preview/", "link/", "impact/", own, "versions/?old=1")]) == []
    assert visited(page, [f"{GUIDANCE}claimdraft/1/impact/"]) == []


def test_what_a_draft_changes_in_search(sign_in: SignIn) -> None:
    page = sign_in("小管")
    open_draft(page, "termdraft", "frozen")
    page.locator("#id_name").fill("鹦鹉")
    page.get_by_role("button", name="保存并继续编辑").click()
    tab(page, "搜索变化")
    expect(page.get_by_role("region", name="前三条的比较")).to_be_visible()
    assert desk_complaints(page) == []
    assert visited(page, [f"{GUIDANCE}{kind}draft/1/searches/" for kind in ("claim", "synonym", "pin")]) == []


def test_a_draft_read_by_who_may_not_change_it(sign_in: SignIn) -> None:
    page = sign_in("小审")
    open_draft(page, "articledraft", "overdue")
    expect(page.locator("form[id$=_form]")).to_have_count(0)
    assert desk_complaints(page) == []


REVIEWED = {
    "in review": ("小审", "articledraft", "overdue"),
    "returned": ("小文", "faqdraft", "grace-period"),
    "approved": ("小发", "faqdraft", "due-date"),
    "published": ("小发", "sourcedraft", "bare"),
}


@pytest.mark.parametrize("who", REVIEWED.values(), ids=REVIEWED)
def test_reviewing(sign_in: SignIn, who: tuple[str, str, str]) -> None:
    name, model, key = who
    page = sign_in(name)
    review(page, model, key)
    assert desk_complaints(page) == []


def test_deleting_and_what_is_not_deleted(sign_in: SignIn) -> None:
    page = sign_in("小管", statuses=(409,))
    assert visited(page, [f"{GUIDANCE}evidencedraft/1/delete/", f"{GUIDANCE}feedback/1/delete/"]) == []
    page.goto(f"{GUIDANCE}questiondraft/1/delete/")
    expect(page.get_by_text("这些地方还在用它")).to_be_visible()
    assert desk_complaints(page) == []


def test_files(sign_in: SignIn, tmp_path: Path) -> None:
    page = sign_in("小管")
    assert visited(page, ["/admin/export/", "/admin/import/"]) == []
    page.goto("/admin/export/")
    with page.expect_download() as download:
        page.get_by_role("button", name="导出", exact=True).click()
    archive = tmp_path / "content.zip"
    download.value.save_as(archive)
    page.goto("/admin/import/")
    page.get_by_label("从这里导出的").set_input_files(archive)
    page.get_by_role("button", name="看看会改什么").click()
    expect(page.get_by_role("button", name="导入到草稿")).to_be_visible()
    assert desk_complaints(page) == []
    archive.write_bytes(b"no archive")
    page.get_by_label("从这里导出的").set_input_files(archive)
    page.get_by_role("button", name="看看会改什么").click()
    expect(page.get_by_role("heading", name="没有导入")).to_be_visible()
    assert desk_complaints(page) == []


def test_a_conflict(sign_in: SignIn) -> None:
    first, second = sign_in("小作"), sign_in("小文")
    for page, title in ((first, "先保存的标题？"), (second, "后保存的标题？")):
        open_draft(page, "faqdraft", "safe-account")
        page.locator("#id_title").fill(title)
    for page in (first, second):
        page.get_by_role("button", name="保存并继续编辑").click()
    expect(second.get_by_role("region", name="别人刚改过这一页")).to_be_visible()
    assert desk_complaints(second) == []


def test_staff(sign_in: SignIn) -> None:
    page = sign_in("小管")
    staff = "/admin/accounts/staffuser/"
    assert visited(page, [staff, f"{staff}add/", f"{staff}1/change/"]) == []
