"""References inside Markdown: {claim:key}, {contact:key}, and links to this site's own pages."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from guidance.documents.groups import GROUPS

EMBED = re.compile(r"\{(claim|contact):([a-z0-9-]+)\}")
# Where [words](address) and [words]: address lead.
LINK = re.compile(r"\]\(\s*<?([^)\s>]*)|^\s*\[[^\]]+\]:\s*<?([^\s>]+)", re.MULTILINE)
# No page of this site, or a place on the page itself.
_NO_PAGE = re.compile(r"(?:https?://|tel:|mailto:|#section-\d|#sources$)", re.IGNORECASE)

# Pages that are always there.
PAGES = frozenset(
    {
        *("/", "/guides/", "/faq/", "/myths/", "/glossary/", "/contacts/", "/check/", "/search/", "/feed.xml"),
        *("/about/", "/privacy/", "/accessibility/"),
        *(f"/{page}/#group-{group}" for page in ("guides", "faq", "myths") for group in GROUPS),
    }
)
# What an address means: pages by their slug, everything else by its key.
_MEANT = (
    ("guide", re.compile(r"/guides/([^/#?]+)/(?:#.*)?")),
    ("question", re.compile(r"/faq/([^/#?]+)/(?:#.*)?")),
    ("question", re.compile(r"/faq/#(?!group-)(.+)")),
    ("flow", re.compile(r"/check/([^/#?.]+)/(?:start(?:\?.*)?)?")),
    ("myth", re.compile(r"/myths/#(?!group-)(.+)")),
    ("term", re.compile(r"/glossary/#(.+)")),
    ("contact", re.compile(r"/contacts/#(.+)")),
)


@dataclass(frozen=True, slots=True)
class Reference:
    """Something a document needs to be live. place: where in the document. kind: of the document meant."""

    place: str
    kind: str
    key: str


def named(place: str, kind: str, keys: Iterable[str]) -> Iterator[Reference]:
    """Documents of a kind that a field names by their keys."""
    return (Reference(place, kind, key) for key in keys)


def references_in(place: str, text: str) -> Iterator[Reference]:
    """Everything a Markdown text refers to."""
    for kind, key in EMBED.findall(text):
        yield Reference(place, kind, key)
    for in_place, defined in LINK.findall(text):
        address = in_place or defined
        if not _NO_PAGE.match(address):
            yield from address_reference(place, address)


def address_reference(place: str, address: str) -> Iterator[Reference]:
    """What an address of this site needs to be live; kind `page` for an address that no page has."""
    for kind, pattern in _MEANT:
        if match := pattern.fullmatch(address):
            yield Reference(place, kind, match[1])
            return
    if address not in PAGES and not address.startswith("/search/?"):
        yield Reference(place, "page", address)
