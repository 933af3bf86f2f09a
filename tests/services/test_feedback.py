"""What readers say is kept for a while, counts once, and is added up."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guidance.models import Feedback
from guidance.services.feedback import Unsaved, causes, kept, most_unhelpful, new_token, page_of, read_token, save
from guidance.services.publishing import Release
from tests import builders

pytestmark = pytest.mark.django_db


def say(token: str, **changes: Any) -> None:
    said = {"kind": "faq", "key": "a-question", "number": 1, "useful": False, "reason": "", "text": "", "cause": ""}
    save(token=token, **said | changes)


def test_a_reason_belongs_to_no_only() -> None:
    say("1", reason="unclear")
    say("2", reason="unclear", useful=True)
    assert set(Feedback.objects.values_list("token", "reason")) == {("1", "unclear"), ("2", "")}


def test_numbers_are_taken_out_before_anything_is_kept() -> None:
    say("1", text="打我138 0013 8000")
    assert Feedback.objects.get().text == "打我［号码已删去］"


def test_the_same_form_counts_once() -> None:
    say("1", text="先")
    say("1", text="后", useful=True)
    assert Feedback.objects.get().text == "先"


def test_a_page_that_gets_too_much_takes_no_more_for_an_hour(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22 12:00+08:00", tick=False)
    for i in range(60):
        say(str(i))
    with pytest.raises(Unsaved, match="太多"):
        say("one more")
    say("0")  # sent twice: that is kept already
    say("elsewhere", key="another")
    time_machine.move_to("2026-11-22 13:00+08:00", tick=False)
    say("one more")
    assert Feedback.objects.count() == 62


def test_after_180_days_feedback_is_not_shown_and_goes_with_the_next(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22 12:00+08:00", tick=False)
    say("1")
    time_machine.shift(timedelta(days=180))
    assert kept().count() == 1
    time_machine.shift(timedelta(seconds=1))
    assert kept().count() == 0
    say("2")
    assert list(Feedback.objects.values_list("token", flat=True)) == ["2"]


def test_a_form_is_taken_between_two_seconds_and_a_day(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22 12:00+08:00", tick=False)
    token = new_token("faq/a/1")
    with pytest.raises(Unsaved) as early:
        read_token("faq/a/1", token)
    time_machine.shift(timedelta(seconds=3))
    assert (
        read_token("faq/a/1", token) == read_token("faq/a/1", token) != read_token_of_another("faq/a/1", time_machine)
    )
    time_machine.shift(timedelta(days=1))
    with pytest.raises(Unsaved) as late:
        read_token("faq/a/1", token)
    assert (early.value.again, late.value.again) == (False, True)


def read_token_of_another(place: str, time_machine: Any) -> str:
    token = new_token(place)
    time_machine.shift(timedelta(seconds=3))
    return read_token(place, token)


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "::", "字:1:x"])
def test_a_made_up_token_is_not_taken(token: str) -> None:
    with pytest.raises(Unsaved):
        read_token("faq/a/1", token)


def test_a_token_is_for_one_page(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22 12:00+08:00", tick=False)
    token = new_token("faq/a/1")
    time_machine.shift(timedelta(seconds=3))
    with pytest.raises(Unsaved):
        read_token("faq/b/1", token)


def test_only_what_was_before_the_public_can_be_spoken_of() -> None:
    builders.go_live(("article", builders.article()), ("flow", builders.flow()))
    builders.go_live(("article", builders.article(title="第二版？")))
    assert causes("article", "a-guide", 1) == causes("article", "a-guide", 2) == {""}
    assert causes("article", "a-guide", 3) is None
    assert causes("article", "nowhere", 1) is None
    assert causes("claim", "a-claim", 1) is None
    assert causes("flow", "small", 1) == {"", "late", "fine", "inconclusive"}
    assert causes("flow", "small", 2) is None


def test_what_is_only_planned_cannot_be_spoken_of() -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    builders.go_live(("article", builders.article()))
    builders.go_live(("article", builders.article(title="明天的？")), release=Release(starts_at=tomorrow))
    assert causes("article", "a-guide", 2) is None


def test_the_address_of_a_page_is_todays() -> None:
    builders.go_live(("article", builders.article()), ("flow", builders.flow()))
    assert page_of("article", "a-guide") == {"title": "怎么办？", "url": "/guides/a-guide/"}
    assert page_of("flow", "small") == {"title": "小自查", "url": "/check/small/"}
    assert page_of("article", "nowhere") is page_of("claim", "a-claim") is None


def test_the_worst_pages_come_first() -> None:
    votes = {"bad": (1, 9), "small": (0, 1), "good": (20, 1), "fine": (5, 0)}
    for key, (yes, no) in votes.items():
        for i in range(yes + no):
            say(f"{key}{i}", key=key, useful=i < yes, reason="unclear" if i % 2 else "")
    found = most_unhelpful(10)
    assert [(page["key"], page["yes"], page["no"]) for page in found] == [
        ("bad", 1, 9),
        ("small", 0, 1),
        ("good", 20, 1),
    ]
    assert found[0]["reasons"] == {"看不明白": 5}
    assert found[1]["reasons"] == {}
    assert [page["key"] for page in most_unhelpful(1)] == ["bad"]


def test_only_the_last_90_days_are_looked_at(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22 12:00+08:00", tick=False)
    say("1")
    time_machine.shift(timedelta(days=91))
    assert most_unhelpful(10) == []
