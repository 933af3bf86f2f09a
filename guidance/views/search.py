"""Search: the page of hits, suggestions while somebody types, hits as data, and what browsers are told about it."""

import re
from collections.abc import Sequence
from typing import Any

from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from guidance.services.counts import SEARCH, WORDS, searched
from guidance.services.finding import QUERY_LENGTH, Found, Hit, StoryFound, Understood, find, suggest
from guidance.services.live import site
from guidance.views.caching import counted, is_fragment
from guidance.views.pages import official_calls

HITS = 20
FEW = 5  # hits that need no groups
BEST = 3  # hits that stand above the groups
OPEN = 4  # hits of a group that are not folded away
LIMIT = re.compile(r"[1-9]|[1-4][0-9]|50", re.ASCII)  # hits as data
LIMIT_ERROR = "limit要写1到50之间的整数。"
AWAY_ERROR = "现在搜不了，是我们的问题。请过几分钟再试。"
SHOWN = 24  # characters of a query in a title
# What cannot be shown, or turns the rest of a line round.
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
KINDS = {
    "flow": "情况自查",
    "article": "指南",
    "faq": "常见问题",
    "myth": "不可信的说法",
    "term": "名词",
    "contact": "官方联系方式",
}


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """What was understood, a self-check to begin with, and the hits. What nothing was found for is counted."""
    query, literal = _typed(request), "exact" in request.GET
    try:
        found = find(query, limit=HITS, literal=literal) if query else Found("")
    except Error:
        return _private(render(request, "guidance/search/away.html", _away(query), status=503))
    response = _kept(found, _private(render(request, "guidance/search/page.html", _page(found, literal=literal))))
    is_lost = not (literal or found.cut or found.hits or found.story)
    words = searched(query) if is_lost else ""
    return counted(response, (SEARCH, 0, words)) if words else response


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """A few hits for what is half typed, as options of a list; whoever comes here directly gets the page."""
    query = _typed(request)
    if not is_fragment(request):
        return _private(redirect(search_url(query[: QUERY_LENGTH + 1])))  # one more, so that the page says it was cut
    try:
        found = suggest(query) if query else Found("")
    except Error:
        return _private(HttpResponse(status=503))
    context = {"rows": [_row(hit) for hit in found.hits], "shown": _short(query), "all_url": search_url(found.query)}
    return _private(render(request, "guidance/search/_suggestions.html", context))


@require_safe
def as_data(request: HttpRequest) -> HttpResponse:
    """The same hits as data; `limit`: 1 to 50 of them."""
    query, limit = _typed(request), request.GET.get("limit", "10")
    if not LIMIT.fullmatch(limit):
        return _json({"error": LIMIT_ERROR}, status=400)
    try:
        found = find(query, limit=int(limit), literal="exact" in request.GET) if query else Found("")
    except Error:
        return _json({"error": AWAY_ERROR}, status=503)
    return _kept(found, _json(_data(found)))


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """OpenSearch: how a browser searches here by itself."""
    content_type = "application/opensearchdescription+xml; charset=utf-8"
    return render(request, "guidance/search/opensearch.xml", content_type=content_type)


def search_url(query: str, **more: str) -> str:
    """The address of the hits for a query."""
    return f"{reverse('search')}?{urlencode({'q': query, **more})}"


def _typed(request: HttpRequest) -> str:
    """The query as text that can be shown."""
    return CONTROLS.sub(" ", request.GET.get("q", "")).strip()


def _page(found: Found, *, literal: bool) -> dict[str, Any]:
    best, rest = (found.hits, ()) if len(found.hits) <= FEW else (found.hits[:BEST], found.hits[BEST:])
    return {
        "query": found.query,
        "shown": _short(found.query),
        "cut": found.cut,
        "read_length": QUERY_LENGTH,
        "literal": literal,
        "read_as": [] if literal or found.story else _read_as(found.understood),
        "exact_url": search_url(found.query, exact="1"),
        "free_url": search_url(found.query),
        "story": found.story,
        "best": [_row(hit) for hit in best],
        "groups": _groups(rest),
        "near": [{"words": words, "url": search_url(words)} for words in found.near],
        "contacts": [] if found.hits or not found.query else official_calls(),
        "robots": "noindex",
    }


def _away(query: str) -> dict[str, Any]:
    return {"query": query[:QUERY_LENGTH], "contacts": _known_calls(), "robots": "noindex"}


def _known_calls() -> Sequence[Any]:
    """Official contacts, as far as they can be known without a database."""
    try:
        return official_calls()
    except Error:
        return ()


def _read_as(understood: Sequence[Understood]) -> list[str]:
    """What was searched for instead of what was typed, each once."""
    return list(dict.fromkeys(each.read_as for each in understood if each.read_as != each.typed))


def _groups(hits: Sequence[Hit]) -> list[dict[str, Any]]:
    """Hits by what they are: self-checks first, then the kind of the best."""
    kinds = sorted(dict.fromkeys(hit.kind for hit in hits), key=lambda kind: kind != "flow")
    return [_group(kind, [_row(hit) for hit in hits if hit.kind == kind]) for kind in kinds]


def _group(kind: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    split = OPEN if len(rows) > OPEN + 1 else len(rows)
    return {"kind": kind, "title": KINDS[kind], "rows": rows[:split], "more": rows[split:]}


def _row(hit: Hit) -> dict[str, Any]:
    return {
        "url": hit.url,
        "kind": hit.kind,
        "kind_words": KINDS[hit.kind],
        "title_parts": hit.title_parts,
        "section": hit.section,
        "excerpt": hit.excerpt,
        "number": _number(hit),
    }


def _number(hit: Hit) -> str:
    """What can be dialled at once: whoever looks for a number wants the number."""
    contact = site().contacts.get(hit.key) if hit.kind == "contact" else None
    return contact.number if contact else ""


def _short(query: str) -> str:
    return query if len(query) <= SHOWN else f"{query[:SHOWN]}…"


def _data(found: Found) -> dict[str, Any]:
    return {
        "query": found.query,
        "understood": [each.read_as for each in found.understood],
        "hits": [
            {
                "kind": hit.kind,
                "key": hit.key,
                "title": hit.title,
                "url": hit.url,
                "section": hit.section,
                "score": round(hit.score, 3),
            }
            for hit in found.hits
        ],
        "self_check": _check_data(found.story) if found.story else None,
    }


def _check_data(story: StoryFound) -> dict[str, Any]:
    return {"flow": story.flow, "answers": dict(story.answers), "url": story.url}


def _json(data: dict[str, Any], status: int = 200) -> HttpResponse:
    return _private(JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False}))


def _kept(found: Found, response: HttpResponse) -> HttpResponse:
    """Somebody's own story is kept nowhere, not even for the next one who asks the same."""
    if found.story or len(found.query) > WORDS:
        response.headers["Cache-Control"] = "no-store"
    return response


def _private(response: HttpResponse) -> HttpResponse:
    """An address that holds somebody's words: no search engine, no referrer."""
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
