"""The picture of a flow: everything is drawn once, nothing overlaps, lines end where they belong, nothing raises."""

import os
import re
import subprocess
import sys
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from guidance.engine.conditions import Clause
from guidance.engine.document import read_flow
from guidance.engine.flow import Flow
from guidance.engine.picture import Picture, picture
from guidance.engine.picture.heights import nearest
from guidance.engine.picture.lettering import cut, short_words, width, wrapped
from guidance.engine.picture.links import links
from guidance.engine.picture.order import columns_of, crossings, joins, spots, untangled
from guidance.engine.picture.voices import Voice, voices
from tests.engine.builders import altered, any_of, evidence, flow_of, flows, put, question, tiny

TELL = """
from guidance.engine.picture import picture
from tests.engine.builders import flow_of, tiny
from tests.engine.test_picture import large
for flow in (flow_of(tiny()), large(20, 6)):
    found = picture(flow)
    print(found.nodes, found.lanes, found.edges)
"""

# Anything at all in the places that hold a picture together.
keys = st.sampled_from(["q0", "q1", "q2", "c0", "c1", "o0", "unknown", "", "nowhere"])
clauses = st.fixed_dictionaries(
    {"question": keys}, optional={"any_of": st.lists(keys, max_size=3), "none_of": st.lists(keys, max_size=2)}
)
conditions = st.lists(st.lists(clauses, max_size=3), max_size=3) | st.integers() | st.text(max_size=3)
options = st.lists(st.fixed_dictionaries({"key": keys}, optional={"label": st.text(max_size=70)}), max_size=3)
wild_documents = st.fixed_dictionaries(
    {},
    optional={
        "questions": st.lists(
            st.fixed_dictionaries(
                {"key": keys, "options": options}, optional={"text": st.text(max_size=220), "ask_when": conditions}
            ),
            max_size=6,
        ),
        "causes": st.lists(st.fixed_dictionaries({"key": keys}, optional={"title": st.text()}), max_size=4),
        "evidence": st.lists(
            st.fixed_dictionaries({"key": keys, "cause": keys, "effect": keys, "when": conditions}), max_size=8
        ),
    },
)


def large(questions: int, causes: int, per_question: int = 3) -> Flow:
    """A flow in which each question is asked after one about a third as far in, and speaks for some causes."""
    document = tiny()
    document["questions"] = [
        question(f"q{i}", "yes", "no", ask_when=any_of(f"q{i // 3}", "yes") if i else None) for i in range(questions)
    ]
    document["causes"] = [
        {"key": f"c{i}", "title": f"原因{i}", "summary": "是这样。", "tone": "calm", "claims": ["late"]}
        for i in range(causes)
    ]
    document["evidence"] = [
        evidence(f"e{i}-{j}", f"c{(i * j) % causes}", "supports", any_of(f"q{i}", "yes" if j % 2 else "no"))
        for i in range(questions)
        for j in range(1, per_question + 1)
    ]
    document["advice"], document["scenarios"] = document["advice"][:1], []
    return flow_of(document)


def assert_well_drawn(flow: Flow, found: Picture) -> None:
    """What holds for every picture."""
    assert [node.index for node in found.nodes if node.kind == "question"] == list(range(len(flow.questions)))
    assert [node.index for node in found.nodes if node.kind == "cause"] == list(range(len(flow.causes)))
    for one, other in combinations(found.nodes, 2):
        apart = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert apart or one.y + one.height <= other.y or other.y + other.height <= one.y
    lanes = {lane.source: lane for lane in found.lanes}
    for edge in found.edges:
        source, target = found.nodes[edge.source], found.nodes[edge.target]
        right = (source.x + source.width, source.middle)
        assert edge.start == right or lanes[edge.source].path.startswith(f"M{right[0]} {right[1]}C")
        assert edge.start == right or f"{edge.start[0]}" in lanes[edge.source].path
        assert edge.path.startswith(f"M{edge.start[0]} {edge.start[1]}C")
        assert edge.end[0] == target.x
        assert target.y < edge.end[1] < target.y + target.height
        assert source.x < target.x
    for node in found.nodes:
        assert min(node.x, node.y) >= 0
        assert node.x + node.width <= found.width
        assert node.y + node.height <= found.height
        assert all(node.y < line.y < node.y + node.height for line in (node.mark, *node.lines))


