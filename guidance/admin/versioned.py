"""Forms that do not overwrite what somebody else saved meanwhile: both versions are shown, nothing typed is lost."""

from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from secrets import randbelow
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from guidance.documents.difference import Change, compare_documents
from guidance.models import Draft

# A version is the number of changes times PAGES, plus the number of the page whose autosave was the last of them, 0 for
# any other change. So a page may save over what it saved itself, though it never heard how its last autosave went. The
# button ends that: an autosave that is still under way then comes too late to bring older words back.
PAGES = 2**31
HIDDEN = ("seen", "page")


def next_version(version: int, page: int = 0) -> int:
    """The version after a change; `page` is the number of the page that saved itself."""
    return (version // PAGES + 1) * PAGES + page


@dataclass
class Conflict:
    """Who saved last and when; the document as it is stored, and its row as stored and as typed."""

    by: Any
    at: datetime
    kind: str
    document: dict[str, Any]
    stored: dict[str, Any]
    typed: dict[str, Any]
    gone: list[str]

    def take_in(self, formsets: list[Any]) -> None:
        """What was typed into the rows inside this one belongs to it."""
        for formset in formsets:
            self.typed[formset.fk.remote_field.related_name] = formset.as_typed()
            self.gone += formset.gone

    @cached_property
    def changes(self) -> list[Change]:
        """What differs from what is stored to what was typed."""
        if self.stored == self.document:
            return compare_documents(self.kind, self.document, self.typed)
        wanted = {
            name: [self.typed if part == self.stored else part for part in value] if isinstance(value, list) else value
            for name, value in self.document.items()
        }
        return compare_documents(self.kind, self.document, wanted)


class VersionedForm(forms.ModelForm):
    """`seen` is the version of the row that was opened; a save over a newer one is refused once, and then is meant.

    `page` tells one opened page from every other; a page that shows a conflict has none and does not save itself.
    """

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    page = forms.IntegerField(required=False, widget=forms.HiddenInput)
    conflict: Conflict | None = None
    own_page = 0  # that of the page this form was sent from

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.version if self.instance.pk else 0
        self.initial["page"] = 1 + randbelow(PAGES - 1)

    @property
    def changed_data(self) -> list[str]:
        """What was changed by somebody; which version they saw, and where, is no change."""
        return [name for name in super().changed_data if name not in HIDDEN]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen, page = cleaned.pop("seen", None), cleaned.pop("page", None) or 0
        self.own_page = page if 0 < page < PAGES else 0
        stored = self.instance.version
        own = self.own_page and self.own_page == stored % PAGES
        if self.instance.pk and seen != stored and not own:
            self.conflict = self._conflict(cleaned)
            again: Any = self.data
            self.data = again = again.copy()
            again[self.add_prefix("seen")] = str(stored)
            again[self.add_prefix("page")] = ""
            raise ValidationError("这一页刚被改过，你的还没有保存。两边的不同列在上面。", code="conflict")
        return cleaned

    def _conflict(self, cleaned: dict[str, Any]) -> Conflict:
        row: Any = self.instance
        typed = copy(row)
        for name, value in cleaned.items():
            if name in row.FIELDS:
                setattr(typed, name, value)
        draft: Draft = row if isinstance(row, Draft) else row.flow
        document, stored = draft.to_document(), row.to_document()
        return Conflict(draft.updated_by, draft.updated_at, draft.KIND, document, stored, typed.to_document(), [])
