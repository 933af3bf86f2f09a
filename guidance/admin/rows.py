"""The rows of a flow in order, with buttons that move them; and the moving."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from guidance.admin.pages import PagedAdmin
from guidance.admin.places import change_url
from guidance.documents.difference import condition_words
from guidance.documents.labels import ADVICE_LABELS
from guidance.models import AdviceDraft, Draft, EvidenceDraft
from guidance.services.drafts import touched
from guidance.views.caching import is_fragment

STEPS = {"up": -1, "down": 1}
HINTS = {
    "questions": "按从上到下的顺序问。",
    "causes": "分不出高下时，排在上面的先说。",
    "evidence": "条件成立时，对一个原因起作用。",
    "advice": "同一类里，排在上面的先显示。",
    "scenarios": "读者的情况和应有的结果。每次保存都会跑一遍。",
}


def rows_page(modeladmin: PagedAdmin, request: HttpRequest, draft: Draft) -> HttpResponse:
    """What is inside a flow, in order: one kind of row (?part=) at a time."""
    part = request.GET.get("part", "")
    context = _section(draft, part if part in HINTS else "questions", request.GET.get("only", ""))
    context["may_change"] = modeladmin.has_change_permission(request, draft)
    return modeladmin.show(request, draft, "rows", context)


def _section(draft: Any, part: str, only: str = "") -> dict[str, Any]:
    """The rows of one kind. only: one of their groups, "" for all; those of one group cannot be moved."""
    questions = draft.to_document().get("questions", [])
    rows = list(getattr(draft, part).all())
    groups = _groups(draft, part, rows)
    only = only if only in groups else ""
    shown = [row for row in rows if not only or _group(row) == only]
    meta = getattr(draft, part).model._meta  # noqa: SLF001 - its public name
    return {
        "parts": [_tab(draft, name, part) for name in HINTS],
        "part": part,
        "section": meta.verbose_name,
        "hint": HINTS[part],
        "add_url": f"{reverse(f'admin:guidance_{meta.model_name}_add')}?flow={draft.pk}",
        "groups": groups,
        "only": only,
        "rows": [_row(row, rows, questions) | {"tag": _tag(draft, row)} for row in shown],
    }


def _group(row: Any) -> str:
    """What a list of rules is looked through by: the cause of evidence, the kind of advice."""
    return str(row.cause if isinstance(row, EvidenceDraft) else row.kind if isinstance(row, AdviceDraft) else "")


def _groups(draft: Any, part: str, rows: list[Any]) -> dict[str, str]:
    """The groups that there are in a list, in words, in the order of the flow."""
    words = _causes(draft) if part == "evidence" else ADVICE_LABELS
    found = dict.fromkeys(filter(None, map(_group, rows)))
    return {key: words[key] for key in words if key in found} | {key: key for key in found if key not in words}


def _causes(draft: Any) -> dict[str, str]:
    return {cause.key: str(cause) for cause in draft.causes.all()}


def _tag(draft: Any, row: Any) -> str:
    """What a rule does: what evidence says of which cause, where advice stands and for which cause."""
    cause = _causes(draft).get(getattr(row, "cause", ""), getattr(row, "cause", ""))
    if isinstance(row, EvidenceDraft):
        return f"{row.get_effect_display()} {cause}"
    if isinstance(row, AdviceDraft):
        return f"{row.get_kind_display()} · {cause}" if cause else row.get_kind_display()
    return ""


def _tab(draft: Any, name: str, current: str) -> dict[str, Any]:
    rows = getattr(draft, name)
    title = rows.model._meta.verbose_name  # noqa: SLF001 - its public name
    return {"title": f"{title}（{len(rows.all())}）", "url": f"?part={name}", "current": name == current}


def _row(row: Any, rows: list[Any], questions: list[Any]) -> dict[str, Any]:
    condition = getattr(row, "ask_when", getattr(row, "when", None))
    options = list(row.options.all()) if hasattr(row, "options") else []
    return _moved(row, rows) | {
        "when": condition_words(condition, questions) if condition else "",
        "url": change_url(row),
        "options": [_moved(option, options) for option in options],
    }


def _moved(row: Any, rows: list[Any]) -> dict[str, Any]:
    """What its line shows, and whether it can go further up or down."""
    return {
        "name": f"{row._meta.model_name}-{row.pk}",  # noqa: SLF001 - its public name
        "text": _text(row),
        "key": row.key,
        "first": row is rows[0],
        "last": row is rows[-1],
    }


def _text(row: Any) -> str:
    """What a row says, whole."""
    for name in ("text", "label", "title", "reason", "body"):
        if text := getattr(row, name, ""):
            return str(text)
    return str(row.key)


def move_row(modeladmin: PagedAdmin, request: HttpRequest, draft: Draft) -> HttpResponse:
    """Move one row up or down among its like; `row` is e.g. "questiondraft-12:up"."""
    if request.method != "POST" or not modeladmin.has_change_permission(request, draft):
        raise PermissionDenied
    name, _, direction = request.POST.get("row", "").partition(":")
    part = request.POST.get("part", "")
    part = part if part in HINTS else "questions"
    place = f"#row-{name}" if direction in STEPS and _move(draft, name, STEPS[direction], request.user) else ""
    if is_fragment(request):
        fresh = modeladmin.get_object(request, str(draft.pk)) or draft
        context = _section(fresh, part) | {"may_change": True, "draft": draft}
        return render(request, "admin/guidance/draft/_rows.html", context)
    return HttpResponseRedirect(f"{modeladmin.page_url(draft, 'rows')}?part={part}{place}")


@transaction.atomic
def _move(draft: Any, name: str, step: int, user: Any) -> bool:
    """Change places with the neighbour and number the positions anew, whatever they were; whether there is the row."""
    draft = type(draft).objects.select_for_update().get(pk=draft.pk)  # without the rows as they stood before
    found = False
    for rows in _lists(draft):
        names = [f"{row._meta.model_name}-{row.pk}" for row in rows]  # noqa: SLF001 - its public name
        here = names.index(name) if name in names else -1
        found = found or here >= 0
        there = here + step
        if here >= 0 and 0 <= there < len(rows):
            rows[here], rows[there] = rows[there], rows[here]
            for position, row in enumerate(rows):
                if row.position != position:
                    row.position = position
                    row.save(update_fields=["position"])
            touched(draft, user)
    return found


def _lists(draft: Any) -> Iterator[list[Any]]:
    for name in draft.PARTS:
        yield list(getattr(draft, name).all())
    for question in draft.questions.all():
        yield list(question.options.all())
