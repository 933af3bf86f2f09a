"""Forms that do not overwrite what somebody else saved meanwhile: both versions are shown, nothing typed is lost."""

from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from guidance.documents.difference import Change, compare_documents
from guidance.models import DocumentPart, Draft


@dataclass(frozen=True, slots=True)
class Conflict:
    """Who saved last and when, and what differs from what is stored to what was typed."""

    by: Any
    at: datetime
    changes: list[Change]


class VersionedForm(forms.ModelForm):
    """`seen` is the version of the row that was opened; a save over a newer one is refused once, and then is meant."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    conflict: Conflict | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.version if self.instance.pk else 0
        self.fields["seen"].show_hidden_initial = False

    @property
    def changed_data(self) -> list[str]:
        """What was changed by somebody; which version they saw is no change."""
        return [name for name in super().changed_data if name != "seen"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen = cleaned.pop("seen", None)
        if self.instance.pk and seen != self.instance.version:
            self.conflict = self._compared(cleaned)
            again: Any = self.data
            self.data = again = again.copy()
            again[self.add_prefix("seen")] = str(self.instance.version)
            raise ValidationError("别人刚改过这一页，你的还没有保存。两边的不同列在上面。", code="conflict")
        return cleaned

    def _compared(self, cleaned: dict[str, Any]) -> Conflict:
        row = self.instance
        typed = copy(row)
        for name, value in cleaned.items():
            if name in row.FIELDS:
                setattr(typed, name, value)
        draft: Draft = getattr(row, "flow", row)
        stored = draft.to_document()
        return Conflict(
            draft.updated_by, draft.updated_at, compare_documents(draft.KIND, stored, _with(stored, row, typed))
        )


def _with(document: dict[str, Any], row: DocumentPart, typed: DocumentPart) -> dict[str, Any]:
    """The document with one row as it was typed."""
    if isinstance(row, Draft):
        return typed.to_document()
    stored, wanted = row.to_document(), typed.to_document()
    return {
        name: [wanted if part == stored else part for part in value] if isinstance(value, list) else value
        for name, value in document.items()
    }
