"""A result as it was given, beside what today's rules say."""

from typing import Any

from guidance.engine.aliases import carry_over
from guidance.engine.flow import Flow
from guidance.engine.verdict import Verdict, conclude
from guidance.services.live import Published, site
from guidance.views.state import State, live_flow, state_of
from guidance.views.wording import STATUS_WORDS, headline


def live_comparison(state: State, verdict: Verdict) -> dict[str, Any] | None:
    """Whether today's rules say the same; None when the result was made under today's rules."""
    live = site().flow(state.flow.key)
    if live is None or live.number == state.number:
        return None
    return {
        "version": live.number,
        "same": same_under(live, state, verdict),
        "asks_more": not under_live(live, state).walk.complete,
        "compare_url": state.url("check_compare"),
    }


def same_under(live: Published[Flow], state: State, verdict: Verdict) -> bool:
    """Whether the live version asks nothing more and comes to the same causes, certainty and advice."""
    restated = under_live(live, state)
    if not restated.walk.complete:
        return False
    today = conclude(restated.flow, restated.answers)
    return _substance(today) == _substance(verdict)


def under_live(live: Published[Flow], state: State) -> State:
    """The same answers under the live version."""
    return state_of(live, carry_over(state.walk.answers, live.value))


def _substance(verdict: Verdict) -> tuple[Any, ...]:
    primary = verdict.primary.cause.key if verdict.primary else None
    return primary, verdict.statuses, {advice.key for advice in verdict.advice}


def comparison_page(state: State) -> dict[str, Any]:
    """A result then and under today's rules, side by side."""
    live = live_flow(state.flow.key)
    restated = under_live(live, state)
    then, now = conclude(state.flow, state.answers), conclude(restated.flow, restated.answers)
    titles = {cause.key: cause.title for cause in (*state.flow.causes, *live.value.causes)}
    before, after = then.statuses, now.statuses
    advice_then = {advice.key: advice.title for advice in then.advice}
    advice_now = {advice.key: advice.title for advice in now.advice}
    missing = restated.walk.next
    return {
        "same": same_under(live, state, then),
        "old": {"headline": headline(state.flow, then)},
        "new": {"headline": headline(live.value, now)},
        # While today's rules ask more, they have not come to anything that could be compared.
        "rows": []
        if missing
        else [
            {
                "title": title,
                "before": STATUS_WORDS.get(before.get(key, ""), "没有这一项"),
                "after": STATUS_WORDS.get(after.get(key, ""), "没有这一项"),
                "changed": before.get(key) != after.get(key),
            }
            for key, title in titles.items()
        ],
        "advice_added": [t for key, t in advice_now.items() if key not in advice_then and t and not missing],
        "advice_removed": [t for key, t in advice_then.items() if key not in advice_now and t and not missing],
        "questions": [missing.text] if missing else [],
        "state_url": state.url(),
        "live_url": restated.url(),
    }
