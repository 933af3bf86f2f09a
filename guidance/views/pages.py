"""The home page, search and the pages about the site itself."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidance.documents.groups import GROUPS
from guidance.search import find
from guidance.services.counts import SEARCH, searched
from guidance.services.live import site
from guidance.views.article import cards, group_url, in_groups
from guidance.views.caching import counted
from guidance.views.check import flow_cards
from guidance.views.reference import myth_cards, term_cards

QUERY_LENGTH = 200  # characters of a search that are read
HOME_CONTACTS = ("alipay", "police", "antifraud", "nfra", "pboc")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Three ways in for a frightened person, then search, topics, questions and contacts."""
    contacts = site().contacts
    groups = in_groups("faq")
    context = {
        "flows": flow_cards(),
        "topics": [{"title": title, "url": group_url("article", key)} for key, title in GROUPS.items()],
        "guide_count": len(site().guides.pages),
        "questions": [group["pages"][0] for group in groups],  # each group's first, so editors choose by order
        "question_count": sum(len(group["pages"]) for group in groups),
        "contacts": [contacts[key] for key in HOME_CONTACTS if key in contacts],
    }
    return render(request, "guidance/home/home.html", context)


def all_cards() -> list[dict[str, Any]]:
    """Everything that can be found: title, summary, address, and what it is."""
    kinds = [
        ("情况自查", flow_cards()),
        ("指南", cards("article")),
        ("常见问题", cards("faq")),
        ("不可信的说法", myth_cards()),
        ("名词", term_cards()),
    ]
    return [card | {"kind_words": words} for words, found in kinds for card in found]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything that shares words with the query."""
    query = request.GET.get("q", "").strip()
    too_long = len(query) > QUERY_LENGTH
    context = {
        "query": query[:QUERY_LENGTH],
        "too_long": too_long,
        "hits": find(query[:QUERY_LENGTH], all_cards()),
        "robots": "noindex",
    }
    response = render(request, "guidance/search/results.html", context)
    words = "" if too_long or context["hits"] else searched(query)
    return counted(response, (SEARCH, 0, words)) if words else response


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Who this is, and what it will never do."""
    return render(request, "guidance/pages/about.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about readers: nothing."""
    return render(request, "guidance/pages/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How the site is meant to be usable for everybody, and known gaps."""
    return render(request, "guidance/pages/accessibility.html")
