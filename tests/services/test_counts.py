"""Counting in memory, writing now and then, and what editors read of it."""

import os
import threading
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import OperationalError, connection

from guidance.models import DailyCount
from guidance.services import counts
from guidance.services.counts import count, flush, outcome_counts, searched, totals, unanswered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_waits() -> Iterator[None]:
    counts._waiting.start_over()
    yield
    counts._waiting.start_over()


def rows() -> dict[tuple[str, int, str], int]:
    return {(row.subject, row.number, row.what): row.total for row in DailyCount.objects.all()}


def test_counting_touches_no_database_until_it_is_written(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        for _ in range(3):
            count("flow/small", 1, "asked:bill")
    assert rows() == {}
    flush()
    assert rows() == {("flow/small", 1, "asked:bill"): 3}


def test_what_is_written_adds_up(django_assert_num_queries: Any) -> None:
    for what in ("asked:bill", "asked:bill", "found:late"):
        count("flow/small", 1, what)
        flush()
    assert rows() == {("flow/small", 1, "asked:bill"): 2, ("flow/small", 1, "found:late"): 1}
    with django_assert_num_queries(0):
        flush()


def test_a_day_is_one_in_shanghai(time_machine: Any) -> None:
    for moment in ("2026-11-22 23:59+08:00", "2026-11-23 00:01+08:00"):
        time_machine.move_to(moment, tick=False)
        count("search", 0, "天气")
    flush()
    assert set(DailyCount.objects.values_list("day", "total")) == {(date(2026, 11, 22), 1), (date(2026, 11, 23), 1)}


def test_counts_wait_while_the_database_does_not_answer() -> None:
    def away(*args: Any) -> None:
        raise OperationalError

    count("flow/small", 1, "asked:bill")
    with connection.execute_wrapper(away):
        flush()
    count("flow/small", 1, "asked:bill")
    flush()
    assert rows() == {("flow/small", 1, "asked:bill"): 2}


def test_memory_is_bounded_and_what_is_known_is_still_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "AT_ONCE", 2)
    for what in ("a", "b", "c", "a"):
        count("search", 0, what)
    flush()
    assert rows() == {("search", 0, "a"): 2, ("search", 0, "b"): 1}


def test_threads_lose_no_count() -> None:
    def many() -> None:
        for _ in range(500):
            count("search", 0, "天气")

    threads = [threading.Thread(target=many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    flush()
    assert rows() == {("search", 0, "天气"): 2000}


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_a_forked_process_starts_from_nothing() -> None:
    count("search", 0, "天气")
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, b"empty" if not counts._waiting.counts else b"full")
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(reading, 10) == b"empty"
    os.close(reading)
    os.close(writing)
    flush()
    assert rows() == {("search", 0, "天气"): 1}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("  天气　预报 ", "天气 预报"),
        ("ＡＢＣ Def", "abc def"),
        ("12345678", "［号码已删去］"),
        ("验证码 123456", "验证码 #####"),
        ("95188", "#####"),
        ("还了3000元", "还了3000元"),
        ("a\x00b\u202ec", "abc"),
        ("  ", ""),
    ],
)
def test_a_search_is_counted_without_what_could_be_somebodys(query: str, words: str) -> None:
    assert searched(query) == words.translate({ord("［"): "[", ord("］"): "]"})


def test_a_search_that_is_counted_is_short() -> None:
    assert len(searched("很长" * 100)) == 60


def test_editors_see_searches_that_were_made_several_times() -> None:
    for words, times in {"少": 2, "多": 3, "最多": 5}.items():
        for _ in range(times):
            count("search", 0, words)
    flush()
    assert unanswered(10) == [{"words": "最多", "times": 5}, {"words": "多", "times": 3}]
    assert unanswered(1) == [{"words": "最多", "times": 5}]


def test_searches_go_after_90_days_and_counts_of_a_self_check_stay(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22 12:00+08:00", tick=False)
    for subject in ("search", "flow/small"):
        for _ in range(3):
            count(subject, 1 if subject != "search" else 0, "asked:bill")
    flush()
    time_machine.move_to("2027-02-20 12:00+08:00", tick=False)
    assert len(unanswered(10)) == 1
    time_machine.move_to("2027-02-21 12:00+08:00", tick=False)
    assert unanswered(10) == []
    assert totals("flow/small", 1) == {}
    count("flow/small", 2, "asked:bill")
    flush()
    assert set(DailyCount.objects.values_list("subject", flat=True)) == {"flow/small"}


def test_results_are_counted_by_version_and_cause() -> None:
    for number, what in [
        (1, "found:late"),
        (1, "found:late"),
        (1, "found:inconclusive"),
        (1, "asked:bill"),
        (2, "found:x"),
    ]:
        count("flow/small", number, what)
    flush()
    assert outcome_counts("small", 1) == {"late": 2, "inconclusive": 1}
