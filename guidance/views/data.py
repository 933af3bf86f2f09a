"""Self-checks and their results as plain data, for articles, chat agents and tests."""

from typing import Any

from guidance.engine.document import flow_document
from guidance.engine.flow import Flow
from guidance.engine.verdict import Finding, conclude
from guidance.services.live import Published, site
from guidance.views.comparison import same_under
from guidance.views.state import State


def flow_data(published: Published[Flow]) -> dict[str, Any]:
    """What a version of a self-check can ask and find."""
    document = flow_document(published.value)
    questions = [
        {
            "key": question["key"],
            "text": question["text"],
            "kind": question["kind"],
            "options": question["options"],
            "ask_when": question.get("ask_when", []),
        }
        for question in document["questions"]
    ]
    return {
        "flow": published.value.key,
        "title": published.value.title,
        "live_version": published.number,
        "questions": questions,
        "causes": [{"key": cause["key"], "title": cause["title"]} for cause in document["causes"]],
    }


def result_data(state: State) -> dict[str, Any]:
    """A state and, when it is complete, its result, as plain data."""
    verdict = conclude(state.flow, state.answers)
    complete = state.walk.complete
    live = site().flow(state.flow.key)
    return {
        "flow": state.flow.key,
        "version": state.number,
        "code": state.code,
        "complete": complete,
        "answers": {key: sorted(chosen) for key, chosen in state.walk.answers.items()},
        "next": state.walk.next.key if state.walk.next else None,
        "primary": verdict.primary.cause.key if complete and verdict.primary else None,
        "causes": [_finding_data(finding) for finding in verdict.findings] if complete else [],
        "advice": [{"key": a.key, "kind": a.kind, "cause": a.cause} for a in verdict.advice] if complete else [],
        "live_version": live.number if live else None,
        "same_under_live": same_under(live, state, verdict) if complete and live else None,
    }


def _finding_data(finding: Finding) -> dict[str, Any]:
    return {
        "key": finding.cause.key,
        "status": finding.status,
        "for": [evidence.reason for evidence in finding.supporting],
        "against": [evidence.reason for evidence in finding.opposing],
        "unknown": list(finding.unknown),
    }
