"""What the public may read: live documents, kept in memory until the site stamp moves."""

import hashlib
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import Error
from django.db.models import Min
from django.utils import timezone

from guidance.documents import PAGE_KINDS
from guidance.engine.flow import Flow
from guidance.models import Publication, Revision, SiteStamp
from guidance.services.snapshot import Published, Site

__all__ = ["Published", "Site", "forget", "shown_as", "site", "version"]

POINTER = ("kind", "key", "revision_id", "revision__digest", "starts_at", "ends_at")

logger = logging.getLogger(__name__)


_lock = threading.Lock()
_known: Site | None = None
_known_at = float("-inf")
_revisions: dict[int, Published[Any]] = {}  # by primary key; a revision never changes
_shown: ContextVar[Site | None] = ContextVar("shown", default=None)


def site() -> Site:
    """What is live now. Asks the database for the stamp at most every STAMP_SECONDS; while it does not answer,
    what was live last is still served."""
    return _shown.get() or _fresh() or _looked_up()


@contextmanager
def shown_as(other: Site) -> Iterator[None]:
    """Within it, pages are made from another site than the live one: so a draft is looked at before it is live."""
    token = _shown.set(other)
    try:
        yield
    finally:
        _shown.reset(token)


def _fresh() -> Site | None:
    known = _known if time.monotonic() - _known_at < settings.STAMP_SECONDS else None
    return known if known is not None and known.lasts() else None


def _looked_up() -> Site:
    global _known, _known_at
    last = _known
    if last is not None and _lock.locked():
        return last  # another thread is asking; a database that is slow to answer keeps only that one waiting
    with _lock:
        current = _fresh()  # another thread may have been faster
        if current is None:
            try:
                current = _refreshed(_known)
            except Error:
                if _known is None:
                    raise
                logger.error("the database does not answer; serving what was live last")
                current = _known
            _known, _known_at = current, time.monotonic()
    return current


def forget() -> None:
    """Look at the database again at the next read: something was published here."""
    global _known_at  # noqa: PLW0603
    with _lock:
        _known_at = float("-inf")


def version(key: str, number: int) -> Published[Flow] | None:
    """Any version of a flow that was ever published; None when there is none by that number."""
    current = site().flow(key)
    if current is None or number == current.number:
        return current
    return _old_version(key, number)


class _MissingError(LookupError):
    """Not cached by lru_cache, unlike a None."""


@lru_cache(maxsize=256)
def _remembered(key: str, number: int) -> Published[Flow]:
    started = Publication.objects.started().filter(kind="flow", key=key, revision__number=number)
    publication = started.select_related("revision").first()
    if publication is None:
        raise _MissingError
    return Published(publication.revision, publication.starts_at)


def _old_version(key: str, number: int) -> Published[Flow] | None:
    try:
        return _remembered(key, number)
    except _MissingError:
        return None


def _refreshed(before: Site | None) -> Site:
    stamp = SiteStamp.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    if before is not None and before.stamp == stamp and before.lasts():
        return before
    now = timezone.now()
    latest = list(Publication.objects.latest_started(now).order_by("kind", "key").values_list(*POINTER))
    wanted = {pk for _, _, pk, *_ in latest}
    starts = {pk: starts_at for _, _, pk, _, starts_at, _ in latest}
    fresh = Revision.objects.filter(pk__in=wanted - _revisions.keys())
    _revisions.update({revision.pk: Published(revision, starts[revision.pk]) for revision in fresh})
    for stale in _revisions.keys() - wanted:
        del _revisions[stale]
    over = {(kind, key) for kind, key, _, _, _, ends_at in latest if ends_at is not None and ends_at <= now}
    fingerprint = hashlib.blake2b(repr((stamp, latest, sorted(over))).encode(), digest_size=16).hexdigest()
    documents = {(kind, key): _revisions[pk] for kind, key, pk, *_ in latest}
    return Site(
        stamp,
        fingerprint,
        {at: published for at, published in documents.items() if at not in over},
        first_published=_first_published(),
        ended={at: documents[at] for at in over},
        until=_next_boundary(now),
    )


def _first_published() -> dict[tuple[str, str], datetime]:
    pages = Publication.objects.started().filter(kind__in=PAGE_KINDS).values_list("kind", "key")
    return {(kind, key): at for kind, key, at in pages.annotate(first=Min("starts_at")).order_by()}


def _next_boundary(now: datetime) -> datetime | None:
    """When what is live changes by itself: something scheduled starts, or something ends."""
    starts = Publication.objects.filter(starts_at__gt=now).aggregate(at=Min("starts_at"))["at"]
    ends = Publication.objects.filter(ends_at__gt=now).aggregate(at=Min("ends_at"))["at"]
    return min((at for at in (starts, ends) if at), default=None)