@drawn(flows(1, 6))
def test_any_flow_is_well_drawn(flow: Flow) -> None:
    found = picture(flow)
    assert_well_drawn(flow, found)
    pairs = {(edge.source, edge.target) for edge in found.edges}
    assert len(pairs) == len(found.edges)  # however much stands behind a line, it is one
    causes = {cause.key: len(flow.questions) + i for i, cause in enumerate(flow.causes)}
    place = {one.key: i for i, one in enumerate(flow.questions)}
    asked = {(place[key], i) for i, one in enumerate(flow.questions) for key in one.ask_when.questions()}
    assert pairs == asked | {(place[key], causes[one.cause]) for one in flow.evidence for key in one.when.questions()}


@settings(max_examples=300)
@drawn(wild_documents)
def test_an_unfinished_flow_never_raises(document: dict[str, Any]) -> None:
    flow, _ = read_flow(document)
    assert_well_drawn(flow, picture(flow))
    voices(flow)


def test_the_picture_is_the_same_whatever_the_order_of_hashes() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", TELL],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "77")
    }
    assert len(told) == 1
    assert "账单还了吗" in told.pop()


def test_a_question_stands_right_of_what_it_depends_on_and_the_causes_last() -> None:
    first, second, overdue, guard = picture(flow_of(tiny())).nodes
    assert first.x + first.width < second.x
    assert second.x + second.width < overdue.x == guard.x


def test_a_line_says_which_answers_lead_on() -> None:
    edge = next(edge for edge in picture(flow_of(tiny())).edges if edge.look == "asked")
    assert edge.words == "还清了、不确定"
    assert edge.label is not None
    assert edge.label.text == "还清了 等2项"


@pytest.mark.parametrize(
    ("keys", "negated", "words"),
    [
        (["paid"], False, "还清了"),
        (["paid"], True, "不是还清了"),
        (["unpaid", "paid"], False, "没还 等2项"),
        (["gone"], False, "gone"),
        ([], False, ""),
    ],
)
def test_labels_are_short(keys: list[str], negated: bool, words: str) -> None:  # noqa: FBT001 - a case
    asked = flow_of(tiny()).questions[0]
    assert short_words(asked, [Clause("stage", frozenset(keys), negated)]) == words


@pytest.mark.parametrize(
    ("effects", "look"),
    [
        (["confirms", "supports"], "confirms"),
        (["supports"], "supports"),
        (["against"], "against"),
        (["against", "rules_out"], "rules_out"),
        (["supports", "rules_out"], "mixed"),
    ],
)
def test_a_line_to_a_cause_looks_like_the_strongest_evidence_behind_it(effects: list[str], look: str) -> None:
    document = tiny()
    document["evidence"] = [
        evidence(f"e{i}", "overdue", effect, any_of("stage", "paid")) for i, effect in enumerate(effects)
    ]
    (edge,) = [edge for edge in picture(flow_of(document)).edges if edge.look != "asked"]
    assert edge.look == look
    assert edge.evidence == tuple(range(len(effects)))


def test_what_nobody_comes_to_is_marked_in_words() -> None:
    document = altered("questions/2", question("lost", "a", ask_when=any_of("device", "phone")))
    put(document, "questions/2/ask_when/0/0/question", "stage")
    put(document, "questions/2/ask_when/0/0/any_of", ["unpaid"])
    document["questions"][2]["ask_when"][0].append({"question": "device", "any_of": ["phone"]})
    put(document, "evidence/5", evidence("never", "nobody", "confirms", any_of("lost", "a")))
    put(document, "causes/2", document["causes"][0] | {"key": "nobody"})
    found = picture(flow_of(document))
    assert [node.mark.text for node in found.nodes] == ["第1题", "第2题", "第3题·走不到", "原因", "原因", "原因·走不到"]
    assert [node.unreachable for node in found.nodes] == [False, False, True, False, False, True]
    assert found.unreachable.evidence == {5}
    assert {edge.target for edge in found.edges if edge.unreachable} == {2, 5}


def test_nothing_is_called_unreachable_while_keys_lead_nowhere() -> None:
    found = picture(read_flow(altered("evidence/0/cause", "nobody"))[0])
    assert not found.unreachable.judged
    assert not any(node.unreachable for node in found.nodes)
    assert found.links.broken_evidence == (0,)


