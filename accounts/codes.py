"""A code of the second step counts once, also while the neighbouring steps of time still accept it."""

from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.conf import settings
from django.core.cache import cache
from django.forms import Form

SECONDS = 30 * (2 * settings.MFA_TOTP_TOLERANCE + 1)  # for which a code can be right


class Once(Form):
    """Refuses a code that this user has used already."""

    user: Any

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        if not cache.add(f"code:{self.user.pk}:{normalize_user_code(code)}", "used", timeout=SECONDS):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SignInForm(Once, AuthenticateForm):
    """The second step of signing in."""


class ProveForm(Once, ReauthenticateForm):
    """Proving it again."""


class EnrolForm(Once, ActivateTOTPForm):
    """Setting up an app that makes codes."""
