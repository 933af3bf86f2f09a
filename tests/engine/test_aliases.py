"""Answers given under an older version, read in today's keys."""

from dataclasses import replace

import pytest

from guidance.engine.aliases import carry_over, option_key, question_key
from tests.engine.builders import flow_of, given, tiny

OLD = flow_of(tiny())


def with_aliases(**aliases):
    """The tiny flow, with aliases written old__option="new.option"."""
    return replace(OLD, aliases={key.replace("__", "."): target for key, target in aliases.items()})


def test_keys_that_did_not_change_stay():
    flow = with_aliases()
    assert carry_over(given(stage="paid", device="phone abroad"), flow) == given(stage="paid", device="phone abroad")


def test_a_renamed_question_keeps_its_answers():
    assert carry_over(given(bill="paid"), with_aliases(bill="stage")) == given(stage="paid")


def test_a_renamed_option_is_read_by_its_new_key():
    flow = with_aliases(stage__cleared="stage.paid")
    assert carry_over(given(stage="cleared"), flow) == given(stage="paid")


def test_a_question_and_its_option_may_be_renamed_at_different_times():
    flow = with_aliases(bill="stage", bill__cleared="bill.settled", stage__settled="stage.paid")
    assert carry_over(given(bill="cleared"), flow) == given(stage="paid")


def test_an_old_name_leads_through_all_later_ones():
    flow = with_aliases(a="b", b="bill", bill="stage")
    assert question_key(flow, "a") == "stage"
    assert option_key(flow, "a", "paid") == "paid"


def test_a_retired_question_is_left_out():
    assert carry_over(given(mood="bad", stage="paid"), with_aliases(mood=None)) == given(stage="paid")


def test_a_question_renamed_and_then_retired_is_left_out():
    flow = with_aliases(feeling="mood", mood=None)
    assert question_key(flow, "feeling") is None
    assert option_key(flow, "feeling", "bad") is None


def test_of_several_answers_a_retired_one_is_left_out_alone():
    flow = with_aliases(device__tablet=None)
    assert carry_over(given(device="tablet phone"), flow) == given(device="phone")
    assert carry_over(given(device="tablet"), flow) == {}


@pytest.mark.parametrize("aliases", [{"a": "b", "b": "a"}, {"a": "a"}])
def test_names_that_lead_in_a_circle_lead_nowhere(aliases):
    flow = replace(OLD, aliases=aliases)
    assert question_key(flow, "a") is None
    assert option_key(flow, "a", "x") is None


def test_options_that_lead_in_a_circle_lead_nowhere():
    assert option_key(with_aliases(stage__x="stage.y", stage__y="stage.x"), "stage", "x") is None
