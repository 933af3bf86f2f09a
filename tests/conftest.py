"""What all tests share: the shipped content in the database, and no memory of other tests."""

from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client

from guidance.services import live
from tests.staff import desk_of


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The shipped content, loaded once; each test changes it inside a transaction of its own."""
    with django_db_blocker.unblock():
        call_command("load_content", verbosity=0)


@pytest.fixture(autouse=True)
def forgetful() -> None:
    """Forget what was read from the database: a rolled-back test may leave other rows under the same numbers."""
    live._known = None
    live._revisions.clear()
    live._remembered.cache_clear()
    caches["pages"].clear()
    caches["default"].clear()


@pytest.fixture
def admin_client(admin_user: Any) -> Client:
    """pytest-django's, with the second factor that the desk asks for."""
    return desk_of(admin_user)
