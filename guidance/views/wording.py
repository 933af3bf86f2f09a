"""How certain a cause is, and what a result says first, in words."""

from guidance.engine.flow import Flow
from guidance.engine.verdict import CONFIRMED, LIKELY, POSSIBLE, RULED_OUT, UNLIKELY, Verdict

STATUS_WORDS = {
    CONFIRMED: "依据明确",
    LIKELY: "很可能",
    POSSIBLE: "有可能",
    UNLIKELY: "不太像",
    RULED_OUT: "可以排除",
}
INCONCLUSIVE = "inconclusive"
INCONCLUSIVE_WORDS = "还不能判断"


def headline(flow: Flow, verdict: Verdict) -> dict[str, str]:
    """The primary cause with its certainty, or that nothing can be said yet."""
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
