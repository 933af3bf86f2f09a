"""A lost second factor: one administrator asks, another one confirms, and nobody alone takes anything from anybody."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import ResetRequest
from guidance.models import Action, Event
from tests.accounts.doors import (
    PASSWORD,
    at_the_desk,
    code,
    factors,
    prove_again,
    type_code,
    type_password,
    with_app,
    with_password,
    with_recovery_codes,
)
from tests.accounts.people import link_in, page, set_password, stale, text
from tests.staff import KEEPER, SUPERUSER, WRITER, desk_of, staff

pytestmark = pytest.mark.django_db
REASON = "手机丢了，电话里核对过"


def in_use(role: str = WRITER, name: str = "zhang") -> Any:
    """Somebody with a password, an app and recovery codes."""
    user = with_password(staff(role, name))
    with_app(user)
    with_recovery_codes(user)
    return user


def ask(by: Any, user: Any, reason: str = REASON) -> Any:
    return desk_of(by).post(page(user, "reset"), {"step": "ask", "reason": reason}, follow=True)


def answer(by: Any, user: Any, step: str, number: str = "") -> Any:
    """Confirm or cancel what the page of a reset shows."""
    client = desk_of(by)
    shown = re.search(r'name="request" value="(\d+)"', text(client.get(page(user, "reset"))))
    number = number or (shown[1] if shown else "")
    return client.post(page(user, "reset"), {"step": step, "request": number}, follow=True)


def is_as_before(user: Any) -> bool:
    user.refresh_from_db()
    return bool(user.check_password(PASSWORD) and factors(user) == ["recovery_codes", "totp"])


def steps() -> list[tuple[Any, str, str]]:
    return [(event.actor, event.key, event.note) for event in Event.objects.filter(action=Action.RESET)]


def test_two_administrators_reset_somebody() -> None:
    first, second, user = staff(KEEPER, "a"), staff(KEEPER, "b"), in_use()
    browser = Client()
    Authenticator.objects.all().delete()
    secret = with_app(user)
    with_recovery_codes(user)
    type_password(browser, user)
    type_code(browser, code(secret))
    assert "另一位管理员确认以后才会重置" in text(ask(first, user))
    assert is_as_before(user)
    assert at_the_desk(browser)
    link = link_in(answer(second, user, "confirm"))
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert factors(user) == []
    assert not at_the_desk(browser)
    assert not ResetRequest.objects.exists()
    assert set_password(link, name=user.username)
    assert steps() == [
        (first, "zhang", f"提出：{REASON}"),
        (second, "zhang", f"确认了a的请求：{REASON}"),
        (second, "zhang", "去掉了密码和第二步验证（验证码应用、恢复码），结束了1个登录"),
    ]
    invited = Event.objects.get(action=Action.INVITE)
    assert (invited.actor, invited.key, invited.note) == (second, "zhang", "重置以后的邀请链接")


def test_after_a_reset_nobody_alone_makes_another_link() -> None:
    first, second, user = staff(KEEPER, "a"), staff(KEEPER, "b"), in_use()
    browser = Client()
    Authenticator.objects.all().delete()
    type_password(browser, user)
    ask(first, user)
    link = link_in(answer(second, user, "confirm"))
    assert "重新生成邀请链接" not in text(desk_of(first).get(page(user, "change")))
    assert "不能再用邀请链接" in text(desk_of(first).post(page(user, "link"), follow=True))
    assert set_password(link, name=user.username)


def test_whoever_asked_cannot_confirm() -> None:
    first, user = staff(KEEPER), in_use()
    ask(first, user)
    assert "确认重置" not in text(desk_of(first).get(page(user, "reset")))
    assert "要由另一位管理员确认" in text(answer(first, user, "confirm"))
    assert is_as_before(user)


def test_nobody_asks_or_confirms_for_themselves() -> None:
    user, other = in_use(KEEPER), staff(KEEPER)
    assert "不能重置自己的登录" in text(ask(user, user))
    assert not ResetRequest.objects.exists()
    ask(other, user)
    assert "不能重置自己的登录" in text(answer(user, user, "confirm"))
    assert is_as_before(user)


@pytest.mark.parametrize("who", ["the one who asked", "another administrator", "the person"])
def test_it_can_be_cancelled(who: str) -> None:
    first, other, user = staff(KEEPER, "a"), staff(KEEPER, "b"), in_use(KEEPER)
    ask(first, user)
    by = {"the one who asked": first, "another administrator": other, "the person": user}[who]
    assert "已取消" in text(answer(by, user, "cancel"))
    assert "提出重置" in text(desk_of(first).get(page(user, "reset")))
    assert is_as_before(user)
    assert steps()[-1] == (by, "zhang", f"取消了a的请求：{REASON}")


def test_after_a_day_it_counts_as_none() -> None:
    first, other, user = staff(KEEPER), staff(KEEPER), in_use()
    ask(first, user)
    number = str(ResetRequest.objects.get().pk)
    with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=1)):
        assert "等另一位确认" not in text(desk_of(other).get(reverse("admin:accounts_staffuser_changelist")))
        for step in ("confirm", "cancel"):
            assert "已经不在了" in text(answer(other, user, step, number))
        assert is_as_before(user)
        ask(other, user)
        assert link_in(answer(first, user, "confirm"))


def test_nobody_confirms_another_request_than_they_read() -> None:
    first, other, user = staff(KEEPER), staff(KEEPER), in_use()
    ask(first, user)
    read = str(ResetRequest.objects.get().pk)
    answer(first, user, "cancel")
    ask(first, user, "另一个原因")
    if str(ResetRequest.objects.get().pk) == read:  # SQLite gives a number again
        ResetRequest.objects.update(pk=int(read) + 1)
    assert "已经不在了" in text(answer(other, user, "confirm", read))
    assert is_as_before(user)


def test_every_administrator_sees_what_is_asked() -> None:
    first, other, user = staff(KEEPER, "a"), staff(KEEPER, "b"), in_use()
    ask(first, user)
    client = desk_of(other)
    assert "a提出，等另一位确认" in text(client.get(reverse("admin:accounts_staffuser_changelist")))
    for name in ("change", "reset"):
        assert REASON in text(client.get(page(user, name)))


def test_the_second_of_two_who_confirm_is_told() -> None:
    first, second, third, user = staff(KEEPER), staff(KEEPER), staff(KEEPER), in_use()
    ask(first, user)
    number = str(ResetRequest.objects.get().pk)
    assert link_in(answer(second, user, "confirm", number))
    told = text(answer(third, user, "confirm", number))
    assert "已经不在了" in told
    assert 'id="link"' not in told
    assert Event.objects.filter(action=Action.INVITE).count() == 1


@pytest.mark.parametrize("lost", ["closed", "no role", "not staff"])
def test_what_somebody_asked_who_is_no_administrator_now_is_not_carried_out(lost: str) -> None:
    first, other, user = staff(KEEPER), staff(KEEPER), in_use()
    ask(first, user)
    number = str(ResetRequest.objects.get().pk)
    if lost == "no role":
        first.groups.clear()
    else:
        setattr(first, {"closed": "is_active", "not staff": "is_staff"}[lost], False)
        first.save()
    assert 'id="link"' not in text(answer(other, user, "confirm", number))
    assert is_as_before(user)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 201, "手机\n丢了", "手机\u202e丢了", "手机\x00丢了", "手机\x1b[2J"])
def test_a_reason_is_one_plain_line(reason: str) -> None:
    first, user = staff(KEEPER), in_use()
    shown = ask(first, user, reason)
    assert 'aria-invalid="true"' in text(shown)
    assert not ResetRequest.objects.exists()


def test_only_who_has_every_right_resets_who_has_it() -> None:
    keeper, first, second, user = staff(KEEPER), staff(SUPERUSER), staff(SUPERUSER), in_use(SUPERUSER)
    assert ask(keeper, user).status_code == 403
    ask(first, user)
    number = str(ResetRequest.objects.get().pk)
    for step in ("confirm", "cancel"):
        assert answer(keeper, user, step, number).status_code == 403
    assert is_as_before(user)
    assert link_in(answer(second, user, "confirm"))


def test_whoever_gives_no_roles_resets_nobody() -> None:
    user = in_use()
    assert ask(staff(WRITER), user).status_code == 403
    assert desk_of(staff(WRITER)).get(page(user, "reset")).status_code == 403


def test_closed_and_unused_accounts_are_not_reset() -> None:
    first, closed, unused = staff(KEEPER), in_use(name="closed"), staff(WRITER, "unused")
    closed.is_active = False
    closed.save()
    assert "先启用" in text(ask(first, closed))
    assert "重新生成邀请链接就行" in text(ask(first, unused))
    assert not ResetRequest.objects.exists()


def test_it_is_asked_once_at_a_time() -> None:
    first, other, user = staff(KEEPER, "a"), staff(KEEPER, "b"), in_use()
    ask(first, user)
    assert "已经有人提出了" in text(ask(other, user, "又来一次"))
    assert (ResetRequest.objects.get().asked_by, ResetRequest.objects.get().reason) == (first, REASON)


def test_where_there_is_one_administrator_the_page_names_the_command() -> None:
    first, user = staff(KEEPER, "a"), in_use()
    client = desk_of(first)
    assert "manage.py reset_staff zhang" in text(client.get(page(user, "reset")))
    staff(KEEPER, "b")
    shown = text(client.get(page(user, "reset")))
    assert "能确认的人：b。" in shown
    assert "reset_staff" not in shown


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"step": "x"},
        {"step": "confirm"},
        {"step": "cancel", "request": "9" * 30},
        {"step": "confirm", "request": "\x00"},
    ],
)
def test_an_odd_form_changes_nothing(typed: dict[str, str]) -> None:
    first, other, user = staff(KEEPER), staff(KEEPER), in_use()
    ask(first, user)
    assert desk_of(other).post(page(user, "reset"), typed, follow=True).status_code == 200
    assert is_as_before(user)
    assert ResetRequest.objects.exists()


def test_a_confirmation_posted_too_late_is_carried_out_after_a_fresh_proof() -> None:
    first, second, user = staff(KEEPER), staff(KEEPER), in_use()
    client, secret = stale(second), with_app(second)
    ask(first, user)
    client.post(page(user, "reset"), {"step": "confirm", "request": str(ResetRequest.objects.get().pk)})
    assert is_as_before(user)
    link = link_in(prove_again(client, code(secret), next=page(user, "reset")))
    assert set_password(link, name=user.username)
