"""Speed that can be counted: queries, 304s, and pages kept until something changes."""

import gzip
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.middleware import page_cache
from guidance.services import live
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def warm(settings: Any, client: Client, start: Any) -> None:
    """A process that has answered one self-check before."""
    settings.STAMP_SECONDS = 3600
    client.get(start("huabei"))


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    "answers",
    [{"signal": "overdue"}, {"signal": "overdue", "stage": "unpaid", "days": "d30", "also": "none"}],
    ids=["step", "result"],
)
def test_a_state_nobody_saw_before_costs_no_query(client: Client, start: Any, answers: dict[str, str]) -> None:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(start("huabei", **answers))
    assert response.status_code == 200
    assert len(queries) == 0


@pytest.mark.usefixtures("warm")
def test_a_result_of_an_old_version_costs_one_query_once(client: Client, start: Any) -> None:
    builders.go_live(("flow", builders.flow()))
    live.forget()
    url = start(bill="paid")
    builders.go_live(("flow", builders.flow(title="新版")))
    live.forget()
    client.get("/")
    with CaptureQueriesContext(connection) as first:
        client.get(url)
    with CaptureQueriesContext(connection) as second:
        client.get(url + "change/bill/")
    assert (len(first), len(second)) == (1, 0)


def test_a_page_the_browser_has_is_not_sent_again(client: Client) -> None:
    first = client.get("/guides/after-repaying/")
    second = client.get("/guides/after-repaying/", headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 304
    assert second.content == b""
    assert second["ETag"] == first["ETag"]


def test_a_publication_makes_every_page_fresh(client: Client) -> None:
    first = client.get("/guides/")
    builders.go_live(("article", builders.article(title="刚发布的？")))
    second = client.get("/guides/", headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 200
    assert "刚发布的？" in second.content.decode()


def test_head_tells_about_a_page_without_sending_it(client: Client) -> None:
    whole = client.get("/about/")
    head = client.head("/about/")
    assert (head.content, head["ETag"], head["Content-Length"]) == (b"", whole["ETag"], whole["Content-Length"])


def test_another_day_is_another_page(client: Client, time_machine: Any) -> None:
    time_machine.move_to("2026-11-22 23:59+08:00")
    first = client.get("/")["ETag"]
    time_machine.move_to("2026-11-23 00:00+08:00")
    assert client.get("/", headers={"If-None-Match": first}).status_code == 200


def test_a_kept_page_goes_out_compressed_to_whoever_can_read_it(client: Client) -> None:
    plain = client.get("/about/")
    packed = client.get("/about/", headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content


def test_pages_already_known_are_served_while_the_database_is_away(client: Client) -> None:
    def away(*args: Any) -> None:
        raise OperationalError

    before = client.get("/guides/after-repaying/").content
    with connection.execute_wrapper(away):
        assert client.get("/guides/after-repaying/").content == before
        assert client.get("/check/huabei/").status_code == 200


def test_pages_are_made_afresh_while_the_page_cache_is_away(client: Client, settings: Any) -> None:
    settings.CACHES = {
        **settings.CACHES,
        "pages": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"},
    }
    assert client.get("/about/").status_code == 200


def test_a_page_made_while_something_was_published_is_not_taken_for_the_new_one(rf: Any) -> None:
    made = []

    def slow_view(request: HttpRequest) -> HttpResponse:
        made.append("before" if not made else "after")
        if len(made) == 1:
            builders.go_live(("article", builders.article()))
        return HttpResponse(made[-1])

    handler = page_cache(slow_view)
    assert [handler(rf.get("/somewhere/")).content for _ in range(3)] == [b"before", b"after", b"after"]
    assert made == ["before", "after"]


def test_errors_are_not_kept(client: Client) -> None:
    assert client.get("/guides/a-guide/").status_code == 404
    builders.go_live(("article", builders.article()))
    assert client.get("/guides/a-guide/").status_code == 200
