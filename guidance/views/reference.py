"""Lists to look things up in: what is said and not to be believed, words, official contacts."""

from operator import attrgetter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guidance.documents.claim import Claim
from guidance.documents.groups import by_group
from guidance.documents.term import Term
from guidance.services.doubt import said_of, why_not
from guidance.services.live import site
from guidance.views.article import article_url
from guidance.views.quoting import IN_DOUBT, Quoting, in_doubt, sources


@require_safe
def myths(request: HttpRequest) -> HttpResponse:
    """What is often said and not to be believed, why, and what to do instead; in groups."""
    current = site()
    quoting = Quoting(current)
    groups = [
        {"key": key, "title": title, "myths": [myth_card(myth, quoting) for myth in found]}
        for key, title, found in by_group(current.myths, attrgetter("group"))
    ]
    return render(request, "guidance/reference/myths.html", {"groups": groups})


def myth_card(myth: Claim, quoting: Quoting) -> dict[str, Any]:
    """What a false saying shows on the page of all of them."""
    return {
        "key": myth.key,
        "said": said_of(myth),
        "why": quoting.html(_why(myth)),
        "instead": quoting.html(myth.instead),
        "checked_on": myth.checked_on,
        "sources": sources(site(), [myth.key]),
    }


def _why(myth: Claim) -> str:
    return why_not(myth, timezone.localdate())


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Words that readers meet, each with an anchor that other pages link to."""
    return render(request, "guidance/reference/glossary.html", {"terms": [term_card(term) for term in site().terms]})


def term_card(term: Term) -> dict[str, Any]:
    """What a word shows in the glossary."""
    guide = site().guides.by_key.get(term.guide)
    return {
        "key": term.key,
        "name": term.name,
        "names": term.names,
        "meaning": _meaning(term),
        "guide": {"title": guide.value.title, "url": article_url("article", guide.value.slug)} if guide else None,
    }


def _meaning(term: Term) -> str:
    return IN_DOUBT if in_doubt(term.claims) else term.meaning


@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """The one registry of official numbers and channels, by problem and one by one."""
    found = list(site().contacts.values())
    problems = dict.fromkeys(problem for contact in found for problem in contact.problems)
    routes = [{"problem": p, "contacts": [contact for contact in found if p in contact.problems]} for p in problems]
    return render(request, "guidance/reference/contacts.html", {"contacts": found, "routes": routes})
