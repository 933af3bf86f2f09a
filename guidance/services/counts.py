"""How often something happens on a day. Counted in memory, written now and then; nobody's visit can be told from it."""

import atexit
import logging
import os
import re
import threading
import unicodedata
from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import Error, connections, transaction
from django.db.models import F, QuerySet, Sum
from django.utils import timezone

from guidance.models import DailyCount
from guidance.services.scrubbing import scrubbed

Key = tuple[date, str, int, str]

SEARCH = "search"
DAYS = 90  # that editors look back on, and that searches are kept
AT_ONCE = 5000  # different counts in memory; what is new beyond it is not counted until they are written
SEARCHES_AT_ONCE = 300  # of them different searches
WORDS = 60  # characters of a search
OFTEN = 3  # times from which on a search is shown: what one person typed once stays unseen
FOUND = "found:"
# Five digits and more, however they are written or divided.
DIGIT = "[0-9零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖]"
NUMBER = re.compile(rf"{DIGIT}(?:[ \-–—./,、·]{{0,2}}{DIGIT}){{4,}}")

logger = logging.getLogger(__name__)


class _Waiting:
    """Counts of this process that are not in the database yet."""

    def __init__(self) -> None:
        self.start_over()

    def start_over(self) -> None:
        """As new: also in a process that was just forked, whose parent writes what it had counted itself."""
        self.lock = threading.Lock()
        self.counts: Counter[Key] = Counter()
        self.is_written = False  # by a thread of this process

    def add(self, counts: Counter[Key]) -> None:
        with self.lock:
            for key, times in counts.items():
                if key in self.counts or self._has_room(key):
                    self.counts[key] += times

    def _has_room(self, key: Key) -> bool:
        """Whether something new is counted: whatever strangers type may not crowd out the rest."""
        if key[1] == SEARCH and sum(known[1] == SEARCH for known in self.counts) >= SEARCHES_AT_ONCE:
            return False
        return len(self.counts) < AT_ONCE

    def take(self) -> Counter[Key]:
        with self.lock:
            taken, self.counts = self.counts, Counter()
        return taken


_waiting = _Waiting()
os.register_at_fork(after_in_child=_waiting.start_over)


def count(subject: str, number: int, what: str) -> None:
    """Once more today. Touches no database. For the meaning of the words see DailyCount."""
    _waiting.add(Counter({(timezone.localdate(), subject, number, what): 1}))
    if settings.COUNT_SECONDS and not _waiting.is_written:
        _start_writing()


def flush() -> None:
    """Write what was counted; a database that does not answer gets it the next time."""
    counts = _waiting.take()
    if not counts:
        return
    try:
        with transaction.atomic():
            for (day, subject, number, what), times in sorted(counts.items()):  # one order for all: no deadlock
                DailyCount.objects.update_or_create(
                    day=day,
                    subject=subject,
                    number=number,
                    what=what,
                    defaults={"total": F("total") + times},
                    create_defaults={"total": times},
                )
            DailyCount.objects.filter(subject=SEARCH, day__lt=_first_day()).delete()
    except Error:
        logger.error("the database does not answer; counts are kept in memory")
        _waiting.add(counts)


def _start_writing() -> None:
    with _waiting.lock:
        if _waiting.is_written:
            return
        _waiting.is_written = True
    atexit.register(flush)
    threading.Thread(target=_write_for_ever, name="counts", daemon=True).start()


def _write_for_ever() -> None:
    pause = threading.Event()
    while not pause.wait(settings.COUNT_SECONDS):
        flush()
        connections.close_all()


def searched(query: str) -> str:
    """The words of a search as they are counted: one form of each character, no number that could be somebody's."""
    words = " ".join(unicodedata.normalize("NFKC", scrubbed(query)).lower().split())
    printable = "".join(character for character in words if character.isprintable())
    return NUMBER.sub("#####", printable)[:WORDS]


def unanswered(limit: int) -> list[dict[str, Any]]:
    """What several searches found nothing for in the last DAYS: words and times, the most frequent first."""
    often = _recent(SEARCH, 0).values("what").annotate(times=Sum("total")).filter(times__gte=OFTEN)
    return [{"words": row["what"], "times": row["times"]} for row in often.order_by("-times", "what")[:limit]]


def totals(subject: str, number: int) -> dict[str, int]:
    """How often each thing happened to one version in the last DAYS."""
    return dict(_recent(subject, number).values("what").annotate(times=Sum("total")).values_list("what", "times"))


def outcome_counts(flow_key: str, number: int) -> dict[str, int]:
    """How often a version of a self-check led to each primary cause, or to "inconclusive"."""
    found = totals(f"flow/{flow_key}", number)
    return {what.removeprefix(FOUND): times for what, times in found.items() if what.startswith(FOUND)}


def _recent(subject: str, number: int) -> QuerySet[DailyCount]:
    return DailyCount.objects.filter(subject=subject, number=number, day__gte=_first_day()).order_by()


def _first_day() -> date:
    return timezone.localdate() - timedelta(days=DAYS)
