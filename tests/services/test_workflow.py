"""The road of a draft: who may take which step from where, and what stops them."""

from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any

import pytest
from django.utils import timezone

from accounts.roles import ROLES
from guidance.models import Action, ArticleDraft, Event, QuestionDraft, Revision, State
from guidance.services import upkeep, workflow
from guidance.services.drafts import fingerprint, touched
from guidance.services.live import site
from guidance.services.publishing import Refused, Release
from guidance.services.workflow import EDGES, Stopped, move, publish_drafts
from tests import builders
from tests.staff import (
    EVERYBODY,
    KEEPER,
    NOBODY,
    PUBLISHER,
    REVIEWER,
    SUPERUSER,
    WRITER,
    approved,
    edited_guide,
    publish,
    staff,
    standing,
    written,
)

pytestmark = pytest.mark.django_db


def holds(role: str, permission: str) -> bool:
    name = "guidance.change_articledraft" if permission == workflow.WRITE else permission
    return role == SUPERUSER or any(fnmatchcase(name, pattern) for pattern in ROLES.get(role, ()))


def tries(draft: Any, action: Action, user: Any, **more: Any) -> bool:
    """Whether a step could be taken."""
    try:
        move(draft, action, user, "说明", **more)
    except Stopped:
        return False
    return True


@pytest.mark.parametrize("role", EVERYBODY)
def test_each_step_is_open_from_its_states_to_its_roles_and_to_nobody_else(role: str) -> None:
    draft = edited_guide(staff(WRITER))
    user = staff(role)
    for state in State:
        for action, edge in EDGES.items():
            standing(draft, state)
            expected = state in edge.sources and any(holds(role, each) for each in edge.permissions)
            assert tries(draft, action, user) == expected, (state, action)
            draft.refresh_from_db()
            assert draft.state == (edge.target if expected else state)


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("state", State)
def test_what_a_person_is_offered_can_be_done_by_them(role: str, state: State) -> None:
    draft = standing(edited_guide(staff(WRITER)), state)
    user = staff(role)
    for action in workflow.steps(draft, user):
        standing(draft, state)
        assert tries(draft, action, user), action


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("state", State)
def test_only_who_may_publish_publishes_and_only_what_was_approved(role: str, state: State) -> None:
    draft = standing(edited_guide(staff(WRITER)), state)
    if holds(role, workflow.PUBLISH) and state == State.APPROVED:
        publish(draft, staff(role))
        assert site().guides.pages["a-guide"].value.title == "改过的标题？"
    else:
        with pytest.raises(Stopped):
            publish(draft, staff(role))
        assert site().guides.pages["a-guide"].value.title == "怎么办？"


@pytest.mark.parametrize("role", [WRITER, REVIEWER, NOBODY])
def test_restoring_withdrawing_and_cancelling_are_for_those_who_publish(role: str) -> None:
    user = staff(role)
    draft = edited_guide(staff(WRITER))
    for step in (
        lambda: upkeep.restore("article", "a-guide", 1, user),
        lambda: upkeep.withdraw(draft, user, "过时了"),
        lambda: upkeep.unschedule(draft, user),
    ):
        with pytest.raises(Stopped, match="你的角色"):
            step()


def test_the_whole_road_is_on_the_record_with_who_and_why() -> None:
    writer, reviewer, publisher = staff(WRITER), staff(REVIEWER), staff(PUBLISHER)
    draft = edited_guide(writer)
    move(draft, Action.SUBMIT, writer)
    move(draft, Action.RETURN, reviewer, "标题太长")
    draft.refresh_from_db()
    draft.title = "再改的标题？"
    draft.save()
    touched(draft, writer)
    revision = publish(approved(draft, writer, reviewer), publisher, note="规定改了")
    assert [(e.action, e.actor, e.note, e.number) for e in Event.objects.about("article", "a-guide")] == [
        (Action.EDIT, writer, "", None),
        (Action.SUBMIT, writer, "", None),
        (Action.RETURN, reviewer, "标题太长", None),
        (Action.EDIT, writer, "", None),
        (Action.SUBMIT, writer, "", None),
        (Action.APPROVE, reviewer, "", None),
        (Action.PUBLISH, publisher, "规定改了", 2),
    ]
    assert (revision.author, revision.reviewer, revision.note) == (writer, reviewer, "规定改了")


