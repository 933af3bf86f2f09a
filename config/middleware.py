"""What every request passes: a limit on its size, the page cache, security headers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from config.headers import table
from guidance.views.caching import count_sent, keep, kept_page, page_key

Handler = Callable[[HttpRequest], HttpResponse]

QUERY_BYTES = 2000  # far above any honest form; longer ones are refused before a view reads them
SEARCHES = ("/search/", "/search.json")  # people paste whole stories there; the beginning is read
SEARCH_BYTES = 64 * 1024


def limit_query(get_response: Handler) -> Handler:
    """Refuse oversized query strings with 414."""

    def middleware(request: HttpRequest) -> HttpResponse:
        limit = SEARCH_BYTES if request.path.startswith(SEARCHES) else QUERY_BYTES
        if len(request.META.get("QUERY_STRING", "")) > limit:
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
    """The one table for every response: outermost, so that pages of errors and what is kept have it too."""
    headers = table()
    referrer = headers.pop("Referrer-Policy")

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in headers.items():
            response.headers[name] = value
        response.headers.setdefault("Referrer-Policy", referrer)  # addresses that tell something send none at all
        return response

    return middleware
