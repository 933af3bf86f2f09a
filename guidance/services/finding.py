"""Search over what is live: the one function that pages, suggestions and data are made of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from threading import Lock

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from guidance.documents.embeds import address_reference
from guidance.documents.phrase import Phrase
from guidance.documents.pin import Pin
from guidance.engine.flow import Flow
from guidance.search import index
from guidance.search.answering import Answer, search
from guidance.search.cutting import telling
from guidance.search.entry import Entry
from guidance.search.lexicon import Lexicon
from guidance.search.marking import Part, excerpt, marked
from guidance.search.normal import plain
from guidance.search.planner import AMOUNT, Plan
from guidance.search.story import Story, understood
from guidance.services.live import Site, site

__all__ = [
    "QUERY_LENGTH",
    "SUGGESTIONS",
    "Found",
    "Hit",
    "Part",
    "Said",
    "StoryFound",
    "Understood",
    "find",
    "hits",
    "suggest",
]

QUERY_LENGTH = 200  # characters of a query that are read
SUGGESTIONS = 8
SITES = 4  # of which words are kept: the live one, and drafts that editors look at
LIGHT = frozenset("了吗呢吧啊呀哦嘛的")
STORY = 10  # characters
PINNED = 5  # hits; several pins may meet in one query
NEAR = 6  # terms to try instead
FAINT = 0.2  # of the best score: what is below it is no answer
PAGES = {"guide": "article", "question": "faq", "myth": "myth", "term": "term", "contact": "contact", "flow": "flow"}

_making = Lock()


@dataclass(frozen=True, slots=True)
class Hit:
    """kind: article, faq, myth, term, contact or flow. section: the heading it was found under, "" for the whole.

    score: the higher the better, up to 1. pinned: editors put it first. title_parts, excerpt: as shown, what matched
    marked.
    """

    kind: str
    key: str
    title: str
    url: str
    section: str = ""
    score: float = 0.0
    pinned: bool = False
    title_parts: tuple[Part, ...] = ()
    excerpt: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """typed: words of the query. read_as: what was searched for them, the same when they were taken as they stand."""

    typed: str
    read_as: str


@dataclass(frozen=True, slots=True)
class Said:
    """One answer that a story gives: question and option by key and in words, and the words that said so."""

    question: str
    question_text: str
    option: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class StoryFound:
    """The self-check that a story can begin with. answers: option keys by question, as its addresses take them."""

    flow: str
    title: str
    said: tuple[Said, ...]
    answers: Mapping[str, list[str]]
    url: str


@dataclass(frozen=True, slots=True)
class Found:
    """query: what was read of it. cut: whether that is less than was typed. near: terms to try instead of it."""

    query: str
    cut: bool = False
    understood: tuple[Understood, ...] = ()
    hits: tuple[Hit, ...] = ()
    story: StoryFound | None = None
    near: tuple[str, ...] = ()


def find(query: str, *, limit: int = 20, literal: bool = False) -> Found:
    """What is live and answers a query, best first, at most `limit` hits, one of each document.

    `literal`: search for the characters as they were typed, without synonyms, pinyin or repair. Any text is a query:
    of one longer than QUERY_LENGTH the beginning is read.
    """
    read, current = query[:QUERY_LENGTH], site()
    words = _lexicon(current)
    answer = search(read, words, timezone.now(), literal=literal)
    found = tuple(islice(_hits(answer, current, pins=not literal), limit))
    return Found(
        read,
        cut=len(query) > QUERY_LENGTH,
        understood=_understood(answer.plan),
        hits=found,
        story=None if literal else _story(read, current),
        near=() if found else tuple(words.near(telling(answer.plan.text), NEAR)),
    )


def hits(query: str, *, limit: int) -> tuple[Hit, ...]:
    """Only the hits of `find`."""
    read, current = query[:QUERY_LENGTH], site()
    answer = search(read, _lexicon(current), timezone.now())
    return tuple(islice(_hits(answer, current), limit))


def suggest(query: str) -> Found:
    """At most SUGGESTIONS hits for something half typed: by titles, headings and keywords only."""
    read, current = query[:QUERY_LENGTH], site()
    answer = search(read, _lexicon(current), timezone.now(), heads=True)
    found = tuple(islice(_hits(answer, current), SUGGESTIONS))
    return Found(read, cut=len(query) > QUERY_LENGTH, understood=_understood(answer.plan), hits=found)


def _lexicon(current: Site) -> Lexicon:
    """The words of the field, as what is live has them; made once, though several readers ask at the same time."""
    with _making:
        return _lexicon_of(current)


@lru_cache(maxsize=SITES)
def _lexicon_of(current: Site) -> Lexicon:
    synonyms = [published.value for published in current.all("synonym")]
    words = [name for term in current.terms for name in term.all_names]
    words += [contact.name for contact in current.contacts.values()]
    kinds = ("article", "faq", "term", "contact", "claim", "flow")
    sayings = [word for kind in kinds for published in current.all(kind) for word in published.value.keywords]
    return Lexicon.of(synonyms, words, sayings)


def _understood(plan: Plan) -> tuple[Understood, ...]:
    return tuple(Understood(group.typed, group.read_as) for group in plan.groups if group.is_word and group.read_as)


def _hits(answer: Answer, current: Site, *, pins: bool = True) -> Iterator[Hit]:
    """What editors pinned, then what answers best; nothing that is far worse than the best."""
    words = {ranked.entry.document: ranked for ranked in answer.found}
    first = _pinned(answer.plan, current) if pins else []
    for entry in first:
        found = words.get(entry.document)
        yield _hit(found.entry if found else entry, found.words if found else (), 1.0, pinned=True)
    shown = {entry.document for entry in first}
    best = answer.found[0].score if answer.found else 0.0
    for ranked in answer.found:
        if ranked.entry.document not in shown and ranked.score >= FAINT * best:
            yield _hit(ranked.entry, ranked.words, ranked.score)


def _hit(entry: Entry, words: Iterable[str], score: float, *, pinned: bool = False) -> Hit:
    return Hit(
        entry.kind,
        entry.key,
        entry.title,
        entry.url,
        entry.heading,
        round(score, 3),
        pinned,
        marked(entry.title, words),
        excerpt(entry.text, words, from_start=entry.kind == "faq"),  # which begins with the answer
    )


def _pinned(plan: Plan, current: Site) -> list[Entry]:
    """What stands first for a query. Pins of the whole query come before those of a part of it."""
    texts = {plan.text.replace(" ", ""), plan.corrected} - {""}
    whole, part = _pins(current)
    addresses = [address for text in sorted(set(map(_bare, texts))) for address in whole.get(text, ())]
    said = (plan.text.replace(" ", ""), plan.heard)
    addresses += [address for query, pages in part.items() if any(query in text for text in said) for address in pages]
    wanted = dict.fromkeys(filter(None, (_document(address, current) for address in addresses)))
    return index.heads(list(wanted)[:PINNED], timezone.now()) if wanted else []


@lru_cache(maxsize=SITES)
def _pins(current: Site) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Addresses by query in normal form: of the whole, and of a part of it."""
    found: tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]] = ({}, {})
    pins: list[Pin] = [published.value for published in current.all("pin")]
    for pin in sorted(pins, key=lambda pin: pin.key):
        for query in pin.queries:
            text = plain(query).replace(" ", "")
            text = text if pin.anywhere else _bare(text)
            pages = found[pin.anywhere].get(text, ())
            found[pin.anywhere][text] = (*pages, *pin.pages)
    return found


