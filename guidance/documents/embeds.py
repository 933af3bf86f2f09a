"""References inside Markdown: {claim:key}, {contact:key}, and links to this site's own pages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

EMBED = re.compile(r"\{(claim|contact):([a-z0-9-]+)\}")
GUIDE_LINK = re.compile(r"\]\(/guides/([^/)#?]+)/?[^)]*\)")
CHECK_LINK = re.compile(r"\]\(/check/([^/)#?]+)/?[^)]*\)")


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """Something a document needs to be live. place: where in the document. kind: of the document meant."""

    place: str
    kind: str
    key: str


def references_in(place: str, text: str) -> Iterator[Reference]:
    """Everything a Markdown text refers to. Guides are meant by their slug (kind `guide`)."""
    for kind, key in EMBED.findall(text):
        yield Reference(place, kind, key)
    for slug in GUIDE_LINK.findall(text):
        yield Reference(place, "guide", slug)
    for key in CHECK_LINK.findall(text):
        yield Reference(place, "flow", key)
