"""Passkeys: set up once, they open the door alone; and nothing that only looks like one does."""

import json
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from fido2.utils import websafe_decode, websafe_encode
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from guidance.models import Action, Event
from tests.accounts.doors import at_the_desk, code, factors, type_code, type_password, with_app, with_password
from tests.accounts.passkey import (
    PRESENT,
    Passkey,
    options_for_setting_up,
    options_for_signing_in,
    plain,
    set_up,
    sign_in_with,
)
from tests.staff import WRITER, staff

pytestmark = pytest.mark.django_db

PARTS = ("clientDataJSON", "authenticatorData", "attestationObject", "signature", "userHandle")


@pytest.fixture
def passkey(user: Any) -> Passkey:
    """A passkey that the user has set up."""
    passkey, client = Passkey(), Client()
    type_password(client, user)
    set_up(client, passkey)
    return passkey


def answer_second_step(client: Client, passkey: Passkey) -> Any:
    options = plain(client.get(reverse("mfa_authenticate")).context["js_data"]["request_options"])
    return client.post(reverse("mfa_authenticate"), {"credential": json.dumps(passkey.get(options))})


def test_setting_up_a_passkey_opens_the_desk(client: Client, user: Any) -> None:
    type_password(client, user)
    assert set_up(client, Passkey())["Location"] == reverse("mfa_view_recovery_codes")
    assert factors(user) == ["recovery_codes", "webauthn"]
    assert at_the_desk(client)


def test_the_passkey_alone_signs_in(client: Client, user: Any, passkey: Passkey) -> None:
    sign_in_with(client, passkey)
    assert at_the_desk(client)
    assert [event.note for event in Event.objects.filter(action=Action.SIGN_IN)][-1] == "用通行密钥"


def test_the_passkey_is_a_second_step_after_the_password(client: Client, user: Any, passkey: Passkey) -> None:
    type_password(client, user)
    answer_second_step(client, passkey)
    assert at_the_desk(client)


def test_it_proves_again_who_sits_there(client: Client, passkey: Passkey, time_machine: Any) -> None:
    sign_in_with(client, passkey)
    time_machine.move_to(timezone.now() + timedelta(minutes=6))
    page = client.get(reverse("desk_export"), follow=True)
    assert page.request["PATH_INFO"] == reverse("mfa_reauthenticate_webauthn")
    credential = passkey.get(plain(page.context["js_data"]["request_options"]))
    sent = {"credential": json.dumps(credential), "next": reverse("desk_export")}
    assert client.post(reverse("mfa_reauthenticate_webauthn"), sent)["Location"] == reverse("desk_export")


@pytest.mark.parametrize(
    "cheat",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://testserver"},
        {"host": "evil.example"},
        {"flags": PRESENT},  # no finger, face or PIN
        {"flags": 0},
    ],
)
def test_a_passkey_of_another_place_or_without_its_owner_is_refused(
    client: Client, passkey: Passkey, cheat: dict[str, Any]
) -> None:
    for name, value in cheat.items():
        setattr(passkey, name, value)
    sign_in_with(client, passkey)
    assert not at_the_desk(client)


def test_a_passkey_without_its_owner_is_refused_as_a_second_step_too(
    client: Client, user: Any, passkey: Passkey
) -> None:
    passkey.flags = PRESENT
    type_password(client, user)
    answer_second_step(client, passkey)
    assert not at_the_desk(client)


def test_an_answer_counts_once_and_only_for_its_own_challenge(client: Client, passkey: Passkey) -> None:
    old = passkey.get(options_for_signing_in(client))
    sign_in_with(client, passkey)
    assert at_the_desk(client)
    other = Client()
    for again in (client, other):
        again.post(reverse("account_logout"))
        again.post(reverse("mfa_login_webauthn"), {"credential": json.dumps(old)})
        options_for_signing_in(again)
        again.post(reverse("mfa_login_webauthn"), {"credential": json.dumps(old)})
        assert not at_the_desk(again)


