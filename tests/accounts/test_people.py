"""Taking people in by a one-time link, closing their accounts, and what the pages about them show."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import ResetRequest, StaffUser
from guidance.models import Action
from tests.accounts.doors import (
    PASSWORD,
    at_the_desk,
    code,
    prove_again,
    recorded,
    type_code,
    type_password,
    with_app,
    with_password,
    with_recovery_codes,
)
from tests.accounts.people import ADD, hire, link_in, page, save, set_password, stale, text
from tests.admin.controls import controls
from tests.staff import KEEPER, PUBLISHER, SUPERUSER, WRITER, desk_of, staff

pytestmark = pytest.mark.django_db

LIST = "/admin/accounts/staffuser/"
HUGE = "9" * 30


def test_a_new_colleague_gets_a_link_that_is_shown_once_and_works_once() -> None:
    keeper = staff(KEEPER)
    client = desk_of(keeper)
    answer = hire(client)
    link = link_in(answer)
    assert "三天内有效" in text(answer)
    assert "no-store" in answer["Cache-Control"]
    assert not StaffUser.objects.get(username="li").has_usable_password()
    assert recorded(Action.INVITE) == [(keeper, "li", "新账号的邀请链接")]
    assert link not in text(client.get(LIST)) + text(client.get(page(StaffUser.objects.get(username="li"))))
    assert link not in str(dict(client.session))
    assert set_password(link)
    assert not set_password(link, "另一句只有别人知道的长话")


def test_opening_a_link_does_not_use_it_up() -> None:
    link = link_in(hire(desk_of(staff(KEEPER))))
    Client().get(link, follow=True)
    assert set_password(link)


def test_a_link_ends_after_three_days() -> None:
    link = link_in(hire(desk_of(staff(KEEPER))))
    with time_machine.travel(datetime.now() + timedelta(days=3, minutes=1)):  # noqa: DTZ005 (as the token counts)
        assert not set_password(link)


@pytest.mark.parametrize("button", ["_addanother", "_continue", "_popup"])
def test_the_link_is_shown_whichever_way_the_form_is_sent(button: str) -> None:
    assert link_in(hire(desk_of(staff(KEEPER)), **{button: "1"}))


def test_two_names_differ_in_more_than_capitals() -> None:
    """Sign-in would take them for one and let neither in."""
    staff(WRITER, "zhang")
    assert "已存在" in text(hire(desk_of(staff(KEEPER)), "Zhang"))
    assert StaffUser.objects.filter(username__iexact="zhang").count() == 1


def test_a_name_with_hidden_characters_is_refused() -> None:
    answer = hire(desk_of(staff(KEEPER)), display_name="张\u202e三")
    assert "看不见的字符" in text(answer)
    assert not StaffUser.objects.filter(username="li").exists()


def test_who_lost_the_link_gets_another_and_the_first_is_void() -> None:
    keeper = staff(KEEPER)
    client = desk_of(keeper)
    first = link_in(hire(client))
    user = StaffUser.objects.get(username="li")
    assert "重新生成邀请链接" in text(client.get(page(user)))
    second = link_in(client.post(page(user, "link")))
    assert not set_password(first)
    assert set_password(second)
    assert recorded(Action.INVITE)[1:] == [(keeper, "li", "重新生成了邀请链接，旧的失效")]


def test_an_account_in_use_gets_no_link() -> None:
    user, client = with_password(staff(WRITER)), desk_of(staff(SUPERUSER))
    assert "重新生成邀请链接" not in text(client.get(page(user)))
    answer = client.post(page(user, "link"), follow=True)
    assert "这个账号已经用过" in text(answer)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert recorded(Action.INVITE) == []


def test_opening_the_address_of_a_new_link_makes_none() -> None:
    user, client = staff(WRITER), desk_of(staff(KEEPER))
    assert client.get(page(user, "link"), follow=True).request["PATH_INFO"] == page(user)
    assert recorded(Action.INVITE) == []


def test_closing_an_account_ends_its_sessions_for_good() -> None:
    keeper, user = staff(KEEPER), with_password(staff(WRITER, "zhang"))
    secret, browser, half_way = with_app(user), Client(), Client()
    type_password(browser, user)
    type_code(browser, code(secret))
    type_password(half_way, user)
    assert at_the_desk(browser)
    client = desk_of(keeper)
    save(client, user, "is_active")
    assert not at_the_desk(browser)
    assert not UserSession.objects.filter(user=user).exists()
    assert recorded(Action.SESSIONS) == [(keeper, "zhang", "账号停用，结束了2个登录")]
    save(client, user, is_active="on")
    assert not at_the_desk(browser)
    type_code(half_way, code(secret, 1))
    assert not at_the_desk(half_way)


def test_opening_an_account_again_leaves_its_second_step_as_it_was() -> None:
    user, client = with_password(staff(WRITER)), desk_of(staff(KEEPER))
    secret = with_app(user)
    save(client, user, "is_active")
    browser = Client()
    type_password(browser, user)
    type_code(browser, code(secret, -1))
    assert not at_the_desk(browser)
    save(client, user, is_active="on")
    type_password(browser, user)
    type_code(browser, code(secret))
    assert at_the_desk(browser)


def test_closing_an_account_ends_its_link() -> None:
    client = desk_of(staff(KEEPER))
    link = link_in(hire(client))
    user = StaffUser.objects.get(username="li")
    save(client, user, "is_active")
    assert not set_password(link)
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert "重新生成邀请链接" not in text(client.get(page(user)))
    assert "先启用" in text(client.post(page(user, "link"), follow=True))


def test_closing_an_account_voids_what_it_asked() -> None:
    keeper, user, other = staff(KEEPER), with_password(staff(WRITER)), staff(KEEPER)
    ResetRequest.objects.create(user=user, asked_by=keeper, reason="手机丢了")
    save(desk_of(other), keeper, "is_active")
    assert not ResetRequest.objects.exists()


def test_saving_a_person_leaves_a_password_that_was_set_meanwhile() -> None:
    user, client = staff(WRITER), desk_of(staff(KEEPER))
    typed = controls(text(client.get(page(user))), display_name="张三")
    with_password(user)
    client.post(page(user), typed)
    user.refresh_from_db()
    assert (user.display_name, user.check_password(PASSWORD)) == ("张三", True)


def test_the_page_of_a_person_says_how_they_sign_in_and_no_secret() -> None:
    user, client = with_password(staff(WRITER)), desk_of(staff(KEEPER))
    secret, codes, browser = with_app(user), with_recovery_codes(user), Client()
    type_password(browser, user)
    type_code(browser, code(secret))
    shown = text(client.get(page(user)))
    today = f"{timezone.localtime():%Y-%m-%d}"
    assert f"验证码应用（加于{today}" in shown
    assert "恢复码（加于" in shown
    assert "还没用过" in shown
    assert "1个" in shown
    user.refresh_from_db()
    for hidden in (secret, *codes, user.password, "sha", UserSession.objects.get().session_key):
        assert hidden not in shown


def test_the_list_says_how_far_everybody_has_come() -> None:
    staff(WRITER)
    with_password(staff(WRITER))
    with_app(with_password(staff(WRITER)))
    shown = text(desk_of(staff(KEEPER)).get(LIST))
    for words in ("还没有设密码", "还没有第二步验证", "密码和第二步验证"):
        assert words in shown


def test_the_list_asks_the_database_no_more_for_more_people() -> None:
    client = desk_of(staff(KEEPER))
    few = queries(client)
    for _ in range(5):
        user = with_password(staff(PUBLISHER))
        user.groups.add(Group.objects.get(name=WRITER))
        with_app(user)
        ResetRequest.objects.create(user=user, asked_by=staff(KEEPER), reason="手机丢了")
    assert text(client.get(LIST)).count("等另一位确认") == 5
    assert queries(client) == few


def queries(client: Client) -> int:
    """How often the database is asked for the list."""
    with CaptureQueriesContext(connection) as asked:
        client.get(LIST)
    return len(asked)


@pytest.mark.parametrize(
    "query",
    [
        "e=1",
        "is_active__exact=x",
        "groups__id__exact=abc",
        f"groups__id__exact={HUGE}",
        f"id__in={HUGE}",
        "p=abc&o=zz",
        f"p={HUGE}",
        "q=%00",
        "username=%00",
        "last_login__year=0",
        f"last_login__year={HUGE}",
        "_to_field=",
        "_popup=1",
        "all=",
    ],
)
def test_a_list_with_an_odd_filter_is_shown(query: str) -> None:
    assert desk_of(staff(KEEPER)).get(f"{LIST}?{query}", follow=True).status_code == 200


def test_the_list_cannot_be_asked_about_passwords_factors_or_sessions() -> None:
    with_app(with_password(staff(WRITER)))
    client = desk_of(staff(SUPERUSER))
    for query in (
        "password__startswith=md5",
        "authenticator__data__contains=x",
        "usersession__session_key__startswith=a",
    ):
        assert client.get(f"{LIST}?{query}").status_code == 400


@pytest.mark.parametrize("name", ["change", "link", "reset", "history", "delete"])
@pytest.mark.parametrize("number", [HUGE, "0", "-1", "abc", "1%00", "1/2", "%20"])
def test_the_page_of_nobody_is_answered(name: str, number: str) -> None:
    client = desk_of(staff(SUPERUSER))
    for answer in (client.get(f"{LIST}{number}/{name}/"), client.post(f"{LIST}{number}/{name}/", {"step": "ask"})):
        assert answer.status_code in (302, 403, 404)


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"username": "\x00", "groups": "abc"},
        {"username": "a" * 200, "groups": HUGE},
        {"username": "li", "groups": ["1", "-1", ""], "_save": "\x00"},
    ],
)
def test_an_odd_form_is_shown_again(typed: dict[str, Any]) -> None:
    client = desk_of(staff(KEEPER))
    assert "errornote" in text(client.post(ADD, typed))
    assert "errornote" in text(client.post(page(staff(WRITER)), typed))


def test_what_was_posted_too_late_is_carried_out_after_a_fresh_proof() -> None:
    keeper, user = staff(KEEPER), staff(WRITER, "zhang")
    client, secret = stale(keeper), with_app(keeper)
    typed = controls(text(desk_of(keeper).get(page(user))), display_name="张三", groups=[group(PUBLISHER)])
    sent = client.post(page(user), typed)
    assert sent["Location"].startswith(reverse("mfa_reauthenticate"))
    user.refresh_from_db()
    assert user.display_name == ""
    answer = prove_again(client, code(secret), next=page(user))
    assert answer["Location"] == LIST
    user.refresh_from_db()
    assert (user.display_name, [each.name for each in user.groups.all()]) == ("张三", [PUBLISHER])


def test_a_colleague_added_too_late_still_gets_the_link_after_a_fresh_proof() -> None:
    keeper = staff(KEEPER)
    client, secret = stale(keeper), with_app(keeper)
    client.post(ADD, {"username": "li", "groups": [group(WRITER)]})
    assert not StaffUser.objects.filter(username="li").exists()
    assert set_password(link_in(prove_again(client, code(secret), next=ADD)))
    assert [each.name for each in StaffUser.objects.get(username="li").groups.all()] == [WRITER]


def test_a_form_shown_again_after_a_fresh_proof_goes_where_it_belongs() -> None:
    keeper = staff(KEEPER)
    client, secret = stale(keeper), with_app(keeper)
    client.post(ADD, {"username": "", "display_name": "张三"})
    shown = text(prove_again(client, code(secret), next=ADD))
    assert f'action="{ADD}"' in shown
    assert "张三" in shown


@pytest.mark.parametrize("name", ["change", "link", "reset"])
def test_pages_about_a_person_ask_for_a_fresh_proof(name: str) -> None:
    keeper, user = staff(KEEPER), staff(WRITER)
    with_app(keeper)
    client = stale(keeper)
    for answer in (client.get(page(user, name)), client.post(page(user, name), {"step": "ask", "reason": "手机丢了"})):
        assert answer["Location"].startswith(reverse("mfa_reauthenticate"))
    assert recorded(Action.INVITE) == recorded(Action.RESET) == []


def group(role: str) -> str:
    return str(Group.objects.get(name=role).pk)
