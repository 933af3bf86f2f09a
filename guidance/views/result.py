"""What a result page shows."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from guidance.documents.embeds import references_in
from guidance.engine.flow import ADVICE_KINDS, Advice, Flow, Question
from guidance.engine.verdict import Finding, Verdict, conclude
from guidance.engine.whatif import Flip, what_if
from guidance.markup import qr_code
from guidance.services.live import site
from guidance.views.comparison import live_comparison
from guidance.views.quoting import IN_DOUBT, Quoting, in_doubt, sources
from guidance.views.state import State
from guidance.views.wording import STATUS_WORDS, headline

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
    quoting, claims = Quoting(site()), _claims_used(verdict)
    items = {kind: [_item(a, state.flow, quoting) for a in verdict.advice if a.kind == kind] for kind in ADVICE_KINDS}
    items["step"] = items["do_now"][DO_NOW:] + items["step"]
    findings = [_finding(finding, state) for finding in verdict.findings]
    changes = what_if(state.flow, state.answers)
    primary = findings[0] if verdict.primary else None
    present = {finding.cause.key for finding in verdict.findings if finding.present}
    share_url = host + state.url()
    return {
        "headline": headline(state.flow, verdict),
        "do_now": items["do_now"][:DO_NOW],
        "sections": [{"kind": k, "title": title, "items": items[k]} for k, title in SECTIONS.items() if items[k]],
        "read_more": items["read_more"],
        "primary": primary,
        "others": [f for f in findings if f is not primary and f["key"] in present],
        "excluded": [f for f in findings if f["key"] not in present],
        "open_questions": [_open(question, state) for question in changes.open_questions],
        "flips": _flips(changes.flips, state),
        "answers": state.answered(),
        "in_doubt": IN_DOUBT if in_doubt(claims) else "",
        "sources": sources(site(), claims),
        "version": state.number,
        "published_on": timezone.localdate(state.published_at).isoformat(),
        "checked_on": state.flow.checked_on,
        "review_by": state.flow.review_by,
        "live": live_comparison(state, verdict),
        "share_url": share_url,
        "code": state.code,
        "qr": qr_code(share_url),
    }


def _item(advice: Advice, flow: Flow, quoting: Quoting) -> dict[str, Any]:
    cause = flow.cause_by_key[advice.cause].title if advice.cause else ""
    return {
        "key": advice.key,
        "title": advice.title,
        "html": quoting.html(advice.body),
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
    return {"reason": reason, "change_url": state.change_url(rests_on[-1]) if rests_on else ""}


def _unknown(question: Question, state: State) -> dict[str, str]:
    return {"question": question.text, "where": _where_to_look(question), "change_url": state.change_url(question.key)}


def _where_to_look(question: Question) -> str:
    return next((option.where for option in question.options if option.unknown), "")


def _open(question: Question, state: State) -> dict[str, Any]:
    return {
        "key": question.key,
        "text": question.text,
        "kind": question.kind,
        "action": state.url("check_next"),
        "carried": state.carried(),
        "options": [option for option in question.options if not option.unknown],
        "where": _where_to_look(question),
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


def _claims_used(verdict: Verdict) -> list[str]:
    keys = [key for finding in verdict.findings if finding.present for key in finding.cause.claims]
    for advice in verdict.advice:
        keys += advice.claims
        keys += [reference.key for reference in references_in("", advice.body) if reference.kind == "claim"]
    return keys
