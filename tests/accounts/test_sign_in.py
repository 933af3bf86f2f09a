"""Signing in: a password, then a second step, then the desk; and every way in which that goes wrong."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.urls import reverse

from guidance.models import Action
from tests.accounts.doors import (
    PASSWORD,
    at_the_desk,
    code,
    recorded,
    type_code,
    type_password,
    with_password,
    with_recovery_codes,
)
from tests.staff import KEEPER, staff

pytestmark = pytest.mark.django_db


def test_a_password_and_a_code_open_the_desk(client: Client, user: Any, secret: str) -> None:
    first = type_password(client, user)
    assert first["Location"] == reverse("mfa_authenticate")
    assert not at_the_desk(client)
    assert type_code(client, code(secret))["Location"] == "/admin/"
    assert at_the_desk(client)
    assert recorded(Action.SIGN_IN) == [(user, "小作", "用密码和验证码应用")]


def test_a_password_alone_leads_to_setting_up_the_second_step(client: Client, user: Any) -> None:
    type_password(client, user)
    assert client.get("/admin/", follow=True).request["PATH_INFO"] == reverse("mfa_index")
    assert not at_the_desk(client)


def test_where_somebody_wanted_to_go_is_kept_and_never_leads_away(client: Client, user: Any, secret: str) -> None:
    wanted = "/admin/guidance/claimdraft/"
    for offered, led_to in ((wanted, wanted), ("https://evil.example/", "/admin/"), ("//evil.example/", "/admin/")):
        client.logout()
        client.post(reverse("account_login"), {"login": "小作", "password": "wrong", "next": offered})
        sent = {"login": "小作", "password": PASSWORD, "next": offered}
        client.post(reverse("account_login"), sent)
        step = {wanted: 0, "https://evil.example/": 1, "//evil.example/": -1}[offered]
        assert type_code(client, code(secret, step))["Location"] == led_to


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_be_half_a_minute_off(client: Client, user: Any, secret: str, steps: int) -> None:
    type_password(client, user)
    type_code(client, code(secret, steps))
    assert at_the_desk(client)


@pytest.mark.parametrize("steps", [-3, 3])
def test_a_code_of_another_time_is_refused(client: Client, user: Any, secret: str, steps: int) -> None:
    type_password(client, user)
    answer = type_code(client, code(secret, steps))
    assert "没有对上" in answer.content.decode()
    assert not at_the_desk(client)
    assert recorded(Action.REFUSED) == [(None, "小作", "密码对，验证码应用不对")]


@pytest.mark.parametrize("later", [0, 31, 59])
def test_a_code_is_taken_once(client: Client, user: Any, secret: str, later: int, time_machine: Any) -> None:
    time_machine.move_to("2026-12-01T08:00:00Z", tick=False)
    seen = code(secret, 1)
    type_password(client, user)
    type_code(client, seen)
    other = Client()
    time_machine.shift(later)
    type_password(other, user)
    assert "没有对上" in type_code(other, seen).content.decode()
    assert not at_the_desk(other)


def test_a_recovery_code_stands_in_for_the_second_step_once(client: Client, user: Any, secret: str) -> None:
    spare = with_recovery_codes(user)[3]
    type_password(client, user)
    type_code(client, spare)
    assert "请到“我的登录”先加一个新的第二步验证" in client.get("/admin/").content.decode()
    assert at_the_desk(client)
    assert recorded(Action.SIGN_IN) == [(user, "小作", "用密码和恢复码")]
    other = Client()
    type_password(other, user)
    type_code(other, spare)
    assert not at_the_desk(other)


def test_known_and_unknown_names_get_the_same_answer(user: Any) -> None:
    closed = with_password(staff(KEEPER, "离职的"))
    closed.is_active = False
    closed.save()
    pages = []
    for name, password in (("小作", "不对的密码不对的密码"), ("没有的人", "x"), ("离职的", PASSWORD)):
        answer = type_password(Client(), name, password)
        assert answer.status_code == 200
        page = answer.content.decode().replace(name, "")
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page))
    assert "用户名或密码不对" in pages[0]
    assert pages[0] == pages[1] == pages[2]
    assert recorded(Action.REFUSED) == recorded(Action.SIGN_IN) == []


def test_names_are_read_as_people_type_them(client: Client, secret: str, user: Any) -> None:
    type_password(client, " 小作 ")
    type_code(client, f" {code(secret)[:3]} {code(secret)[3:]} ")
    assert at_the_desk(client)


def test_nobody_can_sign_up(client: Client) -> None:
    for path in ("/staff/signup/", "/staff/2fa/webauthn/signup/", "/accounts/signup/", "/staff/password/reset/"):
        assert client.get(path).status_code == 404, path
        assert client.post(path, {"username": "x", "password1": "y", "password2": "y"}).status_code == 404, path


def test_signing_in_changes_the_session_and_signing_out_ends_it(client: Client, user: Any, secret: str) -> None:
    client.get(reverse("account_login"))
    type_password(client, user)
    before = client.session.session_key
    type_code(client, code(secret))
    during = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert during != before
    client.post("/admin/logout/")
    stolen = Client()
    stolen.cookies[settings.SESSION_COOKIE_NAME] = during
    assert not at_the_desk(client)
    assert not at_the_desk(stolen)


def test_a_session_is_over_after_eight_hours_also_when_it_was_used(
    client: Client, user: Any, secret: str, time_machine: Any
) -> None:
    time_machine.move_to("2026-12-01T08:00:00Z", tick=False)
    type_password(client, user)
    type_code(client, code(secret))
    for _ in range(8):
        assert at_the_desk(client)
        session = client.session
        session["used"] = True
        session.save()
        time_machine.shift(60 * 60)
    assert not at_the_desk(client)


def test_passwords_are_kept_as_argon2id_with_bounded_memory_and_old_ones_are_renewed(
    client: Client, user: Any, secret: str, settings: Any
) -> None:
    settings.PASSWORD_HASHERS = ["accounts.hashers.Argon2id", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    settings.PASSWORD_HASHERS = list(reversed(settings.PASSWORD_HASHERS))
    with_password(user)
    assert user.password.startswith("pbkdf2")
    settings.PASSWORD_HASHERS = list(reversed(settings.PASSWORD_HASHERS))
    type_password(client, user)
    type_code(client, code(secret))
    user.refresh_from_db()
    assert user.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert at_the_desk(client)


def test_the_desk_greets_by_the_name_colleagues_see(client: Client, user: Any, secret: str) -> None:
    user.display_name = "作者小作"
    user.save()
    type_password(client, user)
    type_code(client, code(secret))
    assert "<strong>作者小作</strong>" in client.get("/admin/").content.decode()


def test_no_second_step_without_the_first(client: Client, user: Any, secret: str) -> None:
    assert type_code(client, code(secret))["Location"] == reverse("account_login")
    assert Authenticator.objects.count() == 1
    assert not at_the_desk(client)
