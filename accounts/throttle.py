"""How often a door may be tried: by network, by account, and apart from both by a device its owner has used."""

import secrets
from typing import Any
from unicodedata import normalize

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import RateLimitUsage, consume
from django.conf import settings
from django.core.cache import cache
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse

# A stranger can use up what one network has: for all accounts in a minute, for one in five. It takes many networks to
# use up what all strangers have for one account, and a device on which its owner has signed in has tries of its own.
NETWORK = {"password": "10/m/ip,10/5m/key"}
STRANGERS = {"password": "60/5m/key"}
DEVICE = {"password": "10/5m/key"}
CHALLENGES = {"passkey": "30/m/ip"}
TOLD_SECONDS = 5 * 60

DEVICE_COOKIE = "__Host-device" if settings.SESSION_COOKIE_SECURE else "device"
DEVICE_SECONDS = 90 * 24 * 60 * 60
SIGNER = TimestampSigner(salt="accounts.device")


def attempt(request: HttpRequest, name: str) -> RateLimitUsage | None:
    """Count a try of a password for a user name; None when there were too many. Roll it back when the try was right.

    Raises what the counter store raises when it does not answer: nobody gets in uncounted.
    """
    name = _plain(name)
    device = _device(request, name)
    if device:
        return _count(request, DEVICE, f"device:{device}")
    near = _count(request, NETWORK, f"account:{name}:{get_adapter().get_client_ip(request)}")
    far = _count(request, STRANGERS, f"account:{name}") if near else None
    return RateLimitUsage([*near.usage, *far.usage]) if near and far else None


def ask_for_challenge(request: HttpRequest) -> bool:
    """Count that a passkey is asked for, and an answer to that; whether it was not too often."""
    return consume(request, app="accounts", action="passkey", config=CHALLENGES, limit_get=True) is not None


def is_news(name: str) -> bool:
    """Whether nobody was told yet that tries for this name are stopped; asking tells."""
    return bool(cache.add(f"stopped:{_plain(name)}", "told", timeout=TOLD_SECONDS))


def remember_device(response: HttpResponse, user: Any) -> None:
    """Let this browser have tries of its own the next time."""
    value = SIGNER.sign_object([_plain(user.username), secrets.token_urlsafe(12)])
    response.set_cookie(
        DEVICE_COOKIE,
        value,
        max_age=DEVICE_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _count(request: HttpRequest, limits: dict[str, str], key: str) -> RateLimitUsage | None:
    return consume(request, app="accounts", action="password", config=limits, key=key)


def _device(request: HttpRequest, name: str) -> str:
    """The name this browser was given when the owner of the account signed in with it; "" for a stranger's."""
    try:
        owner, device = SIGNER.unsign_object(request.COOKIES.get(DEVICE_COOKIE, ""), max_age=DEVICE_SECONDS)
    except (BadSignature, ValueError):
        return ""
    return device if owner == name else ""


def _plain(name: str) -> str:
    """One spelling for all that the database may take for the same name: to PostgreSQL a dotless i is a small I."""
    return normalize("NFKC", name).strip().upper().casefold()
