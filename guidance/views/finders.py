"""For search engines and feed readers: what there is, since when, and what changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from html import escape

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from guidance.documents import PAGE_KINDS
from guidance.services.coverage import places
from guidance.services.history import Change, changes
from guidance.services.live import site
from guidance.views.article import article_url, last_change

UNDATED = ("about", "privacy", "accessibility")  # their words come with the program


@dataclass(frozen=True, slots=True)
class Entry:
    """An address and when what stands there last changed."""

    url: str
    changed: datetime | None = None


class PagesSitemap(Sitemap):
    """Every page worth finding; withdrawn ones and states of a self-check are not."""

    def items(self) -> list[Entry]:
        guides, questions = _entries("article"), _entries("faq")
        checks = [Entry(reverse("check", args=[flow.value.key]), flow.published_at) for flow in site().flows()]
        lists = [
            Entry(reverse("home"), _latest([*guides, *questions, *checks])),
            Entry(reverse("guides"), _latest(guides)),
            Entry(reverse("questions"), _latest(questions)),
            Entry(reverse("checks"), _latest(checks)),
            Entry(reverse("myths"), _changed("claim")),
            Entry(reverse("glossary"), _changed("term")),
            Entry(reverse("contacts"), _changed("contact")),
        ]
        return [*lists, *guides, *questions, *checks, *(Entry(reverse(name)) for name in UNDATED)]

    def location(self, item: Entry) -> str:
        return item.url

    def lastmod(self, item: Entry) -> datetime | None:
        return item.changed


def _entries(kind: str) -> list[Entry]:
    current = site()
    pages = current.shelf(kind).pages.values()
    return [Entry(article_url(kind, page.value.slug), last_change(page, current)) for page in pages]


def _latest(entries: Iterable[Entry]) -> datetime | None:
    return max((entry.changed for entry in entries if entry.changed), default=None)


def _changed(kind: str) -> datetime | None:
    return max((published.published_at for published in site().all(kind)), default=None)


class ChangesFeed(Feed):
    """Atom: what changed in rules and claims since the site began, why, and on which sources it rests."""

    feed_type = Atom1Feed
    language = "zh-CN"
    author_name = settings.SITE_NAME
    title = f"{settings.SITE_NAME}：规则和说法的更新"
    subtitle = "情况自查的规则和可以核对的说法改了什么、为什么、依据是什么。"

    def __init__(self, host: str) -> None:
        """`host`: makes ids unlike those of any other site."""
        self.host = host

    def link(self) -> str:
        return reverse("home")

    def feed_guid(self) -> str:
        return f"tag:{self.host},2026:changes"

    def feed_url(self) -> str:
        return reverse("feed")

    def items(self) -> list[Change]:
        return changes()

    def item_title(self, item: Change) -> str:
        return item.title

    def item_description(self, item: Change) -> str:
        return "<br>".join(map(escape, item.lines))  # Atom summaries are HTML

    def item_link(self, item: Change) -> str:
        if item.kind == "flow":
            return reverse("check", args=[item.key])
        if item.refuted:
            return f"{reverse('myths')}#{item.key}"
        return self._shown_on(item.key)

    @cached_property
    def _places(self) -> Mapping[str, list[tuple[str, str]]]:
        return places()

    def _shown_on(self, claim: str) -> str:
        """The first page that shows a claim."""
        for kind, key in self._places.get(claim, []):
            if kind in PAGE_KINDS:
                return article_url(kind, site().shelf(kind).by_key[key].value.slug)
        return reverse("guides")

    def item_guid(self, item: Change) -> str:
        return f"tag:{self.host},2026:{item.kind}/{item.key}/{item.number}"

    def item_pubdate(self, item: Change) -> datetime:
        return item.at

    def item_updateddate(self, item: Change) -> datetime:
        return item.at


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """What changed, for feed readers."""
    answer: HttpResponse = ChangesFeed(split_domain_port(request.get_host())[0])(request)
    return answer


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read, and where the sitemap is."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /staff/",
        "Disallow: /preview/",
        "Disallow: /search/",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain")
