"""What can be found of a document: its parts as readers see them, in plain text."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from guidance.documents import PAGE_KINDS, Value
from guidance.documents.article import Article
from guidance.documents.claim import REFUTED, Claim
from guidance.documents.contact import Contact
from guidance.documents.term import Term
from guidance.engine.flow import Flow
from guidance.markup import Embeds, render
from guidance.markup.plain import plain_text, sections
from guidance.services.doubt import IN_DOUBT, in_doubt, said_of, why_not
from guidance.services.timeline import Quoted


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a document that is found by itself. section: its anchor, "" for the whole or for the head of a guide.

    keywords: words readers type that stand nowhere in it; never shown.
    """

    kind: str
    key: str
    title: str
    text: str
    url: str
    section: str = ""
    heading: str = ""
    keywords: tuple[str, ...] = ()
    order: int = 0


def units(kind: str, value: Value, quoted: Quoted) -> Iterator[Unit]:
    """Everything that can be found of a document while it is live; nothing of a withdrawn page."""
    if kind in FOUND:
        yield from FOUND[kind](value, quoted)


def _html(text: str, quoted: Quoted) -> str:
    return render(text, Embeds(quoted.claims, quoted.contacts, quoted.today)).html


def _summary(page: Article, quoted: Quoted) -> str:
    doubt = in_doubt(page.rests_on(), quoted.claims, quoted.today)
    return plain_text(_html(IN_DOUBT if doubt else page.summary, quoted))


def _guide(page: Article, quoted: Quoted) -> Iterator[Unit]:
    """The head of a guide with its answer, then each of its sections."""
    if page.withdrawn:
        return
    url = reverse(PAGE_KINDS["article"], args=[page.slug])
    head, *parts = sections(_html(page.body, quoted))
    text = _lines(_summary(page, quoted), head.text)
    yield Unit("article", page.key, page.title, text, url, keywords=page.keywords, order=page.order)
    for part in parts:
        address = f"{url}#{part.anchor}"
        yield Unit("article", page.key, page.title, part.text, address, part.anchor, part.heading, order=page.order)


def _question(page: Article, quoted: Quoted) -> Iterator[Unit]:
    if page.withdrawn:
        return
    text = _lines(_summary(page, quoted), plain_text(_html(page.body, quoted)))
    url = reverse(PAGE_KINDS["faq"], args=[page.slug])
    yield Unit("faq", page.key, page.title, text, url, keywords=page.keywords, order=page.order)


def _myth(claim: Claim, quoted: Quoted) -> Iterator[Unit]:
    """Only what is not to be believed; other claims are found where they are quoted."""
    if claim.status != REFUTED:
        return
    text = _lines(*(plain_text(_html(part, quoted)) for part in (why_not(claim, quoted.today), claim.instead)))
    url = f"{reverse('myths')}#{claim.key}"
    yield Unit("myth", claim.key, f"“{said_of(claim)}”", text, url, keywords=claim.keywords)


def _term(term: Term, quoted: Quoted) -> Iterator[Unit]:
    text = IN_DOUBT if in_doubt(term.claims, quoted.claims, quoted.today) else term.meaning
    url = f"{reverse('glossary')}#{term.key}"
    yield Unit("term", term.key, term.name, text, url, keywords=(*term.names, *term.keywords), order=term.order)


def _contact(contact: Contact, _: Quoted) -> Iterator[Unit]:
    text = _lines(contact.number, contact.purpose, contact.never, contact.channel)
    url = f"{reverse('contacts')}#{contact.key}"
    keywords = (*contact.problems, *contact.keywords)
    yield Unit("contact", contact.key, contact.name, text, url, keywords=keywords, order=contact.order)


def _flow(flow: Flow, _: Quoted) -> Iterator[Unit]:
    text = _lines(flow.summary, flow.audience)
    yield Unit("flow", flow.key, flow.title, text, reverse("check", args=[flow.key]), keywords=flow.keywords)


def _lines(*parts: str) -> str:
    return "\n".join(filter(None, parts))


FOUND: dict[str, Callable[[Any, Quoted], Iterator[Unit]]] = {
    "article": _guide,
    "faq": _question,
    "claim": _myth,
    "term": _term,
    "contact": _contact,
    "flow": _flow,
}
