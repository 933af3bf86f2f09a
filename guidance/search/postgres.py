"""The index on PostgreSQL: two vectors of terms for each entry, without places or weights, in GIN indexes."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice

from django.db import connection

from guidance.search.matching import Row, Wanted
from guidance.search.terms import PART

# Vectors stay in the row: the planner does not count what it costs to fetch them from elsewhere, and then scans. What
# is asked of every match stands beside them, so that no other table is read for it.
TABLE = """
    CREATE TABLE {name} (
        id bigint PRIMARY KEY, digest text, starts_at timestamptz, ends_at timestamptz,
        heads tsvector, everything tsvector
    );
    ALTER TABLE {name} ALTER heads SET STORAGE MAIN, ALTER everything SET STORAGE MAIN;
"""
# Without fastupdate every write pays for itself, so that no search has to look through a list of what is new.
INDEXES = """
    CREATE INDEX ON {name} USING gin (heads) WITH (fastupdate = off);
    CREATE INDEX ON {name} USING gin (everything) WITH (fastupdate = off);
"""
NAME, FRESH = "guidance_searchindex", "guidance_searchindex_fresh"
CREATE = (TABLE + INDEXES).format(name=NAME)
DROP = f"DROP TABLE IF EXISTS {NAME}"
CANDIDATES = """
    SELECT id, digest FROM guidance_searchindex
    WHERE {column} @@ %s::tsquery
    AND (starts_at IS NULL OR starts_at <= %s) AND (ends_at IS NULL OR ends_at > %s)
    ORDER BY id LIMIT %s
"""
OTHERS = """
    SELECT count(*) FROM guidance_searchindex AS found JOIN guidance_searchentry AS entry ON entry.id = found.id
    WHERE (found.digest, found.starts_at, found.ends_at)
    IS DISTINCT FROM (entry.digest::text, entry.starts_at, entry.ends_at)
"""
COUNT = """
    INSERT INTO guidance_searchterm (term, entries) SELECT * FROM unnest(%s::text[], %s::integer[])
    ON CONFLICT (term) DO UPDATE SET entries = guidance_searchterm.entries + excluded.entries
"""
INSERT = "INSERT INTO {name} (id, digest, starts_at, ends_at, heads, everything) VALUES {places}"
VECTOR = "array_to_tsvector(string_to_array(%s, ' '))"
VALUES = f"(%s, %s, %s::timestamptz, %s::timestamptz, {VECTOR}, {VECTOR})"
BATCH = 200  # rows in one statement


def candidates(wanted: Wanted, at: datetime, *, heads: bool, limit: int) -> list[tuple[int, str]]:
    """(id, digest) of entries that match and hold at a moment, the lowest ids first."""
    match = " & ".join(f"({_any(group)})" for group in wanted)
    query = CANDIDATES.format(column="heads" if heads else "everything")
    with connection.cursor() as cursor:
        cursor.execute(query, [match, at, at, limit])
        return cursor.fetchall()


def _any(group: Iterable[Iterable[str]]) -> str:
    return " | ".join(f"({' & '.join(map(_quoted, terms))})" for terms in group)


def _quoted(term: str) -> str:
    return f"'{term.removesuffix(PART)}'{':*' if term.endswith(PART) else ''}"


def insert(rows: Iterable[Row], name: str = NAME) -> None:
    left = iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(left, BATCH)):
            query = INSERT.format(name=name, places=", ".join([VALUES] * len(batch)))
            cursor.execute(query, [each for row in batch for each in _values(row)])


def _values(row: Row) -> tuple[int | str | datetime | None, ...]:
    heads, everything = (" ".join(sorted(terms)) for terms in (row.heads, row.terms))
    return row.id, row.digest, row.starts_at, row.ends_at, heads, everything


def delete(ids: Iterable[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM guidance_searchindex WHERE id = ANY(%s)", [list(ids)])


def count(changes: Mapping[str, int]) -> None:
    """Add to the number of entries of some terms."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [list(changes), list(changes.values())])


def fill(rows: Iterable[Row]) -> None:
    """Write everything anew, beside what is there: indexes are made many times faster at the end than row by row."""
    with connection.cursor() as cursor:
        cursor.execute(TABLE.format(name=FRESH))
        insert(rows, FRESH)
        cursor.execute(INDEXES.format(name=FRESH))


def show() -> None:
    """Put what was filled in the place of what was there; readers wait from here to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '5s'")  # rather none than a queue of searches behind a backup
        cursor.execute(f"{DROP}; ALTER TABLE {FRESH} RENAME TO {NAME}")
        cursor.execute(f"ANALYZE {NAME}, guidance_searchentry, guidance_searchterm")


def contents() -> dict[int, tuple[frozenset[str], frozenset[str]]]:
    """The terms of heads, and all terms, by the number of the entry."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, tsvector_to_array(heads), tsvector_to_array(everything) FROM guidance_searchindex")
        return {pk: (frozenset(heads), frozenset(terms)) for pk, heads, terms in cursor.fetchall()}


def broken() -> Iterator[str]:
    """What is wrong with the table itself, in words."""
    with connection.cursor() as cursor:
        cursor.execute(OTHERS)
        (number,) = cursor.fetchone()
    if number:
        yield f"{number} rows of the index hold at other times than their entry"
