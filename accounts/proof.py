"""What a session has proven and when, read from the records of sign-in steps that allauth keeps in it."""

import time
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

FRESH_SECONDS = 5 * 60
FACTORS = (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP)


def is_enrolled(user: Any) -> bool:
    """Whether somebody has a second factor. Recovery codes alone are none."""
    return is_mfa_enabled(user, list(FACTORS))


def has_second_factor(request: HttpRequest) -> bool:
    """Whether a second factor was shown in this very session, within the life of a session (SESSION_COOKIE_AGE)."""
    return _shown(request, "mfa", settings.SESSION_COOKIE_AGE)


def is_fresh(request: HttpRequest) -> bool:
    """Whether who sits there has just proven it: by a second factor, or by the password while there is no factor."""
    if _shown(request, "mfa", FRESH_SECONDS):
        return True
    return _shown(request, "password", FRESH_SECONDS) and not is_enrolled(request.user)


def used_recovery_code(request: HttpRequest) -> bool:
    """Whether the last step of this session was a recovery code."""
    records = get_authentication_records(request, request.user)
    return bool(records) and records[-1].get("type") == Authenticator.Type.RECOVERY_CODES


def _shown(request: HttpRequest, method: str, seconds: int) -> bool:
    since = time.time() - seconds
    records = get_authentication_records(request, request.user)
    return any(record["method"] == method and record["at"] > since for record in records)
