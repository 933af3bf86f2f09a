"""Filters of the pages of signing in."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.template import Library

from accounts import browsers, proof

register = Library()
register.filter("browser", browsers.summary)


@register.filter
def is_inside(request: HttpRequest | None) -> bool:
    """Whether who asks has shown a second factor."""
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated and proof.has_second_factor(request)  # type: ignore[arg-type]


@register.filter
def factors(user: Any) -> set[str]:
    """The kinds of second factor somebody has, recovery codes among them."""
    return set(Authenticator.objects.filter(user=user).values_list("type", flat=True))


@register.filter
def in_fours(text: str) -> str:
    """Groups of four characters, easier to type from a screen."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
