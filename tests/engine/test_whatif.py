"""What would change a result."""

from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from guidance.engine.verdict import conclude
from guidance.engine.walk import walk
from guidance.engine.whatif import what_if
from tests.engine.builders import any_of, every_state, evidence, flow_of, flows, given, question, small_flow, tiny

TINY = flow_of(tiny())


def primary(flow, answers):
    found = conclude(flow, answers).primary
    return found.cause.key if found else None


def spelled(flow, answers):
    return [(flip.question.key, flip.option.key, flip.primary) for flip in what_if(flow, answers).flips]


def opened(flow, answers):
    return [each.key for each in what_if(flow, answers).open_questions]


def test_answers_that_would_name_another_cause_are_found_in_flow_order():
    assert spelled(TINY, given(stage="paid", device="phone")) == [
        ("stage", "unpaid", "overdue"),
        ("device", "none", None),
    ]


def test_an_answer_that_only_makes_the_same_cause_surer_flips_nothing():
    assert ("device", "abroad", "guard") not in spelled(TINY, given(stage="paid", device="phone"))


def test_not_knowing_is_never_offered_as_a_flip():
    flip_options = {option for _, option, _ in spelled(TINY, given(stage="unpaid"))}
    assert flip_options == {"paid"}


def test_an_unknown_whose_answer_would_change_the_ranking_is_worth_finding_out():
    assert opened(TINY, given(stage="unknown", device="none")) == ["stage"]


def test_a_known_answer_is_not_worth_finding_out_again():
    assert opened(TINY, given(stage="paid", device="phone")) == []


def test_an_unknown_that_changes_nothing_is_not_worth_finding_out():
    document = tiny()
    document["questions"].append(question("mood", "fine", "bad"))
    flow = flow_of(document)
    assert opened(flow, given(stage="unpaid", mood="unknown")) == []


def test_at_most_two_open_questions_those_that_change_the_first_cause_before_others():
    document = tiny()
    document["questions"] = [question(key, "yes") for key in ("little", "nothing", "much", "more")]
    document["evidence"] = [
        evidence("base", "guard", "supports", [[{"question": "little", "none_of": ["nobody-says-this"]}]]),
        evidence("a", "guard", "supports", any_of("little", "yes")),
        evidence("b", "overdue", "confirms", any_of("much", "yes")),
        evidence("c", "overdue", "confirms", any_of("more", "yes")),
    ]
    all_unknown = given(little="unknown", nothing="unknown", much="unknown", more="unknown")
    assert opened(flow_of(document), all_unknown) == ["much", "more"]
    assert opened(flow_of(document), {**all_unknown, "much": frozenset({"yes"})}) == ["little"]


def test_a_flow_without_causes_has_nothing_to_flip():
    nothing = small_flow([], list(TINY.questions), [], [])
    assert what_if(nothing, given(stage="unknown", device="unknown")).flips == ()
    assert what_if(nothing, given(stage="unknown", device="unknown")).open_questions == ()


@drawn(flows(), st.data())
@settings(max_examples=80)
def test_flips_are_exactly_the_single_answers_that_change_the_first_cause(flow, data):
    answers = data.draw(st.sampled_from(list(every_state(flow))))
    found = set(spelled(flow, answers))
    for asked in walk(flow, answers).asked:
        for option in asked.options:
            after = primary(flow, {**answers, asked.key: frozenset({option.key})})
            flips = after != primary(flow, answers) and not option.unknown
            given_already = option.key in answers[asked.key]
            assert ((asked.key, option.key, after) in found) is (flips and not given_already)


@drawn(flows(), st.data())
@settings(max_examples=80)
def test_finding_out_an_open_question_can_change_a_status(flow, data):
    answers = data.draw(st.sampled_from(list(every_state(flow))))
    before = conclude(flow, answers).statuses
    for asked in what_if(flow, answers).open_questions:
        assert answers[asked.key] & asked.unknown
        others = [conclude(flow, {**answers, asked.key: frozenset({key})}).statuses for key in asked.option_keys]
        assert any(after != before for after in others)
