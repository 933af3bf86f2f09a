"""Reading what is live: few queries, and the last known pages while the database is away."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from guidance.services import live
from tests import builders

pytestmark = pytest.mark.django_db


def test_what_is_live_is_read_once_until_something_is_published(settings: Any) -> None:
    settings.STAMP_SECONDS = 3600
    live.site()
    with CaptureQueriesContext(connection) as queries:
        first = live.site()
        second = live.site()
    assert first is second
    assert len(queries) == 0


def test_a_publication_is_seen_at_once_where_it_was_made(
    settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.STAMP_SECONDS = 3600
    live.site()
    with django_capture_on_commit_callbacks(execute=True):
        builders.go_live(("article", builders.article()))
    assert "a-guide" in live.site().guides.pages


def test_only_what_changed_is_read_again() -> None:
    before = live.site().flow("huabei")
    builders.go_live(("article", builders.article()))
    assert live.site().flow("huabei") is before


def away(*args: Any) -> None:
    raise OperationalError


def test_while_the_database_is_away_the_last_known_content_is_served() -> None:
    known = live.site()
    with connection.execute_wrapper(away):
        assert live.site() is known


def test_without_database_and_without_memory_there_is_nothing_to_serve() -> None:
    with connection.execute_wrapper(away), pytest.raises(OperationalError):
        live.site()


def test_while_one_reader_waits_for_the_database_the_others_do_not(settings: Any) -> None:
    known = live.site()
    asked = []

    def slow(execute: Any, *arguments: Any) -> Any:
        asked.append(live.site())  # another reader comes while the first one's question is still out
        return execute(*arguments)

    with connection.execute_wrapper(slow):
        assert live.site() is known
    assert asked == [known]
