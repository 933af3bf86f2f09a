"""The site of the editors' desk: the stock admin's, with the kinds of content in the order editors need them."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest

KINDS = (
    "ArticleDraft",
    "FaqDraft",
    "FlowDraft",
    "ClaimDraft",
    "SourceDraft",
    "ContactDraft",
    "TermDraft",
    "Revision",
    "Event",
    "Feedback",
)


class Desk(AdminSite):
    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: _place(model["object_name"]))
        return sorted(apps, key=lambda app: min(_place(model["object_name"]) for model in app["models"]))


def _place(name: str) -> int:
    return KINDS.index(name) if name in KINDS else len(KINDS)


class DeskConfig(AdminConfig):
    default_site = "config.desk.Desk"
