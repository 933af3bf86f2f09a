"""Everything that is live at one site stamp, ready to be read by pages."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import uuid4

from django.utils import timezone

from guidance.documents import KINDS
from guidance.documents.article import Article
from guidance.documents.claim import REFUTED, Claim
from guidance.documents.contact import Contact
from guidance.documents.source import Source
from guidance.documents.term import Term
from guidance.engine.flow import Flow
from guidance.models import Revision

T = TypeVar("T")


class Published(Generic[T]):
    """A document that is or was live: its value, version number and when that was published."""

    def __init__(self, revision: Revision, published_at: datetime) -> None:
        self.kind = revision.kind
        self.number = revision.number
        self.published_at = published_at
        self._payload = revision.payload

    @cached_property
    def value(self) -> T:
        value: T = KINDS[self.kind].read(self._payload)[0]
        return value


class Shelf:
    """The pages of one kind by their slug, in reading order; withdrawn ones are only found, never listed."""

    def __init__(self, pages: Iterable[Published[Article]]) -> None:
        ordered = sorted(pages, key=lambda page: (page.value.order, page.value.key))
        self.pages = {page.value.slug: page for page in ordered if page.value.withdrawn is None}
        self._found = {slug: page for page in ordered for slug in page.value.former_slugs}
        self._found |= {page.value.slug: page for page in ordered}
        self.by_key = {page.value.key: page for page in self.pages.values()}

    def find(self, slug: str) -> Published[Article] | None:
        """The page that has or once had this slug, withdrawn or not."""
        return self._found.get(slug)


class Site:
    """Everything that is live at one site stamp."""

    def __init__(
        self,
        stamp: int,
        fingerprint: str,
        documents: dict[tuple[str, str], Published[Any]],
        *,
        first_published: Mapping[tuple[str, str], datetime],
        ended: Mapping[tuple[str, str], Published[Any]],
        until: datetime | None,
    ) -> None:
        """`fingerprint`: of everything that is live; what pages are a function of, also after a restored backup.

        `first_published`: of pages, by kind and key. `ended`: what was taken off, as it was last. `until`: when
        something starts or ends by itself, None when nothing will.
        """
        self.stamp = stamp
        self.fingerprint = fingerprint
        self.first_published = first_published
        self.ended = ended
        self.until = until
        self._documents = documents

    def lasts(self) -> bool:
        """Whether this is still what is live, as far as the clock decides it."""
        return self.until is None or timezone.now() < self.until

    def with_draft(self, revision: Revision) -> "Site":
        """The same site with one more document, which need not be saved: how a draft will look."""
        at = (revision.kind, revision.key)
        now = timezone.now()
        return Site(
            self.stamp,
            f"{self.fingerprint} {uuid4().hex}",
            self._documents | {at: Published(revision, now)},
            first_published={at: now} | dict(self.first_published),
            ended={place: published for place, published in self.ended.items() if place != at},
            until=None,
        )

    def get(self, kind: str, key: str) -> Published[Any] | None:
        return self._documents.get((kind, key))

    def all(self, kind: str) -> list[Published[Any]]:
        return [published for (name, _), published in self._documents.items() if name == kind]

    def flow(self, key: str) -> Published[Flow] | None:
        return self.get("flow", key)

    def flows(self) -> list[Published[Flow]]:
        return self.all("flow")

    @cached_property
    def guides(self) -> Shelf:
        return Shelf(self.all("article"))

    @cached_property
    def questions(self) -> Shelf:
        return Shelf(self.all("faq"))

    def shelf(self, kind: str) -> Shelf:
        """The pages of kind `article` or `faq`."""
        return self.guides if kind == "article" else self.questions

    def ended_pages(self, kind: str) -> Shelf:
        """What was on the shelf of a kind and has ended."""
        return Shelf(published for (name, _), published in self.ended.items() if name == kind)

    @cached_property
    def claims(self) -> dict[str, Claim]:
        return {published.value.key: published.value for published in self.all("claim")}

    @cached_property
    def myths(self) -> list[Claim]:
        return [claim for claim in self.claims.values() if claim.status == REFUTED]

    @cached_property
    def sources(self) -> dict[str, Source]:
        return {published.value.key: published.value for published in self.all("source")}

    @cached_property
    def contacts(self) -> dict[str, Contact]:
        found = sorted((published.value for published in self.all("contact")), key=lambda contact: contact.order)
        return {contact.key: contact for contact in found}

    @cached_property
    def terms(self) -> list[Term]:
        return sorted((published.value for published in self.all("term")), key=lambda term: (term.order, term.key))
