"""Sessions of staff: how many there are, and ending them."""

from typing import Any

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.utils import user_pk_to_url_str
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone


def open_sessions(user: Any) -> int:
    """In how many browsers somebody is signed in now."""
    keys = UserSession.objects.filter(user=user).values("session_key")
    return Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now()).count()


def end_sessions(user: Any, but: str | None = None) -> int:
    """End the sessions of somebody, except the one with this key; gives how many ended."""
    ended = list(UserSession.objects.filter(user=user).exclude(session_key=but or ""))
    for session in ended:
        session.end()
    return len(ended)


def end_all_sessions(user: Any) -> int:
    """End the sessions of somebody, also those that wait for the second step; gives how many."""
    keys = [session.session_key for session in Session.objects.iterator() if _belongs(session, user)]
    Session.objects.filter(session_key__in=keys).delete()
    end_sessions(user)
    return len(keys)


def _belongs(session: Session, user: Any) -> bool:
    data = session.get_decoded()
    begun = data.get(LOGIN_SESSION_KEY)
    waiting = begun.get("user_pk") if isinstance(begun, dict) else None
    return data.get(SESSION_KEY) == str(user.pk) or waiting == user_pk_to_url_str(user)
