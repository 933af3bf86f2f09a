"""What readers said of pages, to read, to take away and, for administrators, to delete."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html

from guidance.admin.spreadsheet import spreadsheet
from guidance.admin.tolerant import TolerantAdmin
from guidance.models import DRAFTS, Action, Event, Feedback
from guidance.services import audit
from guidance.services.feedback import kept, page_of
from guidance.services.live import site
from guidance.services.moments import moment

COLUMNS = ("时间", "种类", "标识", "版本", "结果", "有用", "哪里不好", "读者的话")


@admin.action(description="导出所选反馈（CSV）", permissions=["export"])
def export_csv(modeladmin: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet[Feedback]) -> HttpResponse:
    """The chosen feedback as a table for spreadsheets."""
    found = list(queryset)
    actor: Any = request.user
    Event.objects.create(action=Action.EXPORT, actor=actor, note=f"读者反馈{len(found)}条")
    return spreadsheet("feedback", COLUMNS, map(_values, found))


def _values(feedback: Feedback) -> tuple[Any, ...]:
    return (
        moment(feedback.created_at),
        feedback.get_kind_display(),
        feedback.key,
        feedback.number,
        feedback.cause,
        "有用" if feedback.useful else "没用",
        feedback.get_reason_display(),
        feedback.text,
    )


@admin.register(Feedback)
class FeedbackAdmin(TolerantAdmin):
    """Nobody writes here, and what is past its time is not shown."""

    actions = (export_csv,)
    list_display = ("said", "useful", "reason", "page", "result", "number", "when", "draft")
    list_filter = ("useful", "kind", "reason", "created_at")
    search_fields = ("key", "cause", "text")
    fields = ("created_at", "kind", "key", "page", "draft", "number", "cause", "useful", "reason", "text")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Feedback]:
        return kept()

    @admin.display(description="读者的话", ordering="text")
    def said(self, feedback: Feedback) -> str:
        return feedback.text or "（没有写）"

    @admin.display(description="时间", ordering="created_at")
    def when(self, feedback: Feedback) -> str:
        return moment(feedback.created_at)

    @admin.display(description="结果", ordering="cause")
    def result(self, feedback: Feedback) -> str:
        """What a self-check found first, as it is called today."""
        published: Any = site().get(feedback.kind, feedback.key) if feedback.kind == "flow" else None
        found = published.value.cause_by_key.get(feedback.cause) if published else None
        return found.title if found else feedback.cause

    @admin.display(description="网页")
    def page(self, feedback: Feedback) -> str:
        """The page as it is today."""
        found = page_of(feedback.kind, feedback.key)
        return format_html('<a href="{}">{}</a>', found["url"], found["title"]) if found else "已撤下"

    @admin.display(description="草稿")
    def draft(self, feedback: Feedback) -> str:
        """The list of drafts with just that one: no look-up for every row here."""
        name = DRAFTS[feedback.kind]._meta.model_name  # noqa: SLF001 - its public name
        url = reverse(f"admin:guidance_{name}_changelist", query={"key": feedback.key})
        return format_html('<a href="{}">{}</a>', url, "看草稿")

    def delete_model(self, request: HttpRequest, obj: Feedback) -> None:
        audit.record(Action.DELETE, request.user, f"读者反馈：{obj}")
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Feedback]) -> None:
        audit.record(Action.DELETE, request.user, f"读者反馈{queryset.count()}条")
        super().delete_queryset(request, queryset)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("guidance.export_content")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Feedback | None = None) -> bool:
        return False
