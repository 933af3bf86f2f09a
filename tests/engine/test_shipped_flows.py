"""The flows the site starts with keep what the site promises."""

from functools import cache
from pathlib import Path

import pytest
import yaml

from guidance.engine.checks import examine
from guidance.engine.document import flow_document
from guidance.engine.linkcode import longest_code
from guidance.engine.outcome_checks import scenario_failure
from guidance.engine.paths import lengths, longest_from, outcomes
from guidance.engine.problems import failures

FOLDER = Path(__file__).resolve().parents[2] / "guidance" / "content" / "flows"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


class PlainLoader(yaml.CSafeLoader):
    """YAML whose dates stay texts, as the engine reads them."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


@cache
def shipped(name):
    """(document, flow, problems)"""
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    document = yaml.load(text, PlainLoader)  # noqa: S506 - a safe loader
    return (document, *examine(document))


def test_the_flow_for_huabei_is_there():
    assert "huabei" in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_nothing_blocks_a_shipped_flow(name):
    _, flow, problems = shipped(name)
    assert failures(problems) == []
    assert flow.key == name


@pytest.mark.parametrize("name", NAMES)
def test_every_scenario_comes_out_as_its_editor_expects(name):
    flow = shipped(name)[1]
    assert {scenario.key: scenario_failure(flow, scenario) for scenario in flow.scenarios} == dict.fromkeys(
        (scenario.key for scenario in flow.scenarios), ""
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_flow_has_scenarios_enough(name):
    flow = shipped(name)[1]
    assert len(flow.scenarios) >= (40 if name == "huabei" else 12)


@pytest.mark.parametrize("name", NAMES)
def test_no_code_of_a_shipped_flow_is_too_long_to_type(name):
    assert longest_code(shipped(name)[1], 999) <= 24


@pytest.mark.parametrize("name", NAMES)
def test_every_question_lets_the_reader_not_know_and_says_where_to_look(name):
    for question in shipped(name)[1].questions:
        unknown = [option for option in question.options if option.unknown]
        assert unknown, question.key
        assert all(option.where for option in unknown), question.key


@pytest.mark.parametrize("name", NAMES)
def test_every_path_of_a_shipped_flow_was_looked_at(name):
    flow = shipped(name)[1]
    assert outcomes(flow).complete
    assert outcomes(flow).total == lengths(flow).total


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_flow_survives_export_and_import(name):
    written = flow_document(shipped(name)[1])
    flow, problems = examine(written)
    assert failures(problems) == []
    assert flow_document(flow) == written


def test_the_causes_of_huabei_are_the_promised_ones():
    assert set(shipped("huabei")[1].cause_by_key) == {
        "overdue",
        "risk-control",
        "cash-out",
        "system-upgrade",
        "other-violation",
        "not-frozen",
    }


def test_huabei_is_short():
    flow = shipped("huabei")[1]
    found = lengths(flow)
    assert found.longest <= 9
    assert found.median <= 4
    assert longest_from(flow, {}) == found.longest - 1
