"""The index of what can be found: one name for both databases, written in the transaction of whoever calls."""

from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from threading import Lock
from types import ModuleType

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from guidance.models.search import SearchEntry, SearchTerm
from guidance.search import postgres, sqlite
from guidance.search.entry import Entry
from guidance.search.matching import Group, Row, beginnings, cut, indexed, possible, wanted
from guidance.search.terms import PART

BATCH = 500  # entries saved at once
NAME = "guidance_searchindex"  # the engine's own table
KEPT = 4096  # entries in memory, a few kilobytes each
ENGINES: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgres}
SHOWN = [name for name in Entry.__slots__ if name != "normal_keywords"]

_lock = Lock()
_entries: OrderedDict[tuple[int, str], Entry] = OrderedDict()  # by id and digest: what they say never changes


def _engine() -> ModuleType:
    return ENGINES[connection.vendor]


def candidates(groups: Iterable[Group], at: datetime, *, heads: bool = False, limit: int) -> list[tuple[int, str]]:
    """(id, digest) of entries that the public sees at a moment and that match every group: any alternative of it, with
    all its terms. The lowest ids first, at most `limit`.

    `heads`: only titles, headings and keywords are looked at. A term ending in PART is the beginning
    of one. Without any group: nothing.
    """
    asked = wanted(groups)
    if asked is None or limit <= 0:
        return []
    found: list[tuple[int, str]] = _engine().candidates(asked, at, heads=heads, limit=limit)
    return found


def entries(found: Sequence[tuple[int, str]]) -> list[Entry]:
    """The entries of (id, digest), in that order; those that are gone are left out. One query for what is not known."""
    known = {each: entry for each in found if (entry := _entries.get(each))}
    missing = [pk for pk, digest in found if (pk, digest) not in known]
    if missing:
        fetched = SearchEntry.objects.filter(pk__in=missing).values("digest", "normal_keywords", *SHOWN)
        known |= {(row["id"], row.pop("digest")): _entry(row) for row in fetched}
    _keep(known)
    return [known[each] for each in found if each in known]


def heads(documents: Sequence[tuple[str, str]], at: datetime) -> list[Entry]:
    """The heads of documents, by (kind, key), in that order; those that nobody can find now are left out. One query."""
    keys = {key for _, key in documents}
    rows = SearchEntry.objects.holding(at).filter(key__in=keys, section="").values("normal_keywords", *SHOWN)
    found = {(row["kind"], row["key"]): _entry(row) for row in rows}
    return [found[each] for each in documents if each in found]


def _entry(row: dict[str, str]) -> Entry:
    keywords = tuple(row.pop("normal_keywords").splitlines())
    return Entry(normal_keywords=keywords, **row)  # type: ignore[arg-type]


def _keep(known: dict[tuple[int, str], Entry]) -> None:
    with _lock:
        for each, entry in known.items():
            _entries[each] = entry
            _entries.move_to_end(each)
        while len(_entries) > KEPT:
            _entries.popitem(last=False)


def frequencies(terms: Iterable[str]) -> dict[str, int]:
    """In how many entries each term occurs, beginnings of terms too; those that occur nowhere are left out.

    One query. Entries of other times are counted as well.
    """
    asked = {term: cut(term) for term in terms if term == PART or possible(term)}
    found = dict(SearchTerm.objects.filter(term__in=set(asked.values())).order_by().values_list("term", "entries"))
    return {term: found[kept] for term, kept in asked.items() if kept in found}


def write(rows: Iterable[SearchEntry], instead_of: Iterable[int] = ()) -> None:
    """Add entries that have no id yet, and remove those with the ids given; all in one transaction."""
    with transaction.atomic():
        gone = list(SearchEntry.objects.filter(pk__in=list(instead_of)))
        SearchEntry.objects.filter(pk__in=[entry.pk for entry in gone]).delete()
        made = [_row(entry) for entry in SearchEntry.objects.bulk_create(rows)]
        counts = Counter(term for row in made for term in _counted(row))
        counts.subtract(term for entry in gone for term in _counted(_row(entry)))
        # Numbers of new entries too: a table that was emptied beside its index may have given them out before.
        _engine().delete([*(entry.pk for entry in gone), *(row.id for row in made)])
        _engine().insert(made)
        _engine().count({term: change for term, change in sorted(counts.items()) if change})
        SearchTerm.objects.filter(term__in=[t for t, change in counts.items() if change < 0], entries__lte=0).delete()


def make_anew(rows: Iterable[SearchEntry]) -> int:
    """Write the whole index from entries that have no id yet, in one transaction; readers see the old one until it is
    over. Gives their number."""
    counts: Counter[str] = Counter()
    with transaction.atomic():
        SearchEntry.objects.all().delete()
        SearchTerm.objects.all().delete()
        _engine().fill(_made(rows, counts))
        _engine().count(counts)
        _engine().show()
    return counts[PART]


def _made(rows: Iterable[SearchEntry], counts: Counter[str]) -> Iterator[Row]:
    """Save entries in batches, counting their terms."""
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        for row in map(_row, SearchEntry.objects.bulk_create(batch)):
            counts.update(_counted(row))
            yield row


def _row(entry: SearchEntry) -> Row:
    heads = indexed([entry.normal_title, entry.normal_heading, *entry.normal_keywords.splitlines()])
    terms = heads | indexed([entry.normal_text])
    return Row(entry.pk, heads, terms, entry.digest, entry.starts_at, entry.ends_at)


def _counted(row: Row) -> set[str]:
    return {*row.terms, *beginnings(row.terms)}


def create(of: BaseDatabaseWrapper) -> None:
    """Make the table of a database, empty."""
    with of.cursor() as cursor:
        cursor.execute(ENGINES[of.vendor].CREATE)


def drop(of: BaseDatabaseWrapper) -> None:
    with of.cursor() as cursor:
        cursor.execute(ENGINES[of.vendor].DROP)


def faults() -> Iterator[str]:
    """What is wrong between the tables, in words; none when every entry is in the index as it reads, and counted."""
    if NAME not in connection.introspection.table_names():
        yield f"the table {NAME} is missing"
        return
    yield from _engine().broken()
    known = {row.id: row for row in map(_row, SearchEntry.objects.iterator())}
    there = _engine().contents()
    if missing := known.keys() - there.keys():
        yield f"{len(missing)} entries are not in the index"
    if surplus := there.keys() - known.keys():
        yield f"{len(surplus)} rows of the index belong to no entry"
    if other := [pk for pk in known.keys() & there.keys() if (known[pk].heads, known[pk].terms) != there[pk]]:
        yield f"{len(other)} rows of the index do not hold the terms of their entry"
    counts = Counter(term for row in known.values() for term in _counted(row))
    if counts != Counter(dict(SearchTerm.objects.values_list("term", "entries"))):
        yield "terms are counted wrongly"
