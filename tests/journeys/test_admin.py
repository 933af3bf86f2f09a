"""A page's days at the desk: changed, scheduled, shown to somebody, looked at again, withdrawn; a large self-check."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.bench.engine import generated
from tests.journeys.conftest import NewPage
from tests.journeys.desk import SignIn, Staff, open_draft, review, save, step, tab, told, unfold
from tests.journeys.server import Site

AHEAD = timedelta(seconds=8)
ANY_SECOND = "field => { field.step = 1; }"  # so that the test need not wait for a whole minute
TITLES = {"being-collected": "有人催收，今天怎么办？", "grace-period": "花呗有宽限期吗，几天？"}
APPROVE = """
import json, os
from django.contrib.auth import get_user_model
from guidance.models import Action, ArticleDraft, FaqDraft
from guidance.services import workflow
from guidance.services.drafts import touched
writer, reviewer = (get_user_model().objects.get(username=name) for name in ("小文", "小审"))
for key, title in json.loads(os.environ["TITLES"]).items():
    draft = ArticleDraft.objects.filter(key=key).first() or FaqDraft.objects.get(key=key)
    draft.title = title
    draft.save()
    touched(draft, writer)
    workflow.move(draft, Action.SUBMIT, writer)
    workflow.move(draft, Action.APPROVE, reviewer)
