"""The kinds of document: how each is read, what it is called, what it refers to, its words. Standard library only."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from guidance.documents.article import Article, Faq, article_references, article_words, read_article, read_faq
from guidance.documents.claim import Claim, claim_references, claim_words, read_claim
from guidance.documents.contact import Contact, contact_references, contact_words, read_contact
from guidance.documents.embeds import Reference
from guidance.documents.flow import flow_references, flow_words
from guidance.documents.phrase import Phrase, phrase_references, phrase_words, read_phrase
from guidance.documents.pin import Pin, pin_references, pin_words, read_pin
from guidance.documents.source import Source, read_source, source_words
from guidance.documents.synonym import Synonym, read_synonym, synonym_words
from guidance.documents.term import Term, read_term, term_references, term_words
from guidance.documents.words import Words
from guidance.engine.document import flow_document, read_flow
from guidance.engine.flow import Flow
from guidance.engine.problems import Problem
from guidance.engine.reading import plain

__all__ = ["KINDS", "PAGE_KINDS", "Kind", "Reference", "Value", "canonical"]

Value = Source | Claim | Contact | Term | Article | Faq | Flow | Synonym | Pin | Phrase


@dataclass(frozen=True, slots=True)
class Kind:
    """name: in the database and in files. label: for editors. read: a dict to a value and all problems of its form."""

    name: str
    label: str
    read: Callable[[Any], tuple[Any, list[Problem]]]
    references: Callable[[Any], Iterator[Reference]]
    words: Callable[[Any], Iterator[Words]]


def canonical(value: Value) -> dict[str, Any]:
    """The one document of a value: optional fields that are empty left out, lists without order sorted."""
    return flow_document(value) if isinstance(value, Flow) else plain(value)


# In the order in which they can be published: what others refer to comes first.
KINDS = {
    kind.name: kind
    for kind in (
        Kind("source", "来源", read_source, lambda _: iter(()), source_words),
        Kind("claim", "主张", read_claim, claim_references, claim_words),
        Kind("contact", "官方联系方式", read_contact, contact_references, contact_words),
        Kind("term", "名词", read_term, term_references, term_words),
        Kind("article", "指南", read_article, article_references, article_words),
        Kind("faq", "常见问题", read_faq, article_references, article_words),
        Kind("flow", "情况自查", read_flow, flow_references, flow_words),
        Kind("synonym", "同义词", read_synonym, lambda _: iter(()), synonym_words),
        Kind("pin", "搜索置顶", read_pin, pin_references, pin_words),
        Kind("phrase", "自述说法", read_phrase, phrase_references, phrase_words),
    )
}
# Kinds that have pages at an address of their own, named by a slug, and what such an address is called in references.
PAGE_KINDS = {"article": "guide", "faq": "question"}
