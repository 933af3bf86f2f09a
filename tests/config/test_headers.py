"""One strict policy on every response."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/",
    "/check/huabei/",
    "/check/huabei.json",
    "/guides/after-repaying/",
    "/nowhere/",
    "/livez",
    "/readyz",
    "/robots.txt",
    "/admin/login/",
    "/search/?q=" + "x" * 3000,
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_scripts_and_styles_come_from_here_only_and_never_inline(client: Client, address: str) -> None:
    policy = client.get(address)["Content-Security-Policy"]
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert "unsafe" not in policy
    assert "nonce" not in policy


@pytest.mark.parametrize("address", ADDRESSES)
def test_browsers_are_told_to_be_careful(client: Client, address: str) -> None:
    response = client.get(address)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


@pytest.mark.parametrize("address", ["/", "/check/huabei/", "/guides/", "/nowhere/"])
def test_pages_hold_no_inline_code(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    for forbidden in (" style=", "<style", " onclick=", " hx-on", "javascript:"):
        assert forbidden not in page
    assert page.count("<script") == page.count("<script src=")
