"""Guides and FAQ entries: found by any address they ever had, and what their page shows."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from guidance.documents import PAGE_KINDS
from guidance.documents.article import Article, NextCheck
from guidance.documents.contact import Contact
from guidance.documents.groups import GROUPS, by_group
from guidance.services.live import Published, Site, site
from guidance.views.gone import missing_page, withdrawn_page
from guidance.views.linked_data import linked_data
from guidance.views.quoting import IN_DOUBT, Quoting, answer_today, sources

LIST = {"article": ("guides", "指南"), "faq": ("questions", "常见问题")}
NEIGHBOURS = 4
URGENT_GROUPS = ("urgent", "scam")
URGENT_CALLS = ("police", "antifraud")


def article_url(kind: str, slug: str) -> str:
    return reverse(PAGE_KINDS[kind], args=[slug])


def cards(kind: str) -> list[dict[str, str]]:
    """Key, title, short answer, group and address of every page of a kind, in reading order."""
    return _cards(site(), kind, timezone.localdate())


@lru_cache(maxsize=2 * len(PAGE_KINDS))
def _cards(current: Site, kind: str, today: date) -> list[dict[str, str]]:
    return [_card(page) for page in current.shelf(kind).pages.values()]


def in_groups(kind: str) -> list[dict[str, Any]]:
    """The same in groups that have any."""
    found = by_group(cards(kind), itemgetter("group"))
    return [{"key": key, "title": title, "pages": pages} for key, title, pages in found]


def group_url(kind: str, group: str) -> str:
    """Where a group stands in the list of a kind."""
    return f"{reverse(LIST[kind][0])}#group-{group}"


def _card(page: Published[Article]) -> dict[str, str]:
    article = page.value
    return {
        "key": article.key,
        "slug": article.slug,
        "title": article.title,
        "summary": answer_today(article),
        "group": article.group,
        "url": article_url(page.kind, article.slug),
    }


@require_safe
def index(request: HttpRequest, kind: str) -> HttpResponse:
    """All guides, or every question with its short answer, in groups."""
    return render(request, f"guidance/guides/{LIST[kind][0]}.html", {"groups": in_groups(kind)})


@require_safe
def answer(request: HttpRequest, kind: str, slug: str, *, as_data: bool = False) -> HttpResponse:
    """The guide or question at a slug, for readers or as data for search engines.

    Moved pages in one hop, withdrawn and ended ones with their reason; raises Http404.
    """
    current = site()
    found = current.shelf(kind).find(slug)
    if found is None:
        raise missing_page(kind, slug)
    article = found.value
    if article.withdrawn:
        return render(request, "410.html", withdrawn_page(article) | {"robots": "noindex"}, status=410)
    if article.slug != slug:
        name = f"{PAGE_KINDS[kind]}_data" if as_data else PAGE_KINDS[kind]
        return HttpResponsePermanentRedirect(reverse(name, args=[article.slug]))
    page = article_page(found, current)
    if as_data:
        return linked_data(request, page)
    return render(request, "guidance/guides/detail.html", {"article": page})


def article_page(published: Published[Article], current: Site) -> dict[str, Any]:
    """What the page of a guide or question shows."""
    article, quoting, today = published.value, Quoting(current), timezone.localdate()
    summary = answer_today(article)
    lead = quoting.html(summary)
    body = quoting.render(article.body)
    guides = {card["key"]: card for card in _cards(current, "article", today)}
    found = sources(current, article.rests_on())
    list_name, list_title = LIST[published.kind]
    return {
        "kind": published.kind,
        "key": article.key,
        "number": published.number,
        "title": article.title,
        "summary": summary,
        "lead": lead,
        "html": body.html,
        "toc": body.headings,
        "in_doubt": summary == IN_DOUBT,
        "urgent_calls": _urgent_calls(article.group, current),
        "sources": found,
        "grounds": _grounds(found),
        "published_on": timezone.localdate(current.first_published[published.kind, article.key]).isoformat(),
        "changed_on": timezone.localdate(last_change(published, current)).isoformat(),
        "checked_on": article.checked_on,
        "review_by": article.review_by,
        "overdue": today > date.fromisoformat(article.review_by),
        "related": [guides[key] for key in article.related if key in guides],
        "neighbours": _neighbours(article, _cards(current, "faq", today)) if published.kind == "faq" else [],
        "next_check": _next_check(article.next_check),
        "url": article_url(published.kind, article.slug),
        "data_url": reverse(f"{PAGE_KINDS[published.kind]}_data", args=[article.slug]),
        "crumbs": [
            {"title": "首页", "url": reverse("home")},
            {"title": list_title, "url": reverse(list_name)},
            {"title": GROUPS[article.group], "url": group_url(published.kind, article.group)},
        ],
    }


def _urgent_calls(group: str, current: Site) -> list[Contact]:
    """The numbers that somebody who was cheated needs before anything else on the page."""
    keys = URGENT_CALLS if group in URGENT_GROUPS else ()
    return [current.contacts[key] for key in keys if key in current.contacts]


def _grounds(found: Iterable[dict[str, str]]) -> str:
    """How many sources of each weight there are, in words, the weightiest first."""
    counts = Counter(source["kind_words"] for source in found)
    return "、".join(f"{words}{number}条" for words, number in counts.items())


def last_change(page: Published[Article], current: Site) -> datetime:
    """When a page was last published with other words or dates: itself, or a claim it rests on."""
    claims = [current.get("claim", key) for key in page.value.rests_on()]
    return max([page.published_at, *(claim.published_at for claim in claims if claim)])


def _neighbours(article: Article, questions: list[dict[str, str]]) -> list[dict[str, str]]:
    """The next questions of the same group, from the first again after the last."""
    group = [card for card in questions if card["group"] == article.group]
    here = next(i for i, card in enumerate(group) if card["key"] == article.key)
    return (group[here + 1 :] + group[:here])[:NEIGHBOURS]


def _next_check(wanted: NextCheck | None) -> dict[str, str] | None:
    flow = site().flow(wanted.flow) if wanted else None
    if wanted is None or flow is None:
        return None
    if not wanted.answers:
        return {"title": flow.value.title, "url": reverse("check", args=[wanted.flow])}
    return {
        "title": flow.value.title,
        "url": f"{reverse('check_start', args=[wanted.flow])}?{urlencode(wanted.answers)}",
    }
