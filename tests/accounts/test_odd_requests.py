"""Odd requests to the pages of sign-in: an answer in Chinese, never an error, and nothing lost."""

from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.accounts.doors import at_the_desk, code, type_code, type_password, with_app, with_password
from tests.staff import KEEPER, staff

pytestmark = pytest.mark.django_db

ODD = st.one_of(
    st.text(st.characters(codec=None), max_size=80),
    st.sampled_from(
        ["\x00", "😀" * 50, "٣٤٥٦٧٨", "１２３４５６", "x" * 10_000, "-1", "1e9", "\ud800", "%00", "'; --", "\r\nX: y"]
    ),
)
FIELDS = ("login", "password", "code", "oldpassword", "password1", "password2", "next", "name", "new_password1")
FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def sendable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


@FUZZ
@given(st.dictionaries(st.sampled_from(FIELDS), ODD, min_size=1))
def test_strangers_get_a_page_whatever_they_send(typed: dict[str, str]) -> None:
    caches["default"].clear()
    typed = {name: sendable(value) for name, value in typed.items()}
    client = Client()
    for name in ("account_login", "mfa_authenticate", "account_reauthenticate", "mfa_reauthenticate"):
        assert client.post(reverse(name), typed).status_code in (200, 302), name
        assert client.get(reverse(name), typed).status_code in (200, 302, 414), name
    for path in ("/staff/welcome/MQ/x-y/", "/staff/welcome/%00/%F0/", "/staff/welcome/" + "x" * 500 + "/a-b/"):
        assert client.get(path).status_code in (200, 404, 410), path


@FUZZ
@given(st.dictionaries(st.sampled_from(FIELDS), ODD, min_size=1))
def test_staff_get_a_page_whatever_they_send(typed: dict[str, str]) -> None:
    caches["default"].clear()
    typed = {name: sendable(value) for name, value in typed.items()}
    user = with_password(staff(KEEPER))
    secret, client = with_app(user), Client()
    type_password(client, user)
    type_code(client, typed.get("code", ""))
    type_code(client, code(secret))
    assert at_the_desk(client)
    names = ("mfa_reauthenticate", "account_change_password", "mfa_add_webauthn", "mfa_deactivate_totp")
    for name in (*names, "mfa_generate_recovery_codes", "usersessions_list", "mfa_index", "mfa_list_webauthn"):
        assert client.post(reverse(name), typed).status_code in (200, 302, 403, 405), name
        assert client.get(reverse(name), typed).status_code in (200, 302, 414), name
    assert at_the_desk(client)


@pytest.mark.parametrize("cookie", ["x", "\x00", "'" * 3000, "a.b.c", "£"])
def test_a_cookie_that_nobody_gave_is_nobodys(cookie: str, settings: Any) -> None:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    for path in ("/admin/", "/staff/", "/staff/login/", "/staff/sessions/"):
        assert client.get(path, follow=True).request["PATH_INFO"] == reverse("account_login")
