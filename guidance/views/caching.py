"""Finished pages, kept compressed. A page is a pure function of (site stamp, date, address, fragment?), so that is
its key, its ETag comes from the key, and nothing ever has to be invalidated."""

import gzip
import hashlib
import logging
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from redis.exceptions import RedisError

from guidance.services.counts import count
from guidance.services.live import site

logger = logging.getLogger(__name__)

Times = tuple[str, int, str]  # something to count: subject, number, what; see DailyCount

NOT_PAGES = ("/admin/", "/staff/", "/static/", "/livez", "/readyz")
SECONDS = 24 * 60 * 60  # a page's date ends within a day, and its key with it
ROOMS = ("config", "guidance", "templates", "static")
WORDS = ("SITE_NAME", "ICP_NUMBER", "SITE_OPERATOR", "SITE_CONTACT", "SECURITY_CONTACT")
# Browsers take these of a 304 in the place of what they have.
OF_304 = ("ETag", "Vary", "Cache-Control", "Referrer-Policy")


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page; going back in history always gets the whole."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"


def kept_page(request: HttpRequest, key: str) -> HttpResponse | None:
    """The page kept under `key`, or 304 when the browser has it; None when it is not there."""
    kept = _get(key)
    if kept is None:
        return None
    body, headers, times = kept
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponseNotModified(headers={name: headers[name] for name in OF_304 if name in headers})
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        headers = {name: value for name, value in headers.items() if name != "Content-Encoding"}
        body = gzip.decompress(body)
    return counted(HttpResponse(body, headers=headers | {"Content-Length": str(len(body))}), *times)


def keep(request: HttpRequest, response: HttpResponse, key: str) -> HttpResponse:
    """Keep a page that was just made, and give it its ETag; what is no plain page or not to be stored passes through.

    `key` is from before the page was made: what was published meanwhile may be missing in it.
    """
    if response.status_code != 200 or response.streaming or response.cookies:
        return response
    if "no-store" in response.headers.get("Cache-Control", ""):
        return response
    response.headers.setdefault("Cache-Control", "no-cache")
    response.headers["ETag"] = f'W/"{key}"'
    patch_vary_headers(response, ["HX-Request", "Accept-Encoding"])
    if request.method == "GET":
        headers = dict(response.headers) | {"Content-Encoding": "gzip"}
        headers.pop("Content-Length", None)
        _set(key, (gzip.compress(response.content, mtime=0), headers, _times(response)))
        return kept_page(request, key) or response
    return response


def counted(response: HttpResponse, *times: Times) -> HttpResponse:
    """Note on a page what is to be counted each time it is sent to a reader, kept or fresh."""
    vars(response)["times"] = [*_times(response), *times]
    return response


def count_sent(response: HttpResponse) -> None:
    """Count what is noted on a page that is being sent."""
    for each in _times(response):
        count(*each)


def _times(response: HttpResponse) -> list[Times]:
    found: list[Times] = vars(response).get("times", [])
    return found


def page_key(request: HttpRequest) -> str | None:
    """What the page is a function of, in one word; None for what is no page, or when nothing is known to be live."""
    if settings.DEBUG or request.method not in ("GET", "HEAD") or request.path.startswith(NOT_PAGES):
        return None
    try:
        live = site().fingerprint
    except Error:
        return None
    parts = [live, timezone.localdate(), _release(), is_fragment(request), request.is_secure()]
    text = "\n".join([*map(str, parts), request.META.get("HTTP_HOST", ""), request.get_full_path()])
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@cache
def _release() -> str:
    """A fingerprint of the code, the templates and the words in settings, so that a new release is a new page."""
    words = [getattr(settings, name) for name in WORDS]
    fingerprint = hashlib.blake2b(repr(words).encode(), digest_size=8)
    fingerprint.update(Path(settings.BASE_DIR, "requirements.txt").read_bytes())
    for room in ROOMS:
        for path in sorted(Path(settings.BASE_DIR, room).rglob("*")):
            if path.suffix in {".py", ".html", ".css", ".js", ".svg", ".png", ".txt"}:
                fingerprint.update(path.read_bytes())
    return fingerprint.hexdigest()


def _pages() -> BaseCache:
    return caches["pages"]


def _get(key: str) -> Any:
    try:
        return _pages().get(key)
    except (RedisError, OSError):
        logger.error("the page cache does not answer; pages are made afresh")
        return None


def _set(key: str, value: Any) -> None:
    try:
        _pages().set(key, value, SECONDS)
    except (RedisError, OSError):
        logger.error("the page cache does not answer; pages are made afresh")
