"""What is said after a save, and the buttons of a form: what comes next, and nothing that leads nowhere."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from guidance.admin.editing import AUTOSAVE, EditingAdmin
from guidance.models import Draft, State

Layout = Sequence[tuple[str | None, Sequence[str]]]


class SavingAdmin(EditingAdmin):
    """`layout`: the fields of the form in groups, each with its title; what it does not name stands in the first."""

    layout: ClassVar[Layout] = ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        names = [str(name) for name in self.get_fields(request, obj)]
        groups = [(title, [name for name in group if name in names]) for title, group in self.layout]
        named = {name for _, group in groups for name in group}
        (title, first), *others = groups
        rest = [name for name in names if name not in named]
        return [(title, {"fields": [*first, *rest]}), *((title, {"fields": group}) for title, group in others)]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return self._saved(request, obj, self.response_post_save_add)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if AUTOSAVE in request.POST:
            return super().response_change(request, obj)
        return self._saved(request, obj, self.response_post_save_change)

    def _saved(self, request: HttpRequest, obj: Any, leave: Any) -> HttpResponse:
        messages.success(request, _next_step(self.draft_of(obj)))
        if "_continue" in request.POST:
            return HttpResponseRedirect(self.page_url(obj, "change"))
        response: HttpResponse = leave(request, obj)
        return response


def review_url(draft: Draft) -> str:
    """Where a draft is reviewed and published."""
    return reverse(f"admin:guidance_{draft._meta.model_name}_review", args=[draft.pk])  # noqa: SLF001 - its public name


def _next_step(draft: Draft) -> str:
    if draft.state == State.PUBLISHED:
        return "已保存，和线上一样。"
    if draft.state in (State.IN_REVIEW, State.APPROVED):
        return "已保存，没有改动。"
    return format_html('已保存到草稿。写好了，去<a href="{}">审核与发布</a>送审。', review_url(draft))
