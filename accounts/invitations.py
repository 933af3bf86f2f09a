"""A link by which somebody sets the password of an account, once, within three days."""

from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode


class Invitations(PasswordResetTokenGenerator):
    """Signed over the password as it is stored, so setting one, or making a new link, ends the old link."""

    key_salt = "accounts.invitations"

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.is_active}"


invitations = Invitations()


def invite(user: Any) -> str:
    """The path of a new link for somebody. Whatever password there was is gone, and so is every older link."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    who = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("staff_welcome", args=[who, invitations.make_token(user)])


def expires() -> datetime:
    """When a link that is made now ends."""
    return timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


def is_unused(user: Any) -> bool:
    """Whether nobody has ever come in by this account, so that a link takes nothing from anybody.

    After a reset an account is not unused: one administrator alone must not take the link of its owner.
    """
    came_in = user.has_usable_password() or user.last_login or Authenticator.objects.filter(user=user).exists()
    return not came_in
