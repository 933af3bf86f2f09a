"""What can be found, and how common each term is: derived from what is live, written with every publication."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections, models
from django.db.models import Q


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def of(self, kind: str, key: str) -> Self:
        """Those of one document."""
        return self.filter(kind=kind, key=key)

    def holding(self, at: datetime) -> Self:
        """Those that say what the public sees at a moment."""
        return self.filter(Q(starts_at=None) | Q(starts_at__lte=at), Q(ends_at=None) | Q(ends_at__gt=at))


class SearchEntry(models.Model):
    """One thing to be found, as readers see it between two moments: a section of a guide, an answer, a word, a number.

    section: its anchor, "" for a whole document or the head of a guide. keywords: one a line, never shown.
    normal_*: the forms that are searched. digest: a fingerprint of all of these. starts_at, ends_at: empty is since
    ever, for ever. terms_version: of the rules by which its terms were made.
    """

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    section = models.CharField(max_length=40, blank=True)
    title = models.TextField()
    heading = models.TextField(blank=True)
    text = models.TextField(blank=True)
    keywords = models.TextField(blank=True)
    url = models.CharField(max_length=200)
    order = models.IntegerField(default=0)
    normal_title = models.TextField()
    normal_heading = models.TextField(blank=True)
    normal_keywords = models.TextField(blank=True)
    normal_text = models.TextField(blank=True)
    digest = models.CharField(max_length=32)
    terms_version = models.PositiveIntegerField()
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "搜索条目"
        default_permissions = ()  # nobody edits them
        ordering = ["pk"]
        indexes = [models.Index(fields=["kind", "key"], name="entries_of_a_document")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.key} {self.section}".rstrip()


class SearchTerm(models.Model):
    """In how many entries a term occurs, now or at any time to come; a term ending in "*" is the beginning of one.

    The beginning of every term, "*" alone, counts all entries.
    """

    term = models.CharField(max_length=60, primary_key=True)
    entries = models.IntegerField()

    class Meta:
        verbose_name = verbose_name_plural = "搜索词频"
        default_permissions = ()  # nobody edits them
        ordering = ["term"]

    def __str__(self) -> str:
        return f"{self.term} {self.entries}"


# By kind of database: what search needs of it, how to ask for that, and what is answered where it is there.
NEEDED = {
    "sqlite": ("the FTS5 module", "SELECT name FROM pragma_module_list WHERE name = 'fts5'", "fts5"),
    "postgresql": ("the encoding UTF8", "SHOW server_encoding", "UTF8"),
}


@register(Tags.database)
def search_is_possible(databases: Iterable[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Whether the databases have what the search index is made of; asked before they are migrated."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        need, question, answer = NEEDED[connections[alias].vendor]
        with connections[alias].cursor() as cursor:
            cursor.execute(question)
            if cursor.fetchone() != (answer,):
                found.append(Error(f"search needs {need} in the database “{alias}”", id="guidance.E001"))
    return found
