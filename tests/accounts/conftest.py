"""Somebody who signs in, for the tests of signing in."""

from typing import Any

import pytest

from tests.accounts.doors import with_app, with_password
from tests.staff import WRITER, staff


@pytest.fixture
def user() -> Any:
    """A writer with a password."""
    return with_password(staff(WRITER, "小作"))


@pytest.fixture
def secret(user: Any) -> str:
    """The secret of the user's app that makes codes."""
    return with_app(user)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test's transaction never ends: what waits for its end is done at once, as for a visitor."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda then, **_: then())
