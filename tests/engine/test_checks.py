"""Everything that can be wrong with a flow before its paths are walked; one small broken flow for each check."""

import pytest
from hypothesis import given as drawn
from hypothesis import settings

from guidance.engine.checks import check, conditions_of, examine
from guidance.engine.problems import failures
from guidance.engine.walk import walk
from tests.engine.builders import (
    altered,
    any_of,
    findings,
    flow_of,
    flows,
    messages,
    question,
    tiny,
    without,
)

LIVE = flow_of(tiny())
ALIASES = {"device": "changes"} | {f"device.{key}": f"changes.{key}" for key in LIVE.questions[1].option_keys}


def test_the_tiny_flow_has_no_problem():
    assert findings(tiny()) == set()
    assert findings(tiny(), LIVE) == set()


@pytest.mark.parametrize("document", [None, [], {}, "text", {"questions": [{}], "causes": [{}]}])
def test_whatever_is_examined_is_blocked_and_no_crash(document):
    flow, problems = examine(document)
    assert problems[0].blocks
    assert walk(flow, {}).asked == ()


@pytest.mark.parametrize(
    "place", ["title", "causes/0/claims", "advice/0/claims", "checked_on", "review_by", "questions/0/text"]
)
def test_a_missing_text_claim_or_date_blocks(place):
    assert ("fail", place) in findings(without(place))


def test_failures_come_first_and_each_is_said_once():
    document = altered("title", "")
    document["questions"][0]["options"].insert(0, {"key": "spare", "label": "没人用"})
    document["evidence"].append(dict(document["evidence"][0], key="again", cause="nobody"))
    document["evidence"][5]["when"] = [[{"question": "gone", "any_of": ["x"]}, {"question": "gone", "any_of": ["y"]}]]
    problems = examine(document)[1]
    levels = [problem.level for problem in problems]
    assert levels == sorted(levels)
    assert levels[-1] == "warn"
    assert len(problems) == len(set(problems))


@pytest.mark.parametrize("part", ["causes", "questions", "evidence", "advice", "scenarios"])
def test_a_key_used_twice_is_refused(part):
    document = tiny()
    document[part].append(document[part][0])
    assert ("fail", part) in findings(document)
    assert document[part][0]["key"] in messages(document, part)


def test_an_option_key_used_twice_in_one_question_is_refused():
    document = altered("questions/1/options/1/key", "phone")
    assert ("fail", "questions/1/options") in findings(document)


PLACES = ["questions/1/ask_when", "evidence/0/when", "advice/0/when"]


@pytest.mark.parametrize("place", PLACES)
def test_a_condition_on_an_unknown_question_is_refused(place):
    document = altered(place, any_of("nowhere", "x"))
    assert ("fail", place) in findings(document)
    assert "nowhere" in messages(document, place)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", ["any_of", "none_of"])
def test_a_condition_on_an_unknown_option_is_refused(place, kind):
    document = altered(place, [[{"question": "stage", kind: ["paid", "gone", "unknown"]}]])
    assert ("fail", place) in findings(document)
    assert "gone" in messages(document, place)


def test_a_question_cannot_depend_on_a_later_one_or_on_itself():
    for later, called in (("device", "最近有这些变化吗？"), ("stage", "账单还了吗？")):
        document = altered("questions/0/ask_when", any_of(later, "unknown"))
        assert ("fail", "questions/0/ask_when") in findings(document)
        assert f"“{called}”" in messages(document, "questions/0/ask_when")


def test_conditions_are_named_with_their_places():
    assert [place for place, _ in conditions_of(LIVE)][:3] == [
        "questions/0/ask_when",
        "questions/1/ask_when",
        "evidence/0/when",
    ]


@pytest.mark.parametrize(
    "clause",
    [
        {"question": "stage", "any_of": ["unknown"]},
        {"question": "stage", "any_of": ["unpaid", "unknown"]},
        {"question": "stage", "none_of": ["paid"]},
    ],
)
def test_not_knowing_is_no_evidence(clause):
    document = altered("evidence/0/when", [[clause]])
    assert [problem.place for problem in failures(examine(document)[1])] == ["evidence/0/when"]
    assert "“账单还了吗？”" in messages(document, "evidence/0/when")


