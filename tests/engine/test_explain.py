"""Why a result is what it is."""

from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from guidance.engine.explain import ASKED, HOLDS, LATER, NEXT, NOT_ASKED, OPEN, OTHER, SKIPPED, UNKNOWN, explain
from guidance.engine.flow import AGAINST, SUPPORTS
from guidance.engine.verdict import PRESENT, conclude, weigh
from guidance.engine.walk import walk
from tests.engine.builders import any_of, every_state, flow_of, flows, given, question, tiny

TINY = flow_of(tiny())


def evidence_of(found):
    """By key, for every piece of evidence: the outcomes of the clauses that stand in its way."""
    return {
        trace.evidence.key: [clause.outcome for clauses in trace.when.failed for clause in clauses]
        for cause in found.causes
        for trace in cause.evidence
    }


def questions_of(found):
    return {trace.question.key: trace.outcome for trace in found.questions}


def test_what_holds_and_what_stands_in_the_way_of_the_rest():
    found = explain(TINY, given(stage="paid", device="phone"))
    assert evidence_of(found) == {
        "said-paid": [],
        "new-phone": [],
        "said-unpaid": [OTHER],
        "far-away": [OTHER],
        "nothing-new": [OTHER],
    }


def test_not_knowing_and_not_being_asked_are_told_apart():
    found = explain(TINY, given(stage="unpaid"))
    assert questions_of(found) == {"stage": ASKED, "device": SKIPPED}
    assert evidence_of(found)["new-phone"] == [NOT_ASKED]
    assert evidence_of(explain(TINY, given(stage="unknown", device="unknown")))["said-paid"] == [UNKNOWN]


def test_what_may_still_be_asked_is_open():
    found = explain(TINY, given(stage="paid"))
    assert questions_of(found) == {"stage": ASKED, "device": NEXT}
    assert evidence_of(found)["new-phone"] == [OPEN]
    first = explain(TINY, {})
    assert questions_of(first) == {"stage": NEXT, "device": LATER}
    assert [clause.outcome for clause in first.questions[1].when.alternatives[0]] == [OPEN]


def test_the_tally_of_a_cause_and_its_evidence_with_what_holds_first():
    overdue, guard = sorted(explain(TINY, given(stage="paid", device="abroad phone")).causes, key=lambda c: c.tally.net)
    assert (overdue.cause.key, overdue.tally.status, overdue.supports, overdue.against) == (
        "overdue",
        "ruled_out",
        0,
        0,
    )
    assert [trace.evidence.key for trace in overdue.evidence] == ["said-paid", "said-unpaid"]
    assert (guard.cause.key, guard.tally.status, guard.supports, guard.against) == ("guard", "likely", 2, 0)


def test_advice_is_left_out_for_its_condition_or_for_its_cause():
    document = tiny()
    document["advice"][2]["when"] = any_of("stage", "paid")
    found = {trace.advice.key: trace for trace in explain(flow_of(document), given(stage="unpaid")).advice}
    assert found["look"].shown
    assert found["repay"].shown
    assert (found["ask"].shown, found["ask"].present, found["ask"].when.holds) == (False, True, False)
    assert (found["verify"].shown, found["verify"].present, found["verify"].when.holds) == (False, False, True)


def test_a_question_that_looks_at_itself_or_a_later_one_is_skipped():
    document = tiny()
    document["questions"].insert(0, question("early", "yes", ask_when=any_of("stage", "paid")))
    found = explain(flow_of(document), given(early="yes", stage="paid", device="none"))
    assert questions_of(found) == {"early": SKIPPED, "stage": ASKED, "device": ASKED}
    assert [clause.outcome for clauses in found.questions[0].when.failed for clause in clauses] == [NOT_ASKED]


@st.composite
def states(draw):
    """A flow and answers of any kind to it: given in turn, left out, to questions that are not asked, impossible."""
    flow = draw(flows())
    if draw(st.booleans()):
        return flow, draw(st.sampled_from(list(every_state(flow))))
    option = st.sampled_from(["o0", "o1", "unknown", "nonsense"])
    keys = st.sampled_from([*(each.key for each in flow.questions), "nowhere"])
    return flow, draw(st.dictionaries(keys, st.frozensets(option, max_size=2)))


@drawn(states())
@settings(max_examples=150)
def test_an_explanation_agrees_with_the_walk_and_the_verdict(state):
    flow, answers = state
    found, path, verdict = explain(flow, answers), walk(flow, answers), conclude(flow, answers)
    assert [trace.question for trace in found.questions] == list(flow.questions)
    assert tuple(t.question for t in found.questions if t.outcome == ASKED) == path.asked
    assert [t.question for t in found.questions if t.outcome == NEXT] == ([path.next] if path.next else [])
    assert {t.question.key: t.answer for t in found.questions if t.answer} == path.answers
    assert {trace.cause.key: trace.tally for trace in found.causes} == weigh(flow, answers)
    assert [trace.cause for trace in found.causes] == [finding.cause for finding in verdict.findings]
    for trace, finding in zip(found.causes, verdict.findings, strict=True):
        fired = [each.evidence for each in trace.evidence if each.when.holds]
        assert [e for e in fired if e in finding.supporting] == list(finding.supporting)
        assert [e for e in fired if e in finding.opposing] == list(finding.opposing)
        assert len(fired) == len(finding.supporting) + len(finding.opposing)
        assert trace.supports == sum(each.effect == SUPPORTS for each in fired)
        assert trace.against == sum(each.effect == AGAINST for each in fired)
        assert trace.tally.net == trace.supports - trace.against
    assert {trace.advice.key for trace in found.advice if trace.shown} == {advice.key for advice in verdict.advice}
    present = {cause for cause, status in verdict.statuses.items() if status in PRESENT}
    assert all(t.present == (t.advice.cause is None or t.advice.cause in present) for t in found.advice)


@drawn(states())
@settings(max_examples=100)
def test_whatever_was_left_out_has_a_reason(state):
    flow, answers = state
    found, path = explain(flow, answers), walk(flow, answers)
    for trace in found.questions:
        if trace.outcome == SKIPPED:
            assert trace.when.failed
            assert all(trace.when.failed)
    for when, condition in [
        *((trace.when, trace.evidence.when) for cause in found.causes for trace in cause.evidence),
        *((trace.when, trace.advice.when) for trace in found.advice),
    ]:
        assert when.holds == condition.holds(path.answers)
        assert (when.failed == ()) == when.holds
        assert all(when.failed)
        for clause in (each for clauses in when.alternatives for each in clauses):
            assert (clause.outcome == HOLDS) == clause.clause.holds(path.answers)
            assert (clause.outcome in (NOT_ASKED, OPEN)) == (clause.clause.question not in path.answers)
            assert clause.outcome != OPEN or not path.complete
