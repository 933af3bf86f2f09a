"""Answers of passkeys come from a stranger's browser: what is no such answer is wrong, and breaks nothing."""

from collections.abc import Callable
from struct import error as StructError  # noqa: N812 (its own name says nothing)
from typing import Any

from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.core.exceptions import ValidationError
from django.forms import Form, HiddenInput, JSONField

# What parsing bytes that are none of a passkey's raises.
NONSENSE = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError, StructError)
WRONG = "通行密钥没有对上。请再试一次。"


class CredentialField(JSONField):
    """JSON; what is none, or is nested without end, is a wrong answer."""

    default_error_messages = {"invalid": WRONG, "required": WRONG}

    def to_python(self, value: Any) -> Any:
        return _checked(super().to_python, value)


class Answer(Form):
    """An answer to a challenge for signing in."""

    credential = CredentialField(widget=HiddenInput)

    def clean_credential(self) -> Any:
        return _checked(super().clean_credential)  # type: ignore[misc]


class SignInForm(Answer, LoginWebAuthnForm):
    """With the passkey alone."""


class SecondStepForm(Answer, AuthenticateWebAuthnForm):
    """After the password."""


class ProveForm(Answer, ReauthenticateWebAuthnForm):
    """Proving it again."""


class EnrolForm(AddWebAuthnForm):
    """Setting one up."""

    credential = CredentialField(widget=HiddenInput)

    def clean(self) -> Any:
        return _checked(super().clean)


def _checked(read: Callable[..., Any], *arguments: Any) -> Any:
    try:
        return read(*arguments)
    except NONSENSE:
        raise ValidationError(WRONG) from None
    except ValidationError as error:
        if error.code == "incorrect_code":  # allauth has one word for all, and ours speaks of codes
            raise ValidationError(WRONG) from None
        raise
