"""How often a password may be tried: by network, by account, and apart from both by a device its owner has used."""

import secrets
from typing import Any
from unicodedata import normalize

from allauth.core.internal.ratelimit import RateLimitUsage, consume
from django.conf import settings
from django.core.cache import cache
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse

# A stranger can use up what strangers have, a network's tries in a minute and an account's in five. A device on which
# the owner has signed in has tries of its own, so nobody can lock the owner out.
STRANGERS = {"password": "10/m/ip,10/5m/key"}
DEVICE = {"password": "10/5m/key"}
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
    limits, key = (DEVICE, f"device:{device}") if device else (STRANGERS, f"account:{name}")
    return consume(request, app="accounts", action="password", config=limits, key=key)


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


def _device(request: HttpRequest, name: str) -> str:
    """The name this browser was given when the owner of the account signed in with it; "" for a stranger's."""
    try:
        owner, device = SIGNER.unsign_object(request.COOKIES.get(DEVICE_COOKIE, ""), max_age=DEVICE_SECONDS)
    except (BadSignature, ValueError):
        return ""
    return device if owner == name else ""


def _plain(name: str) -> str:
    return normalize("NFKC", name).strip().lower()
