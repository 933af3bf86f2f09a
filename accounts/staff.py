"""Taking staff in and closing their accounts: what is done then, and put on the record."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.invitations import invite, is_unused
from accounts.models import ResetRequest, StaffUser
from accounts.record import record
from accounts.sessions import end_all_sessions


class Refused(Exception):  # noqa: N818 (the word of this site for it)
    """A step that cannot be taken; says why, to whoever tried."""


def locked(user: StaffUser) -> StaffUser:
    """The same user as stored now, and nobody else changes the row until the transaction ends."""
    return StaffUser.objects.select_for_update().get(pk=user.pk)


def welcome(user: StaffUser, by: Any) -> str:
    """The path of the first link for a new account."""
    record("invite", by, "新账号的邀请链接", user.username)
    return invite(user)


@transaction.atomic
def welcome_again(user: StaffUser, by: Any) -> str:
    """The path of another link for an account that nobody has used; the link before it ends. Raises Refused."""
    user = locked(user)
    if not user.is_active:
        raise Refused("这个账号已停用。先启用，再生成邀请链接。")
    if not is_unused(user):
        raise Refused("这个账号已经用过，不能再用邀请链接。登录不了的话，用“重置登录”。")
    record("invite", by, "重新生成了邀请链接，旧的失效", user.username)
    return invite(user)


def close(user: StaffUser, by: Any) -> None:
    """What follows when an account is closed: every session ends, and what was asked about it or by it is void."""
    ended = end_all_sessions(user)
    ResetRequest.objects.filter(Q(user=user) | Q(asked_by=user)).delete()
    record("sessions", by, f"账号停用，结束了{ended}个登录", user.username)