def test_none_of_in_evidence_must_name_every_i_do_not_know():
    document = tiny()
    document["questions"][0]["options"].append({"key": "forgot", "label": "忘了", "unknown": True, "where": "看账单。"})
    clause = document["evidence"][0]["when"][0][0] = {"question": "stage", "none_of": ["paid", "unknown"]}
    assert findings(document) == {("fail", "evidence/0/when")}
    clause["none_of"].append("forgot")
    assert findings(document) == set()


def test_none_of_that_leaves_the_unknown_out_is_evidence():
    assert findings(altered("evidence/0/when", [[{"question": "stage", "none_of": ["paid", "unknown"]}]])) == set()


def test_advice_and_questions_may_use_the_unknown_freely():
    assert ("fail", "advice/1/when") not in findings(
        altered("advice/1/when", [[{"question": "stage", "none_of": ["paid"]}]])
    )
    assert findings(altered("advice/2/when", any_of("stage", "paid", "unpaid", "unknown"))) == set()


@pytest.mark.parametrize("part", ["evidence", "advice"])
def test_a_cause_that_does_not_exist_is_refused(part):
    document = altered(f"{part}/1/cause", "nobody")
    assert findings(document) == {("fail", f"{part}/1/cause")}
    assert "nobody" in messages(document, f"{part}/1/cause")


def test_evidence_that_would_always_hold_is_refused():
    assert findings(without("evidence/0/when")) >= {("fail", "evidence/0/when")}


@pytest.mark.parametrize(
    ("field", "value", "place"),
    [
        ("primary", "nobody", "scenarios/1"),
        ("others", ["nobody"], "scenarios/1"),
        ("advice", ["nothing"], "scenarios/1/advice"),
        ("answers", {"stage": "gone"}, "scenarios/1/answers/stage"),
        ("answers", {"nowhere": "paid"}, "scenarios/1/answers/nowhere"),
        ("answers", {"stage": "paid", "device": ["none", "phone"]}, "scenarios/1/answers/device"),
        ("answers", {"stage": ["paid", "unpaid"]}, "scenarios/1/answers/stage"),
    ],
)
def test_a_scenario_names_only_what_exists(field, value, place):
    assert findings(altered(f"scenarios/1/{field}", value)) == {("fail", place)}


@pytest.mark.parametrize("must_pass", [True, False])
def test_a_scenario_with_an_impossible_answer_blocks_even_when_it_need_not_pass(must_pass):
    document = altered("scenarios/0/must_pass", must_pass)
    document["scenarios"][0]["answers"] = {"stage": "gone"}
    assert ("fail", "scenarios/0/answers/stage") in findings(document)


def test_a_question_needs_at_least_two_options():
    document = tiny()
    document["questions"].append(question("alone"))
    assert ("fail", "questions/2/options") in findings(document)


@pytest.mark.parametrize(("kind", "most"), [("single", 31), ("multi", 8)])
def test_a_question_may_not_have_too_many_options(kind, most):
    document = tiny()
    document["questions"].append(question("many", *(f"o{i}" for i in range(most - 1)), kind=kind))
    assert ("fail", "questions/2/options") not in findings(document)
    document["questions"][2]["options"].insert(0, {"key": "more", "label": "还有"})
    assert ("fail", "questions/2/options") in findings(document)
    assert str(most) in messages(document, "questions/2/options")


def test_a_question_without_an_i_do_not_know_is_refused():
    document = tiny()
    document["questions"].append(question("strict", "yes", "no"))
    document["questions"][2]["options"].pop()
    assert ("fail", "questions/2/options") in findings(document)


def test_an_i_do_not_know_without_a_place_to_look_is_refused():
    assert findings(without("questions/0/options/2/where")) == {("fail", "questions/0/options/2/where")}


def test_in_a_multi_question_i_do_not_know_stands_alone():
    assert findings(without("questions/1/options/3/exclusive")) == {("fail", "questions/1/options/3/exclusive")}


def test_an_option_that_nothing_depends_on_is_only_warned_about():
    document = tiny()
    document["questions"][0]["options"].append({"key": "partly", "label": "还了一部分"})
    document["questions"][1]["ask_when"][0][0]["any_of"].append("partly")
    assert findings(document) == set()
    document["questions"][1]["ask_when"][0][0]["any_of"].remove("partly")
    assert findings(document) == {("warn", "questions/0/options/3")}
    assert "结果一样" in messages(document, "questions/0/options/3")


