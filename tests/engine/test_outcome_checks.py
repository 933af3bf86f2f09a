"""Checks that look at every answer path; one small broken flow for each."""

from collections import Counter

import pytest
from hypothesis import given as drawn
from hypothesis import settings

from guidance.engine.flow import Flow
from guidance.engine.outcome_checks import outcome_problems, scenario_failure, spell
from guidance.engine.verdict import conclude
from tests.engine.builders import (
    advice,
    altered,
    any_of,
    every_path,
    evidence,
    findings,
    flow_of,
    flows,
    given,
    messages,
    question,
    tiny,
    without,
)

NEVER = [[{"question": "stage", "any_of": ["paid"]}, {"question": "stage", "any_of": ["unpaid"]}]]


def test_a_question_nobody_comes_to_is_refused():
    document = tiny()
    document["questions"].append(question("lost", "yes", "no", ask_when=NEVER))
    assert findings(document) >= {("fail", "questions/2/ask_when")}
    assert "走到这道题" in messages(document, "questions/2/ask_when")


def test_a_question_behind_one_nobody_comes_to_is_refused_too():
    document = tiny()
    document["questions"].append(question("lost", "yes", ask_when=NEVER))
    document["questions"].append(question("behind", "yes", ask_when=any_of("lost", "yes", "unknown")))
    assert findings(document) >= {("fail", "questions/2/ask_when"), ("fail", "questions/3/ask_when")}


def test_evidence_that_never_holds_is_refused():
    document = tiny()
    document["evidence"].append(evidence("ghost", "guard", "supports", NEVER))
    assert findings(document) == {("fail", "evidence/5/when")}
    assert "永远不成立" in messages(document, "evidence/5/when")


def test_evidence_on_a_question_not_asked_after_that_answer_never_holds():
    when = [[{"question": "stage", "any_of": ["unpaid"]}, {"question": "device", "any_of": ["phone"]}]]
    document = tiny()
    document["evidence"].append(evidence("ghost", "guard", "supports", when))
    assert findings(document) == {("fail", "evidence/5/when")}


def test_advice_whose_condition_never_holds_is_refused():
    document = tiny()
    document["advice"].append(advice("ghost", "step", when=NEVER))
    assert findings(document) == {("fail", "advice/5/when")}
    assert "不会出现" in messages(document, "advice/5/when")


def test_advice_for_a_cause_that_is_never_present_when_it_holds_is_refused():
    document = tiny()
    document["advice"].append(advice("ghost", "step", cause="overdue", when=any_of("stage", "paid")))
    assert findings(document) == {("fail", "advice/5/when")}
    document["advice"][5]["when"] = any_of("stage", "unpaid")
    assert findings(document) == set()


def test_a_cause_that_no_answers_lead_to_is_refused():
    document = tiny()
    document["causes"].append(dict(document["causes"][0], key="rare", title="少见"))
    document["evidence"].append(evidence("against-rare", "rare", "against", any_of("stage", "paid")))
    assert findings(document) == {("fail", "causes/2")}
    assert "没有任何回答会得出" in messages(document, "causes/2")


def test_a_cause_both_confirmed_and_ruled_out_is_refused_with_an_example():
    document = tiny()
    document["evidence"].append(evidence("late-after-all", "overdue", "confirms", any_of("device", "abroad")))
    assert findings(document) == {("fail", "causes/0")}
    said = messages(document, "causes/0")
    assert "2条" in said  # paid, then abroad with or without a new phone
    assert "账单还了吗？→还清了；最近有这些变化吗？→在外地登录" in said


@pytest.mark.parametrize("place", ["advice/0", "advice/2", "advice/4"])
def test_a_reader_who_knows_nothing_needs_something_to_do_a_step_and_something_to_say_or_read(place):
    document = without(place)
    assert ("fail", "advice") in findings(document)
    assert "账单还了吗？→不确定；最近有这些变化吗？→不确定" in messages(document, "advice")


def test_further_reading_is_as_useful_as_a_script():
    assert findings(altered("advice/4/kind", "read_more")) == set()