def test_returning_needs_a_reason() -> None:
    draft = standing(edited_guide(staff(WRITER)), State.IN_REVIEW)
    with pytest.raises(Stopped, match="原因"):
        move(draft, Action.RETURN, staff(REVIEWER), " ")


def test_nobody_approves_what_they_edited_even_when_somebody_edited_later() -> None:
    first, last = staff(KEEPER), staff(WRITER)
    draft = edited_guide(first)
    draft.title = "又改的标题？"
    draft.save()
    touched(draft, last)
    move(draft, Action.SUBMIT, last)
    with pytest.raises(Stopped, match="由别人审核"):
        move(draft, Action.APPROVE, first)
    assert Action.APPROVE not in workflow.steps(ArticleDraft.objects.get(pk=draft.pk), first)
    assert tries(draft, Action.APPROVE, staff(REVIEWER))


def test_an_edit_of_a_row_inside_a_flow_is_an_edit_of_the_flow() -> None:
    writer, editor = staff(WRITER), staff(KEEPER)
    draft = written("flow", builders.flow(), writer)
    builders.go_live()
    question = QuestionDraft.objects.get(flow=draft, key="bill")
    question.text = "账单都还清了吗？"
    question.save()
    touched(draft, editor)
    touched(draft, writer)
    move(draft, Action.SUBMIT, writer)
    with pytest.raises(Stopped, match="由别人审核"):
        move(draft, Action.APPROVE, editor)


def test_who_edited_before_a_cancelled_schedule_is_still_an_author() -> None:
    first, last, publisher, reviewer = staff(KEEPER), staff(WRITER), staff(PUBLISHER), staff(REVIEWER)
    draft = edited_guide(first)
    touched(draft, last)
    publish(approved(draft, last, reviewer), publisher, starts_at=timezone.now() + timedelta(days=1))
    upkeep.unschedule(draft, publisher)
    move(draft, Action.RECALL, last)
    move(draft, Action.SUBMIT, last)
    with pytest.raises(Stopped, match="由别人审核"):
        move(draft, Action.APPROVE, first)


def test_who_edited_before_an_old_version_was_restored_is_still_an_author() -> None:
    first, last, publisher = staff(KEEPER), staff(WRITER), staff(PUBLISHER)
    builders.go_live(("article", builders.article()))
    builders.go_live(("article", builders.article(title="第二版？")))
    draft = written("article", builders.article(title="第三版？"), first)
    touched(draft, last)
    upkeep.restore("article", "a-guide", 1, publisher)
    move(draft, Action.SUBMIT, last)
    with pytest.raises(Stopped, match="由别人审核"):
        move(draft, Action.APPROVE, first)


def test_after_a_publication_those_who_wrote_it_may_review_what_others_write() -> None:
    first, second = staff(KEEPER), staff(WRITER)
    draft = edited_guide(first)
    publish(approved(draft, first, staff(REVIEWER)), staff(PUBLISHER))
    draft.title = "第三版？"
    draft.save()
    touched(draft, second)
    move(draft, Action.SUBMIT, second)
    move(draft, Action.APPROVE, first)
    draft.refresh_from_db()
    assert draft.state == State.APPROVED


def test_ones_own_draft_passes_only_when_nobody_else_can_review_it() -> None:
    alone = staff(KEEPER)
    draft = edited_guide(alone)
    move(draft, Action.SUBMIT, alone)
    other = staff(REVIEWER, "李审核")
    with pytest.raises(Stopped, match="李审核"):
        move(draft, Action.OVERRIDE, alone, "等不及")
    other.is_active = False
    other.save()
    with pytest.raises(Stopped, match="原因"):
        move(draft, Action.OVERRIDE, alone)
    move(draft, Action.OVERRIDE, alone, "只有我在")
    last = Event.objects.about("article", "a-guide").last()
    assert (last.action, last.actor, last.note) == (Action.OVERRIDE, alone, "只有我在")  # type: ignore[union-attr]


def test_what_changed_since_it_was_looked_at_is_not_approved() -> None:
    draft = standing(edited_guide(staff(WRITER)), State.IN_REVIEW)
    seen = fingerprint(draft)
    ArticleDraft.objects.filter(pk=draft.pk).update(title="偷偷改的？")
    reviewer = staff(REVIEWER)
    assert not tries(draft, Action.APPROVE, reviewer, seen=seen)
    with pytest.raises(Stopped, match="送审之后"):
        move(draft, Action.APPROVE, reviewer)


