"""The versions of a document: compared with each other and with the draft, brought back at once or into the draft."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guidance.models import ArticleDraft, Event, State
from guidance.services import upkeep
from guidance.services.live import site
from tests import builders
from tests.staff import KEEPER, PUBLISHER, WRITER, desk_of, edited_guide, staff, written

pytestmark = pytest.mark.django_db

TITLES = ("第一版的话？", "第二版的话？", "草稿里的话？")
FIRST = ("一", "二", "草稿")  # what only this one says


@pytest.fixture
def keeper() -> Client:
    return desk_of(staff(KEEPER))


@pytest.fixture
def draft() -> Any:
    for title in TITLES[:2]:
        builders.go_live(("article", builders.article(title=title)))
    return written("article", builders.article(title=TITLES[2]), staff(WRITER))


def page_of(draft: Any) -> str:
    return reverse(f"admin:guidance_{draft._meta.model_name}_versions", args=[draft.pk])


def press(client: Client, draft: Any, **data: Any) -> str:
    return str(client.post(page_of(draft), data, follow=True).content.decode())


@pytest.mark.parametrize(
    ("query", "old", "new"),
    [("", 1, 2), ("?old=1&new=2", 0, 1), ("?old=1&new=draft", 0, 2), ("?old=2&new=1", 1, 0)],
)
def test_any_two_are_compared(keeper: Client, draft: Any, query: str, old: int, new: int) -> None:
    page = keeper.get(page_of(draft) + query).content.decode()
    gone, come = ("".join(re.findall(f"<{tag}[^>]*>(.*?)</{tag}>", page)) for tag in ("del", "ins"))
    assert (FIRST[old] in gone, FIRST[new] in come) == (True, True)
    assert (FIRST[new] in gone, FIRST[old] in come) == (False, False)


@pytest.mark.parametrize("query", ["?old=99&new=x", "?old=&new=", "?old=draft&new=draft", "?old=-1"])
def test_versions_that_are_not_there_are_answered(keeper: Client, draft: Any, query: str) -> None:
    assert keeper.get(page_of(draft) + query).status_code == 200


def test_an_old_version_goes_live_at_once_and_says_its_new_number(keeper: Client, draft: Any) -> None:
    page = press(keeper, draft, number="1", restore="", note="改错了")
    assert "已恢复第1版的内容，现在是第3版" in page
    assert site().guides.pages["a-guide"].value.title == TITLES[0]
    assert ArticleDraft.objects.get(pk=draft.pk).title == TITLES[2]


@pytest.mark.parametrize(
    ("number", "words"), [("2", "就是第2版"), ("9", "没有这个版本"), ("x", "没有这个版本"), ("", "没有")]
)
def test_what_cannot_be_brought_back_is_told(keeper: Client, draft: Any, number: str, words: str) -> None:
    assert words in press(keeper, draft, number=number, restore="")
    assert site().guides.pages["a-guide"].number == 2


def test_an_old_version_goes_into_the_draft_only(keeper: Client, draft: Any) -> None:
    assert "读者还看不到" in press(keeper, draft, number="1", load="", overwrite="on")
    draft.refresh_from_db()
    assert (draft.title, draft.state) == (TITLES[0], State.DRAFT)
    assert site().guides.pages["a-guide"].value.title == TITLES[1]
    assert "没有放进去" in press(keeper, draft, number="2", load="")
    draft.refresh_from_db()
    assert draft.title == TITLES[0]
    press(keeper, draft, number="2", load="", overwrite="on")
    draft.refresh_from_db()
    assert draft.state == State.PUBLISHED
    notes = Event.objects.about("article", "a-guide").values_list("note", flat=True)
    assert {"放进第1版的内容", "放进第2版的内容"} <= set(notes)


def test_an_old_flow_goes_into_the_draft_with_its_rows(keeper: Client) -> None:
    builders.go_live(("flow", builders.flow()))
    longer = builders.flow()
    longer["advice"].append(
        {"key": "more", "kind": "step", "title": "再看看", "body": "隔天再看。", "claims": ["a-claim"]}
    )
    builders.go_live(("flow", longer))
    flow = written("flow", longer, None)
    assert flow.state == State.PUBLISHED
    press(keeper, flow, number="1", load="")
    flow.refresh_from_db()
    assert (flow.state, flow.advice.count()) == (State.DRAFT, 4)
    press(keeper, flow, number="2", load="", overwrite="on")
    flow.refresh_from_db()
    assert (flow.state, flow.advice.count()) == (State.PUBLISHED, 5)


@pytest.mark.parametrize("button", ["restore", "load"])
def test_a_version_whose_address_another_draft_has_now_is_told(keeper: Client, button: str) -> None:
    builders.go_live(("article", builders.article()))
    moved = builders.article(slug="better", former_slugs=["a-guide"])
    builders.go_live(("article", moved))
    draft = written("article", moved, staff(WRITER))
    written("article", builders.article(key="other"), staff(WRITER))
    assert "现在用在另一份草稿里" in press(keeper, draft, number="1", **{button: ""})
    draft.refresh_from_db()
    assert draft.slug == site().get("article", "a-guide").value.slug == "better"  # type: ignore[union-attr]


def test_a_version_that_no_longer_passes_is_refused_with_what_is_wrong(keeper: Client) -> None:
    builders.go_live(("claim", builders.claim(key="leaving")))
    builders.go_live(("article", builders.article(claims=["leaving"])))
    builders.go_live(("article", builders.article()))
    draft = written("article", builders.article(), None)
    upkeep.withdraw(written("claim", builders.claim(key="leaving"), None), staff(PUBLISHER), "过时了。")
    page = press(keeper, draft, number="1", restore="")
    assert "通不过现在的检查" in page
    assert "leaving" in page


def test_each_version_says_when_it_was_public(keeper: Client, draft: Any) -> None:
    start = timezone.now() + timedelta(days=3)
    builders.go_live(("article", builders.article(title="以后？")), starts_at=start)
    assert f"定在{timezone.localtime(start):%Y-%m-%d %H:%M}" in keeper.get(page_of(draft)).content.decode()
    upkeep.unschedule(draft, staff(PUBLISHER))
    page = keeper.get(page_of(draft)).content.decode()
    assert "没有公开过（定时已取消）" in page
    assert "恢复第1版" in page
    assert "恢复第2版" not in page
    assert "恢复第3版" not in page


def test_the_newest_version_can_come_back_after_it_was_withdrawn(keeper: Client) -> None:
    builders.go_live(("term", builders.term()))
    term = written("term", builders.term(), None)
    upkeep.withdraw(term, staff(PUBLISHER), "过时了。")
    assert "恢复第1版" in keeper.get(page_of(term)).content.decode()
    press(keeper, term, number="1", restore="")
    assert site().get("term", "a-word") is not None


def test_what_was_never_published_has_no_versions(keeper: Client) -> None:
    draft = written("article", builders.article(), None)
    assert "还没有发布过" in keeper.get(page_of(draft)).content.decode()


def test_reading_needs_no_right_to_change() -> None:
    draft = edited_guide(staff(WRITER))
    page = desk_of(staff(PUBLISHER)).get(page_of(draft)).content.decode()
    assert "放进草稿" not in page