def test_a_result_without_anything_to_do_now_is_refused_with_an_example():
    document = altered("advice/0/when", any_of("stage", "unknown", "paid"))
    assert findings(document) == set()  # the others have "repay"
    document["advice"][1]["kind"] = "step"
    assert findings(document) == {("fail", "advice")}
    assert "账单还了吗？→没还" in messages(document, "advice")


def strict(*asked):
    """The tiny flow with other questions, of which some have no "I do not know"; general advice only."""
    document = tiny()
    document["questions"] = list(asked)
    document["evidence"] = [
        evidence(cause, cause, "confirms", any_of(asked[0]["key"], "yes")) for cause in ("overdue", "guard")
    ]
    document["advice"] = [each for each in document["advice"] if "cause" not in each]
    document["scenarios"] = []
    return document


def clueless_said(document):
    return [problem.message for problem in outcome_problems(flow_of(document)) if "什么都不确定" in problem.message]


def test_where_there_is_no_i_do_not_know_none_of_these_stands_for_it():
    asked = question("fact", "yes", "neither")
    asked["options"][1]["exclusive"] = True
    asked["options"].pop()
    document = strict(asked)
    document["advice"][1]["when"] = any_of("fact", "yes")
    assert "fact怎样？→选neither" in clueless_said(document)[0]
    document["advice"][1]["when"] = any_of("fact", "neither")
    assert clueless_said(document) == []


def test_where_there_is_neither_every_answer_must_be_useful():
    asked = question("fact", "yes", "no")
    asked["options"].pop()
    document = strict(asked)
    document["advice"][1]["when"] = any_of("fact", "no")
    assert "fact怎样？→选yes" in clueless_said(document)[0]
    document["advice"][1]["when"] = any_of("fact", "no", "yes")
    assert clueless_said(document) == []


def test_every_i_do_not_know_is_tried():
    asked = question("fact", "yes", "unsure")
    asked["options"][1] |= {"unknown": True, "where": "看页面。"}
    document = strict(asked)
    document["advice"][1]["when"] = any_of("fact", "yes", "unknown")
    assert "fact怎样？→选unsure" in clueless_said(document)[0]


def test_very_many_ways_of_not_knowing_do_not_keep_the_editor_waiting():
    asked = [question(f"q{i}", "yes", "unsure") for i in range(40)]
    for each in asked:
        each["options"][1] |= {"unknown": True, "where": "看页面。"}
    document = strict(*asked)
    assert clueless_said(document) == []
    del document["advice"][1]
    assert len(clueless_said(document)) == 1


def test_two_causes_that_only_the_editors_order_tells_apart_are_warned_about():
    document = tiny()
    document["evidence"].append(evidence("also", "overdue", "supports", any_of("device", "phone")))
    assert findings(document) == {("warn", "causes/0")}
    said = messages(document, "causes/0")
    assert "“账单逾期”和“风险监控”" in said
    assert "账单还了吗？→不确定；最近有这些变化吗？→换了手机" in said


@pytest.mark.parametrize("effect", ["confirms", "against"])
def test_two_certain_causes_or_two_absent_ones_are_no_tie(effect):
    document = tiny()
    document["questions"].append(question("both", "yes"))
    document["evidence"] += [
        evidence(f"both-{cause}", cause, effect, any_of("both", "yes")) for cause in ("overdue", "guard")
    ]
    document["scenarios"] = []
    assert not any(level == "warn" for level, _ in findings(document))


def test_a_flow_with_one_cause_has_no_ties():
    document = without("causes/1")
    document["evidence"] = document["evidence"][:2]
    del document["advice"][3], document["scenarios"][1:]
    assert not any(place.startswith("causes") for _, place in findings(document))


def longer(count):
    document = tiny()
    document["questions"] += [question(f"q{i}", "yes", kind="single") for i in range(count)]
    document["advice"] += [advice(f"for-q{i}", "step", when=any_of(f"q{i}", "yes")) for i in range(count)]
    document["scenarios"] = []
    return document


def test_more_than_nine_questions_on_one_path_are_warned_about():
    assert findings(longer(7)) == set()
    assert findings(longer(8)) == {("warn", "questions")}
    assert "10题" in messages(longer(8), "questions")


