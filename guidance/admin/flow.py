"""Self-check drafts in the admin: the flow, and each kind of row on a page of its own."""

from collections.abc import Callable, Collection
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.html import format_html

from guidance.admin.documents import DAYS, DraftAdmin
from guidance.admin.dropoff import COUNTS
from guidance.admin.forms import KEYS, AdviceForm, CauseForm, EvidenceForm, FlowForm, QuestionForm, ScenarioForm
from guidance.admin.inlines import KeptFormSet
from guidance.admin.pages import Page
from guidance.admin.picture import picture_page
from guidance.admin.places import Places
from guidance.admin.preview import WritingAdmin, preview_advice
from guidance.admin.rows import move_row, rows_page
from guidance.admin.saved import SavingAdmin
from guidance.admin.scenarios import came_out
from guidance.admin.trial import trial_page
from guidance.documents import KINDS
from guidance.engine.flow import Flow
from guidance.engine.uses import uses_of_advice, uses_of_cause, uses_of_option, uses_of_question
from guidance.models import (
    AdviceDraft,
    CauseDraft,
    Draft,
    EvidenceDraft,
    FlowDraft,
    OptionDraft,
    QuestionDraft,
    ScenarioDraft,
)
from guidance.services.drafts import find_draft, with_rows
from guidance.services.live import site


