"""The contract on headers: one table on every response of every address, whatever its status."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import path

from tests.config.routes import address, addresses, routes
from tests.staff import SUPERUSER, desk_of, staff

pytestmark = pytest.mark.django_db

TABLE = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), "
        "encrypted-media=(), fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), "
        "identity-credentials-get=(), idle-detection=(), interest-cohort=(), local-fonts=(), magnetometer=(), "
        "microphone=(), midi=(), otp-credentials=(), payment=(), picture-in-picture=(), screen-wake-lock=(), "
        "serial=(), storage-access=(), usb=(), window-management=(), xr-spatial-tracking=(), "
        "publickey-credentials-create=(self), publickey-credentials-get=(self)"
    ),
}
HTTPS_ONLY = "max-age=31536000; includeSubDomains; preload"
REFERRERS = {"same-origin", "no-referrer"}
TELLING = ("Server", "X-Powered-By", "Access-Control-Allow-Origin")
STAFF_ONLY = ("/admin/", "/staff/")
LONG = "{}?q=" + "x" * 3000


@pytest.fixture(params=[False, True], ids=["http", "https"])
def https(request: Any, settings: Any) -> bool:
    """The site with HTTPS off, as on one's own machine, and on, as in production."""
    settings.SECURE_SSL_REDIRECT = request.param
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = request.param
    settings.SECURE_HSTS_SECONDS = 31536000 if request.param else 0
    return bool(request.param)


def amiss(response: Any, *, https: bool) -> dict[str, str | None]:
    """What of the table is missing or otherwise, and what says more than it should."""
    expected = TABLE | ({"Strict-Transport-Security": HTTPS_ONLY} if https else {})
    found = {name: response.get(name) for name, value in expected.items() if response.get(name) != value}
    found |= {name: response[name] for name in TELLING if name in response}
    if not https and "Strict-Transport-Security" in response:
        found["Strict-Transport-Security"] = response["Strict-Transport-Security"]
    if response.get("Referrer-Policy") not in REFERRERS:
        found["Referrer-Policy"] = response.get("Referrer-Policy")
    return found


@pytest.mark.parametrize("visitor", [Client, lambda: desk_of(staff(SUPERUSER))], ids=["anybody", "administrator"])
def test_every_address_carries_the_whole_table(visitor: Callable[[], Client], *, https: bool) -> None:
    client, statuses = visitor(), set()
    client.raise_request_exception = False
    for url in addresses():
        response = client.get(url, secure=https)
        statuses.add(response.status_code)
        assert amiss(response, https=https) == {}, url
        assert response.status_code < 500, url
    assert {200, 302, 404} <= statuses


def test_the_walk_goes_everywhere() -> None:
    walked = set(addresses())
    named = {"/", "/livez", "/feed.xml", "/sitemap.xml", "/guides/after-repaying/", "/staff/login/", "/admin/nowhere/"}
    assert named | {"/admin/accounts/staffuser/1/change/", "/.well-known/security.txt"} <= walked
    assert len(walked) > 200


@pytest.mark.parametrize("route", ["<slug:new>/", "admin/<slug:new>/", "(?P<new>.*)$"])
def test_a_new_address_that_was_given_no_value_is_told(route: str) -> None:
    ((found, name),) = routes([path(route, Client, name="new")])
    with pytest.raises(KeyError):
        address(found, name)


def test_readers_get_no_cookie_anywhere(client: Client) -> None:
    public = [url for url in addresses() if not url.startswith(STAFF_ONLY)]
    answers = {url: client.get(url) for url in public}
    assert [url for url, answer in answers.items() if answer.cookies or "Set-Cookie" in answer] == []
    assert sum(answer.status_code == 200 for answer in answers.values()) > 20


def kept(client: Client, url: str, *, https: bool) -> Any:
    """The answer to a browser that has the page already."""
    first = client.get(url, secure=https)
    return client.get(url, secure=https, headers={"If-None-Match": first["ETag"]})


@pytest.mark.parametrize(
    ("status", "method", "url", "extra"),
    [
        (200, "head", "/guides/", {}),
        (200, "get", "/static/css/base.css", {}),
        (400, "get", "/", {"headers": {"Host": "other.example"}}),
        (400, "get", "/staff/login/", {"headers": {"Host": "a b"}}),
        (403, "post", "/staff/login/", {}),
        (403, "post", "/admin/import/", {}),
        (404, "get", "/nowhere/", {}),
        (404, "get", "/static/nowhere.css", {}),
        (405, "post", "/robots.txt", {}),
        (405, "delete", "/", {}),
        (200, "get", LONG.format("/search/"), {}),
        (414, "get", LONG.format("/guides/"), {}),
        (414, "get", LONG.format("/staff/login/"), {}),
        (500, "get", "/broken/", {}),
    ],
)
@pytest.mark.urls("tests.config.broken")
def test_what_goes_another_way_carries_it_too(
    settings: Any, status: int, method: str, url: str, extra: Any, *, https: bool
) -> None:
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True  # as if the files were collected
    client = Client(enforce_csrf_checks=status == 403, raise_request_exception=False)
    response = getattr(client, method)(url, secure=https, **extra)
    response.close()
    assert response.status_code == status
    assert amiss(response, https=https) == {}


def test_a_page_the_browser_has_carries_it_too(client: Client, *, https: bool) -> None:
    response = kept(client, "/guides/after-repaying/", https=https)
    assert response.status_code == 304
    assert amiss(response, https=https) == {}


@pytest.mark.parametrize("https", [True], indirect=True)
def test_who_comes_by_http_is_sent_to_https(client: Client, *, https: bool) -> None:
    response = client.get("/guides/?page=2")
    assert (response.status_code, response["Location"]) == (301, "https://testserver/guides/?page=2")
    assert amiss(response, https=https) == {}
    assert client.get("/livez").status_code == 200  # whoever watches the process asks without


def test_an_address_that_holds_answers_is_told_to_nobody_also_when_the_browser_has_the_page(client: Client) -> None:
    state = client.get("/check/huabei/start?signal=overdue")["Location"]
    assert client.get(state)["Referrer-Policy"] == "no-referrer"
    assert kept(client, state, https=False)["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("address", ["/", "/check/huabei/", "/guides/", "/nowhere/", "/staff/login/"])
def test_pages_hold_no_inline_code(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    for forbidden in (" style=", "<style", " onclick=", " hx-on", "javascript:"):
        assert forbidden not in page
    assert page.count("<script") == page.count("<script src=")


@pytest.mark.urls("tests.config.broken")
def test_where_even_the_page_of_errors_breaks_a_line_of_text_carries_it(
    settings: Any, tmp_path: Path, *, https: bool
) -> None:
    """Static files that were never collected: no template that names one can be rendered."""
    settings.STATIC_ROOT = tmp_path
    manifest = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": manifest}
    response = Client(raise_request_exception=False).get("/broken/", secure=https)
    assert (response.status_code, response["Content-Type"]) == (500, "text/plain; charset=utf-8")
    assert "请过几分钟再试" in response.content.decode()
    assert amiss(response, https=https) == {}
