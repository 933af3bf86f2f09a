"""What a picture of a flow connects: every question with the questions and the causes that look at its answer.

Nodes are numbered: the questions in asking order, then the causes. Keys may be anything here: a draft in the middle of
being written has a picture, too.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from guidance.engine.conditions import Clause
from guidance.engine.flow import AGAINST, CONFIRMS, RULES_OUT, SUPPORTS, Flow

ASKED = "asked"
MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Link:
    """From the question `source` to the node `target`, which looks at it in `clauses` or by pieces of `evidence`."""

    source: int
    target: int
    look: str  # ASKED, an effect, or MIXED: some evidence speaks for the cause and some against it
    clauses: tuple[Clause, ...] = ()
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True)
class Links:
    """All links of a flow. broken_questions, broken_evidence: whose condition or cause leads nowhere."""

    all: tuple[Link, ...]
    broken_questions: tuple[int, ...]
    broken_evidence: tuple[int, ...]

    @cached_property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        return tuple((link.source, link.target) for link in self.all)


def links(flow: Flow) -> Links:
    """One link for each pair of nodes, however many clauses or pieces of evidence stand behind it."""
    place = {question.key: i for i, question in reversed(list(enumerate(flow.questions)))}
    asked, broken_questions = _asked(flow, place)
    spoken, broken_evidence = _spoken(flow, place)
    found = [Link(*pair, ASKED, clauses=tuple(clauses)) for pair, clauses in asked.items()]
    for pair, proofs in spoken.items():
        look = _look({flow.evidence[i].effect for i in proofs})
        found.append(Link(*pair, look, evidence=tuple(proofs)))
    return Links(tuple(found), tuple(broken_questions), tuple(broken_evidence))


def _asked(flow: Flow, place: dict[str, int]) -> tuple[dict[tuple[int, int], list[Clause]], list[int]]:
    found: dict[tuple[int, int], list[Clause]] = defaultdict(list)
    broken = []
    for i, question in enumerate(flow.questions):
        for clause in question.ask_when.clauses():
            source = place.get(clause.question, i)
            if source < i:
                found[source, i].append(clause)
            else:
                broken.append(i)
    return found, sorted(set(broken))


def _spoken(flow: Flow, place: dict[str, int]) -> tuple[dict[tuple[int, int], list[int]], list[int]]:
    causes = {cause.key: len(flow.questions) + i for i, cause in reversed(list(enumerate(flow.causes)))}
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    broken = []
    for i, evidence in enumerate(flow.evidence):
        looked_at = evidence.when.questions()
        sources = sorted(place[key] for key in looked_at if key in place)
        if evidence.cause not in causes or len(sources) < len(looked_at) or not sources:
            broken.append(i)
        if evidence.cause in causes:
            for source in sources:
                found[source, causes[evidence.cause]].append(i)
    return found, broken


def _look(effects: set[str]) -> str:
    if effects & {CONFIRMS, SUPPORTS} and effects & {AGAINST, RULES_OUT}:
        return MIXED
    return next(effect for effect in (CONFIRMS, SUPPORTS, RULES_OUT, AGAINST) if effect in effects)
