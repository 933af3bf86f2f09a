"""The forms of the steps that a document takes: what is asked before each."""

from typing import Any

from django import forms

from guidance.admin.destinations import destinations
from guidance.engine.reading import one_newline
from guidance.services.publishing import Release

NOTE_LENGTH = 200  # characters; readers see what is written on publishing
PERIODS = {"30": "1个月后", "90": "3个月后", "180": "半年后", "365": "1年后"}


class NoteField(forms.CharField):
    """A sentence or two; characters that no page can show are left out."""

    def to_python(self, value: Any) -> str:
        text = one_newline(super().to_python(value) or "")
        return "".join(character for character in text if character == "\n" or character.isprintable()).strip()


class NoteForm(forms.Form):
    """One step and its note; `seen` is the fingerprint of what was looked at."""

    note = NoteField(label="说明", required=False, max_length=NOTE_LENGTH)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class PublishForm(forms.Form):
    note = NoteField(label="为什么改（读者会看到）", required=False, max_length=NOTE_LENGTH)
    starts_at = forms.DateTimeField(label="什么时候开始（不填就是现在）", required=False)
    ends_at = forms.DateTimeField(label="什么时候结束（不填就一直有效）", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("starts_at", "ends_at"):
            self.fields[name].widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    @property
    def release(self) -> Release:
        times = {name: self.cleaned_data[name] or None for name in ("starts_at", "ends_at")}
        return Release(**times, note=self.cleaned_data["note"])


class WithdrawForm(forms.Form):
    reason = NoteField(label="为什么撤下（读者会看到）", max_length=NOTE_LENGTH)
    instead = forms.ChoiceField(
        label="让读者改看哪一页",
        required=False,
        choices=destinations,
        error_messages={"invalid_choice": "现在没有这一页，请重新选。"},
    )


class ConfirmForm(forms.Form):
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)  # of what was looked at
    period = forms.ChoiceField(label="下次核对", choices=list(PERIODS.items()), initial="180")
    note = NoteField(label="怎么核对的（可以不写）", required=False, max_length=NOTE_LENGTH)
