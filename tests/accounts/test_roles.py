"""Roles: what each may do is data, and every change of them is on the record."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import StaffUser
from accounts.roles import ROLES
from guidance.models import Action, Event
from tests.admin.controls import controls
from tests.staff import EVERYBODY, KEEPER, PUBLISHER, REVIEWER, SUPERUSER, WRITER, desk_of, staff

pytestmark = pytest.mark.django_db


def change(client: Client, user: Any, **changes: Any) -> Any:
    """Open the form of a user, change it and save."""
    url = reverse("admin:accounts_staffuser_change", args=[user.pk])
    return client.post(url, controls(client.get(url).content.decode(), **changes), follow=True)


def group(role: str) -> str:
    return str(Group.objects.get(name=role).pk)


def record() -> list[tuple[Any, str, str]]:
    return [(event.actor, event.key, event.note) for event in Event.objects.filter(action=Action.ROLES)]


def test_every_role_has_just_its_permissions_after_every_migration() -> None:
    writers = Group.objects.get(name=WRITER)
    writers.permissions.set(Permission.objects.filter(codename="publish_revision"))
    call_command("migrate", verbosity=0)
    given = set(writers.permissions.values_list("codename", flat=True))
    assert {"add_articledraft", "change_optiondraft", "delete_flowdraft", "view_event"} <= given
    assert not {"publish_revision", "review_revision", "import_content"} & given
    assert set(ROLES) <= set(Group.objects.values_list("name", flat=True))


def test_no_role_may_change_what_was_published_or_the_record() -> None:
    untouchable = {"revision", "publication", "event", "sitestamp", "dailycount"}
    writing = ("add", "change", "delete")
    forbidden = {f"{verb}_{model}" for verb in writing for model in untouchable}
    for role in (WRITER, REVIEWER, PUBLISHER):
        given = set(Group.objects.get(name=role).permissions.values_list("codename", flat=True))
        assert not forbidden & given, role


@pytest.mark.parametrize("role", EVERYBODY)
def test_only_keepers_see_and_change_accounts(role: str) -> None:
    somebody, client = staff(WRITER), desk_of(staff(role))
    may = role in (KEEPER, SUPERUSER)
    assert client.get(reverse("admin:accounts_staffuser_changelist")).status_code == (200 if may else 403)
    url = reverse("admin:accounts_staffuser_change", args=[somebody.pk])
    assert client.get(url).status_code == (200 if may else 403)
    posted = client.post(url, {"username": "x", "groups": group(PUBLISHER), "is_active": "on"})
    assert posted.status_code in ((200, 302) if may else (403,))
    assert client.get(reverse("admin:accounts_staffuser_add")).status_code == (200 if may else 403)


def test_a_change_of_roles_says_who_whom_from_what_to_what() -> None:
    keeper, user = staff(KEEPER), staff(WRITER, "zhang")
    change(desk_of(keeper), user, groups=[group(REVIEWER), group(PUBLISHER)])
    assert record() == [(keeper, "zhang", "作者 → 发布、审核")]
    change(desk_of(keeper), user, groups=[])
    assert record()[1:] == [(keeper, "zhang", "发布、审核 → 没有角色")]


def test_closing_an_account_and_giving_every_right_are_on_the_record() -> None:
    chief, user = staff(SUPERUSER), staff(WRITER, "zhang")
    page = reverse("admin:accounts_staffuser_change", args=[user.pk])
    typed = controls(desk_of(chief).get(page).content.decode(), is_superuser="on")
    desk_of(chief).post(page, typed)
    typed = controls(desk_of(chief).get(page).content.decode())
    for name in ("is_active", "is_staff"):
        typed.pop(name)
    desk_of(chief).post(page, typed)
    assert [note for _, _, note in record()] == [
        "作者 → 全部权限、作者",
        "全部权限、作者 → 全部权限、停用、不能进编辑台、作者",
    ]


def test_another_name_is_no_change_of_roles() -> None:
    user = staff(WRITER)
    change(desk_of(staff(KEEPER)), user, display_name="张三")
    user.refresh_from_db()
    assert user.display_name == "张三"
    assert record() == []


def test_a_new_account_and_its_roles_are_on_the_record() -> None:
    keeper = staff(KEEPER)
    client, url = desk_of(keeper), reverse("admin:accounts_staffuser_add")
    typed = {"username": "li", "groups": [group(WRITER)]}
    client.post(url, controls(client.get(url).content.decode(), **typed))
    assert record() == [(keeper, "li", "没有角色 → 作者")]
    assert StaffUser.objects.get(username="li").is_staff


def test_nobody_changes_their_own_roles() -> None:
    keeper = staff(KEEPER)
    change(desk_of(keeper), keeper, groups=[group(PUBLISHER)], is_superuser="on", display_name="我")
    keeper.refresh_from_db()
    assert (keeper.display_name, keeper.is_superuser) == ("我", False)
    assert [each.name for each in keeper.groups.all()] == [KEEPER]
    assert record() == []


def test_a_keeper_gives_nobody_every_right_and_cannot_touch_who_has_it() -> None:
    client, user, chief = desk_of(staff(KEEPER)), staff(WRITER), staff(SUPERUSER)
    change(client, user, is_superuser="on")
    user.refresh_from_db()
    assert not user.is_superuser
    for page in ("change", "delete"):
        url = reverse(f"admin:accounts_staffuser_{page}", args=[chief.pk])
        assert client.post(url, {"username": "chief", "is_active": ""}).status_code == 403
    for page in ("link", "reset"):
        url = reverse(f"admin:accounts_staffuser_{page}", args=[chief.pk])
        assert client.post(url, {"step": "ask", "reason": "手机丢了"}).status_code == 403


def test_nobody_sets_the_password_of_another() -> None:
    user, client = staff(WRITER), desk_of(staff(SUPERUSER))
    typed = dict.fromkeys(("password1", "password2", "password"), "quiet-harbour-41")
    client.post(f"/admin/accounts/staffuser/{user.pk}/password/", typed, follow=True)
    change(client, user, **typed)
    user.refresh_from_db()
    assert not user.has_usable_password()


def test_factors_sessions_and_groups_have_no_forms_at_the_desk() -> None:
    client = desk_of(staff(SUPERUSER))
    for place in ("mfa/authenticator", "usersessions/usersession", "account/emailaddress", "auth/group"):
        assert client.get(f"/admin/{place}/").status_code == 404


def test_nobody_is_deleted() -> None:
    user = staff(WRITER)
    client = desk_of(staff(SUPERUSER))
    assert client.post(reverse("admin:accounts_staffuser_delete", args=[user.pk]), {"post": "yes"}).status_code == 403
    many = {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"}
    client.post(reverse("admin:accounts_staffuser_changelist"), many)
    assert StaffUser.objects.filter(pk=user.pk).exists()


def test_another_user_name_is_on_the_record() -> None:
    keeper, user = staff(KEEPER), staff(WRITER, "zhang")
    change(desk_of(keeper), user, username="li")
    assert record() == [(keeper, "li", "用户名：zhang → li")]


@pytest.mark.parametrize("new", [True, False])
def test_an_administrator_makes_no_second_one_to_agree_with(new: bool) -> None:  # noqa: FBT001
    keeper = desk_of(staff(KEEPER))
    if new:
        sent = {"username": "zweite", "groups": [group(KEEPER)]}
        page = keeper.post(reverse("admin:accounts_staffuser_add"), sent)
        assert not StaffUser.objects.filter(username="zweite").exists()
    else:
        user = staff(WRITER, "zweite")
        page = change(keeper, user, groups=[group(KEEPER)])
        assert [role.name for role in user.groups.all()] == [WRITER]
    assert "只能由有全部权限的人给" in page.content.decode()
    assert record() == []


def test_an_administrator_may_change_a_colleague_who_is_one() -> None:
    colleague = staff(KEEPER, "zweite")
    change(desk_of(staff(KEEPER)), colleague, display_name="同事")
    colleague.refresh_from_db()
    assert (str(colleague), colleague.groups.get().name) == ("同事", KEEPER)
    change(desk_of(staff(SUPERUSER)), staff(WRITER, "dritte"), groups=[group(KEEPER)])
    assert StaffUser.objects.get(username="dritte").groups.get().name == KEEPER
