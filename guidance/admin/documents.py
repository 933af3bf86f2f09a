"""Drafts in the admin: what they share, and the kinds that are a single row."""

from typing import Any

from django.contrib import admin, messages
from django.forms import ModelForm
from django.http import HttpRequest

from guidance.admin.actions import ReasonForm, check_drafts, publish_drafts, tell_problems
from guidance.models import ArticleDraft, ClaimDraft, ContactDraft, Draft, FaqDraft, Publication, SourceDraft, TermDraft
from guidance.models.article import PageDraft


class DraftAdmin(admin.ModelAdmin):
    """A kind of draft: every save says what to mend; what addresses rest on is fixed once it was published."""

    actions = (check_drafts, publish_drafts)
    action_form = ReasonForm
    list_display = ["__str__", "key", "checked_on", "review_by", "updated_at", "updated_by"]
    search_fields = ["key"]

    def save_model(self, request: HttpRequest, obj: Draft, form: ModelForm, change: bool) -> None:  # noqa: FBT001
        obj.updated_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """The last step of a save: now the draft is whole and can be checked."""
        super().save_related(request, form, formsets, change)
        tell_problems(request, form.instance)

    def get_readonly_fields(self, request: HttpRequest, obj: Draft | None = None) -> Any:
        return (*super().get_readonly_fields(request, obj), *(["key"] if _is_live(obj) else []))

    def has_delete_permission(self, request: HttpRequest, obj: Draft | None = None) -> bool:
        """What is live keeps its draft: deleting that would not take it off the site."""
        return super().has_delete_permission(request, obj) and not _is_live(obj)


def _is_live(draft: Draft | None) -> bool:
    return draft is not None and Publication.objects.current().filter(kind=draft.KIND, key=draft.key).exists()


@admin.register(SourceDraft)
class SourceDraftAdmin(DraftAdmin):
    list_filter = ["kind"]
    search_fields = ["key", "title", "publisher"]


@admin.register(ClaimDraft)
class ClaimDraftAdmin(DraftAdmin):
    list_filter = ["status", "confidence", "group"]
    search_fields = ["key", "text", "origin"]


@admin.register(ContactDraft)
class ContactDraftAdmin(DraftAdmin):
    search_fields = ["key", "name", "number"]


@admin.register(TermDraft)
class TermDraftAdmin(DraftAdmin):
    search_fields = ["key", "name", "meaning"]


@admin.register(ArticleDraft, FaqDraft)
class PageDraftAdmin(DraftAdmin):
    list_filter = ["group"]
    search_fields = ["key", "title", "summary", "body"]

    def save_model(self, request: HttpRequest, obj: PageDraft, form: ModelForm, change: bool) -> None:  # type: ignore[override] # noqa: FBT001
        if old := obj.keep_old_address():
            messages.info(request, f"网址名改了，旧网址名“{old}”已记进“曾用网址名”。旧链接会转到新地址。")
        super().save_model(request, obj, form, change)
