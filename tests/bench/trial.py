"""Search tried out on the database that DATABASE_URL names: `manage.py shell -c "from tests.bench.trial import show;
show('quality')"` prints one line of JSON, times in milliseconds; what it is doing goes to stderr."""

import json
import sys
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from random import Random
from statistics import median, quantiles
from time import perf_counter, thread_time
from typing import Any
from unittest.mock import patch

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from guidance.models import Publication, Revision, SearchEntry, SiteStamp
from guidance.search import index
from guidance.search.answering import search
from guidance.services import finding, indexing, live
from guidance.services.finding import find, suggest
from guidance.services.publishing import Entry, digest, publish
from tests.bench.judging import everything
from tests.bench.recombined import SEED, recombined, shuffled
from tests.bench.rivals import any_pair, containing

DOCUMENTS, ENTRIES = 500, 100_000
EVERY = 3  # of the judged queries, how many are one that is asked at 100,000 entries
PUBLICATIONS = 5
Work = Callable[[str], object]


def prepare() -> None:
    """The tables and the shipped content, where they are not yet."""
    call_command("migrate", verbosity=0)
    call_command("load_content", stdout=sys.stderr)


def quality() -> dict[str, Any]:
    """The documents found for each judged query, best first, by its id."""
    return {query.id: [f"{hit.kind}/{hit.key}" for hit in find(query.text).hits] for query in everything()}


class Watch:
    """What some work costs, query by query: milliseconds, of them with this process at work, and how often the
    database was asked. SQLite works in this process, PostgreSQL in its own."""

    def __init__(self) -> None:
        self.took: list[float] = []
        self.worked: list[float] = []
        self.asked: list[int] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        self.asked[-1] += 1
        return execute(sql, params, many, context)

    def time(self, work: Work, query: str) -> None:
        self.asked.append(0)
        with connection.execute_wrapper(self):
            begin, begin_work = perf_counter(), thread_time()
            work(query)
            self.worked.append((thread_time() - begin_work) * 1000)
            self.took.append(_since(begin))

    def figures(self) -> dict[str, float]:
        return {
            "p50": median(self.took),
            "p95": _p95(self.took),
            "most": max(self.took),
            "worked": _p95(self.worked),
            "asked": max(self.asked),
        }


def _p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20, method="inclusive")[18]


def _since(begin: float) -> float:
    return (perf_counter() - begin) * 1000


def _timed(work: Work, queries: Sequence[str]) -> dict[str, float]:
    """What each query costs once everything was asked before."""
    watch = Watch()
    for query in queries:
        work(query)
    for query in queries:
        watch.time(work, query)
    return watch.figures()


def cost() -> dict[str, Any]:
    """What search and its index cost with DOCUMENTS documents that can be found."""
    _pad(DOCUMENTS - _documents())
    begin = perf_counter()
    indexing.reindex(changed_only=False)
    reindexed = _since(begin)
    queries = [query.text for query in everything()]
    return {
        "documents": _documents(),
        "entries": SearchEntry.objects.count(),
        "reindex": reindexed,
        "find": _timed(find, queries),
        "suggest": _timed(suggest, queries),
        **_publishing(),
    }


def _documents() -> int:
    return SearchEntry.objects.values("kind", "key").distinct().count()


def _pad(count: int) -> None:
    """Publish so many copies of guides and FAQ entries, with their sentences in another order."""
    random = Random(SEED)
    pages = Revision.objects.filter(kind__in=("article", "faq"), publication__in=Publication.objects.current())
    copies = [_copy(revision, number, random) for number, revision in islice(enumerate(cycle(pages)), max(count, 0))]
    made = Revision.objects.bulk_create(copies)
    Publication.objects.bulk_create(Publication(kind=each.kind, key=each.key, revision=each) for each in made)
    SiteStamp.objects.update(number=SiteStamp.objects.get().number + 1)
    live.forget()


def _copy(revision: Revision, number: int, random: Random) -> Revision:
    name = f"{revision.key[:30]}-{number}"
    mixed = {part: shuffled(revision.payload.get(part, ""), random) for part in ("summary", "body")}
    payload = revision.payload | mixed | {"key": name, "slug": name, "former_slugs": []}
    return Revision(kind=revision.kind, key=name, number=1, payload=payload, digest=digest(payload))


def _publishing() -> dict[str, float]:
    """What it takes to publish a guide, and how much of that the index takes."""
    payload = Publication.objects.current().of("article", "overdue").get().revision.payload
    follow, whole, within = indexing.follow, [], []

    def timed(places: Any) -> None:
        begin = perf_counter()
        follow(places)
        within.append(_since(begin))

    with patch.object(indexing, "follow", timed):
        for number in range(PUBLICATIONS):
            begin = perf_counter()
            publish([Entry("article", payload | {"title": f"花呗逾期用不了，怎么办？{number}"})])
            whole.append(_since(begin))
    return {"publish": median(whole), "follow": median(within)}


def large() -> dict[str, Any]:
    """What search costs with ENTRIES entries, and what the plainest searches of the same entries cost."""
    words = finding._lexicon(live.site())
    texts, keywords = zip(*SearchEntry.objects.values_list("text", "keywords"), strict=True)
    begin = perf_counter()
    count = index.make_anew(recombined(texts, keywords, ENTRIES))
    built = _since(begin)
    queries = [query.text for query in everything()[::EVERY]]

    def ours(query: str) -> object:
        return search(query, words, timezone.now())

    first, again, pairs, contained = _side_by_side(queries, ours, ours, any_pair, containing)
    return {
        "entries": count,
        "built": built,
        "queries": len(queries),
        "first": first,
        "again": again,
        "pairs": pairs,
        "like": contained,
    }


def _side_by_side(queries: Sequence[str], *works: Work) -> list[dict[str, float]]:
    """What each query costs with each work, one right after the other."""
    watches = [Watch() for _ in works]
    for query in queries:
        for watch, work in zip(watches, works, strict=True):
            watch.time(work, query)
    return [watch.figures() for watch in watches]


TRIALS = {"quality": quality, "cost": cost, "large": large}


def show(what: str) -> None:
    prepare()
    print(json.dumps(TRIALS[what]()))