def test_what_changed_since_it_was_approved_is_not_published() -> None:
    writer = staff(WRITER)
    draft = approved(edited_guide(writer), writer, staff(REVIEWER))
    ArticleDraft.objects.filter(pk=draft.pk).update(title="偷偷改的？")
    with pytest.raises(Stopped, match="审核之后"):
        publish(draft, staff(PUBLISHER))


@pytest.mark.parametrize("state", [State.IN_REVIEW, State.APPROVED, State.RETURNED])
def test_an_edit_takes_a_draft_off_the_road(state: State) -> None:
    writer = staff(WRITER)
    draft = standing(edited_guide(writer), state)
    draft.title = "又改了？"
    draft.save()
    touched(draft, writer)
    draft.refresh_from_db()
    assert (draft.state, draft.submitted) == (State.DRAFT, "")


def test_an_edit_that_brings_the_live_text_back_leaves_nothing_to_publish() -> None:
    writer = staff(WRITER)
    draft = edited_guide(writer)
    draft.title = builders.article()["title"]
    draft.save()
    touched(draft, writer)
    draft.refresh_from_db()
    assert draft.state == State.PUBLISHED
    assert Action.SUBMIT not in workflow.steps(draft, writer)
    with pytest.raises(Stopped, match="和线上一样"):
        move(draft, Action.SUBMIT, writer)


def test_what_cannot_be_published_cannot_be_sent_in() -> None:
    writer = staff(WRITER)
    draft = edited_guide(writer, body="{claim:nowhere}")
    with pytest.raises(Refused):
        move(draft, Action.SUBMIT, writer)
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_several_drafts_go_live_together_or_not_at_all() -> None:
    writer, reviewer, publisher = staff(WRITER), staff(REVIEWER), staff(PUBLISHER)
    first = approved(edited_guide(writer), writer, reviewer)
    second = standing(written("faq", builders.faq(), writer), State.IN_REVIEW)
    before = Revision.objects.count()
    with pytest.raises(Stopped, match="待审"):
        publish_drafts([first, second], publisher, Release())
    assert Revision.objects.count() == before
    move(second, Action.APPROVE, reviewer)
    publish_drafts([first, second], publisher, Release())
    assert Revision.objects.count() == before + 2
    assert "a-question" in site().questions.pages


def test_drafts_that_need_each_other_are_sent_in_one_by_one_and_published_together() -> None:
    builders.go_live()
    writer, reviewer, publisher = staff(WRITER), staff(REVIEWER), staff(PUBLISHER)
    first = written("article", builders.article(key="one", slug="one", related=["two"]), writer)
    second = written("article", builders.article(key="two", slug="two", body="看[另一篇](/guides/one/)。"), writer)
    for draft in (first, second):
        move(draft, Action.SUBMIT, writer)
        move(draft, Action.APPROVE, reviewer)
    with pytest.raises(Refused):
        publish_drafts([first], publisher, Release())
    assert len(publish_drafts([first, second], publisher, Release())) == 2


def test_what_was_approved_before_a_page_was_withdrawn_does_not_bring_it_back() -> None:
    draft = edited_guide(staff(WRITER))
    standing(draft, State.APPROVED)
    publisher = staff(PUBLISHER)
    upkeep.withdraw(draft, publisher, "说法有误。", "/guides/")
    draft.refresh_from_db()
    assert draft.state == State.DRAFT
    with pytest.raises(Stopped):
        publish_drafts([draft], publisher, Release())


def test_an_approval_and_a_publication_are_of_what_was_looked_at() -> None:
    draft = edited_guide(staff(WRITER))
    standing(draft, State.APPROVED)
    with pytest.raises(Stopped, match="又有人改过"):
        publish_drafts([draft], staff(PUBLISHER), Release(), {draft.pk: "something else"})


def test_a_year_that_was_typed_wrongly_is_told() -> None:
    draft = edited_guide(staff(WRITER))
    standing(draft, State.APPROVED)
    with pytest.raises(Refused, match="太远"):
        publish_drafts([draft], staff(PUBLISHER), Release(starts_at=datetime(9999, 12, 30, tzinfo=UTC)))