def _bare(text: str) -> str:
    """A query without particles and amounts: 逾期40天了怎么办 and 逾期怎么办 are one."""
    return "".join(each for each in AMOUNT.sub("", text) if each not in LIGHT) or text


def _document(address: str, current: Site) -> tuple[str, str] | None:
    """What an address of this site shows, as the index names it; None for a list."""
    for reference in address_reference("", address):
        kind = PAGES.get(reference.kind)
        if kind in ("article", "faq"):
            page = current.shelf(kind).find(reference.key)
            return (kind, page.value.key) if page else None
        return (kind, reference.key) if kind else None
    return None


def _story(query: str, current: Site) -> StoryFound | None:
    """The self-check that somebody's own words begin."""
    phrases: tuple[Phrase, ...] = _phrases(current)
    flows = {published.value.key: published.value for published in current.flows()}
    story = understood(query, phrases, flows)
    if story is None or (len(query) < STORY and len({(each.start, each.end) for each in story.said}) == 1):
        return None  # a few words that are one thing are no story, whatever can be read into them
    return _with_words(query, story, flows[story.flow])


@lru_cache(maxsize=SITES)
def _phrases(current: Site) -> tuple[Phrase, ...]:
    return tuple(sorted((published.value for published in current.all("phrase")), key=lambda phrase: phrase.key))


def _with_words(query: str, story: Story, flow: Flow) -> StoryFound:
    answers = {question: sorted(options) for question, options in story.answers.items()}
    said = []
    for each in story.said:
        question = flow.question_by_key[each.question]
        label = question.option(each.option).label
        said.append(Said(question.key, question.text, each.option, label, query[each.start : each.end]))
    url = f"{reverse('check_start', args=[flow.key])}?{urlencode(answers, doseq=True)}"
    return StoryFound(flow.key, flow.title, tuple(said), answers, url)
