"""An editor writes: the toolbar by keyboard, the phone beside the text, what to mend, a link for somebody outside."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.journeys.accessibility import TOO_WIDE, complaints
from tests.journeys.conftest import NewPage
from tests.journeys.desk import Staff
from tests.journeys.server import Site

WIDE, NARROW = 1280, 375
GUIDE = "being-collected"
TOOLS = ["小标题", "加粗", "列表", "编号", "链接", "表格"]
DELAY = 2000  # milliseconds, far above what the phone waits for
SELECTED = "area => area.value.slice(area.selectionStart, area.selectionEnd)"


@pytest.fixture(scope="module")
def writers(start_site: Callable[[], Site]) -> Staff:
    """A site with its staff; tests that save something use a guide of their own."""
    return Staff(start_site())


@pytest.fixture
def open_guide(new_page: NewPage, writers: Staff) -> Callable[..., Page]:
    """Opens the form of a guide for somebody who writes."""

    def open_form(key: str = GUIDE, **options: object) -> Page:
        page = writers.sign_in(new_page, "小文", **options)
        page.goto(f"/admin/guidance/articledraft/?key={key}")
        page.locator("#result_list tbody th a").click()
        expect(page.locator("#id_body")).to_be_visible()
        return page

    return open_form


def body(page: Page) -> Locator:
    return page.locator("#id_body")


def write(page: Page, text: str) -> None:
    """Type over the whole text."""
    body(page).focus()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def use(page: Page, tool: str) -> None:
    """Reach a button of the toolbar by keyboard alone, and press it; the caret is back in the text afterwards."""
    button = page.get_by_role("button", name=tool, exact=True)
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(body(page)).to_be_focused()


def test_the_toolbar_is_reached_in_order(open_guide: Callable[..., Page]) -> None:
    page = open_guide()
    page.get_by_role("button", name=TOOLS[0], exact=True).focus()
    for tool in TOOLS[1:]:
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name=tool, exact=True)).to_be_focused()
    for label in ("主张", "引用主张", "联系方式", "引用联系方式"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.ariaLabel || document.activeElement.textContent") == label
    page.keyboard.press("Tab")
    expect(body(page)).to_be_focused()


CASES = [
    ("标题", "小标题", "## 标题", ""),
    ("## 标题", "小标题", "标题", ""),
    ("甲\n乙", "列表", "- 甲\n- 乙", ""),
    ("甲\n乙", "编号", "1. 甲\n2. 乙", ""),
    ("1. 甲\n2. 乙", "编号", "甲\n乙", ""),
    ("要紧", "加粗", "**要紧**", "要紧"),
    ("看这里", "链接", "[看这里](地址)", "地址"),
]


def test_a_tool_acts_on_what_is_selected_and_can_be_undone(open_guide: Callable[..., Page]) -> None:
    page = open_guide()
    for text, tool, becomes, selected in CASES:
        write(page, text)
        page.keyboard.press("Control+A")
        use(page, tool)
        expect(body(page)).to_have_value(becomes)
        assert body(page).evaluate(SELECTED) == selected
        page.keyboard.press("Control+Z")
        expect(body(page)).to_have_value(text)


def test_a_tool_with_nothing_selected_leaves_a_word_to_type_over(open_guide: Callable[..., Page]) -> None:
    page = open_guide()
    body(page).fill("")
    use(page, "加粗")
    page.keyboard.insert_text("要紧")
    expect(body(page)).to_have_value("**要紧**")


def test_claims_and_contacts_are_picked_not_typed(open_guide: Callable[..., Page]) -> None:
    page = open_guide()
    write(page, "先看：")
    page.get_by_label("主张", exact=True).select_option("repay-plan")
    page.get_by_role("button", name="引用主张").press("Enter")
    page.get_by_label("联系方式", exact=True).select_option("police")
    page.get_by_role("button", name="引用联系方式").press("Enter")
    expect(body(page)).to_have_value("先看：{claim:repay-plan}{contact:police}")


def test_the_phone_follows_the_typing_and_what_to_mend_appears(open_guide: Callable[..., Page]) -> None:
    page = open_guide()
    phone = page.locator(".phone")
    expect(phone.locator("h1")).to_have_text("正在被催收，现在该怎么办？")
    write(page, "## 新的一节\n\n有事打95599。")
    page.locator("#id_title").fill("新的标题？")
    expect(phone.get_by_role("heading", name="新的一节")).to_be_visible()
    expect(phone.locator("h1")).to_have_text("新的标题？")
    finding = page.locator(".findings li", has_text="95599")
    expect(finding).to_contain_text("不在官方联系方式里")
    finding.get_by_role("link").click()
    assert page.url.endswith("#id_body")
    use(page, "表格")
    expect(phone.locator("table")).to_be_visible()


def test_a_link_in_the_phone_does_not_lose_what_was_typed(open_guide: Callable[..., Page]) -> None:
    page = open_guide()
    write(page, "看[这里](/guides/overdue/)。")
    with page.context.expect_page() as opened:
        page.locator(".phone").get_by_role("link", name="这里").click()
    assert opened.value.url.endswith("/guides/overdue/")
    expect(body(page)).to_have_value("看[这里](/guides/overdue/)。")


def test_nothing_is_sent_while_a_word_is_being_composed(open_guide: Callable[..., Page]) -> None:
    page = open_guide()
    write(page, "先写一句。")
    expect(page.locator(".phone .prose")).to_have_text("先写一句。")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.clock.install()
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "ni hao", "selectionStart": 6, "selectionEnd": 6})
    expect(body(page)).to_have_value("先写一句。ni hao")
    page.clock.run_for(DELAY)
    assert [url for url in sent if url.endswith("/preview/")] == []
    keyboard.send("Input.insertText", {"text": "你好"})
    page.clock.run_for(DELAY)
    expect(page.locator(".phone .prose")).to_have_text("先写一句。你好")


def test_without_scripts_the_text_is_saved_and_looked_at(open_guide: Callable[..., Page]) -> None:
    page = open_guide("overdue", javascript=False)
    expect(page.get_by_role("button", name="小标题")).to_be_hidden()
    expect(page.locator(".writing__preview")).to_be_hidden()
    body(page).fill("没有脚本也能写。")
    page.locator("input[name=_continue]").click()
    expect(body(page)).to_have_value("没有脚本也能写。")
    page.get_by_role("link", name="预览", exact=True).click()
    expect(page.locator(".phone .prose")).to_have_text("没有脚本也能写。")


@pytest.mark.parametrize("name", ["change", "preview", "link"])
def test_writing_and_looking_are_within_reach_of_everybody(open_guide: Callable[..., Page], name: str) -> None:
    page = open_guide()
    page.goto(page.url.replace("/change/", f"/{name}/").partition("?")[0])
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 740})
        assert not page.evaluate(TOO_WIDE)
        assert page.locator(".phone").evaluate_all("all => all.every(phone => phone.scrollWidth <= phone.clientWidth)")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = Axe().run(page, ".writing" if name == "change" else "#content-main", {"preload": False})
            violations = found.response["violations"]
            assert [(each["id"], node["html"]) for each in violations for node in each["nodes"]] == []


def test_somebody_outside_reads_the_draft_through_a_link(
    open_guide: Callable[..., Page],
    writers: Staff,
    new_page: NewPage,
    *,
    javascript: bool,
) -> None:
    key = "relatives" if javascript else "evidence"
    page = open_guide(key, javascript=javascript)
    published = page.locator("#id_title").input_value()
    page.locator("#id_title").fill("还没有发布的标题？")
    page.locator("input[name=_continue]").click()
    page.locator(".tabs").get_by_role("link", name="预览", exact=True).click()
    page.get_by_role("link", name="预览链接").click()
    page.get_by_role("button", name="生成预览链接").click()
    address = page.get_by_label("链接只在这里显示一次").input_value()
    stranger = new_page(on=writers.site, javascript=javascript)
    stranger.goto(address)
    expect(stranger.get_by_role("heading", level=1)).to_have_text("还没有发布的标题？")
    expect(stranger.get_by_role("note", name="草稿")).to_contain_text("这是草稿，还没有发布")
    assert stranger.context.cookies() == []
    stranger.goto(f"/guides/{key}/")
    expect(stranger.get_by_role("heading", level=1)).to_have_text(published)


def test_the_page_behind_a_link_is_within_reach_of_everybody(
    open_guide: Callable[..., Page], writers: Staff, new_page: NewPage
) -> None:
    page = open_guide()
    page.locator(".tabs").get_by_role("link", name="预览", exact=True).click()
    page.get_by_role("link", name="预览链接").click()
    page.get_by_role("button", name="生成预览链接").click()
    address = page.get_by_label("链接只在这里显示一次").input_value()
    stranger = new_page(on=writers.site)
    stranger.goto(address)
    assert complaints(stranger) == []
