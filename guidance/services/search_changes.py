"""What publishing a document would do to search: which queries would get other first hits than they get now."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import reduce
from itertools import chain
from time import monotonic

from django.db import transaction

from guidance.documents import KINDS, Value
from guidance.search.normal import plain
from guidance.search.terms import terms
from guidance.services.counts import unanswered
from guidance.services.finding import Hit, hits
from guidance.services.live import Site, shown_as, site
from guidance.services.publishing import Entry, publish

FIRST = 3  # hits that are compared: readers rarely look further
MOST = 200  # queries
VAIN = 40  # queries that readers made in vain
SECONDS = 1.0  # for the queries before, and again for those after: until then nobody else can publish
FOUND = ("article", "faq", "term", "contact", "flow", "synonym", "pin")
# Fields that hold what readers may type, of any kind.
TYPED = ("title", "name", "text", "names", "problems", "keywords", "words", "typed", "queries")

Place = tuple[str, str]  # kind and key of a document


class Loss(IntEnum):
    """What a query loses, the worst first."""

    EVERYTHING = 0
    PIN = 1  # something that editors put first is gone
    FIRST = 2  # the first hit is gone
    FIRST_PLACE = 3  # the first hit is another, the old one still there
    SOME = 4  # something further down is gone
    ORDER = 5  # the same further down, in another order
    NOTHING = 6


@dataclass(frozen=True, slots=True)
class Answers:
    """The first hits of a query now, and once the document is published."""

    query: str
    before: tuple[Hit, ...]
    after: tuple[Hit, ...]

    @property
    def differ(self) -> bool:
        return _places(self.before) != _places(self.after)

    @property
    def loss(self) -> Loss:
        before, after = _places(self.before), _places(self.after)
        if before == after[: len(before)]:
            return Loss.NOTHING
        if not after:
            return Loss.EVERYTHING
        if any(hit.pinned and _place(hit) not in after for hit in self.before):
            return Loss.PIN
        if before[0] != after[0]:
            return Loss.FIRST_PLACE if before[0] in after else Loss.FIRST
        return Loss.ORDER if set(before) <= set(after) else Loss.SOME


@dataclass(frozen=True, slots=True)
class Comparison:
    """answers: of each query that was tried. left: queries that there was no time for."""

    answers: Sequence[Answers]
    left: int

    @property
    def changed(self) -> list[Answers]:
        """Those that differ, the worst first."""
        return sorted((each for each in self.answers if each.differ), key=lambda each: each.loss)


def compare(entry: Entry, queries: Sequence[str]) -> Comparison:
    """The first hits of queries now and once a document is published: it is published and all of that taken back.

    Raises Refused when it cannot be published.
    """
    current = site()
    before = _first_hits(queries, current)
    with transaction.atomic():
        revisions = publish([entry])
        after = (
            _first_hits(queries[: len(before)], reduce(Site.with_draft, revisions, current)) if revisions else before
        )
        transaction.set_rollback(True)
    answers = [Answers(*each) for each in zip(queries, before, after, strict=False)]
    return Comparison(answers, len(queries) - len(answers))


def _first_hits(queries: Iterable[str], shown: Site) -> list[tuple[Hit, ...]]:
    """Those of each query in a site, as long as there is time."""
    until = monotonic() + SECONDS
    found = []
    with shown_as(shown):
        for query in queries:
            found.append(hits(query, limit=FIRST))
            if monotonic() > until:
                break
    return found


def queries_to_try(entry: Entry) -> list[str]:
    """What publishing a document may change, the likeliest first, each once: its own words, old and new, what readers
    searched for in vain, and known queries that hold words that change."""
    current = site()
    live = current.get(entry.kind, entry.key)
    values: list[Value] = [KINDS[entry.kind].read(dict(entry.document))[0], *([live.value] if live else [])]
    own = chain.from_iterable(map(_typed, values))
    vain = (row["words"] for row in unanswered(VAIN))
    touched = _touched(_known(current), entry.kind, values)
    once: dict[str, str] = {}
    for query in (*own, *vain, *touched):
        once.setdefault(_form(query), query)
    return [query for form, query in once.items() if form][:MOST]


def _typed(value: Value) -> Iterator[str]:
    """What readers may type of a document."""
    for name in TYPED:
        found = getattr(value, name, ())
        yield from (found,) if isinstance(found, str) else found


def _known(current: Site) -> Iterator[str]:
    """Queries that the content itself expects."""
    values = chain((published.value for kind in FOUND for published in current.all(kind)), current.myths)
    return chain.from_iterable(map(_typed, values))


def _touched(known: Iterable[str], kind: str, values: Sequence[Value]) -> list[str]:
    """Those of the known queries in which something changes, those of which most changes first."""
    if kind in ("synonym", "pin"):
        words = {_form(word) for value in values for word in _typed(value)} - {""}
        return sorted({query for query in known if any(word in _form(query) for word in words)})
    changed = _changed_terms(kind, values)
    shares = {query: _share(query, changed) for query in known}
    return sorted((query for query, share in shares.items() if share), key=lambda query: (-shares[query], query))


def _changed_terms(kind: str, values: Sequence[Value]) -> set[str]:
    """Terms of two characters and more that a document has, or had, in a place where the other version has not."""
    places: list[dict[str, set[str]]] = [
        {words.place: set(terms(plain(words.text))) for words in KINDS[kind].words(value)} for value in values
    ]
    names = set().union(*places)
    by_place = [reduce(set.symmetric_difference, (found.get(name, set()) for found in places)) for name in names]
    return {term for found in by_place for term in found if len(term) > 1}


def _share(query: str, changed: Collection[str]) -> float:
    """How much of a query changes, from 0 to 1."""
    found = [term for term in terms(plain(query)) if len(term) > 1]
    return sum(term in changed for term in found) / len(found) if found else 0.0


def _form(query: str) -> str:
    return plain(query).replace(" ", "")


def _places(hits: Iterable[Hit]) -> list[Place]:
    return [_place(hit) for hit in hits]


def _place(hit: Hit) -> Place:
    return hit.kind, hit.key
