"""A flow document becomes a flow and back; whatever is wrong is said at once, each with its place."""

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from guidance.engine.document import flow_document, read_flow
from tests.engine.builders import TINY, altered, flow_of, flows, given, tiny, without


def places(document):
    return {problem.place for problem in read_flow(document)[1]}


def test_the_tiny_document_reads_into_what_it_says():
    flow = flow_of(tiny())
    assert (flow.key, flow.minutes, flow.prepare) == ("tiny", 1, ("打开支付宝",))
    assert flow.inconclusive.title == "还不能确定"
    assert [cause.tone for cause in flow.causes] == ["caution", "calm"]
    assert flow.causes[0].claims == ("late",)
    device = flow.question_by_key["device"]
    assert device.kind == "multi"
    assert device.ask_when.holds(given(stage="paid"))
    assert not device.ask_when.holds(given(stage="unpaid"))
    assert [option.exclusive for option in device.options] == [False, False, True, True]
    assert device.option("unknown").where == "想想最近一周。"
    assert flow.evidence[4].when.holds(given(device="none"))
    assert [item.cause for item in flow.advice] == [None, "overdue", None, "guard", None]
    assert flow.scenarios[1].answers == given(stage="paid", device="phone abroad")
    assert (flow.scenarios[0].primary, flow.scenarios[2].primary) == ("overdue", None)


def test_a_document_comes_back_as_it_was_written():
    assert flow_document(flow_of(tiny())) == TINY


def test_aliases_and_others_come_back_as_they_were_written():
    document = altered("aliases", {"old": "stage", "gone": None})
    document["scenarios"][1]["others"] = ["overdue"]
    assert flow_document(flow_of(document)) == document


@drawn(flows())
@settings(max_examples=100)
def test_reading_a_written_flow_gives_the_same_flow(flow):
    document = flow_document(flow)
    again = flow_of(document)
    for name in ("causes", "questions", "evidence", "advice", "scenarios", "aliases", "inconclusive"):
        assert getattr(again, name) == getattr(flow, name)
    assert flow_document(again) == document


def test_lists_without_order_are_written_sorted():
    document = altered("causes/0/claims", ["z", "a", "z"])
    document["evidence"][0]["when"][0][0]["any_of"] = ["unpaid", "paid", "unpaid"]
    written = flow_document(flow_of(document))
    assert written["causes"][0]["claims"] == ["a", "z"]
    assert written["evidence"][0]["when"][0][0]["any_of"] == ["paid", "unpaid"]


def test_what_may_be_left_out_may_be_left_out():
    document = tiny()
    for place in ("prepare", "scenarios"):
        del document[place]
    del document["questions"][0]["kind"]
    flow = flow_of(document)
    assert flow.questions[0].kind == "single"
    assert flow.prepare == flow.scenarios == ()
    assert flow.aliases == {}


def test_a_scenario_must_pass_unless_it_says_otherwise():
    assert flow_of(without("scenarios/0/must_pass")).scenarios[0].must_pass
    assert not flow_of(altered("scenarios/0/must_pass", value=False)).scenarios[0].must_pass


def test_an_empty_document_names_everything_that_is_missing():
    missing = {"key", "title", "summary", "audience", "minutes", "checked_on", "review_by"}
    inside = {"inconclusive/title", "inconclusive/summary"}
    assert places({}) == missing | inside | {"causes", "questions", "evidence", "advice"}


@pytest.mark.parametrize("document", [None, [], "text", 5])
def test_something_that_is_no_document_is_no_crash(document):
    assert "" in places(document)


def test_all_problems_are_said_at_once_each_with_its_place():
    document = tiny()
    document["title"] = ""
    document["review_by"] = "soon"
    document["causes"][1]["tone"] = "loud"
    document["causes"][0]["claims"] = []
    document["questions"][1]["options"][0]["label"] = None
    document["questions"][1]["ask_when"][0][0] = {"question": "stage"}
    document["evidence"][2]["effect"] = "proves"
    document["advice"][0]["titel"] = "先看"
    document["scenarios"][0]["answers"] = {"stage": 1}
    document["aliases"] = {"old": 1}
    assert places(document) == {
        "title",
        "review_by",
        "causes/1/tone",
        "causes/0/claims",
        "questions/1/options/0/label",
        "questions/1/ask_when/0/0",
        "evidence/2/effect",
        "advice/0/titel",
        "scenarios/0/answers/stage",
        "aliases",
    }


