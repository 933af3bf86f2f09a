"""Settings that fail loudly, and a database that many can use at once."""

from pathlib import Path

import pytest
from django.db import connection

from tests.config.starting import KEY, complaint, manage, told

OWN_MACHINE = {"SECRET_KEY": "short", "HTTPS": "off"}
PRODUCTION = {"SECRET_KEY": KEY, "ALLOWED_HOSTS": "help.example.org"}


@pytest.mark.parametrize("settings", [OWN_MACHINE, PRODUCTION, OWN_MACHINE | {"DEBUG": "on"}])
def test_with_sound_settings_it_starts(settings: dict[str, str]) -> None:
    assert complaint(**settings) == ""


def test_nothing_is_to_be_said_about_its_safety_in_production() -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout


@pytest.mark.parametrize("settings", [{}, {"SECRET_KEY": ""}, {"HTTPS": "off"}, {"SECRET_KEY": "", "HTTPS": "off"}])
def test_without_a_secret_key_nothing_starts(settings: dict[str, str]) -> None:
    assert complaint(**settings) == "Set SECRET_KEY, or SECRET_KEY_FILE to the path of a file that holds it."


@pytest.mark.parametrize("key", ["short", KEY[:49], "ab" * 50, f"django-insecure-{KEY}"])
def test_in_production_a_key_that_can_be_guessed_stops_the_start(key: str) -> None:
    assert complaint(**PRODUCTION | {"SECRET_KEY": key}).startswith("Set SECRET_KEY to at least 50 random characters")
    former = complaint(**PRODUCTION | {"SECRET_KEY_FALLBACKS": f"{KEY[::-1]},{key}"})
    assert former.startswith("Take out of SECRET_KEY_FALLBACKS what has less than 50 random characters")


@pytest.mark.parametrize("hosts", ["help.example.org", "localhost,192.0.2.7"])
def test_other_machines_are_not_served_without_https(hosts: str) -> None:
    assert complaint(**OWN_MACHINE | {"ALLOWED_HOSTS": hosts}).startswith("Set HTTPS=on, or leave ALLOWED_HOSTS")


@pytest.mark.parametrize("base", [OWN_MACHINE, PRODUCTION])
@pytest.mark.parametrize(
    "hosts", ["*", "example.org,*", "*.example.org", ".example.org", ".", "", ",", "https://example.org", "a.org:8000"]
)
def test_hosts_that_are_not_named_in_full_stop_the_start(base: dict[str, str], hosts: str) -> None:
    said = complaint(**base | {"ALLOWED_HOSTS": hosts})
    assert said.startswith("Set ALLOWED_HOSTS to the full name of each host")


@pytest.mark.parametrize(
    "hosts", ["help.example.org, www.example.org", "LOCALHOST,127.0.0.1,[::1]", "xn--fiqs8s,a.org,"]
)
def test_hosts_that_are_named_in_full_are_taken(hosts: str) -> None:
    assert complaint(**PRODUCTION | {"ALLOWED_HOSTS": hosts}) == ""


@pytest.mark.parametrize(
    "settings",
    [
        PRODUCTION | {"DEBUG": "on"},
        PRODUCTION | {"DEBUG": "on", "ALLOWED_HOSTS": "localhost"},
        OWN_MACHINE | {"DEBUG": "on", "ALLOWED_HOSTS": "localhost,help.example.org"},
    ],
)
def test_pages_for_developers_are_shown_to_nobody_else(settings: dict[str, str]) -> None:
    assert complaint(**settings).startswith("Set DEBUG=off, or")


def test_everything_that_is_wrong_is_told_at_once() -> None:
    said = complaint(SECRET_KEY="short", ALLOWED_HOSTS="*", DEBUG="on", TRUSTED_PROXIES="-1", SECURITY_CONTACT="me")
    assert [line.split(" to ")[0].split(",")[0] for line in said.splitlines()] == [
        "Set SECRET_KEY",
        "Set ALLOWED_HOSTS",
        "Set DEBUG=off",
        "Set DEBUG=off",
        "Set TRUSTED_PROXIES",
        "Set SECURITY_CONTACT",
    ]


@pytest.mark.parametrize("value", ["on", "off", "1"])
def test_the_variable_of_an_earlier_release_is_not_passed_over(value: str) -> None:
    assert complaint(**PRODUCTION | {"BEHIND_PROXY": value}).startswith("Unset BEHIND_PROXY and set TRUSTED_PROXIES")


@pytest.mark.parametrize("proxies", ["-1", "one", "1.5"])
def test_a_number_of_proxies_that_is_none_stops_the_start(proxies: str) -> None:
    assert complaint(**PRODUCTION | {"TRUSTED_PROXIES": proxies}).startswith("Set TRUSTED_PROXIES to")


@pytest.mark.parametrize(
    "contact",
    [
        "security@example.org",
        "http://example.org/",
        "https://",
        "mailto:",
        "mailto:nobody",
        "https://[",
        "javascript:alert(1)",
        "mailto:a@example.org\nExpires: 1999-01-01T00:00:00Z",
        "https://example.org/ 安全",
    ],
)
def test_a_contact_that_nobody_could_use_stops_the_start(contact: str) -> None:
    assert complaint(**PRODUCTION | {"SECURITY_CONTACT": contact}).startswith("Set SECURITY_CONTACT to a mailto: or")


@pytest.mark.parametrize("contact", ["mailto:security@example.org", "https://example.org/report?to=us", ""])
def test_a_contact_that_can_be_used_is_taken(contact: str) -> None:
    assert complaint(**PRODUCTION | {"SECURITY_CONTACT": contact}) == ""


@pytest.mark.parametrize("name", ["DEBUG", "HTTPS"])
@pytest.mark.parametrize("value", ["maybe", "tru", "2", "开"])
def test_a_switch_with_a_strange_value_stops_the_start(name: str, value: str) -> None:
    assert complaint(**OWN_MACHINE | {name: value}) == f"Set {name} to on or off."


@pytest.mark.parametrize(
    ("value", "is_on"),
    [("on", True), ("ON ", True), ("yes", True), ("1", True), ("", True), ("off", False), ("0", False)],
)
def test_a_switch_is_on_or_off_and_a_blank_one_is_as_if_not_set(value: str, *, is_on: bool) -> None:
    code = "from django.conf import settings; print(settings.HTTPS)"
    assert told(code, **PRODUCTION | {"HTTPS": value, "ALLOWED_HOSTS": "localhost"}) == str(is_on)


def test_a_database_nobody_knows_stops_the_start() -> None:
    assert "Set DATABASE_URL to sqlite:///" in complaint(**OWN_MACHINE, DATABASE_URL="nonsense://somewhere")


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
def test_sqlite_lets_readers_and_a_writer_work_at_once() -> None:
    with connection.cursor() as cursor:
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
        version = cursor.execute("SELECT sqlite_version()").fetchone()[0]
    assert connection.transaction_mode == "IMMEDIATE"
    assert synchronous == 1  # NORMAL
    assert tuple(map(int, version.split("."))) >= (3, 51, 3)  # below it, WAL can lose data


def test_sqlite_files_are_in_wal_mode(tmp_path: Path) -> None:
    code = "from django.db import connection as c; print(c.cursor().execute('PRAGMA journal_mode').fetchone()[0])"
    assert told(code, **OWN_MACHINE, DATABASE_URL=f"sqlite:///{tmp_path}/db.sqlite3") == "wal"
