"""The home page, contacts, search and the pages about the site itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidance.search import find
from guidance.services.live import site
from guidance.views.check import flow_cards
from guidance.views.guides import guide_cards

QUERY_LENGTH = 200  # characters of a search that are read
HOME_CONTACTS = ("alipay", "police", "antifraud", "nfra", "pboc")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Three ways in for a frightened person, then search, guides and contacts."""
    contacts = site().contacts
    context = {
        "flows": flow_cards(),
        "guides": guide_cards(),
        "contacts": [contacts[key] for key in HOME_CONTACTS if key in contacts],
    }
    return render(request, "guidance/home/home.html", context)


@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """The one registry of official numbers and channels."""
    return render(request, "guidance/contacts/contacts.html", {"contacts": list(site().contacts.values())})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Guides and self-checks that share words with the query."""
    query = request.GET.get("q", "").strip()
    cards = [card | {"kind_words": "情况自查"} for card in flow_cards()]
    cards += [card | {"kind_words": "指南"} for card in guide_cards()]
    context = {
        "query": query[:QUERY_LENGTH],
        "too_long": len(query) > QUERY_LENGTH,
        "hits": find(query[:QUERY_LENGTH], cards),
        "robots": "noindex",
    }
    return render(request, "guidance/search/results.html", context)


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


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read."""
    return HttpResponse("User-agent: *\nDisallow: /admin/\nDisallow: /search/\n", content_type="text/plain")
