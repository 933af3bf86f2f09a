"""What concerns the doors goes on the record of the desk: who came in, and what was changed about getting in.

allauth tells by signals; they are heard from the moment this is imported, which the admin does when the site starts.
"""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import password_changed, password_set, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.module_loading import import_string

from accounts import proof, throttle
from accounts.models import StaffUser
from accounts.sessions import end_sessions

FACTOR_WORDS = {"webauthn": "通行密钥", "totp": "验证码应用", "recovery_codes": "恢复码"}
STEP_WORDS = {"password": "密码", **FACTOR_WORDS}


def record(action: str, actor: Any, note: str, subject: str = "") -> None:
    """Add a line. action: a value of guidance's Action; actor: a user, or None; subject: a user name."""
    import_string(settings.AUDIT)(action, actor, note, subject)


def stopped(name: str) -> None:
    """Too many wrong passwords: told once for each pause, and only of accounts there are."""
    user = StaffUser.objects.filter(username__iexact=name.strip()).first()
    if user is not None and throttle.is_news(name):
        record("refused", None, "连续输错密码，从陌生的设备登录暂停几分钟", user.username)


@receiver(user_logged_in)
def _signed_in(request: HttpRequest, user: Any, **_: Any) -> None:
    steps = [step.get("type", step["method"]) for step in get_authentication_records(request, user)]
    how = "和".join(STEP_WORDS[step] for step in dict.fromkeys(steps) if step in STEP_WORDS)
    record("sign_in", user, f"用{how}", user.username)
    request.session.clear_expired()  # there is no job that would do it


@receiver(authentication_failed)
def _failed(user: Any, authenticator: Authenticator, **_: Any) -> None:
    record("refused", None, f"密码对，{FACTOR_WORDS[authenticator.type]}不对", user.username)


@receiver(authenticator_added)
def _added(request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any) -> None:
    """A factor that was just set up has been shown. The first one ends all sessions that had none."""
    record("factor", user, f"加了{FACTOR_WORDS[authenticator.type]}", user.username)
    if authenticator.type in proof.FACTORS:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
        if Authenticator.objects.filter(user=user, type__in=proof.FACTORS).count() == 1:
            end_sessions(user, but=request.session.session_key)


@receiver(authenticator_removed)
def _removed(request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any) -> None:
    """What was lost may be in use elsewhere."""
    record("factor", user, f"去掉了{FACTOR_WORDS[authenticator.type]}", user.username)
    end_sessions(user, but=request.session.session_key)


@receiver(authenticator_reset)
def _new_codes(user: Any, **_: Any) -> None:
    record("factor", user, "换了一组恢复码", user.username)


@receiver([password_changed, password_set])
def _new_password(user: Any, **_: Any) -> None:
    record("password", user, "自己改了密码，其他登录已结束", user.username)
