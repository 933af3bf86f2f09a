"""Moments in words, in the time of the place."""

from datetime import datetime

from django.utils import timezone


def moment(at: datetime) -> str:
    """A moment to the minute, e.g. 2026-11-22 08:00."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
