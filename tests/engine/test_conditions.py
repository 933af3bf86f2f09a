"""The condition language: what a clause and a condition say about answers."""

import pytest

from guidance.engine.conditions import ALWAYS, Clause, Condition
from tests.engine.builders import given

PAID = Clause("stage", frozenset({"paid"}))
NOT_PAID = Clause("stage", frozenset({"paid"}), negated=True)
PHONE = Clause("device", frozenset({"phone", "abroad"}))


@pytest.mark.parametrize(
    ("clause", "answers", "expected"),
    [
        (PAID, given(stage="paid"), True),
        (PAID, given(stage="unpaid"), False),
        (NOT_PAID, given(stage="unpaid"), True),
        (NOT_PAID, given(stage="paid"), False),
        (PHONE, given(device="phone"), True),
        (PHONE, given(device="abroad other"), True),
        (PHONE, given(device="other"), False),
    ],
)
def test_a_clause_asks_for_any_or_none_of_its_options(clause, answers, expected):
    assert clause.holds(answers) is expected


@pytest.mark.parametrize("clause", [PAID, NOT_PAID])
def test_a_question_never_asked_proves_nothing(clause):
    assert clause.holds(given(device="phone")) is False


def test_a_condition_without_alternatives_always_holds():
    assert ALWAYS.holds({})
    assert ALWAYS.questions() == frozenset()


def test_all_clauses_of_an_alternative_must_hold():
    both = Condition(((PAID, PHONE),))
    assert both.holds(given(stage="paid", device="phone"))
    assert not both.holds(given(stage="paid", device="other"))
    assert not both.holds(given(stage="paid"))


def test_one_alternative_is_enough():
    either = Condition(((PAID,), (PHONE,)))
    assert either.holds(given(stage="paid"))
    assert either.holds(given(device="phone"))
    assert not either.holds(given(stage="unpaid", device="other"))


def test_a_condition_names_its_clauses_and_questions():
    condition = Condition(((PAID, PHONE), (NOT_PAID,)))
    assert list(condition.clauses()) == [PAID, PHONE, NOT_PAID]
    assert condition.questions() == {"stage", "device"}
