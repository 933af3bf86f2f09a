"""The front page of the desk: what waits for whom; and the things done from there."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.admin import site as admin_site
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from guidance.admin.places import Places, change_url
from guidance.admin.review import tell_refused, told
from guidance.admin.saved import review_url
from guidance.admin.steps import PublishForm
from guidance.documents import KINDS
from guidance.documents.pin import QUERY_LENGTH
from guidance.documents.synonym import WORD_LENGTH
from guidance.models import Draft, Publication, State
from guidance.services import desk, workflow
from guidance.services.counts import unanswered
from guidance.services.drafts import find_draft
from guidance.services.feedback import most_unhelpful
from guidance.services.live import site
from guidance.services.publishing import Refused
from guidance.views.caching import is_fragment

SHOWN = 12  # rows of a list on the front page; the rest is counted
PROBLEMS_SHOWN = 50
# What can find something for a search that found nothing: its kind, the field for the words of the search, how many
# characters that takes, and what the way there is called.
MENDS = (("synonym", "typed", WORD_LENGTH, "写进同义词"), ("pin", "queries", QUERY_LENGTH, "写进置顶"))


def front(request: HttpRequest, typed: PublishForm | None = None, chosen: Collection[str] = ()) -> HttpResponse:
    """The front page, in the frame of the admin's own.

    `typed`, `chosen`: what was filled in and ticked in order to publish, when it has to be shown again.
    """
    sections = _sections(request.user) if _may_look(request.user) else {}
    if typed is not None:
        sections |= {"publish_form": typed, "chosen": chosen}
    return admin_site.index(request, extra_context={"may_look": bool(sections)} | sections)


def _may_look(user: Any) -> bool:
    """Whether somebody has a role here: titles of drafts are not for everybody who can sign in."""
    return any(name.startswith("guidance.view_") for name in user.get_all_permissions())


def _sections(user: Any) -> dict[str, Any]:
    """Everything on the front page for one person."""
    approved = [_draft(draft) for draft in desk.drafts_in(State.APPROVED)]
    return {
        "mine": _cut(desk.my_drafts(user), _draft),
        "sent": _cut(desk.sent_by(user), _draft),
        "review": _cut(desk.waiting_for(user), _draft),
        "approved": approved,
        "publish_form": PublishForm() if approved and user.has_perm(workflow.PUBLISH) else None,
        "scheduled": _cut(desk.scheduled(), _scheduled),
        "due": _cut(desk.due(), _due),
        "unsourced": _cut(desk.unsourced(), lambda each: _titled(*each)),
        "unhelpful": _cut(most_unhelpful(SHOWN), _unhelpful),
        "unanswered": [_vain(row, user) for row in unanswered(SHOWN)],
    }


def _cut(found: Sequence[Any], row: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    """The first rows of a list, and how many more there are."""
    return {"rows": [row(each) for each in found[:SHOWN]], "more": max(0, len(found) - SHOWN), "total": len(found)}


def _draft(draft: Draft) -> dict[str, Any]:
    return {
        "id": f"{draft.KIND}/{draft.key}",
        "kind": KINDS[draft.KIND].label,
        "title": str(draft),
        "state": draft.get_state_display(),
        "comment": desk.comment_on(draft),
        "at": draft.updated_at,
        "by": draft.updated_by,
        "url": change_url(draft) if draft.state in (State.DRAFT, State.RETURNED) else review_url(draft),
    }


def _scheduled(publication: Publication) -> dict[str, Any]:
    revision = publication.revision
    row = _titled(publication.kind, publication.key, f"{revision.title}（第{revision.number}版）")
    return row | {"starts_at": publication.starts_at, "ends_at": publication.ends_at}


def _due(due: desk.Due) -> dict[str, Any]:
    return _titled(due.kind, due.key, due.title) | {"on": due.on, "past": due.past}


def _unhelpful(page: dict[str, Any]) -> dict[str, Any]:
    published = site().get(page["kind"], page["key"])
    title = desk.title_of(published.value) if published else page["key"]
    reasons = "、".join(f"{words}{times}" for words, times in page["reasons"].items())
    votes = f"没用{page['no']}，有用{page['yes']}"
    return _titled(page["kind"], page["key"], title) | {"more": f"{votes}。{reasons}" if reasons else votes}


def _vain(search: dict[str, Any], user: Any) -> dict[str, Any]:
    """What was searched for in vain, with ways to begin what would find something; only what can hold its words."""
    links = [
        {"words": words, "url": reverse(f"admin:guidance_{kind}draft_add", query={name: search["words"]})}
        for kind, name, longest, words in MENDS
        if len(search["words"]) <= longest and user.has_perm(f"guidance.add_{kind}draft")
    ]
    return search | {"links": links}


def _titled(kind: str, key: str, title: str) -> dict[str, Any]:
    return {"kind": KINDS[kind].label, "title": title, "url": reverse("desk_open", args=[kind, key])}


def open_draft(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """From what is live to its draft."""
    if not _may_look(request.user):
        raise PermissionDenied
    draft = find_draft(kind, key)
    if draft is None:
        raise Http404
    return HttpResponseRedirect(review_url(draft))


def live_problems(request: HttpRequest) -> HttpResponse:
    """What today's checks find in what is live; a page of its own because all of it is read for that."""
    if not _may_look(request.user):
        raise PermissionDenied
    found = desk.failures_live()
    rows = [_problem(*each) for each in found[:PROBLEMS_SHOWN]]
    context = {"rows": rows, "more": len(found) - len(rows)}
    if is_fragment(request):
        return render(request, "admin/guidance/desk/_live_problems.html", context)
    frame = {**admin_site.each_context(request), "title": "线上内容的检查"}
    return render(request, "admin/guidance/desk/live_problems.html", frame | context)


def _problem(kind: str, key: str, problem: Any) -> dict[str, Any]:
    draft = find_draft(kind, key)
    places = Places(draft, draft.to_document()) if draft else None
    return {
        "kind": KINDS[kind].label,
        "title": str(draft or key),
        "where": places.words(problem.place) if places else problem.place,
        "url": places.url(problem.place) if places else "",
        "message": problem.message,
    }


def publish_together(request: HttpRequest) -> HttpResponse:
    """Publish approved drafts of any kinds in one go: pages that need each other go live together."""
    if request.method != "POST" or not request.user.has_perm(workflow.PUBLISH):
        raise PermissionDenied
    chosen = [find_draft(*name.partition("/")[::2]) for name in request.POST.getlist("draft")]
    drafts = [draft for draft in chosen if draft]
    form = PublishForm(request.POST)
    if not drafts:
        messages.error(request, "先勾选要发布的草稿。")
    elif not form.is_valid():
        messages.error(request, "没有发布：时间要写成2026-01-31T08:00这样，说明最多200个字。")
    else:
        try:
            messages.success(request, told(workflow.publish_drafts(drafts, request.user, form.release), form.release))
            return HttpResponseRedirect(reverse("admin:index"))
        except workflow.Stopped as stopped:
            messages.error(request, str(stopped))
        except Refused as refused:
            tell_refused(request, refused)
    return front(request, form, request.POST.getlist("draft"))
