"""The home page and the pages about the site itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidance.documents.contact import Contact
from guidance.documents.groups import GROUPS
from guidance.services.live import site
from guidance.views.article import group_url, in_groups
from guidance.views.check import flow_cards

HOME_CONTACTS = ("alipay", "police", "antifraud", "nfra", "pboc")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Three ways in for a frightened person, then search, topics, questions and contacts."""
    groups = in_groups("faq")
    context = {
        "flows": flow_cards(),
        "topics": [{"title": title, "url": group_url("article", key)} for key, title in GROUPS.items()],
        "guide_count": len(site().guides.pages),
        "questions": [group["pages"][0] for group in groups],  # each group's first, so editors choose by order
        "question_count": sum(len(group["pages"]) for group in groups),
        "contacts": official_calls(),
    }
    return render(request, "guidance/home/home.html", context)


def official_calls() -> list[Contact]:
    """The official contacts that most readers need."""
    contacts = site().contacts
    return [contacts[key] for key in HOME_CONTACTS if key in contacts]


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
