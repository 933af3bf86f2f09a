"""From answers to a verdict: every cause with its reasons, and the advice that follows."""

from dataclasses import dataclass

from guidance.engine.conditions import Answers
from guidance.engine.flow import ADVICE_KINDS, AGAINST, CONFIRMS, RULES_OUT, SUPPORTS, Advice, Cause, Evidence, Flow
from guidance.engine.walk import Walk, walk

CONFIRMED = "confirmed"
LIKELY = "likely"
POSSIBLE = "possible"
UNLIKELY = "unlikely"
RULED_OUT = "ruled_out"
# From the most to the least certain; the order in which causes are listed.
STATUSES = (CONFIRMED, LIKELY, POSSIBLE, UNLIKELY, RULED_OUT)
PRESENT = frozenset({CONFIRMED, LIKELY, POSSIBLE})

# supports - against from which a cause that nothing confirms is called likely, or possible
LIKELY_FROM = 2
POSSIBLE_FROM = 1


@dataclass(frozen=True, slots=True)
class Tally:
    """What the evidence for one cause adds up to; `net` is supports minus against."""

    confirmed: bool = False
    ruled_out: bool = False
    net: int = 0

    def add(self, effect: str) -> "Tally":
        return Tally(
            self.confirmed or effect == CONFIRMS,
            self.ruled_out or effect == RULES_OUT,
            self.net + (effect == SUPPORTS) - (effect == AGAINST),
        )

    @property
    def status(self) -> str:
        if self.ruled_out:
            return RULED_OUT
        if self.confirmed:
            return CONFIRMED
        if self.net >= LIKELY_FROM:
            return LIKELY
        return POSSIBLE if self.net >= POSSIBLE_FROM else UNLIKELY

    @property
    def rank(self) -> tuple[int, int]:
        """Sorts the stronger cause first."""
        return STATUSES.index(self.status), -self.net


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause, how certain it is, and why.

    supporting, opposing: the evidence that holds. unknown: keys of the questions the reader could not
    answer although an answer would have counted for this cause.
    """

    cause: Cause
    status: str
    supporting: tuple[Evidence, ...]
    opposing: tuple[Evidence, ...]
    unknown: tuple[str, ...]

    @property
    def present(self) -> bool:
        return self.status in PRESENT


@dataclass(frozen=True, slots=True)
class Verdict:
    """findings: every cause, the most certain first. advice: what to do, in the order of a result page."""

    findings: tuple[Finding, ...]
    advice: tuple[Advice, ...]

    @property
    def primary(self) -> Finding | None:
        """The cause to name first, or None when none is at least possible."""
        return self.findings[0] if self.findings and self.findings[0].present else None

    @property
    def statuses(self) -> dict[str, str]:
        return {finding.cause.key: finding.status for finding in self.findings}


def conclude(flow: Flow, answers: Answers) -> Verdict:
    """The verdict on `answers`; only answers on the current path count."""
    path = walk(flow, answers)
    holding = _holding(flow, path)
    tallies = _tallies(flow, holding)
    findings = tuple(
        _finding(path, flow.cause_by_key[key], tally, holding, flow.looks_at[key]) for key, tally in tallies.items()
    )
    return Verdict(findings, _advice(flow, path, [finding.cause.key for finding in findings if finding.present]))


def weigh(flow: Flow, answers: Answers) -> dict[str, Tally]:
    """The tally of each cause, the most certain first: what decides a verdict, without its words."""
    return _tallies(flow, _holding(flow, walk(flow, answers)))


def _holding(flow: Flow, path: Walk) -> list[Evidence]:
    return [evidence for evidence in flow.evidence if evidence.when.holds(path.answers)]


def _tallies(flow: Flow, holding: list[Evidence]) -> dict[str, Tally]:
    tallies = {cause.key: Tally() for cause in flow.causes}
    for evidence in holding:
        tallies[evidence.cause] = tallies[evidence.cause].add(evidence.effect)
    # A stable sort: the editors' order breaks ties.
    return dict(sorted(tallies.items(), key=lambda item: item[1].rank))


def _finding(path: Walk, cause: Cause, tally: Tally, holding: list[Evidence], looked_at: frozenset[str]) -> Finding:
    mine = [evidence for evidence in holding if evidence.cause == cause.key]
    return Finding(
        cause=cause,
        status=tally.status,
        supporting=tuple(e for e in mine if e.effect in (CONFIRMS, SUPPORTS)),
        opposing=tuple(e for e in mine if e.effect in (AGAINST, RULES_OUT)),
        unknown=tuple(question.key for question in path.unknown() if question.key in looked_at),
    )


def _advice(flow: Flow, path: Walk, present: list[str]) -> tuple[Advice, ...]:
    """Advice by kind; within a kind that of the primary cause first, then other present causes, then general."""
    rank: dict[str | None, int] = {key: place for place, key in enumerate(present)}
    rank[None] = len(present)
    shown = [advice for advice in flow.advice if advice.cause in rank and advice.when.holds(path.answers)]
    return tuple(sorted(shown, key=lambda advice: (ADVICE_KINDS.index(advice.kind), rank[advice.cause])))
