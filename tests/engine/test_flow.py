"""Questions take only answers that make sense."""

import pytest

from guidance.engine.flow import AnswerError
from tests.engine.builders import flow_of, tiny

TINY = flow_of(tiny())
STAGE, DEVICE = TINY.questions


@pytest.mark.parametrize(
    ("question", "values", "code"),
    [
        (STAGE, [], "missing"),
        (STAGE, ["never-heard-of"], "unknown_option"),
        (STAGE, ["paid", "unpaid"], "too_many"),
        (DEVICE, [], "missing"),
        (DEVICE, ["phone", "paid"], "unknown_option"),
        (DEVICE, ["phone", "none"], "exclusive"),
        (DEVICE, ["unknown", "none"], "exclusive"),
    ],
)
def test_an_answer_the_question_cannot_take_is_refused_with_its_reason(question, values, code):
    with pytest.raises(AnswerError) as refused:
        question.answer(values)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("question", "values"),
    [(STAGE, ["paid"]), (STAGE, ["paid", "paid"]), (DEVICE, ["none"]), (DEVICE, ["abroad", "phone"])],
)
def test_an_answer_that_fits_is_taken(question, values):
    assert question.answer(values) == frozenset(values)


def test_options_are_found_by_key():
    assert DEVICE.option("abroad").label == "在外地登录"
    assert DEVICE.option_keys == ("phone", "abroad", "none", "unknown")


def test_only_the_unknown_option_means_i_do_not_know():
    assert STAGE.unknown == {"unknown"}
    assert DEVICE.unknown == {"unknown"}


def test_questions_and_causes_are_found_by_key():
    assert TINY.question_by_key["device"] is DEVICE
    assert TINY.cause_by_key["guard"].title == "风险监控"


def test_a_cause_knows_which_questions_count_for_it():
    assert TINY.looks_at == {"overdue": {"stage"}, "guard": {"device"}}


def test_evidence_for_a_cause_that_does_not_exist_does_not_get_in_the_way():
    draft = tiny()
    draft["evidence"][0]["cause"] = "nobody"
    assert flow_of(draft).looks_at["overdue"] == {"stage"}
