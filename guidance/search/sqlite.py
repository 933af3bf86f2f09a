"""The index on SQLite: an FTS5 table that holds the terms of each entry, found by the entry's number."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from django.db import Error, connection

from guidance.search.matching import Row, Wanted
from guidance.search.terms import PART

# `ascii`: every character but ASCII's is part of a word, also one that Unicode got after this SQLite was made.
# `column`: which column a term is in, not where; it is never asked for. `prefix`: beginnings of one character.
CREATE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS guidance_searchindex"
    " USING fts5(heads, texts, tokenize='ascii', detail='column', prefix='1')"
)
DROP = "DROP TABLE IF EXISTS guidance_searchindex"
CANDIDATES = """
    SELECT entry.id, entry.digest FROM guidance_searchindex AS found
    CROSS JOIN guidance_searchentry AS entry ON entry.id = found.rowid
    WHERE found.guidance_searchindex MATCH %s
    AND (entry.starts_at IS NULL OR entry.starts_at <= %s) AND (entry.ends_at IS NULL OR entry.ends_at > %s)
    ORDER BY found.rowid LIMIT %s
"""
COUNT = """
    INSERT INTO guidance_searchterm (term, entries) VALUES (%s, %s)
    ON CONFLICT (term) DO UPDATE SET entries = guidance_searchterm.entries + excluded.entries
"""


def candidates(wanted: Wanted, at: datetime, *, heads: bool, limit: int) -> list[tuple[int, str]]:
    """(id, digest) of entries that match and hold at a moment, the lowest ids first."""
    match = " AND ".join(f"({_any(group)})" for group in wanted)
    moment = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, [f"heads : ({match})" if heads else match, moment, moment, limit])
        return cursor.fetchall()


def _any(group: Iterable[Iterable[str]]) -> str:
    return " OR ".join(f"({' AND '.join(map(_quoted, terms))})" for terms in group)


def _quoted(term: str) -> str:
    return f'"{term.removesuffix(PART)}"{PART if term.endswith(PART) else ""}'


def insert(rows: Iterable[Row]) -> None:
    texts = ((row.id, " ".join(sorted(row.heads)), " ".join(sorted(row.terms - row.heads))) for row in rows)
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO guidance_searchindex (rowid, heads, texts) VALUES (%s, %s, %s)", texts)  # type: ignore[arg-type]


def delete(ids: Iterable[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM guidance_searchindex WHERE rowid = %s", [(pk,) for pk in ids])


def count(changes: Mapping[str, int]) -> None:
    """Add to the number of entries of some terms."""
    with connection.cursor() as cursor:
        cursor.executemany(COUNT, list(changes.items()))


def fill(rows: Iterable[Row]) -> None:
    """Write everything anew; other connections see what was there until the transaction is over."""
    with connection.cursor() as cursor:
        cursor.execute(DROP)
        cursor.execute(CREATE)
    insert(rows)


def show() -> None:
    """Nothing more is to be done for readers to see what was filled."""


def contents() -> dict[int, tuple[frozenset[str], frozenset[str]]]:
    """The terms of heads, and all terms, by the number of the entry."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rowid, heads, texts FROM guidance_searchindex")
        rows = [(pk, frozenset(heads.split()), frozenset(texts.split())) for pk, heads, texts in cursor.fetchall()]
    return {pk: (heads, heads | texts) for pk, heads, texts in rows}


def broken() -> Iterator[str]:
    """What is wrong with the table itself, in words."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO guidance_searchindex (guidance_searchindex, rank) VALUES ('integrity-check', 1)"
            )
    except Error as error:
        yield f"the FTS5 table is broken: {error}"
