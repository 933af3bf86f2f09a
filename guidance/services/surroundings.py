"""What a document can rest on: everything that is live, and what is published together with it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from guidance.documents import KINDS, PAGE_KINDS, Reference, Value
from guidance.documents.article import Article, NextCheck
from guidance.documents.claim import REFUTED, Claim
from guidance.documents.contact import Contact
from guidance.documents.lint import lint
from guidance.documents.phrase import Phrase
from guidance.documents.pin import Pin
from guidance.documents.source import WEIGHTS, Source
from guidance.documents.synonym import Synonym
from guidance.documents.term import Term
from guidance.engine.flow import Flow
from guidance.engine.problems import WARN, Problem
from guidance.models import Publication
from guidance.models.draft import name_of
from guidance.models.revision import public_slugs
from guidance.services.search_words import search_problems
from guidance.services.stored import values_of

LABELS = {name: kind.label for name, kind in KINDS.items()} | {
    "guide": "指南网址",
    "question": "常见问题网址",
    "myth": "网上说法",
    "page": "页面",
}
Place = tuple[str, str]  # kind and key of a document


@dataclass(frozen=True)
class Surroundings:
    """before: what is live now. after: what would be live once the documents in question are published."""

    before: Mapping[Place, Value]
    after: Mapping[Place, Value]

    @classmethod
    def of(cls, values: Mapping[Place, Value]) -> "Surroundings":
        """The surroundings of documents that are published together, by (kind, key)."""
        before = values_of(Publication.objects.current())
        return cls(before, before | dict(values))

    @classmethod
    def alone(cls, values: Mapping[Place, Value]) -> "Surroundings":
        """The surroundings of documents of which nothing else is live."""
        return cls({}, values)

    def problems(self, at: Place) -> list[Problem]:
        """What is wrong with one of the documents in its references and beside the others, and in its words."""
        value = self.after[at]
        kind = KINDS[at[0]]
        references = list(kind.references(value))
        found = [*self._dangling(references), *lint(kind.words(value), self._numbers)]
        found += self._untimely(value, references)
        if isinstance(value, Article):
            found += self._page_problems(at, value)
        if isinstance(value, Claim):
            found += self._overstated(value)
        if isinstance(value, Term):
            found += self._ambiguous(value)
        if isinstance(value, Synonym | Pin | Phrase):
            found += search_problems(value, self.after.values())
        return found

    @cached_property
    def _present(self) -> set[tuple[str, str]]:
        """(kind, key) of whatever may be referred to; pages also by every slug that leads to them."""
        return {name for (kind, _), value in self.after.items() for name in _names(kind, value)}

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return frozenset().union(*(value.numbers for value in self.after.values() if isinstance(value, Contact)))

    def _dangling(self, references: Iterable[Reference]) -> Iterator[Problem]:
        """References that lead nowhere, to a withdrawn page, or to a claim that is not to be believed."""
        for ref in references:
            if (ref.kind, ref.key) not in self._present:
                message = f"{LABELS[ref.kind]}“{ref.key}”不存在、还没有发布，或者已经撤下、判为不可信"
                yield Problem(ref.place, message)

    def _untimely(self, value: Value, references: Iterable[Reference]) -> Iterator[Problem]:
        """A review comes after the check, and no later than that of any claim or source below."""
        if value.review_by <= value.checked_on:
            yield Problem("review_by", "下次核对应该晚于核对日期，请改正", WARN)
        if isinstance(value, Claim) and value.expires_on and value.expires_on <= value.checked_on:
            yield Problem("expires_on", "到期日应该晚于核对日期，请改正", WARN)
        found = (self.after.get((ref.kind, ref.key)) for ref in references)
        grounds = [ground for ground in found if isinstance(ground, Claim | Source)]
        first = min(grounds, key=lambda ground: ground.review_by, default=None)
        if first and first.review_by < value.review_by:
            yield Problem("review_by", _reviewed_before(first), WARN)

    def _page_problems(self, at: Place, page: Article) -> Iterator[Problem]:
        yield from self._taken_slugs(at, page)
        yield from self._lost_slugs(at, page)
        if page.withdrawn:
            yield from self._still_linked(at, page)
        if page.next_check:
            yield from self._answer_problems(page.next_check)

    def _taken_slugs(self, at: Place, page: Article) -> Iterator[Problem]:
        """Every address, also a former one, leads to one page only."""
        for (kind, key), other in self.after.items():
            if kind == at[0] and key != page.key and isinstance(other, Article):
                for slug in sorted(_slugs(page) & _slugs(other)):
                    name = "slug" if slug == page.slug else "former_slugs"
                    yield Problem(name, f"网址名“{slug}”已经是“{key}”的，请换一个")

    def _lost_slugs(self, at: Place, page: Article) -> Iterator[Problem]:
        """An address that was public once stays good."""
        old = self.before.get(at)
        dropped = _slugs(old) - _slugs(page) if isinstance(old, Article) else set()
        for slug in sorted(dropped & public_slugs(*at)) if dropped else ():
            yield Problem("former_slugs", f"旧链接会断：请把“{slug}”加进曾用网址名")

    def _still_linked(self, at: Place, page: Article) -> Iterator[Problem]:
        for kind, key in self.users(at, _addresses(at[0], page)):
            yield Problem("withdrawn", f"{LABELS[kind]}“{key}”还链接到这一页，请先改掉那里的链接")

    def users(self, at: Place, names: Collection[tuple[str, str]] | None = None) -> list[Place]:
        """What would refer to a document: to any of `names`, by default those under which it can be referred to."""
        value = self.after.get(at)
        gone = names or (_names(at[0], value) if value else ())
        return [
            other
            for other, theirs in self.after.items()
            if other != at and any((ref.kind, ref.key) in gone for ref in KINDS[other[0]].references(theirs))
        ]

    def _answer_problems(self, check: NextCheck) -> Iterator[Problem]:
        flow = self.after.get(("flow", check.flow))
        known = {q.key: q.option_keys for q in flow.questions} if isinstance(flow, Flow) else {}
        for question, option in check.answers.items():
            if known and option not in known.get(question, ()):
                message = f"自查“{check.flow}”里没有“{question}：{option}”这个回答"
                yield Problem("next_check/answers", message)

    def _overstated(self, claim: Claim) -> Iterator[Problem]:
        """A claim is as good as its best source, and no better."""
        sources = [self.after.get(("source", key)) for key in claim.sources]
        weights = [list(WEIGHTS).index(source.kind) for source in sources if isinstance(source, Source)]
        if weights and list(WEIGHTS).index(claim.confidence) < min(weights):
            best = list(WEIGHTS.values())[min(weights)]
            yield Problem("confidence", f"可信度高于它的来源：最好的来源是“{best}”，请改成“{best}”或补来源")

    def _ambiguous(self, term: Term) -> Iterator[Problem]:
        for other in self.after.values():
            if isinstance(other, Term) and other.key != term.key:
                for name in sorted(set(term.all_names) & set(other.all_names)):
                    yield Problem("names", f"“{name}”也是名词“{other.key}”的叫法，只能留一处")


def _names(kind: str, value: Value) -> set[tuple[str, str]]:
    """(kind, key) by which a document may be referred to; pages also by every slug that leads to them."""
    if isinstance(value, Claim) and value.status == REFUTED:
        return {("myth", value.key)}
    if isinstance(value, Article):
        return _addresses(kind, value) if value.withdrawn is None else set()
    return {(kind, value.key)}


def _slugs(page: Article) -> set[str]:
    return {page.slug, *page.former_slugs}


def _addresses(kind: str, page: Article) -> set[tuple[str, str]]:
    """Everything by which a page can be referred to."""
    return {(kind, page.key)} | {(PAGE_KINDS[kind], slug) for slug in _slugs(page)}


def _reviewed_before(ground: Claim | Source) -> str:
    """What to do about a day of review that is later than that of what it rests on."""
    called = name_of(ground.text if isinstance(ground, Claim) else ground.title)
    if ground.review_by <= timezone.localdate().isoformat():
        return f"它依据的“{called}”已经到了核对日，请先核对那一条"
    return f"它依据的“{called}”在{ground.review_by}就要再核对，这里不能更晚。建议改成{ground.review_by}"
