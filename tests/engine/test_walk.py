"""Where some answers lead."""

import pytest
from hypothesis import given as drawn
from hypothesis import settings

from guidance.engine.walk import walk
from tests.engine.builders import every_state, flow_of, flows, given, tiny

TINY = flow_of(tiny())


def keys(questions):
    return [question.key for question in questions]


def test_a_new_reader_gets_the_first_question():
    start = walk(TINY, {})
    assert start.next.key == "stage"
    assert not start.complete
    assert start.asked == ()


def test_the_next_question_is_the_first_unanswered_whose_condition_holds():
    assert walk(TINY, given(stage="paid")).next.key == "device"


def test_a_question_whose_condition_does_not_hold_is_passed_over():
    path = walk(TINY, given(stage="unpaid"))
    assert path.complete
    assert keys(path.asked) == ["stage"]


def test_a_path_ends_when_all_is_answered():
    path = walk(TINY, given(stage="paid", device="phone abroad"))
    assert path.complete
    assert keys(path.asked) == ["stage", "device"]
    assert path.answers == given(stage="paid", device="phone abroad")


def test_answers_off_the_path_are_left_out():
    path = walk(TINY, given(stage="unpaid", device="phone", nonsense="x"))
    assert path.answers == given(stage="unpaid")


def test_later_answers_wait_until_earlier_ones_are_given():
    path = walk(TINY, given(device="phone"))
    assert path.next.key == "stage"
    assert path.answers == {}


@pytest.mark.parametrize("device", ["phone none", "gone", ""])
def test_an_answer_the_question_cannot_take_counts_as_not_given(device):
    path = walk(TINY, given(stage="paid", device=device))
    assert path.next.key == "device"
    assert path.answers == given(stage="paid")


def test_questions_answered_with_unknown_are_named():
    assert keys(walk(TINY, given(stage="unknown", device="unknown")).unknown()) == ["stage", "device"]
    assert keys(walk(TINY, given(stage="unknown", device="none")).unknown()) == ["stage"]
    assert keys(walk(TINY, given(stage="paid", device="none")).unknown()) == []


@drawn(flows())
@settings(max_examples=60)
def test_every_state_keeps_all_its_answers_and_asks_something_new(flow):
    for answers in every_state(flow):
        path = walk(flow, answers)
        assert path.answers == answers
        assert keys(path.asked) == [key for key in flow.question_by_key if key in answers]
        assert path.complete or path.next.key not in answers
