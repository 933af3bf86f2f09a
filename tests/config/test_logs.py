"""What is logged says where it went wrong, never what a reader answered."""

import logging
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from config.logs import WithoutAddress
from tests.config.starting import manage

pytestmark = pytest.mark.django_db


def test_a_failing_page_is_logged_by_its_route_not_its_address(caplog: Any, client: Client) -> None:
    def away(*args: Any) -> None:
        raise OperationalError

    caplog.handler.addFilter(WithoutAddress())
    client.raise_request_exception = False
    with connection.execute_wrapper(away):
        assert client.get("/check/huabei/11n9jk/").status_code == 500
    lines = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert any("/check/<slug:flow>/<str:code>/" in line for line in lines)
    assert not any("11n9jk" in line for line in lines)


def test_a_stranger_who_makes_up_a_host_fills_no_log() -> None:
    code = "from django.test import Client; print(Client(headers={'host': 'made.up'}).get('/livez').status_code)"
    done = manage("shell", "-v0", "-c", code, DJANGO_SETTINGS_MODULE="tests.settings")
    assert (done.stdout, done.stderr) == ("400\n", "")


def test_a_line_about_no_request_passes_unchanged() -> None:
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "kept %s", ("as is",), None)
    assert WithoutAddress().filter(record)
    assert record.getMessage() == "kept as is"
