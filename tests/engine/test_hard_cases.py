"""Cases that are easy to get wrong: each once was."""

import os
import subprocess
import sys

import pytest
from hypothesis import given as drawn
from hypothesis import settings

from guidance.engine.aliases import carry_over
from guidance.engine.checks import examine
from guidance.engine.document import flow_document
from guidance.engine.impact import impact
from guidance.engine.linkcode import decode, encode
from guidance.engine.outcome_checks import outcome_problems
from guidance.engine.problems import failures
from guidance.engine.verdict import conclude
from tests.engine.builders import advice, any_of, every_path, evidence, findings, flow_of, flows, given, question, tiny
from tests.engine.test_checks import renamed_device
from tests.engine.test_impact import words
from tests.engine.test_outcome_checks import strict

LIVE = flow_of(tiny())


def test_a_result_without_anything_to_do_now_is_refused_even_when_the_causes_come_out_alike():
    document = tiny()
    document["questions"].append(question("extra", "yes", "no"))
    document["advice"][0]["when"] = any_of("extra", "yes", "unknown")
    document["scenarios"] = []
    shown = conclude(flow_of(document), given(stage="paid", device="phone", extra="no")).advice
    assert "do_now" not in {each.kind for each in shown}
    assert ("fail", "advice") in findings(document)


@drawn(flows())
@settings(max_examples=60)
def test_some_result_without_do_now_is_always_found(flow):
    empty = any(all(a.kind != "do_now" for a in conclude(flow, path).advice) for path in every_path(flow))
    said = any("没有“现在先做”" in problem.message for problem in outcome_problems(flow))
    assert said is empty


def test_advice_lost_because_its_question_is_no_longer_asked_is_a_change():
    document = tiny()
    document["advice"].append(advice("tip", "step", when=any_of("device", "none")))
    old = flow_of(document)
    document["questions"][1]["ask_when"] = any_of("stage", "paid")
    new = flow_of(document)
    answers = given(stage="unknown", device="none")
    assert conclude(old, answers).statuses == conclude(new, answers).statuses
    assert words(old, answers) != words(new, answers)
    changed = [each for each in impact(old, new).transitions if each.changes == ("advice",)]
    assert sum(each.paths for each in changed) == 1


def test_a_renamed_question_carries_its_options_so_one_alias_is_enough():
    document = renamed_device() | {"aliases": {"device": "changes"}}
    assert carry_over(given(device="phone"), flow_of(document)) == given(changes="phone")
    assert findings(document, LIVE) == set()


@pytest.mark.parametrize(
    "aliases",
    [
        {"mood": "feeling", "feeling": "mood"},  # a circle
        {"mood.bad": "stage"},  # an option cannot become a question
        {"mood": "stage.paid"},  # nor the other way round
        {"mood.bad": "device.phone"},  # an option cannot move to another question
    ],
)
def test_an_alias_that_leads_nowhere_sensible_is_refused(aliases):
    assert failures(examine(tiny() | {"aliases": aliases}, LIVE)[1])


def test_an_option_is_not_read_as_an_option_of_another_question():
    flow = flow_of(tiny() | {"aliases": {"stage.old": "device.unknown"}})
    assert "stage" not in carry_over(given(stage="old"), flow)


def test_no_empty_answers_are_carried_over():
    flow = flow_of(tiny() | {"aliases": {"stage.old": "device"}})
    assert frozenset() not in carry_over(given(stage="old"), flow).values()


@pytest.mark.parametrize("bad", ["a\x00b", "a\ud800"])
@pytest.mark.parametrize("part", ["prepare", "aliases", "claims"])
def test_characters_that_cannot_be_saved_are_refused_everywhere(bad, part):
    document = tiny()
    if part == "prepare":
        document["prepare"] = [bad]
    elif part == "aliases":
        document["aliases"] = {bad: None}
    else:
        document["causes"][0]["claims"] = [bad]
    assert failures(examine(document)[1])


def test_every_state_of_a_flow_that_may_be_published_has_a_code_that_opens():
    document = tiny()
    document["questions"] += [question(f"q{i}", "a", "b", "c", "d") for i in range(140)]
    document["scenarios"] = []
    flow, problems = examine(document)
    answers = given(stage="paid", device="phone") | {f"q{i}": frozenset("d") for i in range(140)}
    assert failures(problems) or decode(flow, encode(flow, 1, answers)) == answers


def test_problems_come_in_the_same_order_every_time():
    code = "from guidance.engine.checks import examine; print([p.place for p in examine({})[1]])"
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": str(seed)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in range(3)
    }
    assert len(said) == 1


def test_what_lies_beyond_the_cap_is_not_called_impossible():
    keys = [f"q{i}" for i in range(18)]
    document = strict(*(question(key, "yes", "no") for key in keys))
    document["causes"].pop()
    when = [[any_of(key, "no")[0][0] for key in keys]]
    document["evidence"] = [evidence("all", "overdue", "confirms", when)]
    flow = flow_of(document)
    assert conclude(flow, {key: frozenset({"no"}) for key in keys}).primary.cause.key == "overdue"
    assert failures(examine(document)[1]) == []


def test_somebody_who_knows_nothing_is_tried_in_a_long_flow_too():
    document = strict(*(question(f"q{i}", "yes") for i in range(200)))
    document["advice"] = [each for each in document["advice"] if each["kind"] == "do_now"]
    assert any("什么都不确定" in problem.message for problem in outcome_problems(flow_of(document)))


def test_an_option_merged_into_another_keeps_its_own_old_result():
    document = tiny()
    document["questions"] = [question("fact", "a", "c")]
    document["evidence"] = [
        evidence("x", "overdue", "confirms", any_of("fact", "a")),
        evidence("y", "guard", "confirms", any_of("fact", "c")),
    ]
    old = flow_of(document)
    document["questions"] = [question("fact", "c")]
    document["evidence"] = document["evidence"][1:]
    document["aliases"] = {"fact.a": "fact.c"}
    befores = {each.before.statuses for each in impact(old, flow_of(document)).transitions}
    # no reader of the old version ever had both causes
    assert (("guard", "confirmed"), ("overdue", "confirmed")) not in befores


def test_an_empty_optional_title_is_left_out_of_the_canonical_form():
    document = tiny()
    del document["advice"][4]["title"]
    assert flow_document(flow_of(document))["advice"][4] == document["advice"][4]
