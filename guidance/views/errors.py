"""Pages for what went wrong, in words a reader understands."""

from difflib import SequenceMatcher
from typing import Any
from urllib.parse import unquote

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

from guidance.services.finding import find
from guidance.views.article import cards
from guidance.views.check import flow_cards
from guidance.views.gone import GoneError, gone_page

PROPOSALS = 5
ALIKE = 0.55  # of two slugs, from 0 to 1
READ = 100  # characters of an address that are compared
FIRST_HELP = ("huabei", "is-it-frozen", "after-repaying", "being-collected", "asked-for-money")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", {"robots": "noindex"}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"robots": "noindex"}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Five pages that may have been meant; without them when nothing can be read. What has ended says why."""
    if isinstance(exception, GoneError):
        return gone_page(request, exception)
    try:
        proposals = _proposals(request.path)
    except Error:
        proposals = []
    return render(request, "404.html", {"proposals": proposals, "robots": "noindex"}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without any context: whatever broke may break it too; and then a line of text."""
    try:
        return HttpResponse(get_template("500.html").render(), status=500)
    except Exception:  # noqa: BLE001 (e.g. the static files are not there)
        words = "这一页现在打不开，是我们的问题。请过几分钟再试。\n"
        return HttpResponse(words, content_type="text/plain; charset=utf-8", status=500)


def _proposals(path: str) -> list[dict[str, Any]]:
    """Pages with a similar name, then those that share words with the address, then first help."""
    words = unquote(path[:READ])
    last = words.rstrip("/").rsplit("/", 1)[-1].lower()
    known = [*flow_cards(), *cards("article"), *cards("faq")]
    scored = [(_likeness(card, last), card) for card in known]
    alike = [card for score, card in sorted(scored, key=lambda pair: -pair[0]) if score >= ALIKE]
    by_words = _with_words(last, known) if not last.isascii() else []
    help_first = [card for key in FIRST_HELP for card in known if card["key"] == key]
    found = {card["url"]: card for card in [*alike, *by_words, *help_first]}
    return list(found.values())[:PROPOSALS]


def _with_words(words: str, known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a search for the words of an address finds, as far as it is a page of its own."""
    wanted = [hit.url.split("#")[0] for hit in find(words).hits]
    by_url = {card["url"]: card for card in known}
    return [by_url[url] for url in wanted if url in by_url]


def _likeness(card: dict[str, Any], name: str) -> float:
    return SequenceMatcher(None, card["key"], name).ratio()
