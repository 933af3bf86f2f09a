"""What every request passes: a limit on its size, the page cache, security headers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guidance.views.caching import count_sent, keep, kept_page, page_key

Handler = Callable[[HttpRequest], HttpResponse]

QUERY_BYTES = 2000  # far above any honest form; longer ones are refused before a view reads them

# Own origin only and nothing inline, in admin too; htmx and the admin run under it.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"


def limit_query(get_response: Handler) -> Handler:
    """Refuse oversized query strings with 414."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if len(request.META.get("QUERY_STRING", "")) > QUERY_BYTES:
            return render(request, "414.html", {"robots": "noindex"}, status=414)
        return get_response(request)

    return middleware


def page_cache(get_response: Handler) -> Handler:
    """Answer public pages from memory, or 304 without looking at anything but the address and the site stamp."""

    def middleware(request: HttpRequest) -> HttpResponse:
        key = page_key(request)
        if key is None:
            return get_response(request)
        response = kept_page(request, key) or keep(request, get_response(request), key)
        if request.method == "HEAD":
            response.content = b""
        else:
            count_sent(response)
        return response

    return middleware


def security_headers(get_response: Handler) -> Handler:
    """The one policy for every response, error pages included."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    return middleware
