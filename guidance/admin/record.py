"""The record of what was done, to read and to take away; nobody can change it."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from guidance.admin.spreadsheet import spreadsheet
from guidance.admin.tolerant import TolerantAdmin
from guidance.models import Action, Event
from guidance.models.draft import name_of
from guidance.services import audit
from guidance.services.desk import title_of
from guidance.services.live import site
from guidance.services.moments import moment

COLUMNS = ("时间", "谁", "做了什么", "种类", "标识", "版本", "说明")


@admin.action(description="导出所选记录（CSV）", permissions=["view"])
def export_csv(modeladmin: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet[Event]) -> HttpResponse:
    """The chosen steps, oldest first, as a table for spreadsheets."""
    if not request.user.has_perm("guidance.export_content"):
        raise PermissionDenied
    events = list(queryset.select_related("actor").defer("document").order_by("pk"))
    audit.record(Action.EXPORT, request.user, f"操作记录{len(events)}条")
    return spreadsheet("record", COLUMNS, map(_values, events))


def _values(event: Event) -> tuple[Any, ...]:
    at = f"{timezone.localtime(event.at):%Y-%m-%d %H:%M:%S}"
    who = str(event.actor) if event.actor else "站点"
    return at, who, event.get_action_display(), event.get_kind_display(), event.key, event.number or "", event.note


@admin.register(Event)
class EventAdmin(TolerantAdmin):
    actions = (export_csv,)
    list_display = ("when", "actor", "action", "about", "note", "kind", "number")
    list_filter = ("action", "kind", ("actor", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("actor",)
    search_fields = ("key", "note", "actor__username")
    date_hierarchy = "at"
    ordering = ("-pk",)
    exclude = ("document",)

    @admin.display(description="时间", ordering="pk")
    def when(self, event: Event) -> str:
        return moment(event.at)

    @admin.display(description="内容", ordering="key")
    def about(self, event: Event) -> str:
        """What is live under that name by its title: no look-up for every row here."""
        if not event.kind:
            return event.key
        published = site().get(event.kind, event.key)
        title = name_of(title_of(published.value)) if published else event.key
        return format_html('<a href="{}">{}</a>', reverse("desk_open", args=[event.kind, event.key]), title)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        found: QuerySet[Event] = super().get_queryset(request)
        return found.defer("document")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        return False
