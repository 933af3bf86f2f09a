"""Differences as editors read them: every one is shown, nothing that is the same, and the marks are where one looks."""

from copy import deepcopy
from time import perf_counter
from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from guidance.documents import KINDS, canonical
from guidance.documents.difference import (
    ADDED,
    REMOVED,
    SAME,
    Change,
    compare_documents,
    compare_texts,
    condition_words,
    place_words,
)
from guidance.documents.labels import FIELDS
from guidance.models import DRAFTS, AdviceDraft, CauseDraft, EvidenceDraft, OptionDraft, QuestionDraft, ScenarioDraft
from tests import builders
from tests.documents.test_kinds import GOOD, anything

# Texts that share much: the hard case of every comparison.
similar = st.lists(
    st.sampled_from(["花呗", "还款。", "50", "0", "a", "，", "\n", "账单还清了吗？", "；", "”", "不"]), max_size=30
).map("".join)
texts = st.text(max_size=60) | similar


def marked(before: str, after: str) -> str:
    """The comparison as text: [-removed-]{+added+}."""
    return written(compare_texts(before, after))


def written(spans: Any) -> str:
    forms = {SAME: "{}", REMOVED: "[-{}-]", ADDED: "{{+{}+}}"}
    return "".join(forms[span.op].format(span.text) for span in spans)


def flow_changes(**changes: Any) -> dict[str, Change]:
    return by_place(compare_documents("flow", builders.flow(), builders.flow(**changes)))


def by_place(changes: list[Change]) -> dict[str, Change]:
    found = {change.place: change for change in changes}
    assert len(found) == len(changes)
    return found


@settings(max_examples=400, deadline=None)
@given(before=texts, after=texts)
def test_both_texts_can_be_read_back_from_the_marks(before: str, after: str) -> None:
    spans = compare_texts(before, after)
    assert "".join(span.text for span in spans if span.op != ADDED) == before
    assert "".join(span.text for span in spans if span.op != REMOVED) == after
    assert all(span.text for span in spans)
    assert spans == compare_texts(before, after)
    assert before != after or all(span.op == SAME for span in spans)


@pytest.mark.parametrize(
    ("before", "after", "marks"),
    [
        ("50", "500", "50{+0+}"),
        ("最多罚50元。", "最多罚500元。", "最多罚50{+0+}元。"),
        ("先还50元，再还500元。", "先还500元，再还500元。", "先还50{+0+}元，再还500元。"),
        ("用Alipay付。", "用AlipayHK付。", "用Alipay{+HK+}付。"),
        ("先看。再还。", "先看。别急。再还。", "先看。{+别急。+}再还。"),
        ("先看。别急。再还。", "先看。再还。", "先看。[-别急。-]再还。"),
        ("还清就能恢复，马上能用。", "还清不等于恢复。", "[-还清就能恢复，马上能用。-]{+还清不等于恢复。+}"),
        (
            "## 一\n\n打开看一看。\n\n## 二\n\n还款。",
            "## 一\n\n打开看一看，截图。\n\n## 二\n\n还款。\n\n结束。",
            "## 一\n\n打开看一看{+，截图+}。\n\n## 二\n\n还款。{+\n\n结束。+}",
        ),
    ],
)
def test_marks_are_where_a_reader_looks(before: str, after: str, marks: str) -> None:
    assert marked(before, after) == marks


@given(number=st.integers(1, 10**6), digit=st.integers(0, 9), around=st.tuples(similar, similar), start=st.booleans())
def test_one_more_digit_is_one_mark(number: int, digit: int, around: tuple[str, str], *, start: bool) -> None:
    longer = f"{digit}{number}" if start else f"{number}{digit}"
    before, after = f"{around[0]}共{number}元{around[1]}", f"{around[0]}共{longer}元{around[1]}"
    changed = [span for span in compare_texts(before, after) if span.op != SAME]
    assert [(span.text, span.op) for span in changed] == [(str(digit), ADDED)]


def test_a_rewritten_sentence_is_not_shown_as_confetti() -> None:
    before, after = "还清是恢复的前提，但不等于马上恢复。", "这笔钱要自己还，没有人能替你解冻。"
    assert marked(before, after) == f"[-{before}-]{{+{after}+}}"


