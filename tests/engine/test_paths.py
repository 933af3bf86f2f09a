"""Merged enumeration of all answer paths agrees with looking at every path one by one."""

from collections import Counter

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from guidance.engine.conditions import ALWAYS
from guidance.engine.paths import (
    Lengths,
    count_outcomes,
    lengths,
    longest_from,
    outcomes,
    reachable,
    reachable_advice,
    tallies,
)
from guidance.engine.space import possible_answers
from guidance.engine.verdict import Tally, conclude, weigh
from guidance.engine.walk import walk
from tests.engine.builders import (
    conditions,
    every_answer,
    every_path,
    every_state,
    flow_of,
    flows,
    given,
    question,
    tiny,
)

TINY = flow_of(tiny())


def in_order(flow, answers):
    weighed = weigh(flow, answers)
    return tuple(weighed[cause.key] for cause in flow.causes)


@drawn(flows())
@settings(max_examples=50)
def test_every_answer_a_question_can_take_is_looked_at_once(flow):
    for asked in flow.questions:
        assert Counter(possible_answers(asked)) == Counter(every_answer(asked))


@drawn(flows())
@settings(max_examples=50)
def test_lengths_are_those_of_all_raw_paths(flow):
    naive = sorted(len(answers) for answers in every_path(flow))
    found = lengths(flow)
    assert found.paths == Counter(naive)
    assert (found.total, found.longest) == (len(naive), naive[-1])
    assert found.median == naive[(len(naive) - 1) // 2]
    assert found.complete


@drawn(flows())
@settings(max_examples=50)
def test_outcomes_are_those_of_all_raw_paths(flow):
    paths = every_path(flow)
    found = outcomes(flow)
    assert {each.tallies: each.count for each in found.outcomes} == Counter(in_order(flow, path) for path in paths)
    assert found.total == len(paths)
    assert found.complete
    for each in found.outcomes:
        assert walk(flow, each.example).complete
        assert walk(flow, each.example).answers == each.example
        assert in_order(flow, each.example) == each.tallies


@drawn(flows())
@settings(max_examples=50)
def test_paths_are_counted_by_the_cause_named_first(flow):
    verdicts = [conclude(flow, path) for path in every_path(flow)]
    naive = Counter(verdict.primary.cause.key if verdict.primary else "" for verdict in verdicts)
    assert count_outcomes(outcomes(flow), flow) == naive


@drawn(flows(), st.data())
@settings(max_examples=50)
def test_a_condition_is_reachable_when_it_holds_on_some_path(flow, data):
    watched = data.draw(st.lists(conditions(list(flow.questions), least=0), min_size=1, max_size=5))
    paths = every_path(flow)
    naive = {i for i, condition in enumerate(watched) if any(condition.holds(path) for path in paths)}
    assert reachable(flow, watched) == naive


@drawn(flows())
@settings(max_examples=50)
def test_advice_is_reachable_when_some_result_shows_it(flow):
    shown = {advice.key for path in every_path(flow) for advice in conclude(flow, path).advice}
    assert reachable_advice(flow) == shown


@drawn(flows(most=3))
@settings(max_examples=50)
def test_what_can_still_follow_is_known_in_every_state(flow):
    paths = every_path(flow)
    for answers in every_state(flow):
        ends = [path for path in paths if answers.items() <= path.items()]
        still = max(len(path) for path in ends) - len(answers)
        assert longest_from(flow, answers) == max(0, still - 1)


@drawn(flows())
@settings(max_examples=50)
def test_the_paths_of_one_cause_are_counted_by_its_tally_alone(flow):
    cause = flow.causes[0].key
    found = tallies(flow, [cause])
    naive = Counter(weigh(flow, path)[cause] for path in every_path(flow))
    assert {memo[0]: trail.count for memo, trail in found.memos.items()} == naive


def test_an_answer_off_the_path_does_not_shorten_the_way():
    assert longest_from(TINY, given(device="none")) == 1
    assert longest_from(TINY, given(stage="paid")) == 0
    assert longest_from(TINY, given(stage="unpaid", device="none")) == 0


def test_a_condition_that_always_holds_is_reachable():
    assert reachable(TINY, [ALWAYS]) == {0}


def test_the_tiny_flow_by_hand():
    assert lengths(TINY).paths == {1: 1, 2: 2 * 5}
    assert count_outcomes(outcomes(TINY), TINY) == {"overdue": 1, "guard": 2 * 3, "": 2 * 2}


def test_no_paths_have_no_middle():
    assert Lengths({}, complete=True).median == 0


@pytest.mark.parametrize("half", [1, 2])
def test_the_median_is_the_length_half_of_the_paths_do_not_exceed(half):
    assert Lengths({1: half, 3: 2, 9: 1}, complete=True).median == {1: 3, 2: 3}[half]
    assert Lengths({1: 3, 3: 2, 9: 1}, complete=True).median == 1


def test_when_the_cap_is_reached_it_is_said():
    assert not outcomes(TINY, cap=1).complete
    assert not lengths(TINY, cap=1).complete
    assert outcomes(TINY, cap=3).total < outcomes(TINY).total


def test_a_million_paths_that_nothing_tells_apart_are_few_states():
    document = tiny()
    document["questions"] += [question(f"q{i}", *"abcdefgh") for i in range(12)]
    flow = flow_of(document)
    assert lengths(flow, cap=100).total == 9**12 * 11
    assert outcomes(flow, cap=100).complete


def test_evidence_from_several_answers_adds_up_to_one_tally():
    found = {each.tallies[1] for each in outcomes(TINY).outcomes}
    assert found == {Tally(), Tally(net=1), Tally(net=2), Tally(net=-1)}
