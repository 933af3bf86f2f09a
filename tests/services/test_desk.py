"""What waits at the desk: for one person, and for everybody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from guidance.models import Event, State
from guidance.services import audit, desk
from guidance.services.drafts import touched
from guidance.services.publishing import Release
from guidance.services.workflow import move
from tests import builders
from tests.staff import KEEPER, NOBODY, PUBLISHER, REVIEWER, WRITER, approved, edited_guide, publish, staff, standing

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", State)
def test_mine_is_what_i_changed_last_and_must_still_work_on(state: State) -> None:
    writer = staff(WRITER)
    draft = standing(edited_guide(writer), state)
    mine = [draft] if state in (State.DRAFT, State.RETURNED) else []
    assert desk.my_drafts(writer) == mine
    assert desk.my_drafts(staff(WRITER)) == []


def test_what_was_sent_in_waits_for_those_who_may_review_and_did_not_write_it() -> None:
    first, last = staff(KEEPER), staff(WRITER)
    draft = edited_guide(first)
    touched(draft, last)
    move(draft, "submit", last)  # type: ignore[arg-type]
    assert desk.waiting_for(staff(REVIEWER)) == [draft]
    for other in (first, last, staff(PUBLISHER), staff(NOBODY)):
        assert desk.waiting_for(other) == []


def test_what_will_start_and_what_will_end_comes_the_nearest_first() -> None:
    now, day = timezone.now(), timedelta(days=1)
    builders.go_live(("term", builders.term()), ends_at=now + 2 * day)
    builders.go_live(("faq", builders.faq()), starts_at=now + 3 * day)
    builders.go_live(("article", builders.article()), starts_at=now + day)
    assert [each.kind for each in desk.scheduled()] == ["article", "term", "faq"]
    builders.go_live(("term", builders.term(meaning="没有期限了。")))
    assert [each.kind for each in desk.scheduled()] == ["article", "faq"]


def test_what_is_due_comes_the_longest_overdue_first_and_withdrawn_pages_rest() -> None:
    today = timezone.localdate()
    dates = {
        key: (today + timedelta(days=days)).isoformat() for key, days in (("a", 5), ("b", -3), ("c", 31), ("d", 0))
    }
    for key, date in dates.items():
        builders.go_live(("article", builders.article(key=f"g-{key}", slug=f"g-{key}", review_by=date)))
    gone = builders.article(key="gone", slug="gone", review_by=dates["b"])
    builders.go_live(("article", gone))
    builders.go_live(("article", gone | {"withdrawn": {"reason": "过时了。", "instead": "/guides/"}}))
    found = [(each.key, each.past) for each in desk.due() if each.key.startswith(("g-", "gone"))]
    assert found == [("g-b", True), ("g-d", True), ("g-a", False)]


def test_a_source_that_nobody_can_look_up_is_named() -> None:
    builders.go_live(("source", builders.source(key="known", note="在图书馆看。")))
    found = desk.unsourced()
    assert ("source", "a-law", "一部法律") in found
    assert "known" not in [key for _, key, _ in found]


def test_what_was_approved_waits_for_those_who_publish() -> None:
    writer = staff(WRITER)
    draft = approved(edited_guide(writer), writer, staff(REVIEWER))
    assert list(desk.drafts_in(State.APPROVED)) == [draft]
    publish(draft, staff(PUBLISHER))
    assert list(desk.drafts_in(State.APPROVED)) == []


def test_the_live_content_has_nothing_that_todays_checks_refuse() -> None:
    assert desk.failures_live() == []


def test_a_step_that_concerns_no_document_is_on_the_record() -> None:
    keeper = staff(KEEPER)
    audit.record("roles", keeper, "作者 → 审核", "z" * 50)
    last = Event.objects.last()
    assert (last.actor, last.note, last.key, last.kind) == (keeper, "作者 → 审核", "z" * 50, "")  # type: ignore[union-attr]


def test_a_release_of_now_has_no_times_to_complain_about() -> None:
    assert list(Release(note="说明").problems(timezone.now())) == []
