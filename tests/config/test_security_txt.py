"""security.txt: findable, never out of date, and an address to write to."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from guidance.views.caching import _release

pytestmark = pytest.mark.django_db

PLACE = "/.well-known/security.txt"


def fields(client: Client) -> dict[str, str]:
    text = client.get(PLACE, headers={"Host": "testserver"}).content.decode()
    assert text.endswith("\n")
    return dict(line.split(": ", 1) for line in text.splitlines())


@pytest.fixture
def write_to(settings: Any) -> Any:
    """Set SECURITY_CONTACT as a new start would."""

    def write_to(contact: str) -> None:
        settings.SECURITY_CONTACT = contact
        _release.cache_clear()

    yield write_to
    _release.cache_clear()


def test_it_is_plain_text_where_everybody_looks(client: Client) -> None:
    response = client.get(PLACE)
    assert (response.status_code, response["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert client.get("/security.txt")["Location"] == PLACE
    assert client.post(PLACE).status_code == 405


def test_it_says_where_it_belongs_and_which_languages_are_read(client: Client) -> None:
    said = fields(client)
    assert said["Canonical"] == f"https://testserver{PLACE}"
    assert said["Preferred-Languages"] == "zh, en"


def test_without_a_contact_of_its_own_it_names_the_page_about_the_site(client: Client) -> None:
    assert fields(client)["Contact"] == "https://testserver/about/"
    assert client.get("/about/").status_code == 200


def test_a_contact_is_named_from_the_first_start_with_it(client: Client, write_to: Any) -> None:
    assert "about" in fields(client)["Contact"]  # kept by now
    write_to("mailto:security@example.org")
    assert fields(client)["Contact"] == "mailto:security@example.org"


@pytest.mark.parametrize("days", [0, 1, 179, 180, 2 * 365, 10 * 365])
def test_it_is_never_out_of_date(client: Client, days: int) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 15, 30, tzinfo=UTC) + timedelta(days=days), tick=False):
        left = datetime.fromisoformat(fields(client)["Expires"]) - datetime.now(UTC)
    assert timedelta(days=30) <= left <= timedelta(days=365)


def test_it_says_the_same_all_day(client: Client) -> None:
    """Days are those of Shanghai, as everywhere on the site."""
    said = set()
    for hour in (16, 20, 24 + 15):
        with time_machine.travel(datetime(2026, 11, 22, tzinfo=UTC) + timedelta(hours=hour, minutes=1), tick=False):
            said.add(fields(client)["Expires"])
    assert len(said) == 1
