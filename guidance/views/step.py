"""What the page of one question shows."""

from dataclasses import asdict
from typing import Any

from guidance.engine.flow import Question
from guidance.engine.paths import longest_from
from guidance.views.state import State


def step_page(state: State, question: Question, error: str) -> dict[str, Any]:
    """Everything on the page of one question. `error`: what was wrong with the answer just given, or ""."""
    before = _asked_before(state, question)
    earlier = {each.key: state.walk.answers[each.key] for each in before}
    chosen = state.answers.get(question.key, frozenset())
    return {
        "key": question.key,
        "text": question.text,
        "why": question.why,
        "help": question.help,
        "kind": question.kind,
        "number": len(before) + 1,
        "remaining": longest_from(state.flow, earlier),
        "action": state.url("check_next"),
        "carried": state.carried(),
        "back": state.change_url(before[-1].key) if before else None,
        "error": error or None,
        "options": [asdict(option) | {"checked": option.key in chosen} for option in question.options],
    }


def _asked_before(state: State, question: Question) -> tuple[Question, ...]:
    asked = state.walk.asked
    return asked[: asked.index(question)] if question in asked else asked
