"""The site of the editors' desk: the stock admin's, with the kinds of content in the order editors need them."""

from typing import Any

from django.http import HttpRequest

from accounts.site import GuardedSite

KINDS = (
    "ArticleDraft",
    "FaqDraft",
    "FlowDraft",
    "ClaimDraft",
    "SourceDraft",
    "ContactDraft",
    "TermDraft",
    "SynonymDraft",
    "PinDraft",
    "PhraseDraft",
    "Revision",
    "Event",
    "Feedback",
)


class Desk(GuardedSite):
    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: _place(model["object_name"]))
        return sorted(apps, key=lambda app: min(_place(model["object_name"]) for model in app["models"]))


def _place(name: str) -> int:
    return KINDS.index(name) if name in KINDS else len(KINDS)
