"""Every address of the site: the whole URL map, with a value in the place of each parameter."""

import re
from collections.abc import Iterator
from typing import Any

from django.test import Client
from django.urls import URLPattern, get_resolver

# By the name of the address. {code} is a state of the self-check.
NAMED = {
    "guide": "guides/after-repaying/",
    "guide_data": "guides/after-repaying.jsonld",
    "question": "faq/grace-period/",
    "question_data": "faq/grace-period.jsonld",
    "preview": "preview/nonsense/",
    "feedback": "feedback/article/after-repaying/1/",
    "feedback_thanks": "feedback/article/after-repaying/thanks/",
    "check_describe": "check/huabei.json",
    "check": "check/huabei/",
    "check_start": "check/huabei/start",
    "check_open": "check/huabei/open",
    "check_json": "check/huabei/{code}.json",
    "check_state": "check/huabei/{code}/",
    "check_next": "check/huabei/{code}/next",
    "check_change": "check/huabei/{code}/change/signal/",
    "check_compare": "check/huabei/{code}/compare/",
    "check_mended": "check/huabei/{code}/，帮我看看",
    "check_state_bare": "check/huabei/{code}",
    "mfa_remove_webauthn": "staff/2fa/webauthn/keys/1/remove/",
    "mfa_edit_webauthn": "staff/2fa/webauthn/keys/1/edit/",
    "staff_end_session": "staff/sessions/1/end/",
    "staff_welcome": "staff/welcome/MQ/nonsense/",
    "desk_open": "admin/desk/article/after-repaying/",
    "app_list": "admin/guidance/",
}
# Of the admin, where hundreds of addresses are alike.
DESK = {
    "<path:object_id>": "1",
    "<path:content_type_id>": "1",
    "<id>": "1",
    "<int:pk>": "1",
    "<str:name>": "title",
    "(?P<url>.*)$": "nowhere/",
}
PARAMETER = re.compile(r"<[^>]*>|\(\?P<.*")


def routes(patterns: list[Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Route and name of each address below URL patterns; a nameless one has "" for its name."""
    for each in patterns:
        route = f"{before}{each.pattern}"
        if isinstance(each, URLPattern):
            yield route, each.name or ""
        else:
            yield from routes(each.url_patterns, route)


def address(route: str, name: str) -> str:
    """The path of a route. Raises KeyError for a parameter that was given no value here."""
    if name in NAMED:
        return f"/{NAMED[name]}"
    if route.startswith("admin/"):
        return "/" + PARAMETER.sub(lambda found: DESK[found[0]], route)
    if PARAMETER.search(route):
        raise KeyError(f"give {name or route} an address in tests/config/routes.py")
    return f"/{route}"


def addresses() -> list[str]:
    """The path of every route, each once; self-check states are of today's version."""
    code = Client().get("/check/huabei/start?signal=overdue")["Location"].split("/")[3]
    return list(dict.fromkeys(address(*each).format(code=code) for each in routes(get_resolver().url_patterns)))
