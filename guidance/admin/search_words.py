"""Drafts in the admin of what editors give the search: synonyms, what stands first, what people say of their case."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from guidance.admin.documents import DAYS, UNSEARCHED, DraftAdmin
from guidance.admin.forms import PhraseForm, PinForm, SynonymForm
from guidance.models import Draft, PhraseDraft, PinDraft, SynonymDraft

LISTS = ("words", "typed", "queries")


class SearchWordsAdmin(DraftAdmin):
    """Kinds that are lists of words, which no database looks into in the same way. What the address of a new one has
    for a list stands in it."""

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {name: request.GET.getlist(name) for name in LISTS if name in request.GET}

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> Any:
        """Drafts of which any word holds every part of what is searched for."""
        parts = search_term.lower().split()
        if not parts:
            return queryset, False
        found = [draft.pk for draft in queryset if all(part in _said(draft) for part in parts)]
        return queryset.filter(pk__in=found), False


def _said(draft: Draft) -> str:
    return "\n".join(str(value) for value in draft.to_document().values()).lower()


@admin.register(SynonymDraft)
class SynonymDraftAdmin(SearchWordsAdmin):
    form = SynonymForm
    layout = ((None, ("words", "typed", *DAYS)), ("标识", ("key",)))


@admin.register(PinDraft)
class PinDraftAdmin(SearchWordsAdmin):
    form = PinForm
    layout = ((None, ("queries", "anywhere", "pages", *DAYS)), ("标识", ("key",)))
    list_filter = ["state", "anywhere"]


@admin.register(PhraseDraft)
class PhraseDraftAdmin(SearchWordsAdmin):
    form = PhraseForm
    pages = UNSEARCHED
    layout = ((None, ("says", "options", "unless", "at_least", "at_most", *DAYS)), ("标识", ("key",)))
    list_display = ["__str__", "state", "flow", "question", "updated_by", "changed", "due", "key"]
    list_filter = ["state", "flow", "question"]
