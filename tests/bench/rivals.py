"""What search is compared with: the plainest thing that each database can do with the same entries."""

from django.db import connection
from django.db.models import Q

from guidance.models.search import SearchEntry
from guidance.search.normal import plain
from guidance.search.terms import terms

HITS = 10
RANKED = {
    "sqlite": """
        SELECT rowid FROM guidance_searchindex WHERE guidance_searchindex MATCH %s
        ORDER BY bm25(guidance_searchindex) LIMIT 10
    """,
    "postgresql": """
        SELECT id FROM guidance_searchindex, CAST(%s AS tsquery) AS wanted WHERE everything @@ wanted
        ORDER BY ts_rank(everything, wanted) DESC LIMIT 10
    """,
}
OR = {"sqlite": (" OR ", '"{}"'), "postgresql": (" | ", "'{}'")}


def any_pair(query: str) -> int:
    """Entries with any pair of the query's characters, all of them ranked by the database: how many were shown."""
    word, quoted = OR[connection.vendor]
    match = word.join(quoted.format(term) for term in dict.fromkeys(terms(plain(query))))
    if not match:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(RANKED[connection.vendor], [match])
        return len(cursor.fetchall())


def containing(query: str) -> int:
    """Entries that contain the query as it was typed: how many were shown."""
    wanted = Q(title__icontains=query) | Q(text__icontains=query)
    return len(SearchEntry.objects.filter(wanted)[:HITS])
