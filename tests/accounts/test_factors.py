"""Second factors: set up at the first sign-in, encrypted, never all gone, and what follows when they change."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from guidance.models import Action, Event
from tests.accounts.doors import (
    PASSWORD,
    at_the_desk,
    code,
    enter,
    factors,
    prove_again,
    type_password,
    with_app,
    with_recovery_codes,
)
from tests.staff import WRITER, staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_once")]


def enrol(client: Client) -> str:
    """Set up an app that makes codes; gives its secret."""
    page = client.get(reverse("mfa_activate_totp"))
    secret: str = page.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    return secret


def noted() -> list[str]:
    return [event.note for event in Event.objects.filter(action=Action.FACTOR)]


def test_the_first_sign_in_sets_up_the_second_step_and_then_the_desk_opens(client: Client, user: Any) -> None:
    type_password(client, user)
    secret = enrol(client)
    assert factors(user) == ["recovery_codes", "totp"]
    assert at_the_desk(client)
    assert at_the_desk(enter(user, code(secret, 1)))
    assert noted() == ["加了验证码应用", "加了恢复码"]


def test_a_mistyped_code_keeps_the_secret_that_was_scanned(client: Client, user: Any) -> None:
    type_password(client, user)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    again = client.post(reverse("mfa_activate_totp"), {"code": "12"})
    assert again.context["form"].secret == secret
    assert "没有对上" in again.content.decode()
    assert factors(user) == []
    client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert at_the_desk(client)


def test_recovery_codes_are_shown_once(client: Client, user: Any) -> None:
    type_password(client, user)
    enrol(client)
    first = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    second = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    spare = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert len(spare) == 10
    assert all(each in first for each in spare)
    assert not any(each in second for each in spare)


def test_recovery_codes_are_never_given_as_a_file(client: Client, user: Any) -> None:
    type_password(client, user)
    enrol(client)
    assert client.get("/staff/2fa/recovery-codes/download/")["Location"] == reverse("mfa_view_recovery_codes")


def test_new_recovery_codes_end_the_old_ones(client: Client, user: Any) -> None:
    secret, old = with_app(user), with_recovery_codes(user)
    inside = enter(user, code(secret))
    inside.post(reverse("mfa_generate_recovery_codes"))
    assert not at_the_desk(enter(user, old[0]))
    new = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert at_the_desk(enter(user, new[0]))
    assert noted() == ["换了一组恢复码"]


def test_nothing_in_the_database_makes_codes(user: Any, client: Client) -> None:
    type_password(client, user)
    secret = enrol(client)
    spare = Authenticator.objects.get(type="recovery_codes").wrap().generate_codes()
    seed = Authenticator.objects.get(type="recovery_codes")
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert not any(each in kept for each in spare)
    assert seed.data["seed"].startswith("gAAAA")  # the mark of what Fernet sealed
    assert "mfa.totp.secret" not in client.session


def test_the_key_can_be_changed_while_the_old_one_still_opens(user: Any, settings: Any) -> None:
    secret, old = with_app(user), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 9, [old]
    assert at_the_desk(enter(user, code(secret)))


def test_a_seed_that_no_key_opens_lets_nobody_in_and_breaks_nothing(user: Any, settings: Any, caplog: Any) -> None:
    secret, spare = with_app(user), with_recovery_codes(user)
    settings.SECRET_KEY = "another" * 9
    assert not at_the_desk(enter(user, code(secret)))
    assert not at_the_desk(enter(user, spare[0]))
    assert "neither SECRET_KEY nor one of its fallbacks" in caplog.text


def test_the_last_factor_cannot_be_taken_off(user: Any) -> None:
    client = enter(user, code(with_app(user)))
    page = client.post(reverse("mfa_deactivate_totp"), follow=True)
    assert "不能去掉" in page.content.decode()
    key = Authenticator.objects.create(user=user, type="webauthn", data={"name": "钥匙"})
    client.post(reverse("mfa_deactivate_totp"))
    assert factors(user) == ["webauthn"]
    page = client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert page.status_code == 302
    assert factors(user) == ["webauthn"]


def test_nobody_takes_off_the_factor_of_another(user: Any) -> None:
    other = staff(WRITER, "别人")
    key = Authenticator.objects.create(user=other, type="webauthn", data={"name": "钥匙"})
    with_app(other)
    client = enter(user, code(with_app(user)))
    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        assert client.post(reverse(name, args=[key.pk]), {"name": "x"}).status_code == 404
    assert factors(other) == ["totp", "webauthn"]


def test_taking_off_a_factor_ends_all_other_sessions(user: Any) -> None:
    secret = with_app(user)
    here, elsewhere = enter(user, code(secret)), enter(user, code(secret, 1))
    assert at_the_desk(here)
    assert at_the_desk(elsewhere)
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "钥匙"})
    here.post(reverse("mfa_deactivate_totp"))
    assert at_the_desk(here)
    assert not at_the_desk(elsewhere)
    assert noted() == ["去掉了验证码应用"]


def test_a_session_from_before_the_first_factor_ends_with_it(user: Any) -> None:
    """Whoever knew the password before must not add a factor of their own afterwards."""
    thief, owner = Client(), Client()
    type_password(thief, user)
    type_password(owner, user)
    enrol(owner)
    page = thief.get(reverse("mfa_activate_totp"), follow=True)
    assert page.request["PATH_INFO"] == reverse("account_login")


def test_a_session_that_showed_no_factor_of_its_owner_reaches_nothing_of_the_account(user: Any) -> None:
    thief = Client()
    thief.force_login(user)
    with_app(user)
    names = ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn", "mfa_generate_recovery_codes")
    for name in (*names, "mfa_view_recovery_codes", "usersessions_list", "account_change_password"):
        for answer in (thief.get(reverse(name)), thief.post(reverse(name), {"code": "1"})):
            assert answer.status_code == 302, name
            assert answer["Location"].startswith(reverse("mfa_reauthenticate")), name
    assert factors(user) == ["totp"]


def test_a_password_is_no_fresh_proof_for_whoever_has_a_factor(user: Any, time_machine: Any) -> None:
    time_machine.move_to("2026-12-01T08:00:00Z", tick=False)
    secret = with_app(user)
    client = enter(user, code(secret))
    time_machine.shift(6 * 60)
    page = client.get(reverse("mfa_generate_recovery_codes"), follow=True)
    assert page.request["PATH_INFO"] == reverse("mfa_reauthenticate")
    answer = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert answer["Location"] == reverse("mfa_reauthenticate")
    prove_again(client, code(secret))
    assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
