"""Sessions: seen and ended by their owner, ended by a new password, and a fresh proof for what is grave."""

from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.site import NEED_FRESH_PROOF
from guidance.models import Action, Event
from tests.accounts.doors import (
    PASSWORD,
    at_the_desk,
    code,
    enter,
    prove_again,
    type_password,
    with_app,
    with_password,
)
from tests.staff import KEEPER, WRITER, staff

pytestmark = pytest.mark.django_db

NEW = "另一句只有自己知道的长话"


@pytest.fixture
def user() -> Any:
    return with_password(staff(KEEPER, "小管"))


def test_each_session_is_listed_with_its_network_only(user: Any, secret: str) -> None:
    enter(user, code(secret), REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Firefox of the office")
    here = enter(user, code(secret, 1), REMOTE_ADDR="2001:db8:1:2::3", HTTP_USER_AGENT="Phone")
    page = here.get(reverse("usersessions_list")).content.decode()
    assert "203.0.113.0" in page
    assert "203.0.113.77" not in page
    assert "2001:db8:1::" in page
    assert not UserSession.objects.filter(ip__in=["203.0.113.77", "2001:db8:1:2::3"]).exists()


def test_the_owner_ends_one_session_and_only_that(user: Any, secret: str) -> None:
    here, there, third = (enter(user, code(secret, step)) for step in (-1, 0, 1))
    row = UserSession.objects.get(session_key=there.session.session_key)
    here.post(reverse("staff_end_session", args=[row.pk]))
    assert [at_the_desk(each) for each in (here, there, third)] == [True, False, True]
    assert Event.objects.filter(action=Action.SESSIONS, actor=user).count() == 1


def test_the_owner_ends_all_others_at_once(user: Any, secret: str) -> None:
    here, there, third = (enter(user, code(secret, step)) for step in (-1, 0, 1))
    here.post(reverse("usersessions_list"))
    assert [at_the_desk(each) for each in (here, there, third)] == [True, False, False]
    assert [event.note for event in Event.objects.filter(action=Action.SESSIONS)] == ["结束了自己的其他登录，共2个"]


def test_nobody_sees_or_ends_the_sessions_of_another(user: Any, secret: str) -> None:
    other = with_password(staff(WRITER, "别人"))
    theirs = enter(other, code(with_app(other)))
    here = enter(user, code(secret))
    row = UserSession.objects.get(user=other)
    assert here.post(reverse("staff_end_session", args=[row.pk])).status_code == 404
    assert here.post(reverse("staff_end_session", args=[2**62])).status_code == 404
    assert here.get(reverse("staff_end_session", args=[row.pk])).status_code == 405
    assert at_the_desk(theirs)


def test_ending_the_session_in_use_is_done_by_signing_out(user: Any, secret: str) -> None:
    here = enter(user, code(secret))
    row = UserSession.objects.get()
    page = here.post(reverse("staff_end_session", args=[row.pk]), follow=True)
    assert "正在用" in page.content.decode()
    assert at_the_desk(here)


def test_a_new_password_ends_all_other_sessions(user: Any, secret: str) -> None:
    here, there = enter(user, code(secret)), enter(user, code(secret, 1))
    sent = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    here.post(reverse("account_change_password"), sent)
    assert [at_the_desk(each) for each in (here, there)] == [True, False]
    assert [event.note for event in Event.objects.filter(action=Action.PASSWORD)] == ["自己改了密码，其他登录已结束"]
    assert type_password(Client(), user).status_code == 200
    assert type_password(Client(), user, NEW).status_code == 302


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("短密码", "12"),
        ("password1234", "常见"),
        ("xiaoguanxiaoguan", "相似"),
        ("735918264053", "数字"),
        ("小弱小弱小弱小弱小弱小弱", "不同的字符"),
    ],
)
def test_weak_passwords_are_refused_with_the_reason(password: str, reason: str) -> None:
    user = with_password(staff(KEEPER, "xiaoguanxiaogua"))
    client = enter(user, code(with_app(user)))
    sent = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    page = client.post(reverse("account_change_password"), sent).content.decode()
    assert reason in page
    assert type_password(Client(), user).status_code == 302


def test_the_password_in_use_has_to_be_known(user: Any, secret: str) -> None:
    client = enter(user, code(secret))
    sent = {"oldpassword": "不对的密码", "password1": NEW, "password2": NEW}
    assert "现在的密码不对" in client.post(reverse("account_change_password"), sent).content.decode()
    assert type_password(Client(), user, NEW).status_code == 200


def test_signing_in_clears_away_what_is_over(user: Any, secret: str, time_machine: Any) -> None:
    time_machine.move_to("2026-12-01T08:00:00Z", tick=False)
    enter(user, code(secret))
    time_machine.shift(9 * 60 * 60)
    enter(user, code(secret))
    assert Session.objects.count() == UserSession.objects.count() == 1


@pytest.mark.parametrize("name", sorted(NEED_FRESH_PROOF))
def test_what_is_grave_asks_for_a_fresh_proof(name: str, user: Any, secret: str, time_machine: Any) -> None:
    time_machine.move_to("2026-12-01T08:00:00Z", tick=False)
    client = enter(user, code(secret))
    try:
        path = reverse(name)
    except NoReverseMatch:
        path = reverse(name, args=[staff(WRITER).pk])
    assert client.get(path).status_code in (200, 302, 405)
    time_machine.shift(5 * 60 + 1)
    for answer in (client.get(path), client.post(path)):
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("mfa_reauthenticate"))
    assert at_the_desk(client)


def test_what_was_sent_is_done_after_the_proof(user: Any, secret: str, time_machine: Any) -> None:
    time_machine.move_to("2026-12-01T08:00:00Z", tick=False)
    client = enter(user, code(secret))
    time_machine.shift(5 * 60 + 1)
    path = reverse("desk_export")
    client.post(path, {"what": "live"})
    answer = prove_again(client, code(secret), next=path)
    assert answer["Content-Type"] == "application/zip"
    assert Event.objects.filter(action=Action.EXPORT, actor=user).count() == 1
