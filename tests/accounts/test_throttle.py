"""Too many tries: strangers are stopped, the owner is not, and nobody gets in uncounted."""

import socket
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.throttle import DEVICE_COOKIE
from config.env import counters, page_cache
from guidance.models import Action, Event
from tests.accounts.doors import PASSWORD, at_the_desk, code, type_code, type_password

pytestmark = pytest.mark.django_db

TRIES, TRIES_OF_ALL = 10, 60
STOPPED = "试得太多了"
WRONG = "用户名或密码不对"


def from_network(number: int) -> dict[str, str]:
    return {"REMOTE_ADDR": f"198.51.{number}.7"}


def guess(name: str, times: int, **where: str) -> str:
    """Type wrong passwords; gives the last page."""
    for _ in range(times):
        page = type_password(Client(), name, "猜的密码猜的密码猜的", **where).content.decode()
    return page


def test_a_stranger_is_stopped_at_one_account_whatever_network_it_uses(user: Any) -> None:
    for number in range(TRIES_OF_ALL):
        assert WRONG in guess("小作", 1, **from_network(number))
    assert STOPPED in guess("小作", 1, **from_network(99))
    assert WRONG in guess("别人", 1, **from_network(99))


def test_a_stranger_is_stopped_in_one_network_whatever_account_it_tries() -> None:
    for number in range(TRIES):
        assert WRONG in guess(f"谁{number}", 1, REMOTE_ADDR=f"198.51.100.{number}")
    assert STOPPED in guess("还有谁", 1, REMOTE_ADDR="198.51.100.200")
    assert WRONG in guess("还有谁", 1, REMOTE_ADDR="198.51.101.200")


def test_networks_of_ipv6_count_as_what_one_customer_has(user: Any) -> None:
    for number in range(TRIES):
        guess(f"谁{number}", 1, REMOTE_ADDR=f"2001:db8:7:{number:x}::1")
    assert STOPPED in guess("还有谁", 1, REMOTE_ADDR="2001:db8:7:ffff::9")
    assert WRONG in guess("还有谁", 1, REMOTE_ADDR="2001:db8:8::9")


def test_names_that_nobody_has_are_stopped_just_the_same(user: Any) -> None:
    for name in ("小作", "没有的人"):
        pages = [guess(name, 1, **from_network(number)) for number in range(TRIES_OF_ALL + 1)]
        assert [STOPPED in page for page in pages] == [False] * TRIES_OF_ALL + [True]
        caches["default"].clear()


def test_writing_a_name_differently_gives_no_more_tries(user: Any) -> None:
    user.username = "Xiaozuo"
    user.save()
    spellings = ["xiaozuo", "XIAOZUO", " Xiaozuo ", "ｘｉａｏｚｕｏ", "xıaozuo"]
    for number in range(TRIES_OF_ALL):
        guess(spellings[number % 5], 1, **from_network(number))
    assert STOPPED in guess("xiaozuo", 1, **from_network(99))


@pytest.mark.parametrize("spoofed", ["203.0.113.9", "203.0.113.9, 10.0.0.1", "nonsense", ",,,", "::1", ""])
def test_a_forged_header_changes_nothing(spoofed: str) -> None:
    for number in range(TRIES):
        where = {"REMOTE_ADDR": "198.51.100.7", "HTTP_X_FORWARDED_FOR": spoofed or f"203.0.{number}.1"}
        guess(f"谁{number}", 1, **where)
    assert STOPPED in guess("还有谁", 1, REMOTE_ADDR="198.51.100.7", HTTP_X_FORWARDED_FOR="192.0.2.77")


