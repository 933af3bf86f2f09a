"""Starting somebody's sign-in anew after a lost second factor: one administrator asks, another one confirms."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from accounts.invitations import invite, is_unused
from accounts.models import ResetRequest, StaffUser
from accounts.record import FACTOR_WORDS, record
from accounts.sessions import end_all_sessions
from accounts.staff import Refused, locked

GONE = "这个请求已经不在了：有人确认了、取消了，或者超过了24小时。"


def standing(user: StaffUser) -> ResetRequest | None:
    """What is asked about somebody and can still be confirmed."""
    found = ResetRequest.objects.select_related("asked_by", "user").filter(user=user).first()
    return found if found and found.stands else None


def may_reset(by: Any, user: StaffUser) -> bool:
    """Whether somebody may ask or confirm it. Nobody may for themselves, and only who has every right for such."""
    trusted = by.is_active and by.is_staff and by.has_perm("accounts.change_staffuser")
    return bool(trusted and by.pk != user.pk and (by.is_superuser or not user.is_superuser))


def others(user: StaffUser, by: Any) -> list[StaffUser]:
    """Who could confirm what `by` asks."""
    found = (
        StaffUser.objects.with_perm("accounts.change_staffuser").filter(is_staff=True).exclude(pk__in=[user.pk, by.pk])
    )
    return list(found.filter(is_superuser=True) if user.is_superuser else found)


@transaction.atomic
def ask(user: StaffUser, by: Any, reason: str) -> None:
    """Changes nothing for the person yet. Raises Refused."""
    user = locked(user)
    _check(user, by)
    if is_unused(user):
        raise Refused("这个账号还没有设密码，不用重置：重新生成邀请链接就行。")
    if standing(user):
        raise Refused("已经有人提出了，请看下面。")
    asked = {"asked_by": by, "asked_at": timezone.now(), "reason": reason}
    ResetRequest.objects.update_or_create(user=user, defaults=asked)
    record("reset", by, f"提出：{reason}", user.username)


@transaction.atomic
def cancel(user: StaffUser, by: Any, number: str) -> None:
    """Take back a request, one's own or another's. Raises Refused."""
    request = _request(locked(user), number)
    request.delete()
    record("reset", by, f"取消了{request.asked_by}的请求：{request.reason}", user.username)


@transaction.atomic
def confirm(user: StaffUser, by: Any, number: str) -> str:
    """Carry out what another administrator asked; gives the path of a one-time link. Raises Refused.

    number: of the request that was looked at, so that nobody confirms another than they have read.
    """
    user = locked(user)
    request = _request(user, number)
    _check(user, by)
    if request.asked_by_id == by.pk:
        raise Refused("这是你自己提出的，要由另一位管理员确认。")
    if not may_reset(request.asked_by, user):
        raise Refused("提出的人现在不再是管理员。请取消，再重新提出。")
    record("reset", by, f"确认了{request.asked_by}的请求：{request.reason}", user.username)
    return start_anew(user, by)


@transaction.atomic
def start_anew(user: StaffUser, by: Any, note: str = "") -> str:
    """No factor, no password, no session is left; gives the path of a one-time link. Asks nobody."""
    factors = Authenticator.objects.filter(user=user)
    words = "、".join(FACTOR_WORDS[kind] for kind in factors.order_by("pk").values_list("type", flat=True)) or "没有"
    factors.delete()
    ResetRequest.objects.filter(user=user).delete()
    ended = end_all_sessions(user)
    record("reset", by, f"{note}去掉了密码和第二步验证（{words}），结束了{ended}个登录", user.username)
    record("invite", by, f"{note}重置以后的邀请链接", user.username)
    return invite(user)


def _check(user: StaffUser, by: Any) -> None:
    if by.pk == user.pk:
        raise Refused("不能重置自己的登录。")
    if not may_reset(by, user):
        raise Refused("你不能重置这个人的登录。")
    if not user.is_active:
        raise Refused("这个账号已停用。先启用，再重置。")


def _request(user: StaffUser, number: str) -> ResetRequest:
    """The request that was looked at. The row of the user is locked, so only one of two people finds it."""
    request = standing(user)
    if request is None or str(request.pk) != number:
        raise Refused(GONE)
    return request
