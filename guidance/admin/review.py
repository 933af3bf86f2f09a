"""One page for the road of a document: where it stands, what changes, who did what, and the steps one may take."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from guidance.admin.pages import PagedAdmin
from guidance.admin.places import Places, listed
from guidance.documents import KINDS, PAGE_KINDS
from guidance.documents.difference import compare_documents
from guidance.models import Action, Draft, Event, Publication, State
from guidance.services import workflow
from guidance.services.drafts import authors, find_draft, fingerprint, other_reviewers
from guidance.services.live import site
from guidance.services.publishing import Entry, Refused, Release, canonical_document, check

NOTE_LENGTH = 200  # characters; readers see what is written on publishing
PERIODS = {"30": "1个月后", "90": "3个月后", "180": "半年后", "365": "1年后"}
STEPS = {  # button, what the note is for
    Action.SUBMIT: ("送审", "想对审核的人说什么（可以不写）"),
    Action.RECALL: ("收回来改", "原因（可以不写）"),
    Action.RETURN: ("退回", "哪里要改"),
    Action.APPROVE: ("通过", "意见（可以不写）"),
    Action.OVERRIDE: ("没有别人能审核，我自己通过", "为什么不能等别人审核"),
}


class NoteForm(forms.Form):
    """One step and its note; `seen` is the fingerprint of what was looked at."""

    note = forms.CharField(label="说明", required=False, max_length=NOTE_LENGTH, strip=True)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class PublishForm(forms.Form):
    note = forms.CharField(label="为什么改（读者会看到）", required=False, max_length=NOTE_LENGTH)
    starts_at = forms.DateTimeField(label="什么时候开始（不填就是现在）", required=False)
    ends_at = forms.DateTimeField(label="什么时候结束（不填就一直有效）", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("starts_at", "ends_at"):
            self.fields[name].widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    @property
    def release(self) -> Release:
        return Release(
            **{name: self.cleaned_data[name] or None for name in ("starts_at", "ends_at")},
            note=self.cleaned_data["note"],
        )


class WithdrawForm(forms.Form):
    reason = forms.CharField(label="为什么撤下（读者会看到）", max_length=NOTE_LENGTH)
    instead = forms.CharField(label="让读者改看哪一页，例如 /guides/网址名/", required=False, max_length=200)


class ConfirmForm(forms.Form):
    period = forms.ChoiceField(label="下次核对", choices=list(PERIODS.items()), initial="180")
    note = forms.CharField(label="怎么核对的（可以不写）", required=False, max_length=NOTE_LENGTH)


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
    """Say what stands in the way, each with the way to its field."""
    messages.error(request, "什么都没有变。先改好下面的问题：")
    for (kind, key), problems in refused.problems.items():
        draft = find_draft(kind, key)
        for problem in problems:
            where = Places(draft, draft.to_document()).words(problem.place) if draft else problem.place
            messages.error(request, f"{KINDS[kind].label}“{draft or key}”的{where}：{problem.message}")


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
    workflow.move(draft, action, request.user, given["note"], seen=given["seen"] or None)
    return f"已{action.label}。"


def _publish(request: HttpRequest, draft: Draft) -> str:
    form = PublishForm(request.POST)
    _cleaned(form)
    revisions = workflow.publish_drafts([draft], request.user, form.release)
    return told(revisions, form.release)


def told(revisions: list[Any], release: Release) -> str:
    """What was published, in words."""
    if not revisions:
        return "内容和线上一样，没有新版本。"
    names = "、".join(str(revision) for revision in revisions)
    if release.starts_at:
        return f"已定在{timezone.localtime(release.starts_at):%Y-%m-%d %H:%M}发布：{names}。"
    return f"已发布：{names}。"


def _unschedule(request: HttpRequest, draft: Draft) -> str:
    workflow.unschedule(draft, request.user, _cleaned(NoteForm(request.POST))["note"])
    return "已取消定时。"


def _withdraw(request: HttpRequest, draft: Draft) -> str:
    given = _cleaned(WithdrawForm(request.POST))
    workflow.withdraw(draft, request.user, given["reason"], given["instead"])
    return "已撤下。"


def _confirm(request: HttpRequest, draft: Draft) -> str:
    given = _cleaned(ConfirmForm(request.POST))
    review_by = timezone.localdate() + timedelta(days=int(given["period"]))
    workflow.confirm(draft, request.user, review_by, request.POST.getlist("tick"), given["note"])
    return f"已记录核对，下次核对：{review_by}。"


def _context(modeladmin: PagedAdmin, request: HttpRequest, draft: Draft) -> dict[str, Any]:
    document = draft.to_document()
    current = (
        Publication.objects.latest_started().filter(kind=draft.KIND, key=draft.key).select_related("revision").first()
    )
    waiting = Publication.objects.waiting().filter(kind=draft.KIND, key=draft.key).select_related("revision").first()
    live = current if current and not _ended(current) else None
    waits = draft.state == State.IN_REVIEW
    may_publish = request.user.has_perm(workflow.PUBLISH)
    found = check([Entry(draft.KIND, document)])[draft.KIND, draft.key]
    posted: Any = request.POST if request.method == "POST" else MultiValueDict()
    return {
        "impact_url": modeladmin.page_url(draft, "impact"),
        "standing": standing(draft, current, waiting),
        "live": live,
        "waiting": waiting,
        "seen": fingerprint(draft),
        "steps": [
            {"name": action, "button": STEPS[action][0], "note": STEPS[action][1]}
            for action in workflow.steps(draft, request.user)
        ],
        "changes": compare_documents(
            draft.KIND, canonical_document(draft.KIND, live.revision.payload) if live else {}, document
        ),
        "problems": listed(found, Places(draft, document)),
        "reviewers": [str(person) for person in other_reviewers(authors(draft))] if waits else [],
        "events": Event.objects.about(draft.KIND, draft.key).defer("document").order_by("-pk"),
        "publish_form": PublishForm(posted if posted.get("step") == "publish" else None)
        if may_publish and draft.state == State.APPROVED
        else None,
        "withdraw_form": WithdrawForm(posted if posted.get("step") == "withdraw" else None)
        if may_publish and live
        else None,
        "leaves_address": draft.KIND in PAGE_KINDS,
        "confirm_form": ConfirmForm()
        if live and workflow.allowed(request.user, [workflow.REVIEW, workflow.PUBLISH], draft.KIND)
        else None,
        "grounds": _grounds(draft) if live else [],
        "may_publish": may_publish,
        "note": posted.get("note", ""),
    }


def _ended(publication: Publication) -> bool:
    return publication.ends_at is not None and publication.ends_at <= timezone.now()


def standing(draft: Draft, current: Publication | None, waiting: Publication | None) -> list[str]:
    """Where a document stands, for the draft and for the public, in words."""
    words = [f"草稿：{draft.get_state_display()}"]
    if current is None:
        words.append("线上：还没有")
    elif _ended(current):
        words.append(f"线上：{_moment(current.ends_at)}已撤下（第{current.revision.number}版）")
    else:
        until = f"，到{_moment(current.ends_at)}为止" if current.ends_at else ""
        words.append(f"线上：第{current.revision.number}版{until}")
    if waiting:
        words.append(f"定时：第{waiting.revision.number}版，{_moment(waiting.starts_at)}开始")
    return words


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def _grounds(draft: Draft) -> list[dict[str, str]]:
    """What to look at again, in words, with where to look."""
    current = site()
    listed_grounds = []
    for ground in workflow.grounds(draft):
        source, claim = current.sources.get(ground.source), current.claims.get(ground.claim)
        listed_grounds.append(
            {
                "tick": ground.tick,
                "claim": claim.text if claim else "",
                "source": f"{source.publisher}：{source.title}" if source else ground.source,
                "url": source.url if source else "",
            }
        )
    return listed_grounds