"""
LARGE = """
import json, os, pathlib
from guidance.models import FlowDraft
print(FlowDraft().load(json.loads(pathlib.Path(os.environ["LARGE"]).read_text())).pk)
"""


@pytest.fixture(scope="module")
def office(start_site: Callable[[], Site]) -> Staff:
    """A site with its staff, and new titles that were approved; every test works on a document of its own."""
    site = start_site()
    staff = Staff(site)
    site.manage("shell", "--no-imports", "-c", APPROVE, TITLES=json.dumps(TITLES))
    return staff


@pytest.fixture
def sign_in(office: Staff, new_page: NewPage) -> SignIn:
    return partial(office.sign_in, new_page)


def schedule(page: Page) -> None:
    """Publish what is approved in a moment."""
    field = page.get_by_label("什么时候开始（不填就是现在）")
    field.evaluate(ANY_SECOND)
    step(page, "发布", starts_at=f"{datetime.now(ZoneInfo('Asia/Shanghai')) + AHEAD:%Y-%m-%dT%H:%M:%S}")


def test_a_scheduled_guide_appears_by_itself(sign_in: SignIn, office: Staff, new_page: NewPage) -> None:
    guide, title = "/guides/being-collected/", TITLES["being-collected"]
    publisher = sign_in("小发")
    review(publisher, "articledraft", "being-collected")
    schedule(publisher)
    expect(told(publisher)).to_contain_text("已定在")
    reader = new_page(on=office.site)
    reader.goto(guide)
    expect(reader.locator("h1")).to_have_text("正在被催收，现在该怎么办？")
    office.site.shows(guide, title)
    reader.reload()
    expect(reader.locator("h1")).to_have_text(title)
    assert reader.context.cookies() == []


def test_what_is_scheduled_waits_on_the_front_page_until_it_is_cancelled(sign_in: SignIn) -> None:
    title = TITLES["grace-period"]
    publisher = sign_in("小发")
    review(publisher, "faqdraft", "grace-period")
    tomorrow = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=1)
    step(publisher, "发布", starts_at=f"{tomorrow:%Y-%m-%dT%H:%M}")
    publisher.goto("/admin/")
    waiting = publisher.get_by_role("region", name="定时")
    expect(waiting).to_contain_text(f"{tomorrow:%Y-%m-%d %H:%M}开始")
    waiting.get_by_role("link", name=title).click()
    step(publisher, "取消定时", note="再等等")
    publisher.goto("/admin/")
    expect(publisher.get_by_role("region", name="可以发布")).to_contain_text(title)
    expect(waiting).to_contain_text("没有定时的")


def test_a_withdrawn_page_says_why_and_where_to_go(sign_in: SignIn, office: Staff, new_page: NewPage) -> None:
    page, reason = "/faq/due-date/", "规则变了，这一页不再准。"
    publisher = sign_in("小发")
    review(publisher, "faqdraft", "due-date")
    unfold(publisher, "让读者不再看到它")
    step(publisher, "撤下", reason=reason, instead="/guides/overdue/")
    office.site.shows(page, reason)
    reader = new_page(on=office.site, statuses=(410,))
    response = reader.goto(page)
    assert response
    assert response.status == 410
    expect(reader.locator("main")).to_contain_text(reason)
    expect(reader.locator("main a[href='/guides/overdue/']")).to_be_visible()


def test_a_page_that_others_lead_to_is_not_withdrawn(sign_in: SignIn, office: Staff) -> None:
    publisher = sign_in("小发")
    review(publisher, "articledraft", "overdue")
    unfold(publisher, "让读者不再看到它")
    form = publisher.locator("form.step-form", has=publisher.get_by_role("button", name="撤下", exact=True))
    form.get_by_label("为什么撤下").fill("不再准。")
    form.get_by_role("button", name="撤下").click()
    expect(told(publisher).locator(".error").first).to_contain_text("什么都没有变")
    expect(form.get_by_label("为什么撤下")).to_have_value("不再准。")
    office.site.shows("/guides/overdue/", "<h1")


def test_looked_at_again_without_a_change(sign_in: SignIn, *, javascript: bool) -> None:
    key = "repay-plan" if javascript else "minimum-payment"
    reviewer = sign_in("小审", javascript=javascript)
    review(reviewer, "claimdraft", key)
    unfold(reviewer, "内容不改")
    sources = reviewer.locator("[name=tick]")
    expect(sources).not_to_have_count(0)
    reviewer.get_by_role("button", name="记录核对").click()
    expect(told(reviewer)).to_contain_text("个来源没有勾选")
    unfold(reviewer, "内容不改")
    for i in range(sources.count()):
        sources.nth(i).check()
    step(reviewer, "记录核对", note="逐个打开看过")
    expect(told(reviewer)).to_contain_text("已记录核对，下次核对")
    expect(reviewer.locator(".events li").first).to_contain_text("逐个打开看过")


def test_a_link_to_a_draft_needs_no_account_and_is_not_found_by_search(
    sign_in: SignIn, office: Staff, new_page: NewPage
) -> None:
    writer = sign_in("小文")
    open_draft(writer, "articledraft", "after-repaying")
    writer.locator("#id_title").fill("还清了，然后呢？")
    save(writer)
    tab(writer, "预览")
    expect(writer.locator(".phone").get_by_role("heading", name="还清了，然后呢？")).to_be_visible()
    writer.get_by_role("link", name="预览链接").click()
    writer.get_by_role("button", name="生成预览链接").click()
    stranger = new_page(on=office.site)
    response = stranger.goto(writer.get_by_label("链接只在这里显示一次").input_value())
    assert response
    assert "noindex" in response.headers["x-robots-tag"]
    expect(stranger.get_by_role("note", name="草稿")).to_contain_text("这是草稿")
    expect(stranger.get_by_role("heading", level=1)).to_have_text("还清了，然后呢？")


def test_a_self_check_of_a_hundred_questions_is_worked_on(sign_in: SignIn, office: Staff, tmp_path: Path) -> None:
    document = tmp_path / "large.json"
    document.write_text(json.dumps(generated(100, branching=True)))
    pk = office.site.manage("shell", "--no-imports", "-c", LARGE, LARGE=str(document)).strip()
    page = sign_in("小文")
    page.goto(f"/admin/guidance/flowdraft/{pk}/rows/")
    expect(page.locator("li[id^=row-questiondraft]")).to_have_count(100)
    page.locator("li[id^=row-questiondraft] .row__text a").last.click()
    expect(page.locator("#id_text")).to_be_visible()
    tab(page, "流程图")
    expect(page.locator("svg.picture a[data-node]")).to_have_count(104)
    for title in ("编辑", "影响", "审核与发布"):
        tab(page, title)
        expect(page.locator("#content-main")).to_be_visible()
