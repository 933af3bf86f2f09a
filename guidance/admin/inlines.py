"""Rows inside a form: what somebody typed into a row that another deleted meanwhile stays, as a new row."""

from typing import Any

from django.forms import BaseInlineFormSet

Row = dict[str, list[str]]  # what was sent for one row, by the name of its control


class KeptFormSet(BaseInlineFormSet):
    """`gone` holds the names of rows that were deleted meanwhile and now stand last, as new ones."""

    data: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gone: list[str] = []
        if self.is_bound:
            self._renumber()

    def as_typed(self) -> list[dict[str, Any]]:
        """The rows as a save would leave them: those that the form does not show, too."""
        deleted = {form.instance.pk for form in self.initial_forms if form.cleaned_data.get("DELETE")}
        rows = [row for row in self.get_queryset() if row.pk not in deleted]
        new = [form.instance for form in self.extra_forms if form.has_changed()]
        return [row.to_document() for row in [*rows, *new]]

    def _renumber(self) -> None:
        """Rows that are not there any more go to the end without their number; one that was to be deleted is done."""
        total = self.total_form_count()
        first = min(self.initial_form_count(), total)
        pk = str(self.get_queryset().model._meta.pk.name)  # noqa: SLF001 - its public name
        there = {str(row.pk) for row in self.get_queryset()}
        sent = [self._sent(number) for number in range(total)]
        kept = [row for row in sent[:first] if row.get(pk, [""])[-1] in there]
        gone = [row for row in sent[:first] if row not in kept and not any(row.get("DELETE", []))]
        if len(kept) < first:
            self.gone = [(row.get("label") or [""])[-1] for row in gone]
            self._send([*kept, *sent[first:], *({**row, pk: [""]} for row in gone)], len(kept))

    def _sent(self, number: int) -> Row:
        start = f"{self.prefix}-{number}-"
        return {name.removeprefix(start): self.data.getlist(name) for name in self.data if name.startswith(start)}

    def _send(self, rows: list[Row], first: int) -> None:
        """As if the browser had sent these rows, the `first` of them stored ones."""
        data: Any = self.data.copy()
        for name in [name for name in data if name.startswith(f"{self.prefix}-")]:
            del data[name]
        for number, row in enumerate(rows):
            for name, values in row.items():
                data.setlist(f"{self.prefix}-{number}-{name}", values)
        counts = {**self.management_form.initial, "INITIAL_FORMS": first, "TOTAL_FORMS": len(rows)}
        data.update({f"{self.prefix}-{name}": str(count) for name, count in counts.items()})
        self.data = data
        del self.management_form