@pytest.mark.parametrize("mark", ["unknown", "exclusive"])
def test_an_unknown_or_a_none_of_these_needs_nothing_that_depends_on_it(mark):
    document = tiny()
    extra = {"key": "extra", "label": "别的", mark: True, "where": "看看。", "exclusive": True}
    document["questions"][1]["options"].append(extra)
    document["evidence"].pop()
    assert findings(document) == set()


def test_an_option_is_used_when_not_choosing_it_counts():
    document = tiny()
    document["questions"][1]["options"].insert(0, {"key": "sim", "label": "换了卡"})
    assert findings(document) == set()


def renamed_device():
    document = tiny()
    document["questions"][1]["key"] = "changes"
    for each in document["evidence"][2:]:
        each["when"][0][0]["question"] = "changes"
    for scenario in document["scenarios"][1:]:
        scenario["answers"]["changes"] = scenario["answers"].pop("device")
    return document


def test_a_published_question_may_not_be_dropped_in_silence():
    document = renamed_device()
    assert ("fail", "aliases") in findings(document, LIVE)
    said = messages(document, "aliases", LIVE)
    assert "题目“最近有这些变化吗？”发布过，现在没有了" in said
    assert "题目“最近有这些变化吗？”的选项“都没有”发布过" in said
    assert "写上“device”改成了什么" in said
    assert findings(document) == set()


@pytest.mark.parametrize("aliases", [ALIASES, dict.fromkeys(ALIASES)])
def test_a_published_question_may_be_renamed_or_retired_with_aliases(aliases):
    assert findings(renamed_device() | {"aliases": aliases}, LIVE) == set()


def test_a_published_option_may_not_be_dropped_in_silence():
    document = tiny()
    document["questions"][1]["options"][2]["key"] = "nothing"
    document["scenarios"].pop()
    assert findings(document, LIVE) == {("fail", "aliases")}
    assert "选项“都没有”发布过" in messages(document, "aliases", LIVE)
    for target in ("device.nothing", None):
        document["aliases"] = {"device.none": target}
        assert findings(document, LIVE) == set()


def test_a_retired_key_may_not_be_used_again():
    document = tiny() | {"aliases": {"device.none": "device.phone"}}
    assert findings(document, LIVE) == {("fail", "aliases")}
    assert "“device.none”" in messages(document, "aliases", LIVE)


def test_an_old_alias_may_not_be_forgotten():
    live = flow_of(tiny() | {"aliases": {"mood": None}})
    assert findings(tiny(), live) == {("fail", "aliases")}
    assert findings(tiny() | {"aliases": {"mood": None}}, live) == set()
    assert findings(tiny() | {"aliases": {"mood": "stage"}}, live) == set()


@pytest.mark.parametrize("target", ["nowhere", "stage.gone"])
def test_an_alias_must_lead_somewhere(target):
    document = tiny() | {"aliases": {"mood": target}}
    assert findings(document, LIVE) == {("fail", "aliases/mood")}
    assert target in messages(document, "aliases/mood", LIVE)


def test_an_alias_may_lead_to_another_alias():
    assert findings(tiny() | {"aliases": {"mood": "feeling", "feeling": "stage"}}, LIVE) == set()


def test_a_published_cause_that_is_gone_is_only_warned_about():
    live = tiny()
    live["causes"].append(dict(live["causes"][0], key="cash-out"))
    assert findings(tiny(), flow_of(live)) == {("warn", "causes")}
    assert "原因“账单逾期”（cash-out）" in messages(tiny(), "causes", flow_of(live))


def test_paths_are_walked_only_when_all_keys_lead_somewhere():
    document = altered("evidence/0/cause", "nobody")
    document["scenarios"][1]["primary"] = "overdue"  # would fail
    assert findings(document) == {("fail", "evidence/0/cause")}


@drawn(flows())
@settings(max_examples=40)
def test_publishing_the_same_keys_again_breaks_no_old_link(flow):
    assert not any(problem.place.startswith("aliases") for problem in check(flow, flow))
