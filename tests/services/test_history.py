"""What changed, for readers who follow it: before and after, why, and on which sources."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guidance.models import Publication, Revision
from guidance.services.history import LATEST, changes
from tests import builders

pytestmark = pytest.mark.django_db


GONE = ("old", "old.unpaid", "old.paid", "old.unknown")


def say(text: str, note: str = "", **more: Any) -> None:
    """Publish a claim that says this."""
    builders.go_live(("claim", builders.claim(key="b-claim", text=text, **more)), note=note)


def lines() -> list[str]:
    return changes()[0].lines


def test_what_the_site_began_with_is_no_change() -> None:
    say("欠款要还。", note="随站点提供的内容")
    assert Revision.objects.filter(kind="claim", key="b-claim", number=1).exists()
    assert changes() == []


def test_a_changed_claim_says_before_after_why_and_on_which_source(django_user_model: Any) -> None:
    say("三天内还。")
    editor = django_user_model.objects.create_user("editor")
    builders.go_live(("claim", builders.claim(key="b-claim", text="当天就还。")), author=editor, note="规定改了。")
    (change,) = changes()
    assert change.title == "更新主张：当天就还。"
    assert change.lines == ["内容：原来“三天内还。”，现在“当天就还。”", "为什么：规定改了。", "依据：一部法律"]
    assert (change.kind, change.key, change.number, change.refuted) == ("claim", "b-claim", 2, False)
    assert change.at == Publication.objects.get(kind="claim", key="b-claim", revision__number=2).starts_at


def test_a_claim_found_false_says_so_and_what_to_do_instead() -> None:
    say("交钱就能解冻。")
    say("交钱就能解冻。", status="refuted", group="scam", why="没有这回事。", instead="停下，不给钱。")
    assert changes()[0].refuted
    assert lines()[0] == "判定：原来“采用”，现在“不可信”"


def test_a_new_claim_of_an_editor_is_a_change(django_user_model: Any) -> None:
    editor = django_user_model.objects.create_user("editor")
    builders.go_live()
    builders.go_live(("claim", builders.claim(key="b-claim", text="先核实。")), author=editor)
    (change,) = changes()
    assert change.title == "新增主张：先核实。"
    assert change.lines == ["内容：先核实。", "依据：一部法律"]


def test_a_new_check_that_changed_nothing_is_no_news() -> None:
    say("欠款要还。")
    say("欠款要还。", checked_on="2027-01-01", review_by="2028-01-01", checked_by="另一位")
    assert changes() == []


def test_what_comes_with_the_site_gives_no_reason_of_its_own() -> None:
    say("欠款要还。")
    say("欠款要早还。", note="随站点提供的内容")
    assert lines() == ["内容：原来“欠款要还。”，现在“欠款要早还。”", "依据：一部法律"]


def test_changed_new_and_removed_questions_of_a_self_check_are_counted() -> None:
    before = builders.flow()
    extra = {"why": "问一问。", "options": before["questions"][0]["options"]}
    before["questions"] += [{"key": "old", "text": "旧题？", **extra}]
    before["scenarios"] = []
    builders.go_live(("flow", before))
    after = builders.flow(title="新名字", aliases=dict.fromkeys(GONE), scenarios=[])
    after["questions"][0]["text"] = "账单都还清了吗？"
    after["questions"] += [{"key": key, "text": f"{key}？", **extra} for key in ("new", "newer")]
    builders.go_live(("flow", after))
    (change,) = changes()
    assert change.title == "更新情况自查：新名字"
    assert change.lines == [
        "标题：原来“小自查”，现在“新名字”",
        "题目：改动1处，新增2处，删去1处",
    ]


def test_pages_and_sources_that_change_are_no_news_of_rules() -> None:
    builders.go_live(("article", builders.article()))
    builders.go_live(("article", builders.article(title="新的标题？")), ("source", builders.source(key="b-law")))
    assert changes() == []


def test_the_newest_come_first_and_only_the_latest_are_told() -> None:
    keys = [f"c-{number}" for number in range(LATEST + 1)]
    for text in ("原来的话。", "现在的话。"):
        builders.go_live(*(("claim", builders.claim(key=key, text=text)) for key in keys))
    say("先说。")
    say("后说。")
    assert [change.key for change in changes()] == ["b-claim", *reversed(keys)][:LATEST]


def test_more_changes_cost_no_more_queries() -> None:
    def queries() -> int:
        changes()  # reads what is live
        with CaptureQueriesContext(connection) as captured:
            changes()
        return len(captured)

    say("第0版。")
    say("第1版。")
    before = queries()
    for number in range(2, 12):
        say(f"第{number}版。")
    assert len(changes()) == 11
    assert queries() == before


def test_a_field_that_documents_no_longer_have_does_not_stop_the_news() -> None:
    say("三天内还。")
    first = Revision.objects.filter(kind="claim", key="b-claim")
    first.update(payload=first.get().payload | {"mood": "calm"})
    say("当天就还。")
    assert lines()[0] == "内容：原来“三天内还。”，现在“当天就还。”"
