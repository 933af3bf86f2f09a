"""Drafts in the admin: what they share, and the kinds that are a single row."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from guidance.admin.actions import check_drafts, publish_drafts
from guidance.models import ArticleDraft, ClaimDraft, ContactDraft, Draft, Live, SourceDraft


class DraftAdmin(admin.ModelAdmin):
    """A kind of draft: who changed the row last is noted; what addresses rest on is fixed once it was published."""

    actions = (check_drafts, publish_drafts)
    list_display = ["__str__", "key", "checked_on", "review_by", "updated_at", "updated_by"]
    search_fields = ["key"]

    def save_model(self, request: HttpRequest, obj: Draft, form: ModelForm, change: bool) -> None:  # noqa: FBT001
        obj.updated_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)

    def get_readonly_fields(self, request: HttpRequest, obj: Draft | None = None) -> Any:
        published = obj is not None and Live.objects.filter(kind=obj.KIND, key=obj.key).exists()
        fixed = [name for name in ("key", "slug") if published and name in self.model.FIELDS]
        return (*super().get_readonly_fields(request, obj), *fixed)


@admin.register(SourceDraft)
class SourceDraftAdmin(DraftAdmin):
    list_filter = ["kind"]
    search_fields = ["key", "title", "publisher"]


@admin.register(ClaimDraft)
class ClaimDraftAdmin(DraftAdmin):
    list_filter = ["status", "confidence"]
    search_fields = ["key", "text"]


@admin.register(ContactDraft)
class ContactDraftAdmin(DraftAdmin):
    search_fields = ["key", "name", "number"]


@admin.register(ArticleDraft)
class ArticleDraftAdmin(DraftAdmin):
    list_filter = ["group"]
    search_fields = ["key", "title", "body"]
