"""Forms that do not overwrite what somebody else saved meanwhile: both versions are shown, nothing typed is lost."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from guidance.documents.difference import SAME, Span, compare_texts


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field that is stored otherwise than it was typed. spans: from what is stored to what was typed."""

    label: str
    spans: list[Span]


@dataclass(frozen=True, slots=True)
class Conflict:
    by: Any
    at: datetime | None
    changes: list[FieldDifference]


class VersionedForm(forms.ModelForm):
    """`seen` is the version of the row that was opened; a save over a newer one is refused once, and then is meant."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    conflict: Conflict | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.version if self.instance.pk else 0
        self.fields["seen"].show_hidden_initial = False

    @property
    def changed_data(self) -> list[str]:  # type: ignore[override]
        """What was changed by somebody; which version they saw is no change."""
        return [name for name in super().changed_data if name != "seen"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen = cleaned.pop("seen", None)
        if self.instance.pk and seen != self.instance.version:
            self.conflict = self._compared(cleaned)
            self.data = self.data.copy()  # type: ignore[assignment]
            self.data[self.add_prefix("seen")] = str(self.instance.version)  # type: ignore[index]
            raise ValidationError("别人刚改过这一页，你的还没有保存。两边的不同列在上面。", code="conflict")
        return cleaned

    def _compared(self, cleaned: dict[str, Any]) -> Conflict:
        stored = self.instance
        draft = getattr(stored, "flow", stored)
        changes = []
        for name in cleaned:
            spans = compare_texts(_text(getattr(stored, name, "")), _text(cleaned[name]))
            if any(span.op != SAME for span in spans):
                changes.append(FieldDifference(str(self.fields[name].label or name), spans))
        return Conflict(draft.updated_by, draft.updated_at, changes)


def _text(value: Any) -> str:
    """A value as somebody can read it."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n".join(value)
    return json.dumps(value, ensure_ascii=False, indent=1, default=str)
