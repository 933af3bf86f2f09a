"""From answers to causes with reasons, and to advice."""

from dataclasses import replace

import pytest
from hypothesis import given as drawn
from hypothesis import settings

from guidance.engine.flow import ADVICE_KINDS
from guidance.engine.verdict import STATUSES, conclude, weigh
from tests.engine.builders import (
    advice,
    any_of,
    every_state,
    evidence,
    flow_of,
    flows,
    given,
    question,
    small_flow,
    tiny,
)

TINY = flow_of(tiny())


def flow_with(effects):
    """One question; its option "yes" makes evidence of these effects hold, in this order, for one cause."""
    document = tiny()
    document["questions"] = [question("fact", "yes", "no")]
    document["evidence"] = [
        evidence("other-cause", "guard", "supports", any_of("fact", "unknown")),
        *(evidence(f"e{i}", "overdue", effect, any_of("fact", "yes")) for i, effect in enumerate(effects)),
    ]
    return flow_of(document)


@pytest.mark.parametrize(
    ("effects", "status"),
    [
        ([], "unlikely"),
        (["supports"], "possible"),
        (["supports", "supports"], "likely"),
        (["supports", "supports", "supports"], "likely"),
        (["against"], "unlikely"),
        (["supports", "against"], "unlikely"),
        (["supports", "supports", "against"], "possible"),
        (["confirms"], "confirmed"),
        (["confirms", "against", "against"], "confirmed"),
        (["rules_out"], "ruled_out"),
        (["rules_out", "confirms"], "ruled_out"),
        (["supports", "supports", "rules_out"], "ruled_out"),
    ],
)
def test_the_status_of_a_cause_follows_from_its_evidence(effects, status):
    flow = flow_with(effects)
    assert conclude(flow, given(fact="yes")).statuses["overdue"] == status
    assert conclude(flow, given(fact="no")).statuses["overdue"] == "unlikely"


def test_two_causes_can_be_found_at_once():
    document = tiny()
    document["evidence"].append(evidence("moved-late", "guard", "supports", any_of("stage", "unpaid")))
    verdict = conclude(flow_of(document), given(stage="unpaid"))
    assert verdict.statuses == {"overdue": "confirmed", "guard": "possible"}
    assert [finding.present for finding in verdict.findings] == [True, True]


def test_every_sentence_has_its_reasons_and_what_speaks_against_it():
    document = tiny()
    document["evidence"].append(evidence("calm", "guard", "against", any_of("stage", "paid")))
    found = conclude(flow_of(document), given(stage="paid", device="phone abroad")).primary
    assert found.cause.key == "guard"
    assert [each.key for each in found.supporting] == ["new-phone", "far-away"]
    assert [each.key for each in found.opposing] == ["calm"]


def test_a_cause_ruled_out_says_why():
    verdict = conclude(TINY, given(stage="paid", device="none"))
    ruled_out = next(finding for finding in verdict.findings if finding.cause.key == "overdue")
    assert [each.reason for each in ruled_out.opposing] == ["你说还清了"]
    assert not ruled_out.present


def test_without_any_sign_no_cause_is_named():
    verdict = conclude(TINY, given(stage="unknown", device="none"))
    assert verdict.primary is None
    assert set(verdict.statuses.values()) == {"unlikely"}


def test_a_flow_without_causes_names_none():
    nothing = small_flow([], list(TINY.questions), [], [])
    assert conclude(nothing, given(stage="unpaid")).primary is None


def test_a_question_that_was_not_asked_proves_nothing():
    assert conclude(TINY, given(stage="unpaid", device="phone abroad")).statuses["guard"] == "unlikely"


def test_what_the_reader_could_not_say_is_listed_only_where_it_would_count():
    verdict = conclude(TINY, given(stage="unknown", device="phone"))
    assert {finding.cause.key: finding.unknown for finding in verdict.findings} == {
        "overdue": ("stage",),
        "guard": (),
    }


def test_of_two_likely_causes_the_one_with_more_signs_comes_first():
    document = tiny()
    document["questions"] = [question("fact", "yes")]
    document["evidence"] = [
        evidence(f"e{i}", cause, "supports", any_of("fact", "yes"))
        for i, cause in enumerate(["overdue", "overdue", "guard", "guard", "guard"])
    ]
    assert list(conclude(flow_of(document), given(fact="yes")).statuses) == ["guard", "overdue"]


@pytest.mark.parametrize("order", [["overdue", "guard"], ["guard", "overdue"]])
def test_between_equal_causes_the_editors_order_decides(order):
    document = tiny()
    document["causes"].sort(key=lambda cause: order.index(cause["key"]))
    document["questions"] = [question("fact", "yes")]
    document["evidence"] = [evidence(cause, cause, "supports", any_of("fact", "yes")) for cause in ("guard", "overdue")]
    assert conclude(flow_of(document), given(fact="yes")).primary.cause.key == order[0]


def test_advice_comes_by_kind_then_by_cause_then_in_the_editors_order():
    document = tiny()
    document["questions"] = [question("fact", "yes")]
    document["evidence"] = [
        evidence("sure", "guard", "confirms", any_of("fact", "yes")),
        evidence("maybe", "overdue", "supports", any_of("fact", "yes")),
    ]
    document["advice"] = [
        advice("read", "read_more"),
        advice("general", "do_now"),
        advice("second-cause", "do_now", cause="overdue"),
        advice("first-cause", "do_now", cause="guard"),
        advice("first-cause-too", "do_now", cause="guard"),
        advice("later", "step", cause="guard"),
        advice("not-for-you", "do_now", when=any_of("fact", "unknown")),
    ]
    shown = conclude(flow_of(document), given(fact="yes")).advice
    assert [each.key for each in shown] == [
        "first-cause",
        "first-cause-too",
        "second-cause",
        "general",
        "later",
        "read",
    ]


def test_advice_for_a_cause_is_shown_only_when_that_cause_is_present():
    assert "repay" in {each.key for each in conclude(TINY, given(stage="unpaid")).advice}
    assert "repay" not in {each.key for each in conclude(TINY, given(stage="paid", device="phone")).advice}


@drawn(flows())
@settings(max_examples=60)
def test_a_verdict_is_ranked_and_says_nothing_twice(flow):
    for answers in every_state(flow):
        verdict = conclude(flow, answers)
        places = [STATUSES.index(finding.status) for finding in verdict.findings]
        assert places == sorted(places)
        assert sorted(verdict.statuses) == sorted(flow.cause_by_key)
        kinds = [ADVICE_KINDS.index(each.kind) for each in verdict.advice]
        assert kinds == sorted(kinds)
        assert {key: tally.status for key, tally in weigh(flow, answers).items()} == verdict.statuses


@drawn(flows())
@settings(max_examples=60)
def test_more_evidence_against_a_cause_never_makes_it_more_certain(flow):
    first = flow.evidence[0]
    doubted = replace(flow, evidence=(*flow.evidence, replace(first, key="doubt", effect="against")))
    for answers in every_state(flow):
        before, after = conclude(flow, answers).statuses[first.cause], conclude(doubted, answers).statuses[first.cause]
        assert STATUSES.index(after) >= STATUSES.index(before)
