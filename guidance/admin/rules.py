"""The rules of a self-check draft as they stand: what would be published, and what keeps it from being tried."""

from typing import Any

from guidance.engine.checks import check
from guidance.engine.document import read_flow
from guidance.engine.flow import Flow
from guidance.engine.problems import Problem, failures
from guidance.models import Draft, Revision
from guidance.services.publishing import says_the_same

ASIDE = ("scenarios", "aliases")  # what is wrong there keeps nobody from walking


def drafted(draft: Draft) -> Revision:
    """The draft as the version it would be published as; not saved."""
    document = draft.to_document()
    latest = Revision.objects.filter(kind=draft.KIND, key=draft.key).order_by("-number").first()
    number = latest.number if latest else 0
    if latest is None or not says_the_same(latest, document):
        number += 1
    return Revision(kind=draft.KIND, key=draft.key, number=number, payload=document)


def walkable(document: dict[str, Any]) -> tuple[Flow, list[Problem]]:
    """The rules in a document, and the failures that keep them from being walked at all."""
    flow, problems = read_flow(document)
    found = failures([*problems, *check(flow, paths=False)])
    return flow, [problem for problem in dict.fromkeys(found) if problem.place.partition("/")[0] not in ASIDE]