def test_when_only_a_part_of_the_paths_could_be_looked_at_it_is_said():
    keys = [f"q{i}" for i in range(18)]
    document = strict(*(question(key, "yes") for key in keys))
    document["causes"].pop()
    document["evidence"] = [evidence("all", "overdue", "confirms", [[any_of(key, "yes")[0][0] for key in keys]])]
    said = messages(document, "questions")
    assert "只检查了其中一部分" in said
    assert "18题" in said


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("primary", "overdue", "首要原因应是“账单逾期”，实际是“风险监控”"),
        ("primary", None, "首要原因应是没有原因，实际是“风险监控”"),
        ("others", ["overdue"], "应同时得出“账单逾期”"),
        ("advice", ["repay", "verify"], "应出现建议“先还一点”"),
        ("answers", {"stage": "paid"}, "还要回答“最近有这些变化吗？”"),
        ("answers", {"stage": "unpaid", "device": "phone"}, "不会问到“最近有这些变化吗？”"),
        ("answers", {"stage": "paid", "device": "none"}, "实际是没有原因"),
    ],
)
def test_a_scenario_that_fails_blocks_and_says_how(field, value, said):
    document = altered(f"scenarios/1/{field}", value)
    assert findings(document) == {("fail", "scenarios/1")}
    assert said in messages(document, "scenarios/1")


def test_a_scenario_that_need_not_pass_only_warns():
    document = altered("scenarios/1/primary", "overdue")
    document["scenarios"][1]["must_pass"] = False
    assert findings(document) == {("warn", "scenarios/1")}


def test_a_scenario_that_is_as_expected_says_nothing():
    document = tiny()
    document["evidence"].append(evidence("late-too", "guard", "supports", any_of("stage", "unpaid")))
    document["scenarios"][0] |= {"others": ["guard", "overdue"], "advice": ["repay", "verify"]}
    flow = flow_of(document)
    assert [scenario_failure(flow, scenario) for scenario in flow.scenarios] == ["", "", ""]


def test_answers_are_spelled_in_the_words_of_the_flow():
    answers = given(stage="paid", device="abroad phone")
    assert spell(flow_of(tiny()), answers) == "账单还了吗？→还清了；最近有这些变化吗？→换了手机＋在外地登录"


def unreachable_naively(flow: Flow) -> set[str]:
    paths = every_path(flow)
    verdicts = [conclude(flow, path) for path in paths]
    present = {finding.cause.key for verdict in verdicts for finding in verdict.findings if finding.present}
    shown = {item.key for verdict in verdicts for item in verdict.advice}
    return {
        *(f"questions/{i}/ask_when" for i, q in enumerate(flow.questions) if not any(q.key in path for path in paths)),
        *(f"evidence/{i}/when" for i, e in enumerate(flow.evidence) if not any(e.when.holds(path) for path in paths)),
        *(f"advice/{i}/when" for i, a in enumerate(flow.advice) if a.key not in shown),
        *(f"causes/{i}" for i, cause in enumerate(flow.causes) if cause.key not in present),
    }


@drawn(flows())
@settings(max_examples=60)
def test_what_is_called_unreachable_is_what_no_path_reaches(flow):
    said = [problem for problem in outcome_problems(flow) if "/" in problem.place and problem.blocks]
    assert {p.place for p in said if "既确认又排除" not in p.message} == unreachable_naively(flow)


@drawn(flows())
@settings(max_examples=60)
def test_contradictions_are_counted_over_all_paths(flow):
    naive: Counter[str] = Counter()
    for path in every_path(flow):
        for finding in conclude(flow, path).findings:
            if finding.status == "ruled_out" and any(each.effect == "confirms" for each in finding.supporting):
                naive[finding.cause.title] += 1
    said = [problem.message for problem in outcome_problems(flow) if "既确认又排除" in problem.message]
    assert len(said) == len(naive)
    assert all(any(f"有{n}条路径既确认又排除“{title}”" in each for each in said) for title, n in naive.items())
