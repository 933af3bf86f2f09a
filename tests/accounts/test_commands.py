"""What whoever runs the server types: the first account, a reset, a change of keys."""

import getpass
import sys
from collections.abc import Callable
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from accounts.models import StaffUser
from accounts.sealing import seal
from guidance.models import Action
from tests.accounts.doors import (
    PASSWORD,
    at_the_desk,
    code,
    factors,
    recorded,
    type_code,
    type_password,
    with_app,
    with_password,
    with_recovery_codes,
)
from tests.accounts.people import NEW_PASSWORD, set_password
from tests.commands import failed, said
from tests.staff import KEEPER, PUBLISHER, REVIEWER, WRITER, desk_of, staff

pytestmark = pytest.mark.django_db

Terminal = Callable[..., None]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Types these answers, one after the other; passwords are answers to getpass. None: the end of input."""

    def typing(*answers: str | None, passwords: tuple[str, ...] = ()) -> None:
        lines, hidden = iter(answers), iter(passwords)

        def type_line(_prompt: str = "") -> str:
            line = next(lines)
            if line is None:
                raise EOFError
            return line

        monkeypatch.setattr("builtins.input", type_line)
        monkeypatch.setattr("accounts.management.commands.create_staff.getpass", lambda _prompt: next(hidden))
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)

    return typing


def test_the_first_account_may_do_everything_and_signs_in(terminal: Terminal) -> None:
    terminal("zhang", "张三", "", passwords=(NEW_PASSWORD, NEW_PASSWORD))
    words = said("create_staff")
    assert "/staff/login/" in words
    assert "second step" in words
    assert NEW_PASSWORD not in words
    user = StaffUser.objects.get()
    assert (user.username, user.display_name, user.is_superuser, user.is_staff) == ("zhang", "张三", True, True)
    assert recorded(Action.ROLES) == [(None, "zhang", "在服务器上新建账号：全部权限")]
    browser = Client()
    assert type_password(browser, "zhang", NEW_PASSWORD).status_code == 302
    assert not at_the_desk(browser)


def test_further_accounts_get_the_roles_that_are_typed(terminal: Terminal) -> None:
    staff(KEEPER)
    terminal("li", "", "", "7", "x", "2，3", passwords=(NEW_PASSWORD, NEW_PASSWORD))
    words = said("create_staff")
    assert words.count("Please type numbers") == 3
    user = StaffUser.objects.get(username="li")
    assert not user.is_superuser
    assert {group.name for group in user.groups.all()} == {REVIEWER, PUBLISHER}
    assert recorded(Action.ROLES)[-1] == (None, "li", "在服务器上新建账号：审核、发布")


def test_weak_passwords_and_slips_are_asked_for_again(terminal: Terminal) -> None:
    weak = ("short", "123456789012", "zhangsan-zhang", "passwordpassword")
    terminal("zhangsan-zhang", "", "0", passwords=(*weak, NEW_PASSWORD, "another one", NEW_PASSWORD, NEW_PASSWORD))
    words = said("create_staff")
    assert words.count("密码") >= len(weak)
    assert words.count("The two differ") == 1
    assert StaffUser.objects.get().check_password(NEW_PASSWORD)


def test_names_that_are_taken_or_odd_are_asked_for_again(terminal: Terminal) -> None:
    staff(WRITER, "zhang")
    odd = ("", "zhang", "ZHANG", "a b", "x" * 151)
    terminal(*odd, "li", "李\u202e四", "李" * 41, "李四", "1", passwords=(NEW_PASSWORD, NEW_PASSWORD))
    said("create_staff")
    user = StaffUser.objects.get(username="li")
    assert user.display_name == "李四"
    assert StaffUser.objects.count() == 2


def test_whoever_stops_half_way_has_made_nothing(terminal: Terminal) -> None:
    terminal("zhang", None)
    assert failed("create_staff")[1] == "Nothing was made."
    assert not StaffUser.objects.exists()


def test_a_password_is_taken_from_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO("zhang\n\n0\n"))
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", NEW_PASSWORD)
    assert "only on a terminal" in failed("create_staff")[1]
    with pytest.raises((CommandError, TypeError)):
        call_command("create_staff", "--password", NEW_PASSWORD)
    assert not StaffUser.objects.exists()


@pytest.mark.filterwarnings("default")
def test_a_terminal_that_would_show_the_password_is_refused(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal("zhang", "", "0")
    monkeypatch.setattr(
        "accounts.management.commands.create_staff.getpass", lambda prompt: getpass.fallback_getpass(prompt, StringIO())
    )
    assert failed("create_staff")[1] == "Nothing was made."


def test_a_reset_on_the_server_asks_for_the_name_and_gives_a_link(terminal: Terminal) -> None:
    user = with_password(staff(KEEPER, "zhang"))
    with_app(user)
    browser = desk_of(user)
    terminal("zhang")
    words = said("reset_staff", "zhang")
    assert factors(user) == []
    assert not at_the_desk(browser)
    assert [note for _, _, note in recorded(Action.RESET)] == [
        "在服务器上：去掉了密码和第二步验证（验证码应用），结束了1个登录"
    ]
    assert recorded(Action.INVITE) == [(None, "zhang", "在服务器上：重置以后的邀请链接")]
    link = next(line.strip() for line in words.splitlines() if "/staff/welcome/" in line)
    assert set_password(link, name="zhang")


@pytest.mark.parametrize("typed", ["", "li", "Zhang", None])
def test_a_reset_without_the_name_changes_nothing(terminal: Terminal, typed: str | None) -> None:
    user = with_password(staff(KEEPER, "zhang"))
    with_app(user)
    terminal(typed)
    assert "Nothing was changed" in failed("reset_staff", "zhang")[1]
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert factors(user) == ["totp"]


def test_a_reset_of_nobody_or_of_a_closed_account_is_refused() -> None:
    user = staff(KEEPER, "zhang")
    user.is_active = False
    user.save()
    assert "no user is called li" in failed("reset_staff", "li")[1]
    assert "closed" in failed("reset_staff", "zhang")[1]


def test_after_sealing_anew_the_old_key_can_go() -> None:
    user = with_password(staff(KEEPER))
    with override_settings(SECRET_KEY="the-old-one"):
        secret, (first, *_) = with_app(user), with_recovery_codes(user)
    with override_settings(SECRET_KEY="the-new-one", SECRET_KEY_FALLBACKS=["the-old-one"]):
        assert "Sealed 2 second factors" in said("rotate_secrets")
    assert recorded(Action.FACTOR)[-1] == (None, "", "在服务器上：2个第二步验证换用了现在的密钥")
    with override_settings(SECRET_KEY="the-new-one", SECRET_KEY_FALLBACKS=[]):
        for typed in (code(secret), first):
            browser = Client()
            type_password(browser, user)
            type_code(browser, typed)
            assert at_the_desk(browser)


def test_a_factor_that_no_key_opens_is_named_and_the_others_are_sealed() -> None:
    lost, kept = staff(KEEPER, "lost"), staff(KEEPER, "kept")
    with override_settings(SECRET_KEY="thrown-away"):
        with_app(lost)
    with_app(kept)
    sealed = Authenticator.objects.get(user=lost).data
    out, why = failed("rotate_secrets")
    assert "Sealed 1 second factors" in out
    assert "lost (totp)" in why
    assert "kept" not in why
    assert Authenticator.objects.get(user=lost).data == sealed


def test_codes_that_came_from_elsewhere_are_sealed_anew() -> None:
    user = with_password(staff(KEEPER))
    with override_settings(SECRET_KEY="the-old-one"):
        with_app(user)
        with_recovery_codes(user)
        codes = Authenticator.objects.get(type="recovery_codes")
        codes.data["migrated_codes"] = [seal("first-code"), seal("second-code")]
        codes.save()
    with override_settings(SECRET_KEY="the-new-one", SECRET_KEY_FALLBACKS=["the-old-one"]):
        said("rotate_secrets")
    with override_settings(SECRET_KEY="the-new-one", SECRET_KEY_FALLBACKS=[]):
        browser = Client()
        type_password(browser, user)
        type_code(browser, "second-code")
        assert at_the_desk(browser)


def test_with_nothing_to_seal_nothing_goes_on_the_record() -> None:
    assert "Sealed 0" in said("rotate_secrets")
    assert recorded(Action.FACTOR) == []
