"""Drafts in the admin: what they share, and the kinds that are a single row."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guidance.admin.editing import EditingAdmin
from guidance.admin.forms import ClaimForm, ContactForm, PageForm, SourceForm, TermForm
from guidance.admin.impact import impact_page
from guidance.admin.pages import Page, PagedAdmin
from guidance.admin.places import Places, change_url, listed
from guidance.admin.preview import WritingAdmin, link_page, preview_page
from guidance.admin.review import review_page
from guidance.admin.versions import versions_page
from guidance.documents import KINDS
from guidance.models import ArticleDraft, ClaimDraft, ContactDraft, Draft, FaqDraft, Publication, SourceDraft, TermDraft
from guidance.models.article import PageDraft
from guidance.services.drafts import drafts_using
from guidance.services.publishing import Entry, check


def problems_page(modeladmin: PagedAdmin, request: HttpRequest, draft: Draft) -> HttpResponse:
    """What must be mended before a draft can be published: the list that publishing uses, each with its field."""
    document = draft.to_document()
    found = check([Entry(draft.KIND, document)])[draft.KIND, draft.key]
    context = {"problems": listed(found, Places(draft, document)), "draft": draft}
    if request.headers.get("HX-Request") == "true":
        return render(request, "admin/guidance/draft/_problems.html", context)
    return modeladmin.show(request, draft, "problems", context)


class DraftAdmin(EditingAdmin):
    """A kind of draft; what addresses rest on is fixed once it was published."""

    pages: Iterable[Page] = (
        Page("problems", problems_page, "检查"),
        Page("preview", preview_page, "预览"),
        Page("link", link_page, "预览链接"),
        Page("impact", impact_page, "影响"),
        Page("review", review_page, "审核与发布"),
        Page("versions", versions_page, "版本"),
    )
    list_display = ["__str__", "key", "state", "checked_on", "review_by", "updated_at", "updated_by"]
    list_filter = ["state"]
    list_select_related = ("updated_by",)
    search_fields = ["key"]

    def draft_of(self, row: Any) -> Draft:
        draft: Draft = row
        return draft

    def get_readonly_fields(self, request: HttpRequest, obj: Draft | None = None) -> Any:
        return (*super().get_readonly_fields(request, obj), *(["key"] if _was_public(obj) else []))

    def uses(self, row: Any) -> list[dict[str, str]]:
        """What is or was live keeps its draft: deleting that would not take it off the site."""
        used = [
            {"words": f"{KINDS[other.KIND].label}“{other}”", "url": change_url(other)} for other in drafts_using(row)
        ]
        public = "它已经发布过。要从网站上拿掉，请用“审核与发布”里的“撤下”。"
        return [*([{"words": public, "url": self.page_url(row, "review")}] if _was_public(row) else []), *used]


def _was_public(draft: Draft | None) -> bool:
    return draft is not None and Publication.objects.filter(kind=draft.KIND, key=draft.key).exists()


@admin.register(SourceDraft)
class SourceDraftAdmin(DraftAdmin):
    form = SourceForm
    list_filter = ["state", "kind"]
    search_fields = ["key", "title", "publisher"]


@admin.register(ClaimDraft)
class ClaimDraftAdmin(DraftAdmin):
    form = ClaimForm
    list_filter = ["state", "status", "confidence", "group"]
    search_fields = ["key", "text", "origin"]


@admin.register(ContactDraft)
class ContactDraftAdmin(DraftAdmin):
    form = ContactForm
    search_fields = ["key", "name", "number"]


@admin.register(TermDraft)
class TermDraftAdmin(DraftAdmin):
    form = TermForm
    search_fields = ["key", "name", "meaning"]


@admin.register(ArticleDraft, FaqDraft)
class PageDraftAdmin(WritingAdmin, DraftAdmin):
    form = PageForm
    list_filter = ["state", "group"]
    search_fields = ["key", "title", "summary", "body"]

    def save_model(self, request: HttpRequest, obj: PageDraft, form: ModelForm, change: bool) -> None:  # noqa: FBT001
        if old := obj.keep_old_address():
            messages.info(request, f"网址名改了，旧网址名“{old}”已记进“曾用网址名”。旧链接会转到新地址。")
        super().save_model(request, obj, form, change)
