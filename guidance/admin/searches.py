"""Which searches would get other first hits once a draft is published: told before it is."""

from collections.abc import Iterator
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from guidance.admin.pages import PagedAdmin
from guidance.admin.places import Places, listed
from guidance.models import Draft
from guidance.services.finding import QUERY_LENGTH, Hit
from guidance.services.publishing import Entry, Refused
from guidance.services.search_changes import Answers, Comparison, Loss, compare, queries_to_try
from guidance.views.search import KINDS

LOSSES = {
    Loss.EVERYTHING: "搜不到了",
    Loss.PIN: "置顶的掉了",
    Loss.FIRST: "第一条掉了",
    Loss.FIRST_PLACE: "第一条换了",
    Loss.SOME: "后面有掉的",
    Loss.ORDER: "后面的次序变了",
    Loss.NOTHING: "只多不少",
}


def searches_page(modeladmin: PagedAdmin, request: HttpRequest, draft: Draft) -> HttpResponse:
    """Queries that the draft may change, before and after, the worst first; or only ?q=, changed or not."""
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:QUERY_LENGTH]
    document = draft.to_document()
    entry = Entry(draft.KIND, document)
    context: dict[str, Any] = {"query": query, "read_length": QUERY_LENGTH}
    try:
        context |= _compared(compare(entry, [query] if query else queries_to_try(entry)), query)
    except Refused as refused:
        found = [problem for problems in refused.problems.values() for problem in problems]
        context |= {"problems": listed(found, Places(draft, document))}
    except OperationalError:  # somebody else has been writing for longer than a database waits
        context |= {"busy": True}
    return modeladmin.show(request, draft, "searches", context | {"check_url": modeladmin.page_url(draft, "problems")})


def _compared(comparison: Comparison, query: str) -> dict[str, Any]:
    changed = comparison.changed
    return {
        "rows": [_row(answers) for answers in (comparison.answers if query else changed)],
        "changed": len(changed),
        "tried": len(comparison.answers),
        "left": comparison.left,
    }


def _row(answers: Answers) -> dict[str, Any]:
    before, after = ([(hit.kind, hit.key) for hit in hits] for hits in (answers.before, answers.after))
    return {
        "query": answers.query,
        "loss": _loss(answers),
        "before": [_hit(hit, _gone(place, after)) for hit, place in zip(answers.before, before, strict=True)],
        "after": [_hit(hit, _moved(place, before, after)) for hit, place in zip(answers.after, after, strict=True)],
    }


def _loss(answers: Answers) -> str:
    """What changes for the worse, in words; "" when nothing changes at all."""
    if not answers.differ:
        return ""
    return LOSSES[answers.loss] if answers.before else "原来搜不到"


def _gone(place: Any, after: list[Any]) -> Iterator[str]:
    if place not in after:
        yield "掉了"


def _moved(place: Any, before: list[Any], after: list[Any]) -> Iterator[str]:
    now = after.index(place)
    if place not in before:
        yield "新"
    if now == 0 and before[:1] != after[:1]:
        yield "升到第一"
    elif place in before and now != (was := before.index(place)):
        yield f"第{was + 1}→第{now + 1}"


def _hit(hit: Hit, marks: Iterator[str]) -> dict[str, Any]:
    return {"kind": KINDS[hit.kind], "title": hit.title, "pinned": hit.pinned, "marks": list(marks)}