def test_one_kept_character_between_rewordings_is_reworded_with_them() -> None:
    assert marked("请在页面里看清楚甲的乙再付款", "请在页面里看清楚丙的丁再付款") == (
        "请在页面里看清楚[-甲的乙-]{+丙的丁+}再付款"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("甲。" * 50_000, "乙。甲。" * 25_000),
        ("ab" * 50_000, "ba" * 49_999),
        ("\n" * 100_000, "甲\n" * 50_000),
        ("ab，" * 6_000, "b，a" * 6_000),
        ("".join(f"第{i}句这样写。" for i in range(12_000)), "".join(f"第{i}句这么写。" for i in range(12_000))),
    ],
)
def test_huge_texts_do_not_hang(before: str, after: str) -> None:
    started = perf_counter()
    spans = compare_texts(before, after)
    assert perf_counter() - started < 10  # some 0.1 s on an idle machine
    assert "".join(span.text for span in spans if span.op != ADDED) == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_does_not_differ_from_itself(kind: str) -> None:
    assert compare_documents(kind, GOOD[kind], deepcopy(GOOD[kind])) == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_left_out_is_the_same_as_empty(kind: str) -> None:
    emptied = dict.fromkeys(FIELDS[kind], "") | GOOD[kind]
    assert compare_documents(kind, GOOD[kind], emptied) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_document_shows_all_its_fields_and_a_lost_one_too(kind: str) -> None:
    for before, after, op in (({}, GOOD[kind], ADDED), (GOOD[kind], {}, REMOVED)):
        changes = compare_documents(kind, before, after)
        assert {change.place.partition("/")[0] for change in changes} == {
            name for name, value in GOOD[kind].items() if value
        }
        assert {span.op for change in changes for span in change.spans} == {op}


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=150, deadline=None)
@given(junk=anything, field=st.integers(0, 30), other=anything)
def test_documents_that_differ_have_a_change_and_junk_breaks_nothing(
    kind: str, junk: Any, field: int, other: Any
) -> None:
    names = sorted(FIELDS[kind])
    changed = GOOD[kind] | {names[field % len(names)]: junk}
    first, second = (canonical(KINDS[kind].read(document)[0]) for document in (GOOD[kind], changed))
    assert bool(compare_documents(kind, first, second)) is (first != second)
    changes = compare_documents(kind, changed, GOOD[kind] | {names[field % len(names)]: other})
    assert all(change.label and (change.note or change.spans) for change in changes)
    assert compare_documents(kind, junk, deepcopy(junk)) == []
    compare_documents(kind, junk, other)


parts = st.fixed_dictionaries(
    {"key": st.sampled_from(["a", "b", "c", "d"])},
    optional={"text": similar, "ask_when": anything, "options": st.lists(anything, max_size=3), "kind": anything},
)
flows = st.fixed_dictionaries({"questions": st.lists(parts, max_size=5)}, optional={"causes": anything})


@settings(max_examples=200, deadline=None)
@given(before=flows, after=flows)
def test_lists_of_parts_that_differ_have_a_change(before: dict[str, Any], after: dict[str, Any]) -> None:
    assume([part["key"] for part in before["questions"]] != [part["key"] for part in after["questions"]])
    assert compare_documents("flow", before, after)
    for question in before["questions"]:
        assert condition_words(question.get("ask_when"), after["questions"])


@given(order=st.permutations("abcdef"))
def test_only_the_fewest_parts_are_said_to_have_moved(order: list[str]) -> None:
    before, after = ({"causes": [{"key": key} for key in keys]} for keys in ("abcdef", order))
    moved = [change.place.removeprefix("causes/") for change in compare_documents("flow", before, after)]
    stayed = [key for key in order if key not in moved]
    assert stayed == sorted(stayed)
    assert (len(moved) <= 1) is any(
        sorted([*order[:i], *order[i + 1 :]]) == [*order[:i], *order[i + 1 :]] for i in range(6)
    )


def test_a_question_that_moved_says_from_where_to_where() -> None:
    third = builders.flow()["questions"][0] | {"key": "third", "text": "第三题？"}
    before = builders.flow()["questions"]
    changes = compare_documents(
        "flow", builders.flow(questions=[*before, third]), builders.flow(questions=[third, *before])
    )
    assert [(change.label, change.note, change.kind) for change in changes] == [
        ("题目“第三题？”", "从第3位移到第1位", "移动")
    ]


def test_an_added_option_shows_what_it_says() -> None:
    questions = builders.flow()["questions"]
    questions[0]["options"].insert(1, {"key": "half", "label": "还了一部分", "hint": "最低还款也算。"})
    changes = flow_changes(questions=questions)
    option = changes.pop("questions/bill/options/half")
    assert (option.label, option.kind) == ("题目“账单还清了吗？”的选项“还了一部分”", "新增")
    assert written(option.spans) == "{+标识：half\n选项：还了一部分\n提示：最低还款也算。+}"
    assert changes == {}


