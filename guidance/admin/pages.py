"""The pages of one draft beside its form: each is a function of (admin, request, draft), shown as a tab."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from guidance.models import Draft

View = Callable[["PagedAdmin", HttpRequest, Draft], HttpResponse]


@dataclass(frozen=True, slots=True)
class Page:
    """name: in addresses. title: "" for a fragment, or where a form is sent. under: the page it is reached from, if
    it has no tab of its own.
    """

    name: str
    view: View
    title: str = ""
    under: str = ""


class PagedAdmin(admin.ModelAdmin):
    """An admin whose rows have further pages at <pk>/<name>/, for whoever may see the row."""

    pages: Iterable[Page] = ()

    def get_urls(self) -> list[URLPattern]:
        mine = [
            path(
                f"<int:pk>/{page.name}/",
                self.admin_site.admin_view(partial(self._open, page)),
                name=f"{self.opts.app_label}_{self.opts.model_name}_{page.name}",
            )
            for page in self.pages
        ]
        return mine + super().get_urls()

    def page_url(self, row: models.Model, name: str) -> str:
        """The address of one of the pages of a row; "change" is its form."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=[row.pk])

    def show(self, request: HttpRequest, draft: Draft, name: str, context: dict[str, Any]) -> HttpResponse:
        """A page of a draft in the frame of the desk: templates/admin/guidance/draft/<name>.html."""
        shared = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "draft": draft,
            "tabs": self.tabs(request, draft, name),
            "title": str(draft),
            "subtitle": next((page.title for page in self.pages if page.name == name), ""),
        }
        return render(request, f"admin/guidance/draft/{name}.html", shared | context)

    def tabs(self, request: HttpRequest, draft: Draft, current: str) -> list[dict[str, Any]]:
        """The form and the pages of a draft, as title, url and whether it is the one that is open."""
        under = next((page.under for page in self.pages if page.name == current), "") or current
        form = "编辑" if self.has_change_permission(request, draft) else "内容"
        titles = [("change", form), *((page.name, page.title) for page in self.pages if page.title and not page.under)]
        return [{"title": title, "url": self.page_url(draft, name), "current": name == under} for name, title in titles]

    def _open(self, page: Page, request: HttpRequest, pk: int) -> HttpResponse:
        draft = self.get_object(request, str(pk))
        if draft is None:
            raise Http404
        if not self.has_view_permission(request, draft):
            raise PermissionDenied
        return page.view(self, request, draft)
