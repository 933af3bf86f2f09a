"""The self-check: every state is one address, an answer is a GET that leads to the next one."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guidance.engine.aliases import carry_over, option_key, question_key
from guidance.engine.flow import AnswerError, Flow, Question
from guidance.engine.linkcode import tidy
from guidance.engine.paths import lengths
from guidance.services.feedback import INCONCLUSIVE
from guidance.services.live import site
from guidance.views import origin
from guidance.views.caching import Times, counted, is_fragment
from guidance.views.comparison import comparison_page
from guidance.views.data import flow_data, result_data
from guidance.views.result import result_page
from guidance.views.state import BrokenCodeError, State, live_flow, read_state, state_of
from guidance.views.step import step_page

ANSWER_ERRORS = {
    "missing": "请先选一项，再继续。不知道的，选表示不清楚的那一项。",
    "unknown_option": "这个选项不在这道题里。请从下面重新选一项。",
    "too_many": "这道题只能选一项。请重新选一项。",
    "exclusive": "“都没有”和“不清楚”这类选项，不能和别的选项一起选。请重新选。",
}
BROKEN_CODE = "这个自查链接不完整，或者抄错了字。"
NO_SUCH_QUESTION = "这一步已经不在你的回答里了。请从下面这一题继续。"

StateView = Callable[..., HttpResponse]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All self-checks."""
    return render(request, "guidance/check/index.html", {"flows": flow_cards()})


def flow_cards() -> list[dict[str, Any]]:
    """Title, summary, minutes and address of each live self-check."""
    flows = [published.value for published in site().flows()]
    return [
        {
            "key": flow.key,
            "title": flow.title,
            "summary": flow.summary,
            "minutes": flow.minutes,
            "url": reverse("check", args=[flow.key]),
        }
        for flow in flows
    ]


@require_safe
def landing(request: HttpRequest, flow: str) -> HttpResponse:
    """Who the self-check is for and what to have at hand."""
    return _landing(request, flow)


def _landing(request: HttpRequest, flow: str, error: str = "", status: int = 200) -> HttpResponse:
    published = live_flow(flow)
    context = {
        "flow": published.value,
        "longest": lengths(published.value).longest,
        "start_url": state_of(published, {}).url(),
        "open_url": reverse("check_open", args=[flow]),
        "open_error": error,
    }
    return render(request, "guidance/check/landing.html", context, status=status)


@require_safe
def start(request: HttpRequest, flow: str) -> HttpResponse:
    """Answers given by key (?question=option, several or separated by commas) become an address of the live version.

    Parameters that are no question are left alone: chat apps add their own.
    """
    published = live_flow(flow)
    given = {key: frozenset(_values(request.GET, key)) for key in request.GET}
    if any(not _understood(published.value, key, chosen) for key, chosen in given.items()):
        return _landing(request, flow, "链接里有这份自查认不出的回答。请从头开始，或者输入自查码。", status=422)
    return redirect(state_of(published, carry_over(given, published.value)).url())


def _values(query: QueryDict, key: str) -> list[str]:
    return [value for text in query.getlist(key) for value in text.split(",")]


def _understood(flow: Flow, key: str, chosen: frozenset[str]) -> bool:
    """Whether an answer by key can be taken; one that was retired since is asked again, that is no error."""
    question = flow.question_by_key.get(question_key(flow, key) or "")
    retired = {option for option in chosen if f"{key}.{option}" in flow.aliases and not option_key(flow, key, option)}
    remaining = {option_key(flow, key, option) or option for option in chosen - retired}
    return question is None or chosen == retired or not question.refusal(frozenset(remaining))


@require_safe
def open_code(request: HttpRequest, flow: str) -> HttpResponse:
    """A code typed in by hand leads to its address."""
    live_flow(flow)
    try:
        typed = request.GET.get("code", "")
        pasted = re.search(r"/check/[^/]+/([^/?#]+)", typed)  # people paste the whole address
        return redirect(read_state(flow, tidy(pasted[1] if pasted else typed)).url())
    except BrokenCodeError:
        return _landing(request, flow, "没有找到这个自查码。请对照着再输入一次，或者从头开始。", status=422)


def reads_state(view: StateView) -> StateView:
    """Gives the view the state in the address, mends what was copied wrongly, and answers kindly when it cannot."""

    @require_safe
    @wraps(view)
    def wrapper(request: HttpRequest, flow: str, code: str, **more: str) -> HttpResponse:
        try:
            state = read_state(flow, tidy(code))
        except BrokenCodeError:
            return _broken(request, flow)
        if state.code != code:
            query = request.META.get("QUERY_STRING", "")
            name = (request.resolver_match and request.resolver_match.url_name) or "check_state"
            return redirect(state.url(name, **more) + (f"?{query}" if query else ""))
        return view(request, state, **more)

    return wrapper


