"""Published versions, to read only; what can be done with one is on the page of its document."""

from django.contrib import admin
from django.http import HttpRequest

from guidance.admin.tolerant import TolerantAdmin
from guidance.models import Revision


@admin.register(Revision)
class RevisionAdmin(TolerantAdmin):
    list_display = ("__str__", "note", "author", "reviewer", "created_at")
    list_filter = ("kind",)
    list_select_related = ("author", "reviewer")
    search_fields = ("key", "note")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Revision | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Revision | None = None) -> bool:
        return False
