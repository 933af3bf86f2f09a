"""In words for editors: what the rules of a self-check make of some answers, and why not something else."""

from collections.abc import Iterable
from typing import Any

from guidance.documents.labels import ADVICE_LABELS, EFFECT_LABELS
from guidance.engine.conditions import Answers, Clause
from guidance.engine.explain import (
    ASKED,
    HOLDS,
    LATER,
    NEXT,
    NOT_ASKED,
    OPEN,
    OTHER,
    SKIPPED,
    UNKNOWN,
    AdviceTrace,
    CauseTrace,
    ClauseTrace,
    ConditionTrace,
    EvidenceTrace,
    QuestionTrace,
    explain,
)
from guidance.engine.flow import Flow
from guidance.views.state import State
from guidance.views.wording import STATUS_WORDS

ASKING = {ASKED: "问过", NEXT: "现在问", SKIPPED: "没有问", LATER: "还没轮到"}
MISSING = {NOT_ASKED: "这题没有问到", OPEN: "这题还没有回答"}
GIVEN = {OTHER: "回答的是{}", UNKNOWN: "回答的是{}，表示不知道"}


def trace(state: State) -> dict[str, Any]:
    """Everything `explain` says about a state, for the page beside the walk."""
    found, words = explain(state.flow, state.answers), _Words(state.flow, state.walk.answers)
    questions = [words.question(each, state) for each in found.questions]
    advice = [words.advice(each) for each in found.advice]
    return {
        "questions": [each for each in questions if each["outcome"] in (ASKED, NEXT)],
        "skipped": [each for each in questions if each["outcome"] == SKIPPED],
        "causes": [words.cause(each) for each in found.causes],
        "shown": [each for each in advice if each["shown"]],
        "hidden": [each for each in advice if not each["shown"]],
    }


class _Words:
    """The words of one flow, for the answers on one path."""

    def __init__(self, flow: Flow, answers: Answers) -> None:
        self._flow = flow
        self._answers = answers

    def question(self, found: QuestionTrace, state: State) -> dict[str, Any]:
        key = found.question.key
        return {
            "text": found.question.text,
            "outcome": found.outcome,
            "outcome_words": ASKING[found.outcome],
            "answer": self._labels(key, found.answer),
            "change_url": state.change_url(key) if found.outcome == ASKED else "",
            "why": self._why_not(found.when) if found.outcome == SKIPPED else [],
        }

    def cause(self, found: CauseTrace) -> dict[str, Any]:
        evidence = [self._evidence(each) for each in found.evidence]
        return {
            "title": found.cause.title,
            "status": found.tally.status,
            "status_words": STATUS_WORDS[found.tally.status],
            "sum": self._sum(found),
            "fired": [each for each in evidence if each["holds"]],
            "rest": [each for each in evidence if not each["holds"]],
        }

    def advice(self, found: AdviceTrace) -> dict[str, Any]:
        cause = self._flow.cause_by_key[found.advice.cause].title if found.advice.cause else ""
        return {
            "title": found.advice.title or f"（{found.advice.key}）",
            "kind": ADVICE_LABELS[found.advice.kind],
            "shown": found.shown,
            "cause": cause,
            "why": [
                *([f"原因“{cause}”没有得出"] if not found.present else []),
                *self._why_not(found.when),
            ],
        }

    def _evidence(self, found: EvidenceTrace) -> dict[str, Any]:
        return {
            "effect": found.evidence.effect,
            "effect_words": EFFECT_LABELS[found.evidence.effect],
            "reason": found.evidence.reason,
            "holds": found.when.holds,
            "because": self._because(found.when),
            "why": self._why_not(found.when),
        }

    @staticmethod
    def _sum(found: CauseTrace) -> str:
        counted = f"支持{found.supports}条，不支持{found.against}条"
        if found.tally.ruled_out:
            return f"{counted}；有证据排除，排除优先"
        return f"{counted}；有证据确认" if found.tally.confirmed else f"{counted}，净{found.tally.net}"

    def _because(self, when: ConditionTrace) -> str:
        """The first alternative that holds."""
        for clauses in when.alternatives:
            if all(each.outcome == HOLDS for each in clauses):
                return "，".join(self._was(each.clause) for each in clauses)
        return ""

    def _why_not(self, when: ConditionTrace) -> list[str]:
        """For each alternative what is in its way."""
        found = ["；".join(self._in_the_way(each) for each in clauses) for clauses in when.failed]
        return found[:1] + [f"或者：{each}" for each in found[1:]]

    def _in_the_way(self, found: ClauseTrace) -> str:
        clause = found.clause
        verb = "没有选" if clause.negated else "选"
        wanted = f"要“{self._text(clause.question)}”{verb}{self._labels(clause.question, clause.options)}"
        return f"{wanted}，{MISSING.get(found.outcome) or self._given(found)}"

    def _given(self, found: ClauseTrace) -> str:
        key = found.clause.question
        return GIVEN[found.outcome].format(self._labels(key, self._answers[key], "和"))

    def _was(self, clause: Clause) -> str:
        chosen = self._answers[clause.question]
        return f"“{self._text(clause.question)}”选了{self._labels(clause.question, chosen, '和')}"

    def _text(self, question: str) -> str:
        return self._flow.question_by_key[question].text

    def _labels(self, question: str, chosen: Iterable[str], between: str = "或") -> str:
        wanted = frozenset(chosen)
        options = self._flow.question_by_key[question].options
        return between.join(f"“{option.label}”" for option in options if option.key in wanted)
