"""Where a part of a flow is used by other parts: what would break if it were gone."""

from collections.abc import Iterator

from guidance.engine.checks import conditions_of
from guidance.engine.flow import Flow


def uses_of_question(flow: Flow, key: str) -> list[str]:
    """Places of conditions and scenarios that look at a question."""
    found = [place for place, condition in conditions_of(flow) if key in condition.questions()]
    return found + [f"scenarios/{i}" for i, scenario in enumerate(flow.scenarios) if key in scenario.answers]


def uses_of_option(flow: Flow, question: str, key: str) -> list[str]:
    """Places of conditions and scenarios that name an option."""
    found = [
        place
        for place, condition in conditions_of(flow)
        if any(clause.question == question and key in clause.options for clause in condition.clauses())
    ]
    named = (i for i, scenario in enumerate(flow.scenarios) if key in scenario.answers.get(question, ()))
    return found + [f"scenarios/{i}" for i in named]


def uses_of_cause(flow: Flow, key: str) -> list[str]:
    """Places of evidence, advice and scenarios about a cause."""
    return [*_about(flow, key)]


def _about(flow: Flow, key: str) -> Iterator[str]:
    yield from (f"evidence/{i}" for i, evidence in enumerate(flow.evidence) if evidence.cause == key)
    yield from (f"advice/{i}" for i, advice in enumerate(flow.advice) if advice.cause == key)
    for i, scenario in enumerate(flow.scenarios):
        if key == scenario.primary or key in scenario.others:
            yield f"scenarios/{i}"


def uses_of_advice(flow: Flow, key: str) -> list[str]:
    """Places of scenarios that expect a piece of advice."""
    return [f"scenarios/{i}" for i, scenario in enumerate(flow.scenarios) if key in scenario.advice]
