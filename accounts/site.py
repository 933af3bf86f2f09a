"""The door of the admin: who may enter, where everybody else is sent, and what asks for a fresh proof."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.views import logout as sign_out
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts import proof

View = Callable[..., Any]

# Addresses by name: who may do what, and everything at once.
NEED_FRESH_PROOF = {
    "desk_export",
    "admin:accounts_staffuser_add",
    "admin:accounts_staffuser_change",
    "admin:accounts_staffuser_link",
    "admin:accounts_staffuser_reset",
}


class GuardedSite(AdminSite):
    """An admin that opens only to a session in which a second factor was shown."""

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and proof.has_second_factor(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002
        guarded = super().admin_view(_freshly(view), cacheable)

        @wraps(guarded)
        def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.headers.get("HX-Request") == "true" and not self.has_permission(request):
                # A part of a page cannot be replaced by the sign-in page, and what was typed must stay.
                return HttpResponse("登录已经结束。请在新窗口登录，再回来保存。", status=401)
            return guarded(request, *args, **kwargs)

        return entered

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send on to the step that is missing."""
        user = request.user
        wanted = request.GET.get("next") or reverse("admin:index")
        if user.is_authenticated and not super().has_permission(request):
            raise PermissionDenied
        if self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        step = "account_login"
        if user.is_authenticated:
            step = "mfa_reauthenticate" if proof.is_enrolled(user) else "mfa_index"
        return HttpResponseRedirect(f"{reverse(step)}?{urlencode({'next': wanted})}")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return sign_out(request)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return HttpResponseRedirect(reverse("account_change_password"))


def _freshly(view: View) -> View:
    """A view, asking first for a fresh proof where its address is one of those; what was posted is kept meanwhile."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        match = request.resolver_match
        if match and match.view_name in NEED_FRESH_PROOF and not proof.is_fresh(request):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return asked