def test_behind_a_proxy_of_ours_only_what_it_added_counts(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    for number in range(TRIES):
        where = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": f"203.0.{number}.9, 198.51.100.7"}
        guess(f"谁{number}", 1, **where)
    stopped = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.1, 198.51.100.8"}
    assert STOPPED in guess("还有谁", 1, **stopped)
    assert WRONG in guess("还有谁", 1, REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="198.51.101.8")


def test_a_stranger_cannot_lock_the_owner_out(user: Any, secret: str) -> None:
    home = Client(REMOTE_ADDR="192.0.2.5")
    type_password(home, user)
    type_code(home, code(secret))
    home.post(reverse("account_logout"))
    for number in range(TRIES_OF_ALL):
        guess("小作", 1, **from_network(number))
        guess("小作", 1, REMOTE_ADDR="192.0.2.66")  # even from the owner's own network
    assert STOPPED in guess("小作", 1, **from_network(99))
    type_password(home, user)
    type_code(home, code(secret, 1))
    assert at_the_desk(home)


def test_on_a_new_device_the_owner_waits_five_minutes_at_most(
    client: Client, user: Any, secret: str, time_machine: Any
) -> None:
    time_machine.move_to("2026-12-01T08:00:00Z", tick=False)
    for number in range(TRIES_OF_ALL):
        guess("小作", 1, **from_network(number))
    assert STOPPED in type_password(client, user).content.decode()
    time_machine.shift(5 * 60)
    type_password(client, user)
    type_code(client, code(secret))
    assert at_the_desk(client)


def test_who_never_stops_trying_in_one_network_keeps_nobody_out(
    client: Client, user: Any, secret: str, time_machine: Any
) -> None:
    time_machine.move_to("2026-12-01T08:00:00Z", tick=False)
    for _ in range(7):  # minutes
        guess("小作", TRIES + 1, **from_network(1))
        time_machine.shift(60)
    assert STOPPED in guess("小作", TRIES + 1, **from_network(1))
    type_password(client, user)
    type_code(client, code(secret))
    assert at_the_desk(client)


def test_a_device_counts_its_own_tries_and_gives_none_for_other_names(user: Any, secret: str) -> None:
    home = Client(REMOTE_ADDR="192.0.2.5")
    type_password(home, user)
    type_code(home, code(secret))
    home.post(reverse("account_logout"))
    pages = [type_password(home, user, "猜的密码猜的密码猜的").content.decode() for _ in range(TRIES + 1)]
    assert [STOPPED in page for page in pages] == [False] * TRIES + [True]
    assert WRONG in guess("小作", 1, REMOTE_ADDR="192.0.2.5")
    caches["default"].clear()
    for number in range(TRIES):
        type_password(home, f"谁{number}", "猜的密码猜的密码猜的")
    assert STOPPED in type_password(home, "还有谁", "猜的密码猜的密码猜的").content.decode()


@pytest.mark.parametrize("forged", ["", "x", "WyIiLCAiIl0:1abc:def", "\x00", "a" * 5000])
def test_a_forged_device_is_a_stranger(user: Any, forged: str) -> None:
    guess("小作", TRIES)
    visitor = Client()
    visitor.cookies[DEVICE_COOKIE] = forged
    assert STOPPED in type_password(visitor, user).content.decode()


def test_signing_in_rightly_uses_up_nothing(user: Any) -> None:
    for _ in range(2 * TRIES):
        visitor = Client()
        assert type_password(visitor, user).status_code == 302
        visitor.post(reverse("account_logout"))


def test_a_password_alone_makes_no_device_known(client: Client, user: Any) -> None:
    type_password(client, user)
    assert DEVICE_COOKIE not in client.cookies


def test_codes_cannot_be_guessed(user: Any, secret: str) -> None:
    client = Client()
    type_password(client, user)
    pages = [type_code(client, "000000").content.decode() for _ in range(8)]
    assert STOPPED in pages[-1]
    assert STOPPED in type_code(client, code(secret)).content.decode()
    assert not at_the_desk(client)


def test_the_record_says_once_that_an_account_is_being_tried(user: Any) -> None:
    guess("小作", TRIES + 5, **from_network(1))
    guess("没有的人", TRIES + 5, **from_network(2))
    noted = [(event.actor, event.key) for event in Event.objects.filter(action=Action.REFUSED)]
    assert noted == [(None, "小作")]


def test_asking_for_challenges_of_passkeys_is_counted() -> None:
    ask = {"HTTP_ACCEPT": "application/json", "REMOTE_ADDR": "198.51.100.7"}
    path = reverse("mfa_login_webauthn")
    assert [Client().get(path, **ask).status_code for _ in range(31)] == [200] * 30 + [429]


@pytest.fixture
def dead_redis(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site's own settings, with a Redis where nobody answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{port}/0")
    settings.CACHES = {"default": counters(), "pages": page_cache()}


def test_while_tries_cannot_be_counted_nobody_gets_in(
    client: Client, user: Any, secret: str, settings: Any, request: Any
) -> None:
    inside, halfway = Client(), Client()
    for each in (inside, halfway):
        type_password(each, user)
    type_code(inside, code(secret))
    request.getfixturevalue("dead_redis")
    answer = type_password(client, user)
    assert answer.status_code == 503
    assert "不能登录" in answer.content.decode()
    assert type_code(halfway, code(secret, 1)).status_code == 503
    assert client.post(reverse("mfa_login_webauthn"), {"credential": "{}"}).status_code == 503
    assert not at_the_desk(client)
    assert not at_the_desk(halfway)
    assert at_the_desk(inside)
    assert client.get("/").status_code == 200
    assert client.get(reverse("account_login")).status_code == 200


def test_without_redis_the_database_counts_for_all_processes(
    user: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REDIS_URL", raising=False)
    settings.CACHES = settings.CACHES | {"default": counters()}
    call_command("createcachetable", verbosity=0)
    for number in range(TRIES_OF_ALL):
        guess("小作", 1, **from_network(number))
    caches["default"].close()
    assert STOPPED in guess("小作", 1, **from_network(99))
    assert STOPPED in type_password(Client(), user, PASSWORD).content.decode()
