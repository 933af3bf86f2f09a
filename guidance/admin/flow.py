"""Self-check drafts in the admin: the flow, and each kind of row on a page of its own."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from guidance.admin.actions import tell_problems
from guidance.admin.documents import DraftAdmin
from guidance.models import (
    AdviceDraft,
    CauseDraft,
    EvidenceDraft,
    FlowDraft,
    OptionDraft,
    QuestionDraft,
    ScenarioDraft,
)


@admin.register(FlowDraft)
class FlowDraftAdmin(DraftAdmin):
    search_fields = ["key", "title"]


class OptionInline(admin.StackedInline):
    model = OptionDraft
    extra = 0


class PartAdmin(admin.ModelAdmin):
    list_filter = ["flow"]
    list_select_related = ("flow",)
    search_fields = ["key"]
    ordering = ("flow", "position")

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """A row may break the whole self-check, so the whole is checked."""
        super().save_related(request, form, formsets, change)
        tell_problems(request, form.instance.flow)


@admin.register(QuestionDraft)
class QuestionDraftAdmin(PartAdmin):
    inlines = (OptionInline,)
    list_display = ["__str__", "kind", "position", "flow"]
    search_fields = ["key", "text"]


@admin.register(CauseDraft)
class CauseDraftAdmin(PartAdmin):
    list_display = ["__str__", "tone", "position", "flow"]


@admin.register(EvidenceDraft)
class EvidenceDraftAdmin(PartAdmin):
    list_display = ["key", "cause", "effect", "reason", "flow"]
    list_filter = ["flow", "effect"]
    search_fields = ["key", "cause", "reason"]


@admin.register(AdviceDraft)
class AdviceDraftAdmin(PartAdmin):
    list_display = ["key", "kind", "title", "cause", "flow"]
    list_filter = ["flow", "kind"]
    search_fields = ["key", "title", "body"]


@admin.register(ScenarioDraft)
class ScenarioDraftAdmin(PartAdmin):
    list_display = ["title", "primary", "must_pass", "flow"]
    search_fields = ["key", "title"]