def test_a_change_inside_an_option_has_its_own_place() -> None:
    questions = builders.flow()["questions"]
    questions[0]["options"][2]["where"] = "打开花呗的账单页面看。"
    questions[0]["options"][0]["unknown"] = True
    changes = flow_changes(questions=questions)
    where, unknown = changes["questions/bill/options/unknown/where"], changes["questions/bill/options/unpaid/unknown"]
    assert where.label == "题目“账单还清了吗？”的选项“不确定”：去哪里看"
    assert written(where.spans) == "打开花呗{+的账单+}页面看。"
    assert (unknown.label, written(unknown.spans)) == (
        "题目“账单还清了吗？”的选项“还没有”：表示“不确定”",
        "[-否-]{+是+}",
    )
    assert len(changes) == 2


def test_a_changed_condition_is_shown_in_words() -> None:
    questions = builders.flow()["questions"]
    questions[1]["ask_when"] = [[{"question": "bill", "none_of": ["paid", "unknown"]}]]
    (change,) = flow_changes(questions=questions).values()
    assert change.label == "题目“看到了哪些提示？”：什么时候问"
    assert written(change.spans) == "当“账单还清了吗？”不是“还清了”{+，也不是“不确定”+}"
    questions[1]["ask_when"] = []
    (change,) = flow_changes(questions=questions).values()
    assert written(change.spans) == "[-当“账单还清了吗？”不是“还清了”-]{+总是+}"


def test_a_new_wording_of_a_question_does_not_touch_the_conditions_that_use_it() -> None:
    questions = builders.flow()["questions"]
    questions[0]["text"] = "这期账单还清了吗？"
    assert list(flow_changes(questions=questions)) == ["questions/bill/text"]


def test_options_of_one_name_are_told_apart() -> None:
    questions = builders.flow()["questions"]
    questions[0]["options"][0]["label"] = questions[0]["options"][1]["label"] = "还了"
    one, other = ([[{"question": "bill", "any_of": [key]}]] for key in ("paid", "unpaid"))
    before, after = (
        builders.flow(questions=[questions[0], questions[1] | {"ask_when": when}]) for when in (one, other)
    )
    (change,) = compare_documents("flow", before, after)
    assert written(change.spans) == "当“账单还清了吗？”是[-“还了（paid）”-]{+“还了（unpaid）”+}"


def test_choices_references_answers_and_old_keys_are_shown_in_words() -> None:
    flow = builders.flow(aliases={"bill.late": "bill.unpaid", "bill.gone": None})
    flow["evidence"][0] |= {"cause": "fine", "effect": "confirms"}
    flow["scenarios"][0] |= {"answers": {"bill": "paid", "signs": "overdue"}, "must_pass": False, "advice": ["look"]}
    changes = by_place(compare_documents("flow", builders.flow(), flow))
    assert {place: written(change.spans) for place, change in changes.items()} == {
        "evidence/e-unpaid/cause": "[-逾期-]{+没有受限+}",
        "evidence/e-unpaid/effect": "[-支持-]{+确认+}",
        "scenarios/overdue-seen/answers": (
            "[-“账单还清了吗？”：“还没有”\n-]{+“账单还清了吗？”：“还清了”\n+}“看到了哪些提示？”：“写着逾期”\n"
        ),
        "scenarios/overdue-seen/advice": "[-先还款\n-]{+先看页面\n+}",
        "scenarios/overdue-seen/must_pass": "[-是-]{+否+}",
        "aliases": "{+bill.gone → 没有继任者\nbill.late → bill.unpaid\n+}",
    }


def test_the_fields_of_a_page_are_compared_by_what_they_are() -> None:
    before = builders.article(next_check={"flow": "huabei", "answers": {"signal": "overdue"}})
    after = before | {
        "claims": ["a-claim", "b-claim"],
        "group": "scam",
        "review_by": "2027-01-22",
        "next_check": {"flow": "huabei", "answers": {"signal": "risk"}},
        "withdrawn": {"reason": "过时了。", "instead": "/guides/"},
    }
    changes = compare_documents("article", before, after)
    assert [(change.label, written(change.spans)) for change in changes] == [
        ("分组", "[-状态查询-]{+防骗+}"),
        ("下次核对", "[-2027-11-22-]{+2027-01-22+}"),
        ("用到的主张", "a-claim\n{+b-claim\n+}"),
        ("接着自查：回答", "[-“signal”：“overdue”\n-]{+“signal”：“risk”\n+}"),
        ("撤下：为什么", "{+过时了。+}"),
        ("撤下：改看", "{+/guides/+}"),
    ]


