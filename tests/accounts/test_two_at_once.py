"""Two who do the same at the same moment: one of them was first, the other is told, and nothing breaks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.db.models.signals import pre_save
from django.test import Client
from django.urls import reverse

from accounts.invitations import invite
from accounts.models import StaffUser
from guidance.models import Action
from tests.accounts.doors import code, recorded, type_password
from tests.accounts.people import ADD, NEW_PASSWORD, hire, text
from tests.staff import KEEPER, WRITER, desk_of, staff

pytestmark = pytest.mark.django_db

meanwhile: list[Callable[[], Any]] = []  # what somebody else does while a password is looked at


class Slow:
    """A rule for passwords that takes its time."""

    def validate(self, _password: str, _user: Any = None) -> None:
        while meanwhile:
            meanwhile.pop()()

    def get_help_text(self) -> str:
        return ""


@contextmanager
def just_before(model: Any, done: Callable[[], Any]) -> Iterator[None]:
    """What somebody else does just before a row is stored."""

    def first(**_: Any) -> None:
        done()

    pre_save.connect(first, sender=model)
    yield
    pre_save.disconnect(first, sender=model)


def test_of_two_who_send_one_link_at_once_the_first_sets_the_password(settings: Any) -> None:
    settings.AUTH_PASSWORD_VALIDATORS = [{"NAME": f"{__name__}.{Slow.__name__}"}]
    link = invite(staff(WRITER, "li"))
    owner, thief = Client(), Client()
    forms = [each.get(link, follow=True).request["PATH_INFO"] for each in (owner, thief)]

    def send(client: Client, form: str, password: str) -> int:
        return client.post(form, {"new_password1": password, "new_password2": password}).status_code

    meanwhile.append(lambda: send(owner, forms[0], NEW_PASSWORD))
    assert send(thief, forms[1], "另一句只有别人知道的长话") == 410
    assert type_password(Client(), "li", NEW_PASSWORD).status_code == 302
    assert len(recorded(Action.PASSWORD)) == 1


def test_a_name_that_somebody_takes_at_that_moment_is_asked_for_again() -> None:
    client = desk_of(staff(KEEPER))
    with just_before(StaffUser, lambda: StaffUser.objects.bulk_create([StaffUser(username="LI")])):
        answer = hire(client)
    assert answer["Location"] == ADD
    assert "别人刚刚用了这个用户名" in text(client.get(ADD))
    assert not StaffUser.objects.filter(username="li").exists()


def test_an_app_set_up_in_two_windows_at_once_breaks_nothing(user: Any) -> None:
    client, path = Client(), reverse("mfa_activate_totp")
    type_password(client, user)
    client.get(path)
    typed = code(client.session[SECRET_SESSION_KEY])
    other = Authenticator(user=user, type=Authenticator.Type.TOTP, data={"secret": ""})
    with just_before(Authenticator, lambda: Authenticator.objects.bulk_create([other])):
        answer = client.post(path, {"code": typed})
    assert answer["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200
