"""Every address of the admin, met by those who have not shown a second factor in this session."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse

from tests.config.routes import address, routes
from tests.staff import KEEPER, SUPERUSER, WRITER, desk_of, prove, staff

pytestmark = pytest.mark.django_db

ADMIN = sorted({address(*each) for each in routes(get_resolver().url_patterns) if each[0].startswith("admin/")})


def nobody() -> Client:
    return Client()


def password_only() -> Client:
    client = Client()
    client.force_login(staff(SUPERUSER))
    return client


def with_the_proof_of_another() -> Client:
    client = password_only()
    session = client.session
    prove(session, staff(KEEPER))
    session.save()
    return client


def with_a_proof_that_is_over() -> Client:
    return desk_of(staff(SUPERUSER), seconds_ago=settings.SESSION_COOKIE_AGE + 1)


def with_a_password_typed_again() -> Client:
    return desk_of(staff(SUPERUSER), method="password")


@pytest.mark.parametrize(
    "visitor",
    [nobody, password_only, with_a_password_typed_again, with_the_proof_of_another, with_a_proof_that_is_over],
)
def test_no_address_of_the_admin_opens_without_the_second_factor_of_this_session(visitor: Callable[[], Client]) -> None:
    client = visitor()
    for path in ADMIN:
        for answer in (client.get(path), client.post(path, {"username": "x", "_save": "1"})):
            assert answer.status_code == 302, path
            assert answer["Location"].startswith(("/admin/login/?", "/staff/", "/admin/")), path
            assert not answer.content, path
        assert client.get(path, follow=True).request["PATH_INFO"].startswith("/staff/"), path
        assert client.get(path, headers={"HX-Request": "true"}).status_code in (401, 302), path


def test_the_walk_misses_nothing() -> None:
    named = {reverse(name) for name in ("admin:index", "desk_export", "desk_import", "desk_problems", "desk_publish")}
    assert named | {"/admin/accounts/staffuser/1/change/", "/admin/guidance/flowdraft/1/review/"} <= set(ADMIN)
    assert len(ADMIN) > 150


def test_looking_at_every_address_changes_nothing_and_breaks_nowhere() -> None:
    client = desk_of(staff(SUPERUSER))
    before = everything()
    for path in ADMIN:
        assert client.get(path).status_code < 500, path
    assert everything() == before


def everything() -> dict[str, Any]:
    """All rows of the site, but for the sessions of those who look."""
    models = [
        model for app in ("accounts", "guidance", "mfa", "auth") for model in apps.get_app_config(app).get_models()
    ]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def test_with_the_second_factor_the_desk_opens() -> None:
    assert desk_of(staff(WRITER)).get("/admin/").status_code == 200


def test_a_part_of_a_page_asked_for_too_late_says_so_and_takes_nobody_away() -> None:
    answer = password_only().get("/admin/desk/problems/", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert "登录已经结束" in answer.content.decode()


@pytest.mark.parametrize(
    ("visitor", "leads_to"),
    [(nobody, "account_login"), (password_only, "mfa_index")],
)
def test_the_door_leads_to_the_step_that_is_missing(visitor: Callable[[], Client], leads_to: str) -> None:
    answer = visitor().get("/admin/guidance/claimdraft/?q=利息", follow=True)
    assert answer.request["PATH_INFO"] == reverse(leads_to)
    assert "next=%2Fadmin%2Fguidance%2Fclaimdraft%2F%3Fq" in answer.request["QUERY_STRING"]


def test_who_is_no_staff_is_refused_and_not_sent_round_in_circles() -> None:
    user = staff(WRITER)
    user.is_staff = False
    user.save()
    answer: Any = desk_of(user).get("/admin/", follow=True)
    assert answer.status_code == 403


def test_a_closed_account_is_out_at_once() -> None:
    user = staff(WRITER)
    client = desk_of(user)
    user.is_active = False
    user.save()
    assert client.get("/admin/", follow=True).request["PATH_INFO"] == reverse("account_login")