def test_the_passkey_of_one_opens_no_account_of_another(client: Client, passkey: Passkey) -> None:
    other = with_password(staff(WRITER, "别人"))
    secret = with_app(other)
    handle = {"response": passkey.get(options_for_signing_in(client))["response"]}
    handle["response"]["userHandle"] = websafe_encode(str(other.pk).encode())
    sign_in_with(client, passkey, **handle)
    assert not at_the_desk(client)
    type_password(client, other)
    answer_second_step(client, passkey)
    assert not at_the_desk(client)
    type_code(client, code(secret))
    assert at_the_desk(client)


def test_a_closed_account_is_answered_like_a_wrong_one(client: Client, user: Any, passkey: Passkey) -> None:
    user.is_active = False
    user.save()
    page = sign_in_with(client, passkey)
    assert page["Location"] == reverse("account_login")
    assert "用户名或密码不对" in client.get(reverse("account_login")).content.decode()


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "nonsense",
        "null",
        "[]",
        "{}",
        '"text"',
        "1",
        '{"id": 1, "rawId": 2, "type": "public-key", "response": 3}',
        '{"id": "a", "rawId": "b", "type": "public-key", "response": {}}',
        '{"response": {"userHandle": []}}',
        json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": dict.fromkeys(PARTS, "AA")}),
        '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA"}}',
        "[" * 5000,
    ],
)
def test_nonsense_in_the_place_of_a_passkey_is_refused_without_an_error(
    client: Client, user: Any, passkey: Passkey, credential: str
) -> None:
    sent = {"credential": credential, "name": "x"}
    options_for_signing_in(client)
    assert client.post(reverse("mfa_login_webauthn"), sent).status_code in (200, 302)
    type_password(client, user)
    client.get(reverse("mfa_authenticate"))
    assert client.post(reverse("mfa_authenticate"), sent).status_code == 200
    answer_second_step(client, passkey)
    for name in ("mfa_add_webauthn", "mfa_reauthenticate_webauthn"):
        client.get(reverse(name))
        assert client.post(reverse(name), sent).status_code in (200, 302)
    assert factors(user) == ["recovery_codes", "webauthn"]


@pytest.fixture(scope="module")
def honest() -> Passkey:
    return Passkey()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(part=st.sampled_from(PARTS[:2] + PARTS[3:]), cut=st.integers(0, 60), stuffing=st.binary(max_size=40))
def test_a_damaged_answer_is_wrong_and_never_an_error(
    user: Any, passkey: Passkey, part: str, cut: int, stuffing: bytes
) -> None:
    caches["default"].clear()
    client = Client()
    response = passkey.get(options_for_signing_in(client))["response"]
    whole = websafe_decode(response[part])
    damaged = whole[:cut] + stuffing + whole[cut + len(stuffing) :]
    assume(damaged != whole)
    sign_in_with(client, passkey, response=response | {part: websafe_encode(damaged)})
    assert not at_the_desk(client)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(part=st.sampled_from(PARTS[0:3:2]), cut=st.integers(0, 200), stuffing=st.binary(max_size=40))
def test_a_damaged_answer_sets_nothing_up_or_what_it_says(
    user: Any, honest: Passkey, part: str, cut: int, stuffing: bytes
) -> None:
    client = Client()
    type_password(client, user)
    credential = honest.create(options_for_setting_up(client))
    whole = websafe_decode(credential["response"][part])
    credential["response"][part] = websafe_encode(whole[:cut] + stuffing + whole[cut + len(stuffing) :])
    answer = client.post(reverse("mfa_add_webauthn"), {"name": "x", "credential": json.dumps(credential)})
    assert answer.status_code in (200, 302)
    for name in ("mfa_index", "mfa_list_webauthn", "mfa_add_webauthn"):
        assert client.get(reverse(name)).status_code == 200
    Authenticator.objects.all().delete()
