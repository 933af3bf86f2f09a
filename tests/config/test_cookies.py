"""The cookies of staff in production: taken only from this very host, over https, and read by no script."""

import json
from http.cookies import Morsel, SimpleCookie

import pytest

from tests.config.starting import KEY, told

PRODUCTION = {"SECRET_KEY": KEY, "ALLOWED_HOSTS": "help.example.org", "DATABASE_URL": "sqlite://:memory:"}
SIGN_IN = """
import json
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from accounts.throttle import remember_device
call_command("migrate", verbosity=0)
user = get_user_model().objects.create_user("keeper", password="a long enough one 2026", is_staff=True)
client = Client(headers={"host": "help.example.org"})
answers = [client.get("/staff/login/", secure=True)]
form = {"login": "keeper", "password": "a long enough one 2026"}
answers.append(client.post("/staff/login/", form, secure=True))
answers.append(HttpResponse())
remember_device(answers[-1], user)
print(json.dumps([cookie.OutputString() for answer in answers for cookie in answer.cookies.values()]))
"""
LIVE = "import json\nfrom django.test import Client\nclient = Client(headers={'host': 'help.example.org'})\n"


@pytest.fixture(scope="module")
def cookies() -> dict[str, Morsel]:
    """Every cookie of a sign-in, as a browser reads it."""
    found = SimpleCookie()
    # The tests' settings need no collected files; they take HTTPS and what hangs on it from the environment.
    for line in json.loads(
        told(SIGN_IN, **PRODUCTION, HTTPS="on", DJANGO_SETTINGS_MODULE="tests.settings").splitlines()[-1]
    ):
        found.load(line)
    return dict(found)


def test_there_are_no_others(cookies: dict[str, Morsel]) -> None:
    assert set(cookies) == {"__Host-session", "__Host-csrf", "__Host-device"}


@pytest.mark.parametrize("name", ["__Host-session", "__Host-csrf", "__Host-device"])
def test_a_cookie_is_of_this_host_only_over_https_only_and_hidden_from_scripts(
    cookies: dict[str, Morsel], name: str
) -> None:
    cookie = cookies[name]
    assert (cookie["secure"], cookie["httponly"]) == (True, True)
    assert (cookie["samesite"], cookie["path"], cookie["domain"]) == ("Lax", "/", "")


def test_the_session_ends_with_the_browser_and_after_eight_hours(cookies: dict[str, Morsel]) -> None:
    assert (cookies["__Host-session"]["max-age"], cookies["__Host-session"]["expires"]) == ("", "")
    code = "from django.conf import settings; print(settings.SESSION_COOKIE_AGE)"
    assert told(code, **PRODUCTION) == str(8 * 60 * 60)


def test_in_production_the_rule_of_https_is_sent_and_kept() -> None:
    code = LIVE + (
        "plain, alive = client.get('/guides/'), client.get('/livez', secure=True)\n"
        "print(json.dumps([plain.status_code, plain['Location'], alive['Strict-Transport-Security']]))"
    )
    rule = "max-age=31536000; includeSubDomains; preload"
    assert json.loads(told(code, **PRODUCTION)) == [301, "https://help.example.org/guides/", rule]


def test_on_ones_own_machine_no_browser_is_told_to_use_https_from_now_on() -> None:
    code = LIVE + "print('Strict-Transport-Security' in client.get('/livez', headers={'host': 'localhost'}))"
    assert told(code, **PRODUCTION | {"HTTPS": "off", "ALLOWED_HOSTS": "localhost"}) == "False"
