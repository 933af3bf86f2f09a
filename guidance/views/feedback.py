"""Was this page useful? Asked at the end of pages, answered here: no cookie, nothing about who answers."""

from typing import Any

from django import forms
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from guidance.models.feedback import REASONS
from guidance.services.feedback import Unsaved, causes, new_token, page_of, read_token, save
from guidance.views.caching import is_fragment

TEXT_LENGTH = 500  # characters
HIGHEST = 2**31  # of a version number that any database can look for
CHOICES = {"yes": "有用", "no": "没用"}


class _Words(forms.CharField):
    """Lines counted as browsers count them, without what no database can hold."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python((value or "").replace("\r\n", "\n").replace("\0", "")))


class FeedbackForm(forms.Form):
    """What can be wrong in it only a hurried hand or a program gets wrong."""

    useful = forms.ChoiceField(
        choices=list(CHOICES.items()),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "请先选“有用”或“没用”。"),
    )
    reason = forms.ChoiceField(
        choices=list(REASONS.items()), required=False, error_messages={"invalid_choice": "请重新选一个原因。"}
    )
    text = _Words(
        required=False,
        max_length=TEXT_LENGTH,
        error_messages={"max_length": "最多写%(limit_value)d个字，现在是%(show_value)d个。请删短一点。"},
    )
    website = forms.CharField(required=False)  # out of sight: only programs fill it in

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError("刚才没有发出去，我们分不清是人还是机器。请再按一次“发送”。")
        return ""


# Whoever sends this acts for nobody: there is no session and no cookie that a strange site could misuse. A signed
# token in the form says that it came from here; Django's own protection would have to set a cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, kind: str, key: str, number: int) -> HttpResponse:
    """The form for a vote, some words and a reason; sent, it is kept or shown again with what is in the way."""
    about = {"kind": kind, "key": key, "number": number, "cause": ""}
    try:
        possible = causes(kind, key, number) if number < HIGHEST else None
    except Error:
        possible = frozenset({""})  # the reader may write; whether it can be kept shows when it is sent
    if possible is None:
        raise Http404
    cause = (request.POST or request.GET).get("cause")
    if cause in possible:
        about["cause"] = cause
    if request.method != "POST":
        return _form(request, about)
    form, token = FeedbackForm(request.POST), request.POST.get("token", "")
    try:
        _send(form, about, token)
    except Unsaved as unsaved:
        return _form(request, about, str(unsaved), "" if unsaved.again else token)
    response = redirect("feedback_thanks", kind, key)
    response.status_code = 303
    return response


def _send(form: FeedbackForm, about: dict[str, Any], token: str) -> None:
    """Keep the feedback; raises Unsaved."""
    if not form.is_valid():
        raise Unsaved(next(str(message) for messages in form.errors.values() for message in messages))
    said = form.cleaned_data
    name = read_token(_place(about), token)
    try:
        save(**about, token=name, useful=said["useful"] == "yes", reason=said["reason"], text=said["text"])
    except Error as error:
        raise Unsaved("现在存不下来。请过一会儿再按一次“发送”。") from error


def _place(about: dict[str, Any]) -> str:
    return f"{about['kind']}/{about['key']}/{about['number']}"


def _form(request: HttpRequest, about: dict[str, Any], error: str = "", token: str = "") -> HttpResponse:
    """The form as it was filled in; with an error it is not accepted (422, which htmx shows in place)."""
    said = request.POST or request.GET
    context = {
        **about,
        "page": page_of(about["kind"], about["key"]),
        "token": token or new_token(_place(about)),
        "choices": [
            {"key": key, "label": label, "checked": key == said.get("useful")} for key, label in CHOICES.items()
        ],
        "reasons": [
            {"key": key, "label": label, "checked": key == said.get("reason")} for key, label in REASONS.items()
        ],
        "liked": said.get("useful") == "yes",
        "text": said.get("text", ""),
        "text_length": TEXT_LENGTH,
        "error": error,
    }
    return _shown(request, "form", context, status=422 if error else 200)


@require_safe
def thanks(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """It is kept."""
    return _shown(request, "thanks", {"page": page_of(kind, key), "kind": kind})


def _shown(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    fragment = f"guidance/feedback/_{name}.html"
    context |= {"fragment": fragment, "is_fragment": is_fragment(request), "robots": "noindex"}
    template = fragment if is_fragment(request) else "guidance/feedback/page.html"
    response = render(request, template, context, status=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
