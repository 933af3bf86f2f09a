"""Sessions of staff: ended by their owner, by a reset, by a lost factor."""

from typing import Any

from allauth.usersessions.models import UserSession


def end_sessions(user: Any, but: str | None = None) -> int:
    """End the sessions of somebody, except the one with this key; gives how many ended."""
    ended = list(UserSession.objects.filter(user=user).exclude(session_key=but or ""))
    for session in ended:
        session.end()
    return len(ended)