def _broken(request: HttpRequest, flow: str) -> HttpResponse:
    published = live_flow(flow)
    if request.path.endswith(".json"):
        return JsonResponse({"error": BROKEN_CODE}, status=404)
    context = {
        "message": BROKEN_CODE,
        "flow_title": published.value.title,
        "start_url": state_of(published, {}).url(),
        "open_url": reverse("check_open", args=[flow]),
    }
    return render(request, "guidance/check/broken.html", context, status=404)


@reads_state
def state(request: HttpRequest, state: State) -> HttpResponse:
    """The question to ask now, or the result."""
    return _show(request, state)


@reads_state
def mended(request: HttpRequest, state: State, rest: str) -> HttpResponse:
    """An address with something trailing behind the code."""
    return redirect(state.url())


@reads_state
def next_step(request: HttpRequest, state: State) -> HttpResponse:
    """One answer leads to the next state; an answer the question cannot take leads to the same step with an error."""
    question = state.flow.question_by_key.get(request.GET.get("question", "")) or state.walk.next
    if question is None:
        return redirect(state.url())
    try:
        chosen = question.answer(request.GET.getlist("answer"))
    except AnswerError as error:
        return _show_step(request, state, question, error=ANSWER_ERRORS[error.code], status=422)
    after = state.with_answer(question.key, chosen)
    if is_fragment(request):
        response = _show(request, after)
        response.headers["HX-Push-Url"] = after.url()
    else:
        response = redirect(after.url())
    return counted(response, _once(state, "answered", question.key))


@reads_state
def change(request: HttpRequest, state: State, question: str) -> HttpResponse:
    """A question that was answered before, with that answer filled in; the other answers stay."""
    asked = state.flow.question_by_key.get(question)
    if asked is None or asked not in (*state.walk.asked, state.walk.next):
        return redirect(state.url())
    return _ask(request, state, asked)


@reads_state
def state_json(request: HttpRequest, state: State) -> HttpResponse:
    """The state, and the result when it is complete, as data."""
    return _private(JsonResponse(result_data(state), json_dumps_params={"ensure_ascii": False}))


@reads_state
def compare(request: HttpRequest, state: State) -> HttpResponse:
    """The result as it was given beside today's."""
    if not state.walk.complete:
        return redirect(state.url())
    return _private(render(request, "guidance/check/compare.html", comparison_page(state)))


@require_safe
def describe(request: HttpRequest, flow: str) -> HttpResponse:
    """The live version of a self-check as data: what can be asked and found."""
    return JsonResponse(flow_data(live_flow(flow)), json_dumps_params={"ensure_ascii": False})


def _show(request: HttpRequest, state: State) -> HttpResponse:
    if state.walk.next:
        return _ask(request, state, state.walk.next)
    result = result_page(state, origin(request))
    found = result["primary"]["key"] if result["primary"] else INCONCLUSIVE
    context = {
        "title": "账户情况自查结果",
        "result": result,
        "found": found,
        "flow": state.flow,
        "start_url": reverse("check", args=[state.flow.key]),
    }
    response = _page_or_fragment(request, "guidance/check/_result.html", context)
    return counted(response, _once(state, "found", found))


def _ask(request: HttpRequest, state: State, question: Question) -> HttpResponse:
    return counted(_show_step(request, state, question), _once(state, "asked", question.key))


def _once(state: State, what: str, key: str) -> Times:
    return f"flow/{state.flow.key}", state.number, f"{what}:{key}"


def _show_step(
    request: HttpRequest, state: State, question: Question, error: str = "", status: int = 200
) -> HttpResponse:
    step = step_page(state, question, error)
    context = {
        "title": f"第{step['number']}题：{question.text}",
        "step": step,
        "flow": state.flow,
        "flow_title": state.flow.title,
        "answered": state.answered(),
    }
    return _page_or_fragment(request, "guidance/check/_step.html", context, status)


def _page_or_fragment(request: HttpRequest, fragment: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    context |= {"fragment": fragment, "is_fragment": is_fragment(request), "robots": "noindex"}
    template = fragment if is_fragment(request) else "guidance/check/state.html"
    return _private(render(request, template, context, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    """Addresses with answers in them: no shared cache, no search engine, no referrer."""
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
