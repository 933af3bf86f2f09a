"""The kinds of document: how each is read, what it is called, what it refers to. Standard library only."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from guidance.documents.article import Article, read_article
from guidance.documents.claim import Claim, read_claim
from guidance.documents.contact import Contact, read_contact
from guidance.documents.embeds import Reference, references_in
from guidance.documents.source import Source, read_source
from guidance.engine.document import flow_document, read_flow
from guidance.engine.flow import Flow
from guidance.engine.problems import Problem
from guidance.engine.reading import plain

__all__ = ["KINDS", "Kind", "Reference", "Value", "canonical"]

Value = Source | Claim | Contact | Article | Flow


@dataclass(frozen=True, slots=True)
class Kind:
    """name: in the database and in files. label: for editors. read: a dict to a value and all problems of its form."""

    name: str
    label: str
    read: Callable[[Any], tuple[Any, list[Problem]]]
    references: Callable[[Any], Iterator[Reference]]


def canonical(value: Value) -> dict[str, Any]:
    """The one document of a value: optional fields that are empty left out, lists without order sorted."""
    return flow_document(value) if isinstance(value, Flow) else plain(value)


def _of_claim(claim: Claim) -> Iterator[Reference]:
    yield from (Reference("sources", "source", key) for key in claim.sources)


def _of_contact(contact: Contact) -> Iterator[Reference]:
    yield from (Reference("sources", "source", key) for key in contact.sources)


def _of_article(article: Article) -> Iterator[Reference]:
    yield from (Reference("claims", "claim", key) for key in article.claims)
    yield from (Reference("related", "article", key) for key in article.related)
    if article.next_check:
        yield Reference("next_check", "flow", article.next_check.flow)
    yield from references_in("body", article.body)


def _of_flow(flow: Flow) -> Iterator[Reference]:
    for i, cause in enumerate(flow.causes):
        yield from (Reference(f"causes/{i}/claims", "claim", key) for key in cause.claims)
    for i, advice in enumerate(flow.advice):
        yield from (Reference(f"advice/{i}/claims", "claim", key) for key in advice.claims)
        yield from references_in(f"advice/{i}/body", advice.body)


# In the order in which they can be published: what others refer to comes first.
KINDS = {
    kind.name: kind
    for kind in (
        Kind("source", "来源", read_source, lambda _: iter(())),
        Kind("claim", "主张", read_claim, _of_claim),
        Kind("contact", "官方联系方式", read_contact, _of_contact),
        Kind("article", "指南", read_article, _of_article),
        Kind("flow", "情况自查", read_flow, _of_flow),
    )
}
