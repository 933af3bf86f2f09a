"""The pages of signing in, each in every state somebody can meet it in."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.invitations import invite
from accounts.views import too_many
from tests.accounts.doors import PASSWORD, code, type_code, type_password, with_app, with_password, with_recovery_codes
from tests.accounts.passkey import Passkey, set_up
from tests.staff import WRITER, sign_in, staff

NAME = "编辑部的小作同学"
CLOSE_TO_NAME = "编辑部的小作同学啊啊啊啊"
BAD_PASSWORDS = ("123", CLOSE_TO_NAME, "1" * 12, "password1234")

State = Callable[["Somebody"], Any]


class Somebody:
    """A person and a browser; what they do is told in their methods, each of which gives back the person."""

    def __init__(self) -> None:
        self.user = with_password(staff(WRITER, NAME))
        self.client = Client(headers={"Host": "localhost"})
        self.secret = ""

    def app(self) -> "Somebody":
        self.secret = with_app(self.user)
        return self

    def codes(self, used: int = 0) -> "Somebody":
        with_recovery_codes(self.user)
        stored = Authenticator.objects.get(user=self.user, type=Authenticator.Type.RECOVERY_CODES)
        stored.data["used_mask"] = (1 << used) - 1
        stored.save()
        return self

    def passkey(self) -> "Somebody":
        self.inside()
        set_up(self.client, Passkey(origin="http://localhost", host="localhost"))
        return self

    def inside(self, seconds_ago: float = 0) -> "Somebody":
        self.client = Client(headers={"Host": "localhost"})
        sign_in(self.client, self.user, seconds_ago=seconds_ago)
        return self

    def password(self, typed: str = PASSWORD) -> "Somebody":
        self.client = Client(headers={"Host": "localhost"})
        self.last = type_password(self.client, self.user, typed)
        return self

    def get(self, name: str, /, *args: Any, **data: Any) -> Any:
        return self.client.get(reverse(name, args=args), data)

    def post(self, name: str, /, *args: Any, **data: Any) -> Any:
        return self.client.post(reverse(name, args=args), data, follow=True)

    def key(self) -> int:
        return int(Authenticator.objects.get(user=self.user, type=Authenticator.Type.WEBAUTHN).pk)

    def welcome(self, **data: Any) -> Any:
        page = self.client.get(invite(self.user), follow=True)
        return self.client.post(page.request["PATH_INFO"], data, follow=True) if data else page


def new_password(one: str, two: str = "") -> dict[str, str]:
    return {"oldpassword": "no", "password1": one, "password2": two or one}


def no_password(who: Somebody) -> Somebody:
    who.user.set_unusable_password()
    who.user.save()
    return who.app().inside()


def stopped(who: Somebody) -> Any:
    for _ in range(11):
        last = type_password(who.client, who.user, "no")
    return last


def second_device(who: Somebody) -> Any:
    other = Client(headers={"User-Agent": "Mozilla/5.0 (iPhone) MicroMessenger/8.0"})
    type_password(other, who.user)
    type_code(other, code(who.secret))
    return who.get("usersessions_list")


def closed(_who: Somebody) -> Any:
    return HttpResponse(render_to_string("accounts/closed.html", request=RequestFactory().get("/staff/")), status=503)


STATES: dict[str, State] = {
    "sign in": lambda who: who.get("account_login", next="/admin/"),
    "sign in, wrong": lambda who: who.password("no").last,
    "sign in, empty": lambda who: who.post("account_login", login="", password=""),
    "sign in, stopped": stopped,
    "sign in, nothing from the passkey": lambda who: who.post("mfa_login_webauthn"),
    "second step, app": lambda who: who.app().password().get("mfa_authenticate"),
    "second step, passkey": lambda who: who.passkey().password().get("mfa_authenticate"),
    "second step, both": lambda who: who.app().passkey().password().get("mfa_authenticate"),
    "second step, wrong": lambda who: who.app().password().post("mfa_authenticate", code="1"),
    "second step, empty": lambda who: who.app().password().post("mfa_authenticate", code=""),
    "second step, passkey wrong": lambda who: who.passkey().password().post("mfa_authenticate", credential="1"),
    "first time": lambda who: who.password().get("mfa_index"),
    "factors, passkey": lambda who: who.passkey().get("mfa_index"),
    "factors, app": lambda who: who.app().inside().get("mfa_index"),
    "factors, both": lambda who: who.app().passkey().get("mfa_index"),
    "factors, few codes": lambda who: who.app().codes(used=8).inside().get("mfa_index"),
    "factors, codes used up": lambda who: who.app().codes(used=10).inside().get("mfa_index"),
    "app": lambda who: who.password().get("mfa_activate_totp"),
    "app, wrong": lambda who: who.password().post("mfa_activate_totp", code="1"),
    "app, empty": lambda who: who.password().post("mfa_activate_totp", code=""),
    "app, off": lambda who: who.app().passkey().get("mfa_deactivate_totp"),
    "app, is off": lambda who: who.app().passkey().post("mfa_deactivate_totp"),
    "app, last one": lambda who: who.app().inside().get("mfa_deactivate_totp"),
    "codes, new": lambda who: who.app().inside().post("mfa_generate_recovery_codes"),
    "codes, seen": lambda who: who.passkey().get("mfa_view_recovery_codes") and who.get("mfa_view_recovery_codes"),
    "codes, first": lambda who: who.app().inside().get("mfa_generate_recovery_codes"),
    "codes, others": lambda who: who.app().codes().inside().get("mfa_generate_recovery_codes"),
    "codes, nothing to recover": lambda who: who.password().post("mfa_generate_recovery_codes"),
    "passkeys, none": lambda who: who.password().get("mfa_list_webauthn"),
    "passkeys, one": lambda who: who.passkey().get("mfa_list_webauthn"),
    "passkey, new": lambda who: who.password().get("mfa_add_webauthn"),
    "passkey, new beside the app": lambda who: who.app().inside().get("mfa_add_webauthn"),
    "passkey, wrong": lambda who: who.password().post("mfa_add_webauthn", credential="{}"),
    "passkey, name": lambda who: who.passkey().get("mfa_edit_webauthn", who.key()),
    "passkey, no name": lambda who: who.passkey().post("mfa_edit_webauthn", who.key(), name=""),
    "passkey, off": lambda who: who.app().passkey().get("mfa_remove_webauthn", who.key()),
    "passkey, is off": lambda who: who.app().passkey().post("mfa_remove_webauthn", who.key()),
    "passkey, last one": lambda who: who.passkey().post("mfa_remove_webauthn", who.key()),
    "again, password": lambda who: who.password().get("account_reauthenticate", next="/staff/2fa/"),
    "again, password wrong": lambda who: who.password().post("account_reauthenticate", password="no"),
    "again, app": lambda who: who.app().inside(999).get("mfa_reauthenticate", next="/staff/2fa/"),
    "again, recovery code": lambda who: who.passkey().get("mfa_reauthenticate"),
    "again, app wrong": lambda who: who.app().inside(999).post("mfa_reauthenticate", code="1"),
    "again, passkey": lambda who: who.app().passkey().get("mfa_reauthenticate_webauthn"),
    "again, passkey wrong": lambda who: who.app().passkey().post("mfa_reauthenticate_webauthn", credential="1"),
    "devices": lambda who: (
        who.app().password() and type_code(who.client, code(who.secret)) and who.get("usersessions_list")
    ),
    "devices, two": lambda who: second_device(who.app().inside()),
    "devices, others ended": lambda who: who.app().inside().post("usersessions_list"),
    "password": lambda who: who.app().inside().get("account_change_password"),
    "password, wrong": lambda who: who.app().inside().post("account_change_password", **new_password("1", "2")),
    "password, empty": lambda who: who.app().inside().post("account_change_password"),
    "password, changed": lambda who: (
        who.app()
        .inside()
        .post("account_change_password", **new_password("一句谁也想不到的新的长话") | {"oldpassword": PASSWORD})
    ),
    "password, none yet": lambda who: no_password(who).get("account_set_password"),
    "password, none yet, wrong": lambda who: no_password(who).post("account_set_password", **new_password("1", "2")),
    "password, set": lambda who: no_password(who).post(
        "account_set_password", **new_password("一句谁也想不到的新的长话")
    ),
    "leave": lambda who: who.app().inside().get("account_logout"),
    "left": lambda who: who.app().inside().post("account_logout"),
    "invited": lambda who: who.welcome(),
    "invited, wrong": lambda who: who.welcome(new_password1="1", new_password2="2"),
    "invited, too easy": lambda who: who.welcome(new_password1=CLOSE_TO_NAME, new_password2=CLOSE_TO_NAME),
    "invited, done": lambda who: who.welcome(
        new_password1="一句谁也想不到的新的长话", new_password2="一句谁也想不到的新的长话"
    ),
    "invited, link used": lambda who: who.get("staff_welcome", "x", "y"),
    "too many": lambda _who: too_many(RequestFactory().get("/staff/")),
    "closed": closed,
} | {
    f"password, bad: {bad}": lambda who, bad=bad: (
        who.app().inside().post("account_change_password", **new_password(bad))
    )
    for bad in BAD_PASSWORDS
}
