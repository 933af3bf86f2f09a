"""Where our rules and words enter allauth."""

from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts import proof, record, throttle
from accounts.addresses import client_network
from accounts.sealing import seal, unseal

WRONG = "用户名或密码不对。"
LOST = "你用了一个恢复码。手机或通行密钥丢了的话，请到“我的登录”先加一个新的第二步验证，再去掉丢了的那个。"
# Ways to prove it again by the names of their addresses, the strongest first.
WAYS = {
    "mfa_reauthenticate_webauthn": "用通行密钥",
    "mfa_reauthenticate": "输入验证码或恢复码",
    "account_reauthenticate": "输入密码",
}


class AccountAdapter(DefaultAccountAdapter):
    """Passwords, sessions and the proof that is asked for again."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG,
        "incorrect_password": "密码不对。",
        "enter_current_password": "现在的密码不对。",
        "incorrect_code": "验证码不对。",
        "too_many_login_attempts": "试得太多了。请等几分钟再试。",
        "rate_limited": "试得太多了。请等几分钟再试。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Only a passkey is asked for as data; a form is answered by a page, never by what was typed into it."""
        match = request.resolver_match
        return bool(match and match.url_name == "mfa_login_webauthn" and super().is_ajax(request))

    def get_client_ip(self, request: HttpRequest) -> str:
        """The network, not the address: for counting tries, and for the owner's list of sessions."""
        forwarded = request.headers.get("X-Forwarded-For", "")
        return client_network(request.META.get("REMOTE_ADDR", ""), forwarded, settings.TRUSTED_PROXIES)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The user with this name and password; None when there is none, when it is closed, when it was mistyped.

        Takes as long for a name that nobody has. Raises ValidationError after too many tries.
        """
        name = credentials.get("username", "")
        usage = throttle.attempt(request, name)
        if usage is None:
            record.stopped(name)
            raise self.validation_error("too_many_login_attempts")
        user = authenticate(request, **credentials)
        if user is not None:
            usage.rollback()
        return user

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """All steps are done: the browser is known from now on."""
        response = super().post_login(request, user, **kwargs)
        if proof.has_second_factor(request):
            throttle.remember_device(response, user)
        if proof.used_recovery_code(request):
            messages.warning(request, LOST)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """A closed account is answered like one that never was."""
        messages.error(request, WRONG)
        return HttpResponseRedirect(reverse("account_login"))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has just signed in need not prove it again."""
        return not proof.is_fresh(self.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The strongest first; whoever has a second factor proves it by that one."""
        found = {method["url"]: method for method in super().get_reauthentication_methods(user)}
        ways = [found[reverse(way)] | {"description": words} for way, words in WAYS.items() if reverse(way) in found]
        factors = [way for way in ways if way["id"] != "reauthenticate"]
        return factors if proof.is_enrolled(user) else ways


class SessionsAdapter(DefaultUserSessionsAdapter):
    """Sessions that their owner ends all at once."""

    def end_sessions(self, sessions: list[Any]) -> None:
        super().end_sessions(sessions)
        owner = self.request.user
        record.record("sessions", owner, f"结束了自己的其他登录，共{len(sessions)}个", owner.get_username())


class FactorAdapter(DefaultMFAAdapter):
    """Second factors."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "没有对上。请对照着再输一次。验证码过一会儿就换，每个码只能用一次。",
        "cannot_delete_authenticator": "这是最后一个第二步验证，不能去掉。请先加一个新的。",
        "cannot_generate_recovery_codes": "请先设好第二步验证，再生成恢复码。",
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def build_totp_svg(self, url: str) -> str:
        """With its namespace: allauth shows it as an image, not as a part of the page."""
        drawing = BytesIO()
        segno.make(url).save(drawing, kind="svg", xmldecl=False, nl=False, scale=4, border=2, light="#fff")
        return drawing.getvalue().decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Nobody is left without a second factor."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=proof.FACTORS)
        return others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "通行密钥" if number == 1 else f"通行密钥{number}"

    def _get_site_name(self) -> str:
        """What apps and phones keep the factor under."""
        return str(settings.SITE_NAME)
