"""Lists, groups and answers are filled in with plain controls; what was not touched stays as it was stored."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from guidance.admin.answers import AnswersField, NextCheckField, SaidField
from guidance.admin.choices import Asked, Choices
from guidance.admin.fields import LinesField, Piece
from guidance.admin.groups import AliasesField, Text, TextsField
from guidance.admin.lists import MANY, KeysField, PhrasesField
from tests.admin.controls import controls

QUESTIONS = {
    "signal": Asked(1, "signal：页面上怎么写？", {"overdue": "写着有逾期", "risk": "提示有风险"}),
    "stage": Asked(2, "stage：还清了吗？", {"paid": "还清了", "unpaid": "还没有"}),
}
CLAIMS = {"a-claim": "a-claim：欠款要还", "b-claim": "b-claim：先看清楚", "c-claim": "c-claim：再一步步来"}


def offers(_: Choices) -> dict[str, str]:
    return CLAIMS


def texts(absent: Any) -> TextsField:
    reason = Text("reason", "为什么", long=True)
    return TextsField(reason, Text("instead", "改看哪一页", offers=offers), absent=absent)


FIELDS = {
    "lines": LinesField,
    "keys": lambda: KeysField(offers),
    "phrases": lambda: PhrasesField(offers),
    "texts": lambda: texts({}),
    "texts-or-none": lambda: texts(None),
    "aliases": AliasesField,
    "answers": AnswersField,
    "next-check": NextCheckField,
    "said": SaidField,
}
key = st.sampled_from(["signal", "stage", "overdue", "paid", "a-claim", "signal.risk", "-", "", " x "]) | st.text(
    max_size=4
)
likely = st.one_of(
    st.lists(key, max_size=4),
    st.dictionaries(key, key | st.none() | st.lists(key, max_size=3), max_size=3),
    st.fixed_dictionaries({}, optional={"reason": key, "instead": key}),
    st.fixed_dictionaries({"flow": key, "question": key, "options": st.lists(key, max_size=3)}),
    st.fixed_dictionaries({"flow": key}, optional={"answers": st.dictionaries(key, key, max_size=3)}),
)
anything = likely | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def settled(make: Any, stored: Any) -> Piece:
    field: Piece = make()
    field.required = False
    field.label = "一栏"
    choices = Choices(None)
    choices.questions = QUESTIONS
    choices.flows = {"huabei": "huabei：自查", "other": "other：另一个"}
    choices.answers = [
        (f"自查：{asked.label}", {f"huabei/{key}/{option}": label for option, label in asked.options.items()})
        for key, asked in QUESTIONS.items()
    ]
    choices._known = {"huabei": QUESTIONS}
    choices.answers_in = lambda flow: QUESTIONS if flow == "huabei" else {}  # type: ignore[method-assign]
    field.settle(None, stored, choices)
    return field


def shown(field: Piece, value: Any = None) -> str:
    return field.widget.render("f", field.prepare_value(field.stored if value is None else value))


def sent(field: Piece, **changes: Any) -> Any:
    """The document after opening the form, setting controls and saving."""
    return field.clean(field.widget.value_from_datadict(controls(shown(field), **changes), {}, "f"))


@pytest.mark.parametrize("make", FIELDS.values(), ids=FIELDS)
@given(stored=anything)
def test_whatever_is_stored_is_shown_and_kept(make: Any, stored: Any) -> None:
    field = settled(make, stored)
    assert json.dumps(sent(field)) == json.dumps(field.nothing() if stored is None else stored)


@pytest.mark.parametrize("make", FIELDS.values(), ids=FIELDS)
@pytest.mark.parametrize("stored", [7, "x", [[7]], {"a": {"b": 1}}, True])
def test_what_cannot_be_shown_in_the_controls_is_shown_as_text_and_can_be_dropped(make: Any, stored: Any) -> None:
    field = settled(make, stored)
    assert "看不懂" in shown(field)
    assert json.dumps(sent(field)) == json.dumps(stored)
    assert sent(field, **{"f-clear": "on"}) == field.nothing()


def test_a_text_is_a_line() -> None:
    assert sent(settled(LinesField, ["旧的"]), f="第一行\r\n\r\n  第二行 \r\n") == ["第一行", "第二行"]
    assert sent(settled(LinesField, ["旧的"]), f="  ") == []


def test_what_no_database_can_hold_is_said() -> None:
    with pytest.raises(ValidationError, match="无法保存"):
        sent(settled(LinesField, []), f="坏\x00字")
    with pytest.raises(ValidationError, match="无法保存"):
        sent(settled(FIELDS["keys"], []), f=["\ud800"])


def test_keys_keep_the_order_in_which_they_are_picked() -> None:
    field = settled(FIELDS["keys"], ["b-claim", "gone"])
    assert "gone（不存在）" in shown(field)
    assert sent(field, f=["c-claim", "", "gone", "a-claim"]) == ["c-claim", "gone", "a-claim"]
    assert sent(field, f=["", "", "", ""]) == []


def test_there_are_always_two_blank_rows_to_pick_in() -> None:
    assert shown(settled(FIELDS["keys"], list(CLAIMS))).count("<select") == 5
    assert shown(settled(FIELDS["phrases"], ["一", "二"])).count("<input") == 4


def test_a_long_list_over_many_choices_stays_small_and_loses_nothing() -> None:
    many = {f"claim-{i}": f"claim-{i}：一句话" for i in range(500)}
    stored = list(many)[:40]
    field = settled(lambda: KeysField(lambda _: many), stored)
    assert shown(field).count("<option") < MANY
    assert sent(field) == stored
    assert sent(field, f=[*stored[1:], "claim-499", ""]) == [*stored[1:], "claim-499"]


def test_a_group_leaves_out_what_is_empty() -> None:
    field = settled(FIELDS["texts-or-none"], None)
    assert sent(field, **{"f-reason": "不再提供。", "f-instead": "/guides/x/"}) == {
        "reason": "不再提供。",
        "instead": "/guides/x/",
    }
    assert sent(field, **{"f-reason": "只有原因"}) == {"reason": "只有原因"}
    filled = settled(FIELDS["texts-or-none"], {"reason": "旧"})
    assert sent(filled, **{"f-reason": " "}) is None


def test_an_old_key_says_what_became_of_it() -> None:
    field = settled(AliasesField, {"old": "signal"})
    more = {"f-old": ["old", "gone", "old.x"], "f-new": ["stage", "-", "signal.risk"]}
    assert sent(field, **more) == {"old": "stage", "gone": None, "old.x": "signal.risk"}
    assert sent(field, **{"f-old": [""], "f-new": [""]}) == {}


def test_an_old_key_may_lead_to_another_old_key() -> None:
    field = settled(AliasesField, {"oldest": "old", "old": "signal", "x": "gone"})
    page = shown(field)
    assert '<option value="old" selected>old（另一个旧标识）' in page
    assert '<option value="gone" selected>gone（不存在）' in page


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [("gone", "", "请选它改成了什么"), ("", "stage", "请写上旧标识"), ("old", "-", "写了不止一次")],
)
def test_a_row_of_an_old_key_must_be_whole(old: str, new: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        sent(settled(AliasesField, {"old": "signal"}), **{"f-old": ["old", old], "f-new": ["signal", new]})


def test_answers_of_a_case_are_picked_question_by_question() -> None:
    field = settled(AnswersField, {"signal": ["risk"]})
    one = {"f-1-question": "stage", "f-1-shown": "stage", "f-1-options": ["unpaid", "paid"]}
    assert json.dumps(sent(field, **one)) == json.dumps({"signal": ["risk"], "stage": ["paid", "unpaid"]})
    assert sent(field, **{"f-0-options": ["overdue"]}) == {"signal": "overdue"}
    assert sent(field, **{"f-0-question": ""}) == {}


def test_a_case_answers_a_question_once_and_with_an_option() -> None:
    field = settled(AnswersField, {"signal": "risk"})
    again = {"f-1-question": "signal", "f-1-shown": "signal", "f-1-options": ["overdue"]}
    with pytest.raises(ValidationError, match="不止一次"):
        sent(field, **again)
    with pytest.raises(ValidationError, match="第2行：请勾选选项"):
        sent(field, **{"f-1-question": "stage"})


def test_a_page_goes_on_with_a_self_check_and_answers() -> None:
    field = settled(NextCheckField, {"flow": "huabei"})
    answers = {"f-answers": ["signal.risk", "", "stage.paid"]}
    assert sent(field, **answers) == {"flow": "huabei", "answers": {"signal": "risk", "stage": "paid"}}
    assert sent(field, f="") is None
    assert sent(settled(NextCheckField, None), f="other") == {"flow": "other"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"f": "other"}, "不是这个自查里的回答"),
        ({"f": ""}, "请选一个自查"),
        ({"f-answers": ["signal.risk", "signal.overdue"]}, "不止一次"),
    ],
)
def test_answers_that_do_not_fit_the_self_check_are_said(changes: dict[str, Any], words: str) -> None:
    field = settled(NextCheckField, {"flow": "huabei", "answers": {"signal": "risk"}})
    with pytest.raises(ValidationError, match=words):
        sent(field, **changes)


PAID = {"flow": "huabei", "question": "stage", "options": ["paid"]}


def test_what_readers_say_answers_one_question() -> None:
    field = settled(SaidField, PAID)
    assert 'value="huabei/stage/paid" selected>还清了' in shown(field)
    assert sent(field, f=["huabei/stage/unpaid", "", "huabei/stage/paid"]) == PAID | {"options": ["paid", "unpaid"]}
    assert sent(field, f=["", "huabei/signal/risk"]) == PAID | {"question": "signal", "options": ["risk"]}
    assert sent(field, f=["", ""]) == field.nothing()
    with pytest.raises(ValidationError, match="只选同一道题"):
        sent(field, f=["huabei/stage/paid", "huabei/signal/risk"])
    with pytest.raises(ValidationError, match="不是自查里的回答"):
        sent(field, f=["huabei/stage/lost"])


def test_an_answer_that_the_self_check_no_longer_has_is_kept_and_marked() -> None:
    field = settled(SaidField, PAID | {"options": ["lost", "paid"]})
    assert "huabei/stage/lost（不存在）" in shown(field)
    assert sent(field) == PAID | {"options": ["lost", "paid"]}
    assert sent(field, f=["huabei/stage/lost"]) == PAID | {"options": ["lost"]}


@pytest.mark.parametrize("make", FIELDS.values(), ids=FIELDS)
def test_every_control_has_a_name_of_its_own_for_those_who_listen(make: Any) -> None:
    stored = {"keys": ["a-claim"], "phrases": ["一"]}
    name = next(name for name, each in FIELDS.items() if each is make)
    page = shown(settled(make, stored.get(name)))
    labels = [part.split('"')[0] for part in page.split('aria-label="')[1:]]
    assert len(labels) == len(set(labels))
