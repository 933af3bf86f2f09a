"""What the public may read: live documents, kept in memory until the site stamp moves."""

import hashlib
import logging
import threading
import time
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import Error

from guidance.documents import PAGE_KINDS
from guidance.engine.flow import Flow
from guidance.models import Live, Revision, SiteStamp
from guidance.services.snapshot import Published, Site

__all__ = ["Published", "Site", "forget", "site", "version"]

logger = logging.getLogger(__name__)


_lock = threading.Lock()
_known: Site | None = None
_known_at = float("-inf")
_revisions: dict[int, Published[Any]] = {}  # by primary key; a revision never changes


def site() -> Site:
    """What is live now. Asks the database for the stamp at most every STAMP_SECONDS; while it does not answer,
    what was live last is still served."""
    return _fresh() or _looked_up()


def _fresh() -> Site | None:
    return _known if time.monotonic() - _known_at < settings.STAMP_SECONDS else None


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
    revision = Revision.objects.filter(kind="flow", key=key, number=number).first()
    if revision is None:
        raise _MissingError
    return Published(revision)


def _old_version(key: str, number: int) -> Published[Flow] | None:
    try:
        return _remembered(key, number)
    except _MissingError:
        return None


def _refreshed(before: Site | None) -> Site:
    stamp = SiteStamp.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    if before is not None and before.stamp == stamp:
        return before
    pointers = list(Live.objects.order_by("kind", "key").values_list("kind", "key", "revision_id", "revision__digest"))
    live = {pk for _, _, pk, _ in pointers}
    _revisions.update({r.pk: Published(r) for r in Revision.objects.filter(pk__in=live - _revisions.keys())})
    for stale in _revisions.keys() - live:
        del _revisions[stale]
    fingerprint = hashlib.blake2b(repr((stamp, pointers)).encode(), digest_size=16).hexdigest()
    pages = Revision.objects.filter(kind__in=PAGE_KINDS, number=1)
    first = {(kind, key): at for kind, key, at in pages.values_list("kind", "key", "published_at")}
    return Site(stamp, fingerprint, {(kind, key): _revisions[pk] for kind, key, pk, _ in pointers}, first)
