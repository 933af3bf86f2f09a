"""Administrators at the pages about people: taking in, giving links, saving; for tests."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.accounts.doors import type_password
from tests.admin.controls import controls
from tests.staff import desk_of

ADD = "/admin/accounts/staffuser/add/"
NEW_PASSWORD = "一句新的只有自己知道的长话"


def page(user: Any, name: str = "change") -> str:
    return reverse(f"admin:accounts_staffuser_{name}", args=[user.pk])


def text(answer: Any) -> str:
    return answer.content.decode()


def link_in(answer: Any) -> str:
    """The path of the one-time link that a page shows, which is a whole address there."""
    found = re.search(r'id="link">http://testserver(/staff/welcome/[^<]+)<', text(answer))
    assert found
    return found[1]


def hire(client: Client, name: str = "li", **typed: Any) -> Any:
    return client.post(ADD, controls(text(client.get(ADD)), username=name, **typed))


def set_password(link: str, password: str = NEW_PASSWORD, name: str = "li") -> bool:
    """Open a one-time link as its owner does; whether one can sign in with the password then."""
    somebody = Client()
    form = somebody.get(link, follow=True)
    somebody.post(form.request["PATH_INFO"], {"new_password1": password, "new_password2": password})
    return bool(type_password(Client(), name, password).status_code == 302)


def save(client: Client, user: Any, *dropped: str, **changes: Any) -> Any:
    typed = controls(text(client.get(page(user))), **changes)
    for name in dropped:
        typed.pop(name)
    return client.post(page(user), typed, follow=True)


def stale(user: Any) -> Client:
    """A browser in which somebody showed the second factor an hour ago."""
    return desk_of(user, seconds_ago=60 * 60)
