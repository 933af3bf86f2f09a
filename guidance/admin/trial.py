"""A draft of a self-check walked just as readers will, beside an account of what its rules make of the answers."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone

from guidance.admin.pages import PagedAdmin
from guidance.admin.places import Places, listed
from guidance.admin.rules import drafted, walkable
from guidance.admin.scenarios import Run, keep, runs
from guidance.admin.trace import trace
from guidance.engine.conditions import Answers
from guidance.engine.flow import AnswerError, Flow, Question
from guidance.engine.reading import unsavable
from guidance.markup import inside
from guidance.models import FlowDraft
from guidance.services.live import Site, shown_as, site
from guidance.views.check import ANSWER_ERRORS
from guidance.views.result import result_page
from guidance.views.state import State
from guidance.views.step import step_page

TITLE_LENGTH = 200
ONCE_PUBLISHED = "发布后才有"  # in the place of what only a published version has


@dataclass(frozen=True)
class Trial(State):
    """A draft and the answers so far: its addresses lead back to the trial at `page`, the answers in the query."""

    page: str = ""

    @cached_property
    def code(self) -> str:
        return ONCE_PUBLISHED

    def url(self, name: str = "check_state", **more: str) -> str:
        query = [*self.carried(), *(("change", key) for key in more.values())]
        return f"{self.page}?{urlencode(query, safe=':,')}" if query else self.page

    def carried(self) -> list[tuple[str, str]]:
        asked = [question.key for question in self.flow.questions if question.key in self.answers]
        return [("a", f"{key}:{','.join(sorted(self.answers[key]))}") for key in asked]


class TitleForm(forms.Form):
    """What a case that was made from a walk is called."""

    title = forms.CharField(label="案例名称", max_length=TITLE_LENGTH)

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        if list(unsavable(title)):
            raise ValidationError("这里有无法保存的字符，请删掉。")
        return title


def trial_page(modeladmin: PagedAdmin, request: HttpRequest, draft: Any) -> HttpResponse:
    """The question to ask now or the result, as readers of this draft would get it; POST keeps the walk as a case."""
    revision = drafted(draft)
    flow, problems = walkable(revision.payload)
    if problems:
        found = listed(problems, Places(draft, revision.payload))
        return modeladmin.show(request, draft, "trial", {"problems": found})
    answers = answers_in(request.GET, flow)
    state = Trial(flow, revision.number, timezone.now(), answers, modeladmin.page_url(draft, "trial"))
    visit = _Visit(modeladmin, request, draft, site().with_draft(revision), state)
    if request.method == "POST":
        return visit.keep()
    return visit.answer() if "question" in request.GET else visit.show(visit.to_change())


def answers_in(query: QueryDict, flow: Flow) -> Answers:
    """The answers in an address of a trial; what the draft does not ask like that any more is left out."""
    answers = {}
    for text in query.getlist("a"):
        key, _, options = text.partition(":")
        question, chosen = flow.question_by_key.get(key), frozenset(options.split(","))
        if question and not question.refusal(chosen):
            answers[key] = chosen
    return answers


@dataclass(frozen=True)
class _Visit:
    """One request for a trial. there: the site as if the draft were live."""

    modeladmin: PagedAdmin
    request: HttpRequest
    draft: FlowDraft
    there: Site
    state: Trial

    def to_change(self) -> Question | None:
        """The question whose answer is to be changed, or the next one; None when all is answered."""
        wanted = self.state.flow.question_by_key.get(self.request.GET.get("change", ""))
        return wanted if wanted in self.state.walk.asked else self.state.walk.next

    def answer(self) -> HttpResponse:
        """One answer leads to the next state; one that the question cannot take shows it again."""
        question = self.state.flow.question_by_key.get(self.request.GET["question"]) or self.state.walk.next
        if question is None:
            return redirect(self.state.url())
        try:
            chosen = question.answer(self.request.GET.getlist("answer"))
        except AnswerError as error:
            return self.show(question, error=ANSWER_ERRORS[error.code], status=422)
        return redirect(self.state.with_answer(question.key, chosen).url())

    def keep(self) -> HttpResponse:
        """Make the walk a case of the draft."""
        if not self.modeladmin.has_change_permission(self.request, self.draft):
            raise PermissionDenied
        form = TitleForm(self.request.POST)
        if not self.state.walk.complete:
            messages.error(self.request, "还没答完，不能存成案例。请先答完。")
        elif not form.is_valid():
            return self.show(None, form=form, status=422)
        else:
            title = form.cleaned_data["title"]
            keep(self.draft, self.state.flow, self.state.walk.answers, title, self.request.user)
            messages.success(self.request, f"已存成案例“{title}”。以后每次检查都会跑一遍。")
        return redirect(self.state.url())

    def show(
        self, question: Question | None, error: str = "", form: TitleForm | None = None, status: int = 200
    ) -> HttpResponse:
        """The page. `question`: the one in the phone, None for the result."""
        complete = self.state.walk.complete
        cases = sorted(runs(self.draft, self.state.flow), key=lambda run: run.passed)  # what fails comes first
        context = {
            "phone": self._phone(question, error),
            "trace": trace(self.state),
            "runs": [self._run(run) for run in cases],
            "failed": sum(not run.passed for run in cases),
            "form": form or TitleForm(initial={"title": self._name()}),
            "form_url": self.state.url(),
            "restart_url": self.state.page,
            "may_keep": complete and self.modeladmin.has_change_permission(self.request, self.draft),
            "complete": complete,
        }
        response = self.modeladmin.show(self.request, self.draft, "trial", context)
        response.status_code = status
        return response

    def _phone(self, question: Question | None, error: str) -> str:
        """What readers see, made by the readers' own builders and templates."""
        with shown_as(self.there):
            if question is None:
                template, context = "_result", self._result()
            else:
                template, context = "_step", {"step": step_page(self.state, question, error)}
            context |= {"flow": self.state.flow, "flow_title": self.state.flow.title, "answered": self.state.answered()}
            return inside(render_to_string(f"guidance/check/{template}.html", context, self.request))

    def _result(self) -> dict[str, Any]:
        result = result_page(self.state, "") | {"share_url": ONCE_PUBLISHED, "qr": ""}
        return {"result": result, "start_url": self.state.page}

    def _run(self, run: Run) -> dict[str, Any]:
        walked = replace(self.state, answers=run.scenario.answers)
        return {"title": run.scenario.title, "said": run.said, "walk_url": walked.url(), "url": run.url}

    def _name(self) -> str:
        """What a case is called until its editor says it better."""
        return "，".join(item["answer"] for item in self.state.answered())[:TITLE_LENGTH]
