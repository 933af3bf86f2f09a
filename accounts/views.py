"""Pages of the staff's sign-in that allauth does not have, or not as strict."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.views import DeactivateTOTPView
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView, RemoveWebAuthnView, login_webauthn
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.views import PasswordResetConfirmView
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_POST

from accounts import throttle
from accounts.invitations import invitations
from accounts.record import record
from accounts.staff import locked


def too_many(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """429: too many tries."""
    return render(request, "accounts/too_many.html", status=429)


@login_required
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own sessions."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    if session.is_current():
        messages.warning(request, "这是你正在用的登录。要结束它，请点“退出”。")
    else:
        session.end()
        record("sessions", request.user, "结束了自己的一个登录", request.user.get_username())
        messages.success(request, "已结束。那台设备要重新登录。")
    return HttpResponseRedirect(reverse("usersessions_list"))


def sign_in_with_passkey(request: HttpRequest) -> HttpResponse:
    """Also asking for a challenge is counted: each keeps a session for somebody who is not known yet."""
    return login_webauthn(request) if throttle.ask_for_challenge(request) else too_many(request)


class LastStays:
    """The last factor stays, also when two are taken off at once: one waits for the other."""

    request: Any

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        locked(self.request.user)
        if not get_adapter().can_delete_authenticator(self._factor()):
            messages.error(self.request, get_adapter().error_messages["cannot_delete_authenticator"])
            return HttpResponseRedirect(reverse("mfa_index"))
        return super().form_valid(form)  # type: ignore[misc]

    def _factor(self) -> Any:
        raise NotImplementedError


class RemovePasskeyView(LastStays, RemoveWebAuthnView):
    def _factor(self) -> Any:
        return self.get_object()


class RemoveAppView(LastStays, DeactivateTOTPView):
    def _factor(self) -> Any:
        return self.authenticator


remove_passkey = RemovePasskeyView.as_view()
remove_app = RemoveAppView.as_view()


class ProveByPasskeyView(ReauthenticateWebAuthnView):
    """When it fails, one can try again where one was, and what was wanted is not lost."""

    def form_invalid(self, form: Any) -> HttpResponse:
        for error in form.errors.get("credential", []):
            messages.error(self.request, error)
        return HttpResponseRedirect(self.passthrough_next_url(reverse("mfa_reauthenticate_webauthn")))


prove_by_passkey = ProveByPasskeyView.as_view()


class FirstPasswordForm(SetPasswordForm):
    """Stores the password and nothing else: an account that is being closed at that moment stays closed."""

    was_first = True

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """Only over what the link was made for: of two who send it at once, one sets the password."""
        invited = type(self.user).objects.filter(pk=self.user.pk, password=self.user.password, is_active=True)
        self.user.set_password(self.cleaned_data["new_password1"])
        self.was_first = bool(invited.update(password=self.user.password))
        return self.user


class WelcomeView(PasswordResetConfirmView):
    """Whoever has the link sets the password, once. Opening it changes nothing: chat apps open links, too."""

    template_name = "accounts/welcome.html"
    form_class = FirstPasswordForm
    token_generator = invitations
    success_url = reverse_lazy("account_login")
    title = "设密码"

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        if not form.was_first:
            self.validlink = False
            return self.render_to_response(self.get_context_data())
        record("password", form.user, "用邀请链接设了密码", form.user.get_username())
        messages.success(self.request, "密码设好了。请登录，接着设第二步验证。")
        return response

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """A link that is used up or too old is gone: 410."""
        return super().render_to_response(context, status=200 if self.validlink else 410, **kwargs)


welcome = WelcomeView.as_view()