def test_conditions_read_as_sentences() -> None:
    questions = builders.flow()["questions"]
    condition = [
        [{"question": "bill", "any_of": ["unknown", "unpaid"]}, {"question": "signs", "none_of": ["none"]}],
        [{"question": "signs", "any_of": ["call"]}, {"question": "lost", "any_of": ["gone"]}],
    ]
    assert condition_words(condition, questions) == (
        "当“账单还清了吗？”是“还没有”或“不确定”，并且“看到了哪些提示？”没选“都没有”；"
        "或者“看到了哪些提示？”选了“有人催收”，并且“lost”是“gone”"
    )
    assert condition_words([], questions) == condition_words(None, None) == "总是"


@given(condition=anything, questions=anything)
def test_odd_conditions_are_shown_as_they_are(condition: Any, questions: Any) -> None:
    assert condition_words(condition, questions)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("title", "标题"),
        ("inconclusive/summary", "判断不了时怎么说：说明"),
        ("questions/0", "题目“账单还清了吗？”"),
        ("questions/0/options/1/label", "题目“账单还清了吗？”的选项“还清了”：选项"),
        ("questions/1/ask_when/0/0", "题目“看到了哪些提示？”：什么时候问：第1种情况的第1个条件"),
        ("causes/1/claims", "原因“没有受限”：依据的主张"),
        ("prepare/0", "准备什么：第1项"),
        ("questions/9/text", "题目：第10项"),
        ("nobody/knows", "nobody：knows"),
        ("", ""),
    ],
)
def test_places_of_problems_have_names(place: str, words: str) -> None:
    assert place_words("flow", builders.flow(), place) == words


@given(document=anything, steps=st.lists(st.sampled_from([*FIELDS["flow"], "0", "1", "options", "x"]), max_size=5))
def test_any_place_of_any_document_has_words(document: Any, steps: list[str]) -> None:
    assert isinstance(place_words("flow", {"questions": document}, "/".join(steps)), str)


PARTS = {
    "questions": QuestionDraft,
    "options": OptionDraft,
    "causes": CauseDraft,
    "evidence": EvidenceDraft,
    "advice": AdviceDraft,
    "scenarios": ScenarioDraft,
}


@pytest.mark.parametrize("table", [*DRAFTS, *PARTS])
def test_fields_are_called_as_in_their_forms(table: str) -> None:
    model = (DRAFTS | PARTS)[table]
    shown = {name: field for name, field in FIELDS[table].items() if name not in model.PARTS}
    assert set(shown) == set(model.FIELDS)
    assert set(model.PARTS) <= set(FIELDS[table])
    for name, field in shown.items():
        column = model._meta.get_field(name)
        assert (name, field.label) == (name, column.verbose_name)
        assert dict(field.choices) == dict(column.choices or [])


def test_the_page_says_in_text_what_was_removed_and_added() -> None:
    changes = compare_documents(
        "claim", builders.claim(text="欠50元要还。"), builders.claim(text="欠500元<b>要还。", origin=["F-1"])
    )
    html = render_to_string("admin/guidance/_difference.html", {"changes": changes})
    assert '<ins><span class="visually-hidden">加上：</span>0' in html
    assert "&lt;b&gt;" in html
    assert "style=" not in html
    assert '<dt><span class="difference-kind">新增</span> 研究编号</dt>' in html
    assert "没有不同" in render_to_string("admin/guidance/_difference.html", {"changes": []})


def test_long_unchanged_text_is_folded_between_the_sentences_around_a_change() -> None:
    body = "".join(f"第{number}句话写在这里。" for number in range(40))
    change = compare_documents("article", builders.article(body=body), builders.article(body=f"{body}完。"))[0]
    shown = list(change.excerpt())
    assert [span.op for span in shown] == ["gap", SAME, ADDED]
    assert shown[1].text == "第39句话写在这里。"
    assert "".join(span.text for span in shown) == f"{body}完。"
    html = render_to_string("admin/guidance/_difference.html", {"changes": [change]})
    assert f"<summary>没有变的{len(shown[0].text)}个字</summary>" in html
