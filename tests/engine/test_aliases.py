"""Answers given under an older version, read in today's keys."""

from dataclasses import replace

import pytest
from hypothesis import assume
from hypothesis import given as any_of
from hypothesis import strategies as st

from guidance.engine.aliases import aliases_back_to, answer_keys, carry_over, option_key, question_key
from guidance.engine.checks import check
from guidance.engine.flow import Option, Question
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


# Going back to an older version


def asking(questions, **aliases):
    """The tiny flow with these questions, each with its options: what answers may be, and nothing else."""
    made = [Question(key, key, key, tuple(Option(o, o) for o in options)) for key, options in questions.items()]
    return replace(OLD, questions=tuple(made), aliases={key.replace("__", "."): to for key, to in aliases.items()})


def broken_links(flow, published):
    return [p for p in check(flow, published, paths=False) if p.blocks and p.place.startswith("aliases")]


def back_to(old, current):
    return replace(old, aliases=aliases_back_to(old, current))


def test_a_renamed_question_goes_back_to_its_old_name_with_all_its_options():
    old, new = asking({"bill": "xy"}), asking({"debt": "xy"}, bill="debt")
    assert back_to(old, new).aliases == {"debt": "bill", "debt.x": "bill.x", "debt.y": "bill.y"}
    assert carry_over(given(debt="x"), back_to(old, new)) == given(bill="x")


def test_a_key_that_was_renamed_twice_finds_its_way_back():
    old, new = asking({"bill": "xy"}), asking({"owed": "xy"}, bill="debt", debt="owed")
    assert carry_over(given(owed="y"), back_to(old, new)) == given(bill="y")
    assert carry_over(given(debt="y"), back_to(old, new)) == given(bill="y")


def test_a_renamed_option_goes_back_and_a_new_one_is_retired():
    old, new = asking({"bill": "xy"}), asking({"bill": ["x", "z", "new"]}, bill__y="bill.z")
    assert back_to(old, new).aliases == {"bill.z": "bill.y", "bill.new": None}


def test_of_two_questions_that_became_one_the_first_gets_the_answers_back():
    old, new = asking({"a": "xy", "b": "xz"}), asking({"c": "xy"}, a="c", b="c", b__z=None)
    assert carry_over(given(c="x"), back_to(old, new)) == given(a="x")


def test_a_question_that_became_another_one_of_the_old_version_takes_none_of_its_answers():
    old, new = asking({"a": "xy", "b": "xy"}), asking({"b": ["x", "y", "new"]}, a="b", a__x="b.new")
    assert back_to(old, new).aliases == {"b.new": None}
    assert broken_links(back_to(old, new), new) == []


def test_a_question_that_was_retired_has_no_way_back_and_needs_none():
    old, new = asking({"a": "xy", "b": "xy"}), asking({"b": "xy"}, a=None, a__x=None, a__y=None)
    assert back_to(old, new).aliases == {}


def test_a_retired_key_that_came_to_life_again_is_read_as_it_is_meant_now():
    old = asking({"y": "op"}, k="x", x="y")
    new = asking({"k": "op"}, x="k", y="k")
    assert carry_over(given(k="o"), back_to(old, new)) == given(y="o")


OPTIONS = st.lists(st.sampled_from("xyz"), min_size=1, max_size=3, unique=True)
QUESTIONS = st.dictionaries(st.sampled_from("abc"), OPTIONS, min_size=1)


def following(draw, before):
    """A next version: any questions, and any way for the keys that are no more to go on."""
    flow = asking(draw(QUESTIONS))
    aliases = {key: to for key, to in before.aliases.items() if key not in answer_keys(flow)}
    lost = sorted(answer_keys(before) - answer_keys(flow))
    now = sorted(answer_keys(flow))
    for key in lost:
        aliases[key] = draw(st.sampled_from([None, *(to for to in now if ("." in to) == ("." in key))]))
    found = replace(flow, aliases=aliases)
    assume(not broken_links(found, before))
    return found


@st.composite
def three_versions(draw):
    first = asking(draw(QUESTIONS))
    second = following(draw, first)
    return first, second, following(draw, second)


@any_of(three_versions())
def test_any_version_can_come_back_after_any_other_and_no_link_breaks(versions):
    first, second, third = versions
    current = third
    for old in (first, second, third, first):
        current, replaced = back_to(old, current), current
        assert broken_links(current, replaced) == []
        assert answer_keys(current) == answer_keys(old)
