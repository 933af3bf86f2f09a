"""A link lives on: what was found under version 1 is still there when version 2 is published."""

from pathlib import Path

import pytest
import yaml
from playwright.sync_api import expect

from tests.journeys.accessibility import complaints
from tests.journeys.conftest import NewPage
from tests.journeys.reader import RESULT, STORY, answer, begin, finish, heading, result_text, words
from tests.journeys.server import ROOT, Site

SHIPPED = ROOT / "guidance" / "content" / "flows" / "huabei.yaml"


@pytest.fixture
def version_2(tmp_path: Path) -> Path:
    """A content folder whose self-check calls the cause otherwise and advises one thing more."""
    file = tmp_path / "flows" / "huabei.yaml"
    file.parent.mkdir()
    flow = yaml.safe_load(SHIPPED.read_text())
    next(cause for cause in flow["causes"] if cause["key"] == "overdue")["title"] = "账单晚还了"
    new = {"key": "new-step", "kind": "step", "title": "今天多了这一步", "body": "打开花呗页面看一看。"}
    flow["advice"].append(new | {"claims": ["repay-in-app-only"]})
    file.write_text(yaml.safe_dump(flow, allow_unicode=True, sort_keys=False))
    return tmp_path


def publish(site: Site, folder: Path) -> None:
    assert "Published 1 documents." in site.manage("load_content", str(folder))
    site.shows("/check/huabei.json", '"live_version": 2')


def test_a_link_and_an_unfinished_check_outlive_a_new_version(
    new_page: NewPage, own_site: Site, version_2: Path, *, javascript: bool
) -> None:
    page, on_the_way = new_page(javascript=javascript, on=own_site), new_page(javascript=javascript, on=own_site)
    page.goto(RESULT)
    address, before = page.url, result_text(page)
    expect(page.locator(".notice.live")).to_have_count(0)
    begin(on_the_way)
    answer(on_the_way, "signal", "overdue")
    publish(own_site, version_2)

    page.goto(address)
    expect(page).to_have_url(address)
    notice = page.locator(".notice.live")
    expect(notice).to_contain_text("按今天的规则，结论不同")
    assert result_text(page).replace(words(notice), "").strip() == before

    notice.get_by_role("link", name="比较两次结果").click()
    expect(heading(page)).to_have_text("按今天的规则，结论不同")
    expect(page.locator(".compare dd")).to_have_text(["账单逾期", "账单晚还了"])
    expect(page.get_by_text("今天多了这一步")).to_be_visible()
    if javascript:
        assert complaints(page) == []
    page.get_by_role("link", name="看今天的结果").click()
    expect(heading(page)).to_have_text("账单晚还了")

    finish(on_the_way, {asked: option for asked, option in STORY.items() if asked != "signal"})
    expect(heading(on_the_way)).to_have_text("账单逾期")
    expect(on_the_way).to_have_url(address)