NEEDED = [
    "key", "title", "summary", "audience", "minutes", "checked_on", "review_by",
    "inconclusive/title", "inconclusive/summary",
    "causes/0/key", "causes/0/title", "causes/0/summary", "causes/0/tone", "causes/0/claims",
    "questions/0/key", "questions/0/text", "questions/0/why", "questions/0/options",
    "questions/0/options/0/key", "questions/0/options/0/label",
    "evidence/0/key", "evidence/0/cause", "evidence/0/effect", "evidence/0/reason",
    "advice/0/key", "advice/0/kind", "advice/0/title", "advice/0/body", "advice/0/claims",
    "scenarios/0/key", "scenarios/0/title", "scenarios/0/answers",
]  # fmt: skip


@pytest.mark.parametrize("place", NEEDED)
def test_a_field_that_is_needed_is_missed(place):
    assert places(without(place)) == {place}


@pytest.mark.parametrize("kind", ["script", "read_more"])
def test_a_script_and_further_reading_need_neither_title_nor_claims(kind):
    document = altered("advice/0/kind", kind)
    del document["advice"][0]["title"], document["advice"][0]["claims"]
    assert places(document) == set()


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("title", "长" * 61),
        ("summary", "长" * 201),
        ("questions/0/options/1/label", "长" * 61),
        ("questions/0/options/1/hint", "长" * 201),
        ("minutes", 31),
        ("questions/0/kind", "many"),
        ("questions/0/options/0/unknown", "yes"),
        ("advice/0/kind", "maybe"),
        ("scenarios/0/must_pass", 1),
        ("causes/0/key", "Overdue"),
        ("questions", {"stage": {}}),
    ],
)
def test_a_field_of_the_wrong_kind_or_size_is_named(place, value):
    assert places(altered(place, value)) == {place}


@pytest.mark.parametrize(
    "place",
    [
        "colour",
        "inconclusive/x",
        "causes/0/x",
        "questions/0/x",
        "questions/0/options/0/x",
        "evidence/0/x",
        "evidence/0/when/0/0/x",
        "advice/0/x",
        "scenarios/0/x",
    ],
)
def test_a_field_nobody_knows_is_named(place):
    assert places(altered(place, "?")) == {place}


@pytest.mark.parametrize(
    "when", ["text", {"question": "stage"}, [{"question": "stage", "any_of": ["paid"]}], [[]], [1]]
)
def test_a_condition_that_is_not_a_list_of_lists_is_named(when):
    assert places(altered("evidence/0/when", when)) == {"evidence/0/when"}


@pytest.mark.parametrize("when", [[], None])
def test_an_empty_condition_always_holds(when):
    assert flow_of(altered("advice/0/when", when)).advice[0].when.holds({})


@pytest.mark.parametrize(
    "clause",
    [
        {"question": "stage"},
        {"question": "stage", "any_of": []},
        {"question": "stage", "any_of": ["paid"], "none_of": ["unpaid"]},
        "stage = paid",
    ],
)
def test_a_clause_says_any_of_or_none_of_and_only_one(clause):
    assert "evidence/0/when/0/0" in places(altered("evidence/0/when", [[clause]]))


def test_a_clause_of_a_condition_further_on_has_its_own_place():
    when = [[{"question": "stage", "any_of": ["paid"]}], [{"question": "stage", "any_of": ["paid"]}, {"any_of": ["x"]}]]
    assert places(altered("questions/1/ask_when", when)) == {"questions/1/ask_when/1/1/question"}


@pytest.mark.parametrize("chosen", [[], None, [1], {"a": "b"}, True])
def test_an_answer_of_a_scenario_is_an_option_or_a_list_of_options(chosen):
    assert places(altered("scenarios/0/answers", {"stage": chosen})) == {"scenarios/0/answers/stage"}


@pytest.mark.parametrize("answers", [["stage", "paid"], "stage=paid"])
def test_answers_of_a_scenario_go_by_question(answers):
    assert places(altered("scenarios/0/answers", answers)) == {"scenarios/0/answers"}


@pytest.mark.parametrize("aliases", [["old"], {1: "new"}, {"old": ["new"]}, "old=new"])
def test_aliases_lead_from_text_to_text_or_nothing(aliases):
    assert places(altered("aliases", aliases)) == {"aliases"}


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=5), inside, max_size=3),
    max_leaves=5,
)


@drawn(st.sampled_from([*NEEDED, "evidence/0/when", "questions/1/ask_when", "aliases", "prepare"]), ANYTHING)
@settings(max_examples=200)
def test_whatever_is_written_anywhere_what_is_read_can_be_written_and_read_again(place, value):
    flow, problems = read_flow(altered(place, value))
    if not problems:
        assert flow_document(flow_of(flow_document(flow))) == flow_document(flow)
