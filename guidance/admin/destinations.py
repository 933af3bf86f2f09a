"""Where readers can be sent on from a page that is withdrawn."""

from typing import Any

from django.urls import reverse

from guidance.services.live import site
from guidance.views.article import LIST, cards
from guidance.views.gone import LISTS


def destinations() -> list[tuple[str, Any]]:
    """Addresses and titles of what is live, for a select: guides, questions, self-checks, and the lists of them."""
    pages = [(label, [(card["url"], card["title"]) for card in cards(kind)]) for kind, (_, label) in LIST.items()]
    checks = [(reverse("check", args=[flow.value.key]), flow.value.title) for flow in site().flows()]
    return [("", "———"), *pages, ("情况自查", checks), ("别的页面", list(LISTS.items()))]
