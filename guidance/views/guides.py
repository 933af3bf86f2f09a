"""Guides: the list by group, and one guide with its sources and dates."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from guidance.documents.article import GROUPS, Article, NextCheck
from guidance.documents.embeds import references_in
from guidance.markup import render as render_markdown
from guidance.services.live import Published, site
from guidance.views.quoting import embeds_today, sources


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All guides, in groups."""
    cards = guide_cards()
    groups = [
        {"title": title, "guides": [card for card in cards if card["group"] == group]}
        for group, title in GROUPS.items()
    ]
    return render(request, "guidance/guides/list.html", {"groups": [group for group in groups if group["guides"]]})


def guide_cards() -> list[dict[str, str]]:
    """Title, one-line answer, group and address of every guide, in reading order."""
    return [_card(published.value) for published in site().articles.values()]


def _card(article: Article) -> dict[str, str]:
    url = reverse("guide", args=[article.slug])
    return {"title": article.title, "summary": article.summary, "group": article.group, "url": url}


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One guide."""
    published = site().articles.get(slug)
    if published is None:
        raise Http404
    return render(request, "guidance/guides/detail.html", {"article": _page(published)})


def _page(published: Published[Article]) -> dict[str, Any]:
    article, current = published.value, site()
    rendered = render_markdown(article.body, embeds_today(current))
    embedded = [reference.key for reference in references_in("body", article.body) if reference.kind == "claim"]
    by_key = {other.value.key: other.value for other in current.articles.values()}
    return {
        "title": article.title,
        "summary": article.summary,
        "html": rendered.html,
        "toc": rendered.headings,
        "sources": sources(current, [*embedded, *article.claims]),
        "published_on": timezone.localdate(current.first_published[article.key]).isoformat(),
        "changed_on": timezone.localdate(published.published_at).isoformat(),
        "checked_on": article.checked_on,
        "review_by": article.review_by,
        "related": [_card(by_key[key]) for key in article.related if key in by_key],
        "next_check": _next_check(article.next_check),
    }


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
