"""The record of what was done, to read and to take away; nobody can change it."""

import csv
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from guidance.models import Action, Event

COLUMNS = ("时间", "谁", "做了什么", "种类", "标识", "版本", "说明")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # what spreadsheets would run


@admin.action(description="导出所选记录（CSV）", permissions=["view"])
def export_csv(modeladmin: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet[Event]) -> HttpResponse:
    """The chosen steps, oldest first, as a table for spreadsheets."""
    if not request.user.has_perm("guidance.export_content"):
        raise PermissionDenied
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="record.csv"'
    response.write("\ufeff")  # spreadsheets take it for something else without
    table = csv.writer(response)
    table.writerow(COLUMNS)
    for event in queryset.select_related("actor").defer("document").order_by("pk"):
        table.writerow([_cell(value) for value in _values(event)])
    Event.objects.create(action=Action.EXPORT, actor=request.user, note=f"操作记录{queryset.count()}条")
    return response


def _values(event: Event) -> tuple[Any, ...]:
    at = f"{timezone.localtime(event.at):%Y-%m-%d %H:%M:%S}"
    who = str(event.actor) if event.actor else "站点"
    return at, who, event.get_action_display(), event.kind, event.key, event.number or "", event.note


def _cell(value: Any) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    actions = (export_csv,)
    list_display = ("at", "actor", "action", "kind", "key", "number", "note")
    list_filter = ("action", "kind", ("actor", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("actor",)
    search_fields = ("key", "note", "actor__username")
    date_hierarchy = "at"
    ordering = ("-pk",)
    exclude = ("document",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        found: QuerySet[Event] = super().get_queryset(request)
        return found.defer("document")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        return False
