"""One page for the road of a document: where it stands, what changes, who did what, and the steps one may take."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html

from guidance.admin.pages import PagedAdmin
from guidance.admin.places import Places, listed
from guidance.admin.steps import ConfirmForm, NoteForm, PublishForm, WithdrawForm
from guidance.documents import KINDS, PAGE_KINDS
from guidance.documents.difference import compare_documents
from guidance.models import Action, Draft, Event, Publication, Revision, State
from guidance.services import upkeep, workflow
from guidance.services.drafts import authors, examined, find_draft, fingerprint, other_reviewers
from guidance.services.live import site
from guidance.services.moments import moment
from guidance.services.publishing import Refused, Release, canonical_document

STEPS = {  # button, what the note is for
    Action.SUBMIT: ("送审", "想对审核的人说什么（可以不写）"),
    Action.RECALL: ("收回来改", "原因（可以不写）"),
    Action.RETURN: ("退回", "哪里要改"),
    Action.APPROVE: ("通过", "意见（可以不写）"),
    Action.OVERRIDE: ("没有别人能审核，我自己通过", "为什么不能等别人审核"),
}
VERDICT = (Action.APPROVE, Action.RETURN)  # one thought of the reviewer, two ways to end it
VERDICT_NOTE = "意见（退回的话，写明哪里要改）"
MILD = (Action.RECALL, Action.RETURN, Action.OVERRIDE)


def review_page(modeladmin: PagedAdmin, request: HttpRequest, draft: Draft) -> HttpResponse:
    """The page; a POST takes the step that was pressed."""
    if request.method == "POST":
        done = _take(request, draft)
        if done:
            messages.success(request, done)
            return HttpResponseRedirect(modeladmin.page_url(draft, "review"))
        draft = modeladmin.get_object(request, str(draft.pk)) or draft
    return modeladmin.show(request, draft, "review", _context(modeladmin, request, draft))


def _take(request: HttpRequest, draft: Draft) -> str:
    """Take the step; what was done in words, or "" after telling why it could not be."""
    step = request.POST.get("step", "")
    actions: dict[str, Callable[[HttpRequest, Draft], str]] = {
        "publish": _publish,
        "unschedule": _unschedule,
        "withdraw": _withdraw,
        "confirm": _confirm,
    }
    try:
        if step in actions:
            return actions[step](request, draft)
        return _move(request, draft, step)
    except workflow.Stopped as stopped:
        messages.error(request, str(stopped))
    except Refused as refused:
        tell_refused(request, refused)
    return ""


def tell_refused(request: HttpRequest, refused: Refused) -> None:
    """Say what stands in the way, each with the way to its field; what is the same for many is said once."""
    messages.error(request, "什么都没有变。先改好下面的问题：")
    for (kind, key), problems in refused.problems.items():
        draft = find_draft(kind, key)
        places = Places(draft, draft.to_document()) if draft else None
        for problem in problems:
            if places is None:
                messages.error(request, f"{KINDS[kind].label}“{key}”的{problem.place}：{problem.message}")
                continue
            where = f"{KINDS[kind].label}“{draft}”的{places.words(problem.place)}"
            field = format_html('<a href="{}">{}</a>', places.url(problem.place), where)
            messages.error(request, format_html("{}：{}", field, problem.message))


class _InvalidError(workflow.Stopped):
    """A form that was filled in wrongly."""


def _cleaned(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        raise _InvalidError(
            "".join(f"{form[name].label}：{' '.join(map(str, errors))}" for name, errors in form.errors.items())
        )
    return form.cleaned_data


def _move(request: HttpRequest, draft: Draft, step: str) -> str:
    if step not in workflow.EDGES:
        raise workflow.Stopped("没有这一步。")
    action, form = Action(step), NoteForm(request.POST)
    given = _cleaned(form)
    decides = action in (Action.APPROVE, Action.OVERRIDE)  # only what was looked at
    seen = given["seen"] if decides else given["seen"] or None
    workflow.move(draft, action, request.user, given["note"], seen=seen)
    return f"已{action.label}。"


def _publish(request: HttpRequest, draft: Draft) -> str:
    form = PublishForm(request.POST)
    _cleaned(form)
    seen = {draft.pk: request.POST.get("seen", "")}
    revisions = workflow.publish_drafts([draft], request.user, form.release, seen)
    return told(revisions, form.release)


def told(revisions: list[Revision], release: Release) -> str:
    """What was published, in words."""
    if not revisions:
        return "内容和线上一样，没有新版本。"
    names = "、".join(map(str, revisions))
    if release.starts_at:
        return f"已定在{moment(release.starts_at)}发布：{names}。"
    return f"已发布：{names}。"


def _unschedule(request: HttpRequest, draft: Draft) -> str:
    upkeep.unschedule(draft, request.user, _cleaned(NoteForm(request.POST))["note"])
    return "已取消定时。"


def _withdraw(request: HttpRequest, draft: Draft) -> str:
    given = _cleaned(WithdrawForm(request.POST))
    upkeep.withdraw(draft, request.user, given["reason"], given["instead"])
    return "已撤下。"


def _confirm(request: HttpRequest, draft: Draft) -> str:
    given = _cleaned(ConfirmForm(request.POST))
    review_by = timezone.localdate() + timedelta(days=int(given["period"]))
    ticks, number = request.POST.getlist("tick"), given["number"]
    upkeep.confirm(draft, request.user, review_by, ticks, given["note"], number=number)
    return f"已记录核对，下次核对：{review_by}。"


def _context(modeladmin: PagedAdmin, request: HttpRequest, draft: Draft) -> dict[str, Any]:
    document = draft.to_document()
    current = Publication.objects.latest_started().of(draft.KIND, draft.key).first()
    waiting = Publication.objects.waiting().of(draft.KIND, draft.key).first()
    live = current if current and not _ended(current) else None
    waits = draft.state == State.IN_REVIEW
    may_publish = request.user.has_perm(workflow.PUBLISH)
    posted: Any = request.POST if request.method == "POST" else MultiValueDict()
    return {
        "impact_url": modeladmin.page_url(draft, "impact"),
        "standing": standing(draft, current, waiting),
        "live": live,
        "waiting": waiting,
        "seen": fingerprint(draft),
        "step_forms": _step_forms(workflow.steps(draft, request.user)),
        "changes": compare_documents(
            draft.KIND, canonical_document(draft.KIND, live.revision.payload) if live else {}, document
        ),
        "problems": listed(examined(draft), Places(draft, document)),
        "reviewers": [str(person) for person in other_reviewers(authors(draft))] if waits else [],
        "events": Event.objects.about(draft.KIND, draft.key).defer("document").order_by("-pk"),
        "publish_form": PublishForm(posted if posted.get("step") == "publish" else None)
        if may_publish and draft.state == State.APPROVED
        else None,
        "withdraw_form": WithdrawForm(posted if posted.get("step") == "withdraw" else None)
        if may_publish and live and not live.revision.payload.get("withdrawn")
        else None,
        "leaves_address": draft.KIND in PAGE_KINDS,
        "confirm_form": _confirm_form(request.user, draft, live, posted) if live else None,
        "confirm_open": posted.get("step") == "confirm" or "confirm" in request.GET,
        "grounds": _grounds(draft, posted.getlist("tick")) if live else [],
        "may_publish": may_publish,
        "note": posted.get("note", ""),
    }


def _step_forms(steps: list[Action]) -> list[dict[str, Any]]:
    """The steps as forms: what to write, and buttons. A reviewer decides in one form; taking back comes last."""
    together = [action for action in VERDICT if action in steps] if set(VERDICT) <= set(steps) else []
    alone = sorted((action for action in steps if action not in together), key=lambda action: action == Action.RECALL)
    groups = [*([together] if together else []), *([action] for action in alone)]
    return [
        {
            "name": group[0],
            "note": VERDICT_NOTE if len(group) > 1 else STEPS[group[0]][1],
            "buttons": [{"name": action, "words": STEPS[action][0], "mild": action in MILD} for action in group],
        }
        for group in groups
    ]


def _confirm_form(user: Any, draft: Draft, live: Publication, posted: Any) -> ConfirmForm | None:
    withdrawn = live.revision.payload.get("withdrawn")
    if withdrawn or not workflow.allowed(user, [workflow.REVIEW, workflow.PUBLISH], draft.KIND):
        return None
    typed = posted if posted.get("step") == "confirm" else None
    return ConfirmForm(typed, initial={"number": live.revision.number})


def _ended(publication: Publication) -> bool:
    return publication.ends_at is not None and publication.ends_at <= timezone.now()


def standing(draft: Draft, current: Publication | None, waiting: Publication | None) -> list[str]:
    """Where a document stands, for the draft and for the public, in words."""
    scheduled = waiting is not None and draft.state == State.PUBLISHED
    words = [f"草稿：{'等时间到' if scheduled else draft.get_state_display()}"]
    if current is None:
        words.append("线上：还没有")
    elif _ended(current):
        words.append(f"线上：{_moment(current.ends_at)}已撤下（第{current.revision.number}版）")
    else:
        until = f"，到{_moment(current.ends_at)}为止" if current.ends_at else ""
        withdrawn = "（已撤下，旧链接说明原因）" if current.revision.payload.get("withdrawn") else ""
        words.append(f"线上：第{current.revision.number}版{withdrawn}{until}")
    if waiting:
        words.append(f"定时：第{waiting.revision.number}版，{_moment(waiting.starts_at)}开始")
    return words


def _moment(at: datetime | None) -> str:
    return moment(at) if at else ""


def _grounds(draft: Draft, ticked: list[str]) -> list[dict[str, Any]]:
    """What to look at again, source by source: where to look, and what rests on it, with the ticks made so far."""
    current = site()
    found: dict[str, dict[str, Any]] = {}
    for ground in upkeep.grounds(draft):
        source, claim = current.sources.get(ground.source), current.claims.get(ground.claim)
        if ground.source not in found:
            found[ground.source] = {
                "title": f"{source.publisher}：{source.title}" if source else ground.source,
                "url": source.url if source else "",
                "note": source.note if source else "",
                "form_url": reverse("desk_open", args=["source", ground.source]),
                "ticks": [],
            }
        tick = {"value": ground.tick, "words": claim.text if claim else "这个来源", "made": ground.tick in ticked}
        found[ground.source]["ticks"].append(tick)
    return list(found.values())
