"""Guides and FAQ entries: found by any address they ever had, and what their page shows."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from guidance.documents import PAGE_KINDS
from guidance.documents.article import Article, NextCheck
from guidance.documents.contact import Contact
from guidance.documents.groups import GROUPS
from guidance.services.live import Published, Site, site
from guidance.views.linked_data import linked_data
from guidance.views.quoting import Quoting, answer_today, in_doubt, sources

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
    found = cards(kind)
    groups = [
        {"key": key, "title": title, "pages": [card for card in found if card["group"] == key]}
        for key, title in GROUPS.items()
    ]
    return [group for group in groups if group["pages"]]


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


def answer(request: HttpRequest, kind: str, slug: str, *, as_data: bool = False) -> HttpResponse:
    """The page at a slug; moved pages in one hop, withdrawn ones with their reason; raises Http404."""
    current = site()
    found = current.shelf(kind).find(slug)
    if found is None:
        raise Http404
    article = found.value
    if article.withdrawn:
        context = {"title": article.title, "withdrawn": article.withdrawn, "robots": "noindex"}
        return render(request, "410.html", context, status=410)
    if article.slug != slug:
        name = f"{PAGE_KINDS[kind]}_data" if as_data else PAGE_KINDS[kind]
        return HttpResponsePermanentRedirect(reverse(name, args=[article.slug]))
    page = _page(found, current)
    if as_data:
        return linked_data(request, page)
    return render(request, "guidance/guides/detail.html", {"article": page})


def _page(published: Published[Article], current: Site) -> dict[str, Any]:
    article, quoting = published.value, Quoting(current)
    lead = quoting.html(answer_today(article))
    body = quoting.render(article.body)
    by_key = current.guides.by_key
    found = sources(current, article.rests_on())
    list_name, list_title = LIST[published.kind]
    return {
        "title": article.title,
        "summary": answer_today(article),
        "lead": lead,
        "html": body.html,
        "toc": body.headings,
        "in_doubt": in_doubt(article.rests_on()),
        "urgent_calls": _urgent_calls(article.group, current),
        "sources": found,
        "grounds": _grounds(found),
        "published_on": timezone.localdate(current.first_published[published.kind, article.key]).isoformat(),
        "changed_on": timezone.localdate(last_change(published, current)).isoformat(),
        "checked_on": article.checked_on,
        "review_by": article.review_by,
        "overdue": timezone.localdate() > date.fromisoformat(article.review_by),
        "related": [_card(by_key[key]) for key in article.related if key in by_key],
        "neighbours": _neighbours(article, current) if published.kind == "faq" else [],
        "next_check": _next_check(article.next_check),
        "url": article_url(published.kind, article.slug),
        "data_url": reverse(f"{PAGE_KINDS[published.kind]}_data", args=[article.slug]),
        "crumbs": [
            {"title": "首页", "url": reverse("home")},
            {"title": list_title, "url": reverse(list_name)},
            {"title": GROUPS[article.group], "url": f"{reverse(list_name)}#group-{article.group}"},
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


def _neighbours(article: Article, current: Site) -> list[dict[str, str]]:
    """The next questions of the same group, from the first again after the last."""
    group = [page for page in current.questions.pages.values() if page.value.group == article.group]
    here = next(i for i, page in enumerate(group) if page.value.key == article.key)
    return [_card(page) for page in (group[here + 1 :] + group[:here])[:NEIGHBOURS]]


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
