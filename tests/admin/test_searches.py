"""Before a draft is published, editors see which searches would get other first hits."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guidance.models import DRAFTS, DailyCount, Draft, FaqDraft, PinDraft, Revision, SynonymDraft
from guidance.services.publishing import Entry, publish
from tests import builders
from tests.admin.controls import controls
from tests.staff import NOBODY, REVIEWER, WRITER, desk_of, staff

pytestmark = pytest.mark.django_db


def address(draft: Draft, page: str = "searches") -> str:
    return reverse(f"admin:guidance_{draft._meta.model_name}_{page}", args=[draft.pk])


def searches(client: Client, draft: Draft, **query: str) -> str:
    response = client.get(address(draft), query)
    assert response.status_code == 200
    return str(response.content.decode())


def words(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def rows(page: str) -> list[list[str]]:
    """The cells of the table as people read them."""
    body = re.search(r'<table class="impact__rows">.*?<tbody>(.*?)</tbody>', page, re.DOTALL)
    found = re.findall(r"<tr>(.*?)</tr>", body[1], re.DOTALL) if body else []
    return [[words(cell) for cell in re.split(r"</t[hd]>", row)[:3]] for row in found]


@pytest.fixture
def parrot() -> None:
    """A question on parrots that stands first for two queries."""
    builders.go_live(
        ("faq", builders.faq(title="鹦鹉怎么办？")),
        ("pin", builders.pin(queries=["鹦鹉", "学舌鸟"], pages=["/faq/a-question/"])),
    )


@pytest.mark.usefixtures("parrot")
def test_queries_that_change_stand_there_before_and_after_the_worst_first(admin_client: Client) -> None:
    draft = PinDraft().load(builders.pin(queries=["鹦鹉", "企鹅"], pages=["/check/huabei/"]))
    page = searches(admin_client, draft)
    lost, moved, gained = rows(page)[:3]
    assert lost == ["学舌鸟 搜不到了", "鹦鹉怎么办？ 常见问题，置顶 掉了", "没有结果。"]
    assert moved == [
        "鹦鹉 第一条换了",
        "鹦鹉怎么办？ 常见问题，置顶",
        "花呗用不了，情况自查 情况自查，置顶 新 升到第一 鹦鹉怎么办？ 常见问题 第1→第2",
    ]
    assert gained == ["企鹅 原来搜不到", "没有结果。", "花呗用不了，情况自查 情况自查，置顶 新 升到第一"]
    assert re.search(r"试了 \d+ 个搜索词， 3 个的前三条会变", words(page))


@pytest.mark.usefixtures("parrot")
def test_looking_publishes_nothing(admin_client: Client) -> None:
    draft = PinDraft().load(builders.pin(queries=["企鹅"], pages=["/check/huabei/"]))
    count = Revision.objects.count()
    first = rows(searches(admin_client, draft))
    assert rows(searches(admin_client, draft)) == first != []
    assert Revision.objects.count() == count
    assert "没有找到" in words(admin_client.get(reverse("search"), {"q": "企鹅"}).content.decode())


@pytest.mark.usefixtures("parrot")
def test_when_nothing_changes_that_is_said_with_how_much_was_tried(admin_client: Client) -> None:
    draft = FaqDraft().load(builders.faq(title="鹦鹉怎么办？"))
    page = searches(admin_client, draft)
    assert "试了 1 个搜索词，前三条都不变。" in words(page)
    assert rows(page) == []


@pytest.mark.usefixtures("parrot")
def test_a_query_of_ones_own_is_compared_whether_or_not_it_changes(admin_client: Client) -> None:
    draft = SynonymDraft().load(builders.synonym(words=["鹦鹉", "绿毛鸟"]))
    page = searches(admin_client, draft, q=" 绿毛鸟 ")
    assert "搜“绿毛鸟”，前三条会变。" in words(page)
    assert [row[0] for row in rows(page)] == ["绿毛鸟 原来搜不到"]
    assert 'value="绿毛鸟"' in page
    same = searches(admin_client, draft, q="学舌鸟")
    assert "搜“学舌鸟”，前三条不变。" in words(same)
    assert rows(same) == [["学舌鸟", "鹦鹉怎么办？ 常见问题，置顶", "鹦鹉怎么办？ 常见问题，置顶"]]


@pytest.mark.parametrize("query", ["", " ", "\0", "<b>", "字" * 210, "😭", "？？", '"*('])
def test_any_query_gets_an_answer(admin_client: Client, query: str) -> None:
    builders.go_live()
    page = searches(admin_client, SynonymDraft().load(builders.synonym(words=["鹦鹉", "绿毛鸟"])), q=query)
    assert "前三条" in words(page)
    assert "<b>”" not in page


def test_a_draft_with_problems_is_not_compared_and_leads_to_them(admin_client: Client) -> None:
    draft = PinDraft().load(builders.pin(pages=["/faq/nowhere/"]))
    page = searches(admin_client, draft)
    assert "这份草稿现在还不能发布，所以比较不了" in words(page)
    assert "“nowhere”不存在" in page
    assert f'href="{address(draft, "problems")}"' in page
    assert f'href="{address(draft, "change")}#id_pages"' in page


def test_while_a_version_waits_for_its_time_that_is_said(admin_client: Client) -> None:
    builders.go_live(("faq", builders.faq()))
    later = timezone.now() + timedelta(days=1)
    builders.go_live(("faq", builders.faq(title="后来呢？")), starts_at=later)
    assert "请先取消定时" in searches(admin_client, FaqDraft().load(builders.faq(title="现在呢？")))


def test_while_others_write_for_long_that_is_said(admin_client: Client) -> None:
    builders.go_live()
    draft = SynonymDraft().load(builders.synonym(words=["鹦鹉", "绿毛鸟"]))

    def locked(execute: Any, sql: str, *arguments: Any) -> Any:
        if sql.startswith("INSERT INTO"):
            raise OperationalError("database is locked")
        return execute(sql, *arguments)

    with connection.execute_wrapper(locked):
        page = searches(admin_client, draft)
    assert "正有人在发布，现在比较不了" in words(page)
    assert Revision.objects.filter(kind="synonym", key=draft.key).count() == 0


def test_every_kind_that_search_knows_has_the_page_and_no_other(admin_client: Client) -> None:
    builders.go_live()
    made: dict[str, dict[str, Any]] = {
        "claim": builders.claim(key="lone"),
        "contact": builders.contact(key="lone", number="95599"),
        "term": builders.term(key="lone", name="单字"),
        "article": builders.article(key="lone", slug="lone"),
        "faq": builders.faq(key="lone", slug="lone"),
        "flow": builders.flow(),
        "synonym": builders.synonym(),
        "pin": builders.pin(pages=["/check/huabei/"]),
    }
    for kind, document in made.items():
        draft = DRAFTS[kind]().load(document)
        assert "个搜索词" in words(searches(admin_client, draft)), kind
        assert f'href="{address(draft)}"' in admin_client.get(address(draft, "impact")).content.decode()
    publish([Entry("flow", builders.flow())])
    for kind, document in {"source": builders.source(), "phrase": builders.phrase()}.items():
        draft = DRAFTS[kind]().load(document)
        assert "搜索变化" not in admin_client.get(address(draft, "impact")).content.decode()
        assert admin_client.get(address(draft, "impact").replace("/impact/", "/searches/")).status_code != 200


def test_who_may_see_the_draft_sees_this(client: Client) -> None:
    builders.go_live()
    draft = SynonymDraft().load(builders.synonym())
    assert "/admin/login/" in client.get(address(draft))["Location"]
    assert desk_of(staff(NOBODY)).get(address(draft)).status_code == 403
    for role in (WRITER, REVIEWER):
        assert "个搜索词" in words(searches(desk_of(staff(role)), draft))


def searched_in_vain(text: str, times: int = 9) -> None:
    DailyCount.objects.create(day=timezone.localdate(), subject="search", number=0, what=text, total=times)


def links(page: str, label: str) -> list[str]:
    return [html.unescape(url) for url in re.findall(rf'<a href="([^"]*)">{label}', page)]


@pytest.mark.parametrize(
    ("label", "model", "name"), [("写进同义词", SynonymDraft, "typed"), ("写进置顶", PinDraft, "queries")]
)
def test_a_search_in_vain_leads_to_a_new_draft_that_has_its_words(
    admin_client: Client, label: str, model: Any, name: str
) -> None:
    searched_in_vain("怎么 注销&?")
    (url,) = links(admin_client.get("/admin/").content.decode(), label)
    form = controls(admin_client.get(url).content.decode(), key="new", pages=["/check/huabei/"], **builders.DATES)
    assert form[name] == "怎么 注销&?"
    if model is SynonymDraft:
        form["words"] = "注销"
    admin_client.post(url, form)
    assert getattr(model.objects.get(key="new"), name) == ["怎么 注销&?"]


def test_only_what_can_hold_the_words_is_offered_and_to_who_may_write() -> None:
    searched_in_vain("字" * 21)
    searched_in_vain("词" * 41, times=8)
    front = desk_of(staff(WRITER)).get("/admin/").content.decode()
    assert (len(links(front, "写进同义词")), len(links(front, "写进置顶"))) == (0, 1)
    other = desk_of(staff(REVIEWER)).get("/admin/").content.decode()
    assert "字" * 21 in other
    assert links(other, "写进置顶") == []
