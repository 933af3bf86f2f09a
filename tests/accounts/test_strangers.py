"""What strangers leave behind, and what they are given back: nothing of theirs is kept."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import get_resolver, reverse

from tests.accounts.doors import PASSWORD, type_password
from tests.config.routes import address, routes

pytestmark = pytest.mark.django_db

AS_DATA = ({"Accept": "application/json"}, {"X-Requested-With": "XMLHttpRequest"})


def test_nothing_that_a_stranger_posts_is_kept() -> None:
    found = [each for each in routes(get_resolver().url_patterns) if each[0].startswith(("staff/", "admin/"))]
    paths = {address(*each) for each in found} - {reverse("mfa_login_webauthn")}  # challenges are kept, and counted
    assert len(paths) > 50
    for path in paths:
        answer = Client().post(path, {"typed": "x" * 1000})
        assert "session" not in answer.cookies, path
    assert not Session.objects.exists()


def test_a_stranger_who_posts_is_sent_to_the_sign_in_and_back() -> None:
    answer = Client().post(reverse("mfa_generate_recovery_codes"))
    assert answer["Location"] == f"{reverse('account_login')}?next={reverse('mfa_generate_recovery_codes')}"


@pytest.mark.parametrize("headers", AS_DATA)
@pytest.mark.parametrize("name", ["小作", "没有的人"])
def test_no_answer_repeats_a_password(user: Any, headers: dict[str, str], name: str) -> None:
    client = Client(headers=headers)
    for typed in ("猜的密码猜的密码猜的", PASSWORD):
        answer = type_password(client, name, typed)
        assert "json" not in answer.get("Content-Type", "")
        assert typed not in answer.content.decode("unicode_escape") + answer.content.decode()
