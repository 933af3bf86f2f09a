"""What was before the public and is no more: its address says so, and where to go on."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from guidance.services.history import reason_for_end
from guidance.services.live import Published, site

GONE = "这一页已经停用。"


class GoneError(Http404):
    """Something was live under this address, and has ended."""

    def __init__(self, published: Published[Any]) -> None:
        super().__init__(GONE)
        self.published = published


def missing(kind: str, key: str) -> Http404:
    """What to raise when nothing is live under a key."""
    ended = site().ended.get((kind, key))
    return GoneError(ended) if ended else Http404()


def missing_page(kind: str, slug: str) -> Http404:
    """The same for a guide or question, by any address it ever had."""
    ended = site().ended_pages(kind).find(slug)
    return GoneError(ended) if ended else Http404()


def gone_page(request: HttpRequest, gone: GoneError) -> HttpResponse:
    """410 with the reason, other self-checks, and whom to ask."""
    published = gone.published
    if request.path.endswith((".json", ".jsonld")):
        return JsonResponse({"error": GONE}, status=410, json_dumps_params={"ensure_ascii": False})
    checks = [{"title": flow.value.title, "url": reverse("check", args=[flow.value.key])} for flow in site().flows()]
    context = {
        "title": published.value.title,
        "reason": reason_for_end(published),
        "is_check": published.kind == "flow",
        "checks": checks,
        "robots": "noindex",
    }
    return render(request, "guidance/pages/gone.html", context, status=410)
