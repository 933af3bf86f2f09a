"""Drafts in the admin: what they share, and the kinds that are a single row."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guidance.admin.forms import KEYS, ClaimForm, ContactForm, PageForm, SourceForm, TermForm
from guidance.admin.impact import impact_page
from guidance.admin.pages import Page, PagedAdmin
from guidance.admin.places import Places, change_url, listed
from guidance.admin.preview import WritingAdmin, link_page, preview_page
from guidance.admin.review import review_page
from guidance.admin.saved import SavingAdmin
from guidance.admin.searches import searches_page
from guidance.admin.versions import versions_page
from guidance.documents import KINDS
from guidance.models import ArticleDraft, ClaimDraft, ContactDraft, Draft, FaqDraft, Publication, SourceDraft, TermDraft
from guidance.models.article import PageDraft
from guidance.services.drafts import drafts_using
from guidance.services.moments import moment
from guidance.services.publishing import Entry, check
from guidance.views.caching import is_fragment

DAYS = ("checked_on", "review_by")


def problems_page(modeladmin: PagedAdmin, request: HttpRequest, draft: Draft) -> HttpResponse:
    """What must be mended before a draft can be published: the list that publishing uses, each with its field.

    As a fragment beside the form of a row (?form= its address) only what is in that row; the rest is counted.
    """
    document = draft.to_document()
    found = check([Entry(draft.KIND, document)])[draft.KIND, draft.key]
    problems = listed(found, Places(draft, document))
    form = request.GET.get("form", "")
    here = [problem for problem in problems if not form or problem["url"].partition("#")[0] == form]
    context = {
        "problems": problems,
        "blocking": [problem for problem in here if problem["blocks"]],
        "hints": [problem for problem in here if not problem["blocks"]],
        "elsewhere": len(problems) - len(here),
        "url": modeladmin.page_url(draft, "problems"),
        "draft": draft,
    }
    if is_fragment(request):
        return render(request, "admin/guidance/draft/_problems_here.html", context)
    return modeladmin.show(request, draft, "problems", context)


class DraftAdmin(SavingAdmin):
    """A kind of draft. Its key is what the record and addresses rest on: it is fixed from the first save."""

    pages: Iterable[Page] = (
        Page("problems", problems_page, "检查", under="change"),
        Page("preview", preview_page, "预览"),
        Page("link", link_page, "预览链接", under="preview"),
        Page("impact", impact_page, "影响"),
        Page("searches", searches_page, "搜索变化"),
        Page("review", review_page, "审核与发布"),
        Page("versions", versions_page, "版本"),
    )
    list_display = ["__str__", "state", "updated_by", "changed", "due", "key"]
    list_filter = ["state"]
    list_select_related = ("updated_by",)
    ordering = ("-updated_at", "key")
    search_fields = ["key"]
    formfield_overrides = KEYS

    @admin.display(description="修改时间", ordering="updated_at")
    def changed(self, draft: Draft) -> str:
        return moment(draft.updated_at)

    @admin.display(description="下次核对", ordering="review_by")
    def due(self, draft: Draft) -> str:
        return draft.review_by.isoformat() if draft.review_by else ""

    def draft_of(self, row: Any) -> Draft:
        draft: Draft = row
        return draft

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        context["show_delete"] = not _was_public(kwargs.get("obj"))
        return super().render_change_form(request, context, *args, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Draft | None = None) -> Any:
        return (*super().get_readonly_fields(request, obj), *(["key"] if obj else []))

    def uses(self, row: Any) -> list[dict[str, str]]:
        """What is or was live keeps its draft: deleting that would not take it off the site."""
        used = [
            {"words": f"{KINDS[other.KIND].label}“{other}”", "url": change_url(other)} for other in drafts_using(row)
        ]
        public = "它已经发布过。要从网站上拿掉，请用“审核与发布”里的“撤下”。"
        return [*([{"words": public, "url": self.page_url(row, "review")}] if _was_public(row) else []), *used]


# Of kinds that change no hits of a search.
UNSEARCHED = tuple(page for page in DraftAdmin.pages if page.name != "searches")


def _was_public(draft: Draft | None) -> bool:
    return draft is not None and Publication.objects.filter(kind=draft.KIND, key=draft.key).exists()


@admin.register(SourceDraft)
class SourceDraftAdmin(DraftAdmin):
    form = SourceForm
    pages = UNSEARCHED
    layout = (
        (None, ("title", "publisher", "kind", "url", "published_on", "note", *DAYS)),
        ("标识", ("key",)),
    )
    list_filter = ["state", "kind"]
    search_fields = ["key", "title", "publisher"]


@admin.register(ClaimDraft)
class ClaimDraftAdmin(DraftAdmin):
    form = ClaimForm
    layout = (
        (None, ("text", "status", "confidence", "sources", "checked_by", *DAYS, "expires_on")),
        ("判为“不可信”时填", ("group", "why", "instead")),
        ("搜索", ("keywords",)),
        ("标识和研究编号", ("key", "origin")),
    )
    list_filter = ["state", "status", "confidence", "group"]
    search_fields = ["key", "text", "origin"]


@admin.register(ContactDraft)
class ContactDraftAdmin(DraftAdmin):
    form = ContactForm
    layout = (
        (None, ("name", "number", "url", "channel", "purpose", "problems", "never", "checked_how", "sources", *DAYS)),
        ("搜索", ("keywords",)),
        ("顺序和标识", ("order", "key")),
    )
    search_fields = ["key", "name", "number"]


@admin.register(TermDraft)
class TermDraftAdmin(DraftAdmin):
    form = TermForm
    layout = (
        (None, ("name", "meaning", "names", "unless", "guide", "claims", *DAYS)),
        ("搜索", ("keywords",)),
        ("顺序和标识", ("order", "key")),
    )
    search_fields = ["key", "name", "meaning"]


@admin.register(ArticleDraft, FaqDraft)
class PageDraftAdmin(WritingAdmin, DraftAdmin):
    form = PageForm
    layout = (
        (None, ("title", "summary", "body", "claims", "related", "next_check", *DAYS)),
        ("搜索", ("keywords",)),
        ("位置和网址", ("group", "order", "key", "slug", "former_slugs")),
    )
    list_filter = ["state", "group"]
    search_fields = ["key", "title", "summary", "body"]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new page has its key for an address, until another is typed."""
        return {} if obj else {"slug": ("key",)}

    def save_model(self, request: HttpRequest, obj: PageDraft, form: ModelForm, change: bool) -> None:  # noqa: FBT001
        if old := obj.keep_old_address():
            messages.info(request, f"网址名改了，旧网址名“{old}”已记进“曾用网址名”。旧链接会转到新地址。")
        super().save_model(request, obj, form, change)
