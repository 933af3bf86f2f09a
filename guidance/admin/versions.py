"""Every version of a document: compare any two, or the draft; bring an old one back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from guidance.admin.pages import PagedAdmin
from guidance.admin.steps import NoteForm
from guidance.documents.difference import compare_documents
from guidance.models import Draft, Event, Publication, Revision, State
from guidance.services import upkeep, workflow
from guidance.services.drafts import load
from guidance.services.moments import moment
from guidance.services.publishing import Refused, canonical_document

DRAFT = "draft"
TAKEN = "这一版的网址名，现在用在另一份草稿里。请先改掉那里。"


def versions_page(modeladmin: PagedAdmin, request: HttpRequest, draft: Draft) -> HttpResponse:
    """The list, and what differs between ?old= and ?new= (version numbers, or "draft")."""
    if request.method == "POST":
        _act(modeladmin, request, draft)
        return HttpResponseRedirect(modeladmin.page_url(draft, "versions"))
    live = Publication.objects.current().filter(kind=draft.KIND, key=draft.key)
    current = live.values_list("revision_id", flat=True).first()
    known = Revision.objects.filter(kind=draft.KIND, key=draft.key).select_related("author", "reviewer", "publication")
    revisions = list(known.order_by("-number"))
    documents = {str(revision.number): revision.payload for revision in revisions} | {DRAFT: draft.to_document()}
    new = _chosen(request, "new", documents, DRAFT)
    old = _chosen(request, "old", documents, str(revisions[0].number) if revisions else DRAFT)
    context = {
        "revisions": [{"row": r, "shown": _shown(r), "restorable": _started(r) and r.pk != current} for r in revisions],
        "choices": [(DRAFT, "草稿"), *((str(r.number), f"第{r.number}版") for r in revisions)],
        "old": old,
        "new": new,
        "changes": compare_documents(
            draft.KIND, _today(draft, documents[old], old), _today(draft, documents[new], new)
        ),
        "may_restore": request.user.has_perm(workflow.PUBLISH),
        "unpublished": draft.state != State.PUBLISHED,
        "may_load": modeladmin.has_change_permission(request, draft),
        "sent": Event.objects.about(draft.KIND, draft.key).exclude(document=None).defer("document").order_by("-pk"),
    }
    return modeladmin.show(request, draft, "versions", context)


def _chosen(request: HttpRequest, name: str, documents: dict[str, Any], otherwise: str) -> str:
    wanted = request.GET.get(name, otherwise)
    return wanted if wanted in documents else otherwise


def _today(draft: Draft, document: dict[str, Any], chosen: str) -> dict[str, Any]:
    """An old payload in today's form, so that only what people changed differs."""
    return document if chosen == DRAFT else canonical_document(draft.KIND, document)


def _started(revision: Revision) -> bool:
    publication = getattr(revision, "publication", None)
    return publication is not None and publication.starts_at <= timezone.now()


def _shown(revision: Revision) -> str:
    """When the public saw a version, in words."""
    publication = getattr(revision, "publication", None)
    if publication is None:
        return "没有公开过（定时已取消）"
    start = moment(publication.starts_at)
    if publication.starts_at > timezone.now():
        return f"定在{start}"
    end = f"，到{moment(publication.ends_at)}" if publication.ends_at else ""
    return f"{start}起{end}"


def _act(modeladmin: PagedAdmin, request: HttpRequest, draft: Draft) -> None:
    """Bring a version back: to readers at once, or into the draft only."""
    number = request.POST.get("number", "")
    old = Revision.objects.filter(kind=draft.KIND, key=draft.key, number=number if number.isdecimal() else 0).first()
    if old is None:
        messages.error(request, "没有这个版本。")
    elif "restore" in request.POST:
        _restore(request, old)
    else:
        if not modeladmin.has_change_permission(request, draft):
            raise PermissionDenied
        _load(request, draft, old)


def _load(request: HttpRequest, draft: Draft, old: Revision) -> None:
    if draft.state != State.PUBLISHED and "overwrite" not in request.POST:
        messages.error(request, "草稿里有还没发布的修改，没有放进去。确定不要那些修改，就勾选“盖掉”，再点一次。")
        return
    try:
        with transaction.atomic():
            load(draft, upkeep.with_todays_keys(old), request.user, f"放进第{old.number}版的内容")
        messages.success(request, f"第{old.number}版已放进草稿，读者还看不到。")
    except IntegrityError:
        messages.error(request, f"没有放进草稿。{TAKEN}")


def _restore(request: HttpRequest, old: Revision) -> None:
    form = NoteForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    try:
        revision = upkeep.restore(old.kind, old.key, old.number, request.user, note)
        messages.success(request, f"已恢复第{old.number}版的内容，现在是第{revision.number}版。")
    except workflow.Stopped as stopped:
        messages.error(request, str(stopped))
    except IntegrityError:
        messages.error(request, f"没有恢复。{TAKEN}")
    except Refused as refused:
        messages.error(request, f"第{old.number}版通不过现在的检查，没有恢复。可以先放进草稿改好。")
        for problems in refused.problems.values():
            for problem in problems:
                messages.error(request, problem.message)
