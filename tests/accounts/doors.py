"""Signing in as people do: passwords, codes and recovery codes for tests."""

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import reverse

from guidance.models import Action, Event

PASSWORD = "一句只有自己才知道的长话"
STEP = 30  # seconds for which an app shows one code


def with_password(user: Any, password: str = PASSWORD) -> Any:
    """The user, who has a password now."""
    user.set_password(password)
    user.save()
    return user


def with_app(user: Any) -> str:
    """Give somebody an app that makes codes; gives its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def with_recovery_codes(user: Any) -> list[str]:
    return RecoveryCodes.activate(user).get_unused_codes()


def code(secret: str, steps: int = 0) -> str:
    """What the app shows now, or some steps of time later (earlier: negative)."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // STEP + steps))


def type_password(client: Client, user: Any, password: str = PASSWORD, **extra: Any) -> Any:
    """Send the first step of signing in."""
    name = user if isinstance(user, str) else user.username
    return client.post(reverse("account_login"), {"login": name, "password": password}, **extra)


def type_code(client: Client, typed: str) -> Any:
    """Send the second step."""
    return client.post(reverse("mfa_authenticate"), {"code": typed})


def enter(user: Any, typed: str, **browser: Any) -> Client:
    """A new browser in which somebody typed the password, and then `typed` as the second step; it may be refused."""
    client = Client(**browser)
    type_password(client, user)
    type_code(client, typed)
    return client


def prove_again(client: Client, typed: str, **extra: Any) -> Any:
    """Send the second step when it is asked for again."""
    return client.post(reverse("mfa_reauthenticate"), {"code": typed, **extra})


def at_the_desk(client: Client) -> bool:
    """Whether the desk opens."""
    return bool(client.get("/admin/").status_code == 200)


def recorded(action: Action) -> list[tuple[Any, str, str]]:
    """Who, whom and what, for each such step on the record."""
    return [(event.actor, event.key, event.note) for event in Event.objects.filter(action=action)]


def factors(user: Any) -> list[str]:
    return sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))
