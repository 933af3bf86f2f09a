"""What every page of the staff's sign-in passes."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from redis.exceptions import RedisError

from accounts import proof

PAGES = "/staff/"
# Where a session that has not shown the second factor of its owner may go; everything else is behind it.
OPEN = {
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "staff_welcome",
}


def staff_pages(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Never kept, never indexed; closed to a password alone; and closed while tries cannot be counted."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(PAGES):
            add_never_cache_headers(response)
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    def process_view(request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        if not request.path.startswith(PAGES) or not match or match.url_name in OPEN:
            return None
        if not request.user.is_authenticated:
            # Before allauth: it would keep what a stranger posts, as much as they like, for after the sign-in.
            return redirect_to_login(request.get_full_path())
        if not proof.is_enrolled(request.user) or proof.has_second_factor(request):
            return None
        return redirect_to_login(request.path, "mfa_reauthenticate")

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if request.path.startswith(PAGES) and isinstance(exception, RedisError):
            return render(request, "accounts/closed.html", status=503)
        if request.path.startswith(PAGES) and isinstance(exception, IntegrityError):
            return HttpResponseRedirect(reverse("mfa_index"))  # the same was set up twice at once: here is what stands
        return None

    middleware.process_view = process_view  # type: ignore[attr-defined]
    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware
