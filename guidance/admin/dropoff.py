"""How far readers come in a self-check: for each question how many were asked and answered, and what came out."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from guidance.admin.pages import Page, PagedAdmin
from guidance.documents import KINDS
from guidance.engine.flow import Flow
from guidance.models import Draft, Publication, Revision
from guidance.services.counts import DAYS, outcome_counts, totals
from guidance.services.feedback import INCONCLUSIVE

WIDE = 100  # of the longest bar, in the units of its drawing


def counts_page(modeladmin: PagedAdmin, request: HttpRequest, draft: Draft) -> HttpResponse:
    """The counts of the live version, or of the one in ?number=."""
    published = _published(draft)
    wanted = request.GET.get("number", "")
    chosen = next((revision for revision in published if str(revision.number) == wanted), None)
    revision = chosen or _live(draft) or (published[0] if published else None)
    context: dict[str, Any] = {"numbers": [each.number for each in published], "days": DAYS}
    if wanted and not chosen:
        context["problem"] = "没有发布过这一版，下面是现在这一版。"
    if revision:
        flow: Flow = KINDS["flow"].read(revision.payload)[0]
        context |= {"number": revision.number, "questions": _questions(flow, revision.number)}
        context["outcomes"] = _outcomes(flow, revision.number)
    return modeladmin.show(request, draft, "counts", context)


COUNTS = Page("counts", counts_page, "走到哪里")


def _published(draft: Draft) -> list[Revision]:
    started = Publication.objects.started().filter(kind=draft.KIND, key=draft.key).select_related("revision")
    return sorted((each.revision for each in started), key=lambda revision: -revision.number)


def _live(draft: Draft) -> Revision | None:
    current = Publication.objects.current().of(draft.KIND, draft.key).first()
    return current.revision if current else None


def _questions(flow: Flow, number: int) -> list[dict[str, Any]]:
    """Each question with how often it was asked, answered and left; nothing when none was ever asked."""
    found = totals(f"flow/{flow.key}", number)
    rows: list[dict[str, Any]] = []
    for question in flow.questions:
        asked, answered = found.get(f"asked:{question.key}", 0), found.get(f"answered:{question.key}", 0)
        # Who comes back to change an answer may answer more often than asked here: that is nobody who left.
        left = max(asked - answered, 0)
        rows.append({"text": question.text, "asked": asked, "answered": asked - left, "left": left})
    most = max((row["asked"] for row in rows), default=0)
    if not most:
        return []
    for row in rows:
        row |= {
            "width": WIDE * row["asked"] / most,
            "answered_width": WIDE * row["answered"] / most,
            "share": round(100 * row["left"] / row["asked"]) if row["asked"] else 0,
        }
    return rows


def _outcomes(flow: Flow, number: int) -> list[dict[str, Any]]:
    """Each result with how often it came out, the most frequent first."""
    found = outcome_counts(flow.key, number)
    titles = {cause.key: cause.title for cause in flow.causes} | {INCONCLUSIVE: flow.inconclusive.title}
    every, most = sum(found.values()), max(found.values(), default=0)
    return [
        {
            "title": titles.get(key, key),
            "times": times,
            "share": round(100 * times / every),
            "width": WIDE * times / most,
        }
        for key, times in sorted(found.items(), key=lambda pair: -pair[1])
    ]
