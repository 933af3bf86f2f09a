"""What would break if a part of a flow were gone: every place is named, and nothing else."""

from guidance.engine.document import read_flow
from guidance.engine.uses import uses_of_advice, uses_of_cause, uses_of_option, uses_of_question
from tests import builders


def flow(**changes):
    value, problems = read_flow(builders.flow(**changes))
    assert problems == []
    return value


def test_a_question_is_used_by_conditions_and_scenarios():
    assert uses_of_question(flow(), "bill") == [
        "questions/1/ask_when",
        "evidence/0/when",
        "evidence/4/when",
        "scenarios/0",
    ]


def test_advice_that_looks_at_a_question_uses_it():
    document = builders.flow()
    document["advice"][2]["when"] = [[{"question": "signs", "any_of": ["call"]}]]
    assert "advice/2/when" in uses_of_question(flow(advice=document["advice"]), "signs")
    assert uses_of_option(flow(advice=document["advice"]), "signs", "call") == ["evidence/2/when", "advice/2/when"]


def test_an_option_is_used_where_it_is_named_also_as_what_must_not_be():
    assert uses_of_option(flow(), "bill", "paid") == ["questions/1/ask_when", "evidence/4/when"]
    assert uses_of_option(flow(), "bill", "unpaid") == ["evidence/0/when", "scenarios/0"]


def test_an_option_of_the_same_key_in_another_question_is_another_option():
    assert uses_of_option(flow(), "signs", "paid") == []
    assert uses_of_option(flow(), "bill", "unknown") == []


def test_a_cause_is_used_by_evidence_advice_and_the_scenarios_that_expect_it():
    assert uses_of_cause(flow(), "late") == [
        "evidence/0",
        "evidence/1",
        "evidence/2",
        "evidence/3",
        "advice/1",
        "scenarios/0",
    ]


def test_a_cause_that_a_scenario_expects_among_the_others_is_used():
    scenarios = [builders.flow()["scenarios"][0] | {"others": ["fine"]}]
    assert uses_of_cause(flow(scenarios=scenarios), "fine") == ["evidence/4", "scenarios/0"]


def test_advice_is_used_by_the_scenarios_that_expect_it():
    assert uses_of_advice(flow(), "pay") == ["scenarios/0"]
    assert uses_of_advice(flow(), "note") == []


def test_what_is_not_there_is_used_nowhere():
    found = [find(flow(), "nowhere") for find in (uses_of_question, uses_of_cause, uses_of_advice)]
    assert [*found, uses_of_option(flow(), "nowhere", "paid")] == [[], [], [], []]
