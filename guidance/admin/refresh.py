"""Fields that change while they are filled in: what can be picked hangs on what was picked before."""

from functools import partial

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from guidance.admin.fields import Piece


class RefreshingAdmin(admin.ModelAdmin):
    """An admin that gives one field of its form again at <pk>/field/<name>/, as typed so far; pk 0 is a new row."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(partial(field_again, self)))
        name = f"{self.opts.app_label}_{self.opts.model_name}_field"
        return [path("<int:pk>/field/<str:name>/", view, name=name), *super().get_urls()]


def field_again(modeladmin: admin.ModelAdmin, request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The controls of a field, showing what was sent; nothing is checked or saved."""
    row = modeladmin.get_queryset(request).filter(pk=pk).first()
    if pk and row is None:
        raise Http404
    if not (modeladmin.has_change_permission(request, row) if row else modeladmin.has_add_permission(request)):
        raise PermissionDenied
    form = modeladmin.get_form(request, row, change=row is not None)(request.POST, instance=row)
    if not isinstance(form.fields.get(name), Piece):
        raise Http404
    field = form[name]
    return HttpResponse(field.field.widget.render(field.html_name, field.data, {"id": field.auto_id}))
