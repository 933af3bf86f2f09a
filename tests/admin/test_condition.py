"""Conditions are picked: what was not touched stays as it was stored, what was picked is what is stored."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from guidance.admin.choices import Asked, Choices
from guidance.admin.condition import ConditionField
from tests.admin.controls import controls

QUESTIONS = {
    "signal": Asked(1, "signal：页面上怎么写？", {"overdue": "写着有逾期", "risk": "提示有风险", "unknown": "不确定"}),
    "stage": Asked(2, "stage：还清了吗？", {"paid": "还清了", "unpaid": "还没有", "unknown": "不确定"}),
    "late": Asked(3, "late：晚了多久？", {"week": "一周内", "month": "更久"}),
}

keys = st.one_of(
    st.sampled_from(["signal", "stage", "late", "overdue", "paid", "unknown"]),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8),
)
clauses = st.builds(
    lambda question, name, options, other_first: (
        {name: options, "question": question} if other_first else {"question": question, name: options}
    ),
    keys,
    st.sampled_from(["any_of", "none_of"]),
    st.lists(keys, min_size=1, max_size=4),
    st.booleans(),
)
conditions = st.lists(st.lists(clauses, min_size=1, max_size=3), max_size=3)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["question", "any_of", "none_of", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)


def a_field(stored: Any, *, row: int | None = None, earlier: bool = False) -> ConditionField:
    field = ConditionField(required=False, label="什么时候问", earlier=earlier)
    choices = Choices(None)
    choices.questions = QUESTIONS
    field.settle(row, stored, choices)
    return field


def shown(field: ConditionField, value: Any = None) -> str:
    return field.widget.render("when", field.prepare_value(field.stored if value is None else value))


def sent(field: ConditionField, **changes: Any) -> Any:
    """The document after opening the form, setting controls and saving."""
    return field.clean(field.widget.value_from_datadict(controls(shown(field), **changes), {}, "when"))


@given(conditions)
def test_a_condition_that_was_not_touched_stays_as_it_was_stored(stored: Any) -> None:
    field = a_field(stored)
    assert json.dumps(sent(field)) == json.dumps(stored)
    assert not field.unreadable


@given(anything)
def test_whatever_is_stored_is_shown_and_kept(stored: Any) -> None:
    field = a_field(stored)
    assert json.dumps(sent(field)) == json.dumps([] if stored is None else stored)


@given(anything)
def test_whatever_is_stored_can_be_replaced(stored: Any) -> None:
    field = a_field(stored)
    data = controls(shown(field), **{"when-clear": "on"})
    cleared = [name for name in data if name.startswith("when-") and name != "when-clear"]
    for name in cleared:
        del data[name]
    assert field.clean(field.widget.value_from_datadict(data, {}, "when")) == []


picks = st.lists(
    st.sampled_from(sorted(QUESTIONS)).flatmap(
        lambda key: st.tuples(
            st.just(key), st.booleans(), st.sets(st.sampled_from(sorted(QUESTIONS[key].options)), min_size=1)
        ),
    ),
    min_size=1,
    max_size=3,
)


@given(st.lists(picks, max_size=3))
def test_what_was_picked_is_what_is_stored(cases: Any) -> None:
    field = a_field([])
    data: dict[str, Any] = {}
    for i, case in enumerate(cases):
        for j, (question, negated, options) in enumerate(case):
            place = f"when-{i}-{j}"
            data |= {f"{place}-question": question, f"{place}-shown": question, f"{place}-options": sorted(options)}
            data[f"{place}-is"] = "none" if negated else "any"
    assert field.clean(field.widget.value_from_datadict(controls("", **data), {}, "when")) == [
        [{"question": q, "none_of" if negated else "any_of": sorted(options)} for q, negated, options in case]
        for case in cases
    ]


CLAUSE = {"question": "signal", "any_of": ["overdue"]}


def test_a_question_without_options_is_asked_back_with_its_options() -> None:
    field = a_field([])
    with pytest.raises(ValidationError, match="情况1的条件1：请勾选选项"):
        sent(field, **{"when-0-0-question": "stage"})
    typed = field.widget.value_from_datadict(controls(shown(field), **{"when-0-0-question": "stage"}), {}, "when")
    page = shown(field, typed)
    assert "请勾选选项" in page
    assert "还清了" in page
    picked = controls(page, **{"when-0-0-options": ["paid"]})
    document = field.clean(field.widget.value_from_datadict(picked, {}, "when"))
    assert document == [[{"question": "stage", "any_of": ["paid"]}]]


def test_options_of_the_question_before_do_not_count_for_the_new_one() -> None:
    stored = [[{"question": "signal", "any_of": ["unknown"]}]]
    with pytest.raises(ValidationError, match="请勾选选项"):
        sent(a_field(stored), **{"when-0-0-question": "stage"})


def test_a_condition_or_a_case_is_added_in_the_blank_row() -> None:
    more = {"when-0-1-question": "stage", "when-0-1-shown": "stage", "when-0-1-options": ["paid"]}
    assert sent(a_field([[CLAUSE]]), **more) == [[CLAUSE, {"question": "stage", "any_of": ["paid"]}]]
    more = {"when-1-0-question": "late", "when-1-0-shown": "late", "when-1-0-options": ["week"], "when-1-0-is": "none"}
    assert sent(a_field([[CLAUSE]]), **more) == [[CLAUSE], [{"question": "late", "none_of": ["week"]}]]


def test_a_cleared_question_takes_its_condition_away_and_leaves_the_others() -> None:
    stored = [[CLAUSE, {"any_of": ["unpaid", "paid"], "question": "stage"}], [CLAUSE]]
    after = sent(a_field(stored), **{"when-0-0-question": ""})
    assert json.dumps(after) == json.dumps([[{"any_of": ["unpaid", "paid"], "question": "stage"}], [CLAUSE]])
    assert sent(a_field([[CLAUSE]]), **{"when-0-0-question": ""}) == []


def test_only_earlier_questions_are_offered_and_a_later_one_is_kept_and_marked() -> None:
    field = a_field([[{"question": "late", "any_of": ["week"]}]], row=2, earlier=True)
    page = shown(field)
    assert 'value="signal"' in page
    assert 'value="stage"' not in page
    assert "late：晚了多久？（在后面）" in page
    assert sent(field) == [[{"question": "late", "any_of": ["week"]}]]


def test_what_does_not_exist_is_marked() -> None:
    page = shown(a_field([[{"question": "gone", "any_of": ["x"]}, {"question": "signal", "any_of": ["old"]}]]))
    assert "gone（不存在）" in page
    assert "old（不存在）" in page


@pytest.mark.parametrize("stored", [7, "x", [[7]], [[]], {"a": 1}, [[{"question": "signal", "all_of": ["x"]}]]])
def test_what_is_no_condition_is_shown_as_text_until_something_is_picked(stored: Any) -> None:
    field = a_field(stored)
    page = shown(field)
    assert "看不懂" in page
    assert sent(field) == stored
    assert sent(field, **{"when-clear": "on"}) == []
    changes = {"when-0-0-question": "late", "when-0-0-shown": "late", "when-0-0-options": ["week"]}
    assert sent(field, **changes) == [[{"question": "late", "any_of": ["week"]}]]


def test_text_from_a_document_is_never_markup() -> None:
    page = shown(a_field([[{"question": '"><script>x</script>', "any_of": ["<b>"]}]]))
    assert "<script>" not in page
    assert "<b>" not in page


def test_a_required_condition_must_hold_something() -> None:
    field = a_field([])
    field.required = True
    with pytest.raises(ValidationError):
        sent(field)
