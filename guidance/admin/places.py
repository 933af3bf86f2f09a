"""Where in the admin a place of a document is changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from guidance.documents.difference import place_words
from guidance.engine.problems import Problem
from guidance.models import Draft


@dataclass(frozen=True)
class Places:
    """The forms of one draft. For flows its rows are read once, however many places are asked for."""

    draft: Draft
    document: dict[str, Any]

    @cached_property
    def _rows(self) -> dict[str, list[Any]]:
        return {name: list(getattr(self.draft, name).all()) for name in self.draft.PARTS}

    def url(self, place: str) -> str:
        """The address of the field that a place, e.g. questions/2/options/0/label, is typed into."""
        name, _, rest = place.partition("/")
        index, _, inside = rest.partition("/")
        rows = self._rows.get(name, [])
        if index.isdecimal() and int(index) < len(rows):
            return f"{change_url(rows[int(index)])}{_anchor(inside)}"
        if name in self.draft.PARTS:
            return reverse("admin:guidance_flowdraft_rows", args=[self.draft.pk]) + f"?part={name}"
        return f"{change_url(self.draft)}{_anchor(place)}"

    def words(self, place: str) -> str:
        """The place as editors call it; "" is the whole document."""
        return place_words(self.draft.KIND, self.document, place) if place else "整体"


def _anchor(inside: str) -> str:
    """The field of a form: options are numbered rows of the question's form."""
    name, _, rest = inside.partition("/")
    index, _, field = rest.partition("/")
    if name == "options" and index.isdecimal():
        return f"#id_options-{index}-{field}" if field else f"#options-{index}"
    return f"#id_{name}" if name else ""


def change_url(row: Any) -> str:
    """The form of a draft or of a row inside one."""
    return reverse(f"admin:guidance_{row._meta.model_name}_change", args=[row.pk])  # noqa: SLF001 - its public name


def listed(problems: Iterable[Problem], places: Places) -> list[dict[str, Any]]:
    """Problems for a list, each with the words and the address of its field; what blocks first."""
    found: Sequence[Problem] = sorted(problems, key=lambda problem: not problem.blocks)
    return [
        {
            "where": places.words(problem.place),
            "url": places.url(problem.place),
            "message": problem.message,
            "blocks": problem.blocks,
        }
        for problem in found
    ]