@pytest.mark.parametrize("key", ["nowhere", "device"])
def test_a_condition_on_no_earlier_question_is_marked_and_not_drawn(key: str) -> None:
    found = picture(read_flow(altered("questions/1/ask_when/0/0/question", key))[0])
    assert found.nodes[1].mark.text == "第2题·条件有误"
    assert not [edge for edge in found.edges if edge.look == "asked"]


def test_evidence_that_looks_at_nothing_is_named() -> None:
    flow, _ = read_flow(altered("evidence/1/when", []))
    assert links(flow).broken_evidence == (1,)


def test_of_questions_with_the_same_key_the_first_is_meant() -> None:
    document = tiny()
    document["questions"].insert(0, question("stage", "paid"))
    found = picture(read_flow(document)[0])
    assert {edge.source for edge in found.edges if edge.target == 2} == {0}


def test_an_empty_flow_is_an_empty_picture() -> None:
    found = picture(read_flow({})[0])
    assert found.nodes == found.edges == found.lanes == ()


def test_a_large_flow_keeps_its_proportions() -> None:
    flow = large(100, 12)
    found = picture(flow)
    assert_well_drawn(flow, found)
    assert found.width < 3_500
    assert found.height < 10_000


def test_the_order_makes_fewer_crossings() -> None:
    flow = large(30, 8)
    found = links(flow)
    column = columns_of(30, 8, found)
    columns = spots(column, found)
    beside = joins(column, columns, found)
    better = untangled(columns, beside)
    assert [sorted(one) for one in better] == [sorted(one) for one in columns]
    assert crossings(better, beside) < crossings(columns, beside)


def test_crossings_are_counted() -> None:
    columns = [[(0, 0), (1, 0)], [(2, 1), (3, 1)]]
    assert crossings(columns, [((0, 0), (2, 1)), ((1, 0), (3, 1))]) == 0
    assert crossings(columns, [((0, 0), (3, 1)), ((1, 0), (2, 1))]) == 1
    assert crossings(columns, [((0, 0), (3, 1)), ((1, 0), (3, 1))]) == 0  # they only meet


@drawn(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 90)), max_size=12))
def test_places_keep_their_order_and_their_distance(asked: list[tuple[int, int]]) -> None:
    wanted, distances = [each[0] for each in asked], [each[1] for each in asked[1:]]
    places = nearest(wanted, distances)
    for i, distance in enumerate(distances):
        assert places[i + 1] - places[i] >= distance
    if all(wanted[i + 1] - wanted[i] >= distance for i, distance in enumerate(distances)):
        assert places == wanted


def test_places_that_are_too_close_share_the_way() -> None:
    assert nearest([10, 10, 100], [20, 20]) == [0, 20, 100]


@drawn(st.text(max_size=120), st.integers(8, 40), st.integers(1, 4))
def test_lines_hold_the_text_and_no_more_than_fits(text: str, line: int, most: int) -> None:
    lines = wrapped(text, line, most)
    assert len(lines) <= most
    whole = re.sub(r"\s", "", text)
    told = re.sub(r"\s", "", "".join(lines))
    assert told == whole or whole.startswith(told.removesuffix("…"))


def test_lines_break_where_chinese_breaks() -> None:
    assert wrapped("花呗用不了，怎么办？", 10, 3) == ("花呗用不了，", "怎么办？")
    assert wrapped("打开支付宝App看看", 12, 3) == ("打开支付宝", "App看看")
    assert wrapped("一二三四五六七八九十", 6, 2) == ("一二三", "四五…")
    assert cut("一二三四", 8) == "一二三四"
    assert width("花a“") == 5


def test_each_option_says_what_it_speaks_for() -> None:
    document = tiny()
    document["evidence"][0]["when"][0].append({"question": "device", "any_of": ["phone"]})
    heard = voices(flow_of(document))
    assert heard["stage", "unpaid"] == (Voice("confirms", "overdue", alone=False),)
    assert heard["stage", "paid"] == (Voice("rules_out", "overdue", alone=True),)
    assert heard["device", "none"] == (Voice("against", "guard", alone=True),)
    assert heard["device", "phone"] == (
        Voice("confirms", "overdue", alone=False),
        Voice("supports", "guard", alone=True),
    )
    assert ("stage", "unknown") not in heard