@admin.register(FlowDraft)
class FlowDraftAdmin(DraftAdmin):
    form = FlowForm
    layout = (
        (None, ("title", "summary", "audience", "minutes", "prepare", "inconclusive", *DAYS)),
        ("搜索", ("keywords",)),
        ("标识", ("key", "aliases")),
    )
    pages = (
        Page("rows", rows_page, "题目与规则"),
        Page("move", move_row),
        Page("picture", picture_page, "流程图"),
        Page("trial", trial_page, "试走"),
        *DraftAdmin.pages,
        COUNTS,
    )
    search_fields = ["key", "title"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[FlowDraft]:
        """On a page of its own a flow comes with its rows, in a fixed number of queries."""
        match = request.resolver_match
        found: QuerySet[FlowDraft] = super().get_queryset(request)
        return with_rows(found) if match and match.kwargs else found


class OptionFormSet(KeptFormSet):
    """Options of one question: a new one comes last, one that is used stays, the key of a live one is fixed."""

    def add_fields(self, form: ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["key"].disabled = bool(form.instance.pk) and form.instance.key in self._live

    @cached_property
    def _live(self) -> Collection[str]:
        return _live_options(self.instance) if self.instance.pk else ()

    def clean(self) -> None:
        super().clean()
        gone = [form.instance for form in self.deleted_forms if form.instance.pk]
        if not gone:
            return
        flow_draft: Any = find_draft("flow", self.instance.flow.key)
        document = flow_draft.to_document()
        flow, _ = KINDS["flow"].read(document)
        places = Places(flow_draft, document)
        for option in gone:
            uses = [
                format_html('<a href="{}">{}</a>', places.url(place), places.words(place))
                for place in uses_of_option(flow, self.instance.key, option.key)
            ]
            if uses:
                raise ValidationError([f"选项“{option.label}”还有地方在用，先改掉那里：", *uses])

    def save_new(self, form: ModelForm, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - Django calls it so
        last = self.instance.options.order_by("position").last()
        form.instance.position = last.position + 1 if last else 0
        return super().save_new(form, commit=commit)


class OptionInline(admin.StackedInline):
    model = OptionDraft
    formset = OptionFormSet
    formfield_overrides = KEYS
    extra = 1
    fieldsets = (
        (None, {"fields": ("label", "unknown", "exclusive", "key")}),
        ("提示；“不确定”还要写去哪里看", {"fields": ("hint", "where"), "classes": ("collapse",)}),
    )


USES: dict[type, Callable[[Flow, str], list[str]]] = {
    QuestionDraft: uses_of_question,
    CauseDraft: uses_of_cause,
    AdviceDraft: uses_of_advice,
}


class PartAdmin(SavingAdmin):
    """A row of a flow. Its flow is chosen once; its key is fixed when readers' links may hold it."""

    formfield_overrides = KEYS

    list_filter = ["flow"]
    list_select_related = ("flow",)
    search_fields = ["key"]
    ordering = ("flow", "position")
    exclude = ("position",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Rows are found in their flow, not beside the kinds of content."""
        return False

    def draft_of(self, row: Any) -> Draft:
        draft: Draft = row.flow
        return draft

    def problems_url(self, row: Any) -> str:
        """Those of the row apart from those of its flow."""
        return f"{super().problems_url(row)}?{urlencode({'form': self.page_url(row, 'change')})}"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The key last: nobody reads it."""
        names = [str(name) for name in self.get_fields(request, obj)]
        first = ["flow"] if "flow" in names else []
        return [(None, {"fields": [*first, *(n for n in names if n not in ("flow", "key")), "key"]})]

    def tabs(self, request: HttpRequest, draft: Draft, current: str) -> list[dict[str, Any]]:
        """Those of the flow, with the list of its rows open."""
        return self._flow_admin().tabs(request, draft, "rows")

    def _flow_admin(self) -> FlowDraftAdmin:
        found: FlowDraftAdmin = self.admin_site._registry[FlowDraft]  # type: ignore[assignment] # noqa: SLF001 - no other way to it
        return found

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = ["flow"] if obj else []
        return (*super().get_readonly_fields(request, obj), *fixed, *(["key"] if obj and _is_live(obj) else []))

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:  # noqa: FBT001
        """A new row comes last."""
        if not change:
            last = type(obj).objects.filter(flow=obj.flow).order_by("position").last()
            obj.position = last.position + 1 if last else 0
        super().save_model(request, obj, form, change)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Back to where the row stands among the others."""
        part = obj._meta.get_field("flow").remote_field.related_name  # noqa: SLF001 - its public name
        page = self._flow_admin().page_url(obj.flow, "rows")
        return HttpResponseRedirect(f"{page}?part={part}#row-{self.opts.model_name}-{obj.pk}")

    response_post_save_add = response_post_save_change

    def uses(self, row: Any) -> list[dict[str, str]]:
        flow_draft = find_draft("flow", row.flow.key) or row.flow
        document = flow_draft.to_document()
        flow, _ = KINDS["flow"].read(document)
        places = Places(flow_draft, document)
        find = USES.get(type(row))
        found = find(flow, row.key) if find else []
        return [{"words": places.words(place), "url": places.url(place)} for place in found]


def _live_options(question: Any) -> Collection[str]:
    """The keys of the options that the live version of a question has."""
    published: Any = site().get("flow", question.flow.key)
    known = published.value.question_by_key.get(question.key) if published else None
    return known.option_keys if known else ()


def _is_live(row: Any) -> bool:
    """Whether the live version has a row of this key."""
    published = site().get("flow", row.flow.key)
    name = row._meta.get_field("flow").remote_field.related_name  # noqa: SLF001 - its public name
    return published is not None and any(item.key == row.key for item in getattr(published.value, name))


@admin.register(QuestionDraft)
class QuestionDraftAdmin(PartAdmin):
    form = QuestionForm
    inlines = (OptionInline,)
    list_display = ["__str__", "kind", "position", "flow"]
    search_fields = ["key", "text"]


@admin.register(CauseDraft)
class CauseDraftAdmin(PartAdmin):
    form = CauseForm
    list_display = ["__str__", "tone", "position", "flow"]


@admin.register(EvidenceDraft)
class EvidenceDraftAdmin(PartAdmin):
    form = EvidenceForm
    list_display = ["__str__", "effect", "cause", "flow", "key"]
    list_filter = ["flow", "effect"]
    search_fields = ["key", "cause", "reason"]


@admin.register(AdviceDraft)
class AdviceDraftAdmin(WritingAdmin, PartAdmin):
    form = AdviceForm
    pages = (Page("preview", preview_advice),)
    list_display = ["__str__", "kind", "cause", "flow", "key"]
    list_filter = ["flow", "kind"]
    search_fields = ["key", "title", "body"]


@admin.register(ScenarioDraft)
class ScenarioDraftAdmin(PartAdmin):
    form = ScenarioForm
    list_display = ["title", "primary", "must_pass", "flow"]
    search_fields = ["key", "title"]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """The case is run as it is stored: what came out stands beside what its editor expects."""
        row = kwargs.get("obj")
        context["came_out"] = (came_out(row) or "和预期一样。") if row else ""
        return super().render_change_form(request, context, *args, **kwargs)
