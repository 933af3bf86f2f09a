"""What {claim:key}, {contact:key} and the words of the glossary become in a page."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import escape
from typing import Any

from guidance.documents.claim import REFUTED, Claim
from guidance.documents.contact import Contact
from guidance.documents.source import WEIGHTS
from guidance.documents.term import Term

EXPIRED = "此说法已到期，正在核对"
WITHDRAWN = "此说法已撤下，正在核对"
JOINER = "\u2060"  # keeps a mark on the line of the sentence it belongs to


@dataclass(frozen=True, eq=False)  # hashed by identity: one for each site stamp and day
class Embeds:
    """What can be quoted today."""

    claims: Mapping[str, Claim]
    contacts: Mapping[str, Contact]
    today: date
    terms: Iterable[Term] = ()

    @cached_property
    def rendered(self) -> dict[Any, Any]:
        """What was made of texts with these embeds, for the renderer to keep."""
        return {}

    @cached_property
    def _keys(self) -> dict[str, str]:
        return {name: term.key for term in self.terms for name in term.all_names}

    @cached_property
    def _names(self) -> re.Pattern[str]:
        """Every name and every longer word in which a name means something else, the longest first; then HTML's own."""
        words = {*self._keys, *(word for term in self.terms for word in term.unless), *"&<>\"'"}
        return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))

    def embedded(self, kind: str, key: str, used: set[str]) -> str:
        """HTML of a reference. `used`: keys of the terms that were linked already; more are added."""
        return self._contact(key) if kind == "contact" else self._claim(key, used)

    def with_terms(self, text: str, used: set[str]) -> str:
        """A text as HTML, the first use of each term in it linked to the glossary."""

        def link(match: re.Match[str]) -> str:
            key = self._keys.get(match[0])
            if key is None or key in used:
                return escape(match[0])
            used.add(key)
            return f'<a class="term" href="/glossary/#{key}">{escape(match[0])}</a>'

        return self._names.sub(link, text)

    def _claim(self, key: str, used: set[str]) -> str:
        claim = self.claims.get(key)
        if claim is None or claim.status == REFUTED:
            return f'<span class="claim expired">{WITHDRAWN}</span>'
        if claim.expired(self.today):
            return f'<span class="claim expired">{EXPIRED}</span>'
        weight = f'<span class="unseen">依据：</span>{WEIGHTS[claim.confidence]}'
        text = self.with_terms(claim.text, used)
        return f'<span class="claim">{text}</span>{JOINER}<a class="source-mark" href="#sources">{weight}</a>'

    def _contact(self, key: str) -> str:
        contact = self.contacts.get(key)
        if contact is None:
            return '<a href="/contacts/">官方联系方式</a>'
        if not contact.number:
            return f'<a class="contact" href="/contacts/#{escape(key)}">{escape(contact.name)}</a>'
        number = f'<span class="tel">{contact.number}</span>'
        return f'<a class="contact" href="tel:{contact.number}">{escape(contact.name)} {number}</a>'
