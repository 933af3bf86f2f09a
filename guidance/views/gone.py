"""What was before the public and is no more: its address says so, and where to go on."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from guidance.documents.article import Article
from guidance.documents.embeds import address_reference
from guidance.services.history import reason_for_end
from guidance.services.live import Published, site

GONE = "这一页不再提供。"
# Pages to go on with that are no document.
LISTS = {
    "/guides/": "全部指南",
    "/faq/": "常见问题",
    "/check/": "情况自查",
    "/myths/": "网上常见但不可信的说法",
    "/glossary/": "名词解释",
    "/contacts/": "官方联系方式",
    "/": "首页",
}
ENDS = ("。", "！", "？", "…", "”", "）")


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


def withdrawn_page(article: Article) -> dict[str, Any]:
    """What readers are told of a page that was withdrawn. Raises AttributeError for one that was not."""
    withdrawn: Any = article.withdrawn
    instead = {"url": withdrawn.instead, "title": title_at(withdrawn.instead)}
    return {"title": article.title, "reason": _whole(withdrawn.reason), "instead": instead}


def title_at(address: str) -> str:
    """What the page at an address of this site is called, "" when that is not known."""
    reference = next(iter(address_reference("", address)), None)
    if reference is None or reference.kind not in ("guide", "question", "flow"):
        return LISTS.get(address.partition("#")[0], "")
    current = site()
    shelves = {"guide": current.guides.find, "question": current.questions.find, "flow": current.flow}
    published = shelves[reference.kind](reference.key)
    return published.value.title if published else ""


def _whole(reason: str) -> str:
    """A reason as a sentence that ends."""
    return reason if not reason or reason.endswith(ENDS) else f"{reason}。"


def gone_page(request: HttpRequest, gone: GoneError) -> HttpResponse:
    """410 with the reason, other self-checks, and whom to ask."""
    published = gone.published
    if request.path.endswith((".json", ".jsonld")):
        return JsonResponse({"error": GONE}, status=410, json_dumps_params={"ensure_ascii": False})
    checks = [{"title": flow.value.title, "url": reverse("check", args=[flow.value.key])} for flow in site().flows()]
    context = {
        "title": published.value.title,
        "reason": _whole(reason_for_end(published)),
        "is_check": published.kind == "flow",
        "checks": checks,
        "robots": "noindex",
    }
    return render(request, "guidance/pages/gone.html", context, status=410)
