"""What a result page shows, and the same as data."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils import timezone

from guidance.documents.embeds import references_in
from guidance.documents.source import WEIGHTS
from guidance.engine.aliases import carry_over
from guidance.engine.flow import ADVICE_KINDS, Advice, Flow, Question
from guidance.engine.verdict import CONFIRMED, LIKELY, POSSIBLE, RULED_OUT, UNLIKELY, Finding, Verdict, conclude
from guidance.engine.whatif import Flip, what_if
from guidance.markup import Embeds, qr_code, render
from guidance.services.live import Published, Site, site
from guidance.views.state import State, state_of

STATUS_WORDS = {
    CONFIRMED: "依据明确",
    LIKELY: "很可能",
    POSSIBLE: "有可能",
    UNLIKELY: "不太像",
    RULED_OUT: "可以排除",
}
INCONCLUSIVE = "inconclusive"
INCONCLUSIVE_WORDS = "还不能判断"
SECTIONS = {
    "step": "接下来的步骤",
    "document": "准备好这些",
    "timeline": "时间上会怎样",
    "script": "可以这样说",
    "dont": "不要做",
    "warning": "小心骗局",
}
DO_NOW = 3  # as many actions as a frightened person can take in


def result_page(state: State, host: str) -> dict[str, Any]:
    """Everything on the result page of a complete state. `host`: scheme and host for the link to share."""
    verdict = conclude(state.flow, state.answers)
    current, embeds = site(), embeds_today(site())
    items = {kind: [_item(a, state.flow, embeds) for a in verdict.advice if a.kind == kind] for kind in ADVICE_KINDS}
    items["step"] = items["do_now"][DO_NOW:] + items["step"]
    findings = [_finding(finding, state) for finding in verdict.findings]
    changes = what_if(state.flow, state.answers)
    primary = findings[0] if verdict.primary else None
    present = {finding.cause.key for finding in verdict.findings if finding.present}
    share_url = host + state.url()
    return {
        "headline": _headline(state.flow, verdict),
        "do_now": items["do_now"][:DO_NOW],
        "sections": [{"kind": k, "title": title, "items": items[k]} for k, title in SECTIONS.items() if items[k]],
        "read_more": items["read_more"],
        "primary": primary,
        "others": [f for f in findings if f is not primary and f["key"] in present],
        "excluded": [f for f in findings if f["key"] not in present],
        "open_questions": [_open(question, state) for question in changes.open_questions],
        "flips": _flips(changes.flips, state),
        "answers": answers_given(state),
        "sources": sources(current, _claims_used(verdict)),
        "version": state.number,
        "published_on": timezone.localdate(state.published_at).isoformat(),
        "checked_on": state.flow.checked_on,
        "review_by": state.flow.review_by,
        "live": live_comparison(state, verdict),
        "share_url": share_url,
        "code": state.code,
        "qr": qr_code(share_url),
        "json_url": state.url("check_json"),
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


def live_comparison(state: State, verdict: Verdict) -> dict[str, Any] | None:
    """Whether today's rules say the same; None when the result was made under today's rules."""
    live = site().flow(state.flow.key)
    if live is None or live.number == state.number:
        return None
    same = same_under(live, state, verdict)
    return {"version": live.number, "same": same, "compare_url": state.url("check_compare")}


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


def embeds_today(current: Site) -> Embeds:
    """What references in Markdown stand for today."""
    return _embeds(current, timezone.localdate())


@lru_cache(maxsize=2)
def _embeds(current: Site, today: date) -> Embeds:
    return Embeds(current.claims, current.contacts, today)


def _headline(flow: Flow, verdict: Verdict) -> dict[str, str]:
    primary = verdict.primary
    if primary is None:
        found, tone, status, words = flow.inconclusive, "unclear", INCONCLUSIVE, INCONCLUSIVE_WORDS
        return {"tone": tone, "status": status, "status_words": words, "title": found.title, "summary": found.summary}
    cause, words = primary.cause, STATUS_WORDS[primary.status]
    return {
        "tone": cause.tone,
        "status": primary.status,
        "status_words": words,
        "title": cause.title,
        "summary": cause.summary,
    }


def _item(advice: Advice, flow: Flow, embeds: Embeds) -> dict[str, Any]:
    cause = flow.cause_by_key[advice.cause].title if advice.cause else ""
    return {
        "key": advice.key,
        "title": advice.title,
        "html": render(advice.body, embeds).html,
        "cause_title": cause,
    }


def _finding(finding: Finding, state: State) -> dict[str, Any]:
    cause = finding.cause
    return {
        "key": cause.key,
        "title": cause.title,
        "summary": cause.summary,
        "status": finding.status,
        "status_words": STATUS_WORDS[finding.status],
        "tone": cause.tone,
        "supporting": [_reason(evidence.reason, evidence.when.questions(), state) for evidence in finding.supporting],
        "opposing": [_reason(evidence.reason, evidence.when.questions(), state) for evidence in finding.opposing],
        "unknown": [_unknown(state.flow.question_by_key[key], state) for key in finding.unknown],
    }


def _reason(reason: str, questions: Iterable[str], state: State) -> dict[str, str]:
    """A reason tied to the last answer on the path that it rests on."""
    rests_on = [question.key for question in state.walk.asked if question.key in set(questions)]
    return {"reason": reason, "change_url": change_url(state, rests_on[-1]) if rests_on else ""}


def _unknown(question: Question, state: State) -> dict[str, str]:
    where = next((option.where for option in question.options if option.unknown), "")
    return {"question": question.text, "where": where, "change_url": change_url(state, question.key)}


def change_url(state: State, question: str) -> str:
    return state.url("check_change", question=question)


def _open(question: Question, state: State) -> dict[str, Any]:
    return {
        "key": question.key,
        "text": question.text,
        "kind": question.kind,
        "action": state.url("check_next"),
        "options": [option for option in question.options if not option.unknown],
        "where": next((option.where for option in question.options if option.unknown), ""),
    }


def _flips(flips: Iterable[Flip], state: State) -> list[dict[str, str]]:
    found = []
    for flip in flips:
        changed = state.with_answer(flip.question.key, frozenset({flip.option.key}))
        if not changed.walk.complete:
            continue  # more would be asked first, so nothing can be promised
        title = state.flow.cause_by_key[flip.primary].title if flip.primary else state.flow.inconclusive.title
        found.append(
            {"question": flip.question.text, "answer": flip.option.label, "title": title, "url": changed.url()}
        )
    return found


def answers_given(state: State) -> list[dict[str, str]]:
    """The answers on the path in words, each with the address where it can be changed."""
    return [
        {
            "question": question.text,
            "answer": "、".join(o.label for o in question.options if o.key in state.walk.answers[question.key]),
            "change_url": change_url(state, question.key),
        }
        for question in state.walk.asked
    ]


def _claims_used(verdict: Verdict) -> list[str]:
    keys = [key for finding in verdict.findings if finding.present for key in finding.cause.claims]
    for advice in verdict.advice:
        keys += advice.claims
        keys += [reference.key for reference in references_in("", advice.body) if reference.kind == "claim"]
    return keys


def sources(current: Site, claims: Iterable[str]) -> list[dict[str, str]]:
    """The sources behind some claims, the weightiest first, each once."""
    keys = dict.fromkeys(key for name in claims if name in current.claims for key in current.claims[name].sources)
    found = [current.sources[key] for key in keys if key in current.sources]
    order = list(WEIGHTS)
    return [
        {
            "title": source.title,
            "publisher": source.publisher,
            "kind_words": WEIGHTS[source.kind],
            "url": source.url,
            "checked_on": source.checked_on,
        }
        for source in sorted(found, key=lambda source: order.index(source.kind))
    ]


def _finding_data(finding: Finding) -> dict[str, Any]:
    return {
        "key": finding.cause.key,
        "status": finding.status,
        "for": [evidence.reason for evidence in finding.supporting],
        "against": [evidence.reason for evidence in finding.opposing],
        "unknown": list(finding.unknown),
    }


def comparison_page(state: State) -> dict[str, Any]:
    """A result then and under today's rules, side by side."""
    live = site().flow(state.flow.key)
    assert live is not None  # noqa: S101 - read_state answered 404 otherwise
    restated = under_live(live, state)
    then, now = conclude(state.flow, state.answers), conclude(restated.flow, restated.answers)
    titles = {cause.key: cause.title for cause in (*state.flow.causes, *live.value.causes)}
    before, after = then.statuses, now.statuses
    advice_then = {advice.key: advice.title for advice in then.advice}
    advice_now = {advice.key: advice.title for advice in now.advice}
    missing = restated.walk.next
    return {
        "same": same_under(live, state, then),
        "old": {"headline": _headline(state.flow, then)},
        "new": {"headline": _headline(live.value, now)},
        "rows": [
            {
                "title": title,
                "before": STATUS_WORDS.get(before.get(key, ""), "没有这一项"),
                "after": STATUS_WORDS.get(after.get(key, ""), "没有这一项"),
                "changed": before.get(key) != after.get(key),
            }
            for key, title in titles.items()
        ],
        "advice_added": [title for key, title in advice_now.items() if key not in advice_then and title],
        "advice_removed": [title for key, title in advice_then.items() if key not in advice_now and title],
        "questions": [missing.text] if missing else [],
        "state_url": state.url(),
        "live_url": restated.url(),
    }
