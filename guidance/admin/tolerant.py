"""Addresses that no page of the desk leads to: they are answered with what there is, not with a failure."""

from typing import Any

from django.contrib import admin, messages
from django.db import DataError
from django.http import HttpRequest, HttpResponseRedirect

LONGEST = 18  # digits of a row's number; a database cannot look for more


class TolerantAdmin(admin.ModelAdmin):
    """An admin whose lists and forms take odd filters, rows and fields in an address for none."""

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        if "_selected_action" in request.POST:
            typed = request.POST.copy()
            typed.setlist("_selected_action", [row for row in typed.getlist("_selected_action") if _is_number(row)])
            request.POST = typed  # type: ignore[assignment] # Django lets it be set
        try:
            return super().changelist_view(request, extra_context)
        except (OverflowError, ValueError, DataError):  # what Django lets through: too large a number, the year 0
            if not request.GET:
                raise
            messages.warning(request, "地址里的筛选条件不对，这里列出全部。")
            return HttpResponseRedirect(request.path)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        return super().get_object(request, object_id, from_field or None)


def _is_number(row: str) -> bool:
    return row.isascii() and row.isdecimal() and len(row) <= LONGEST
