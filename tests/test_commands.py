"""Commands that people type."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def said(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_without_staff_the_welcome_tells_how_to_make_one_and_names_no_password() -> None:
    words = said("welcome", "--port", "8123")
    assert "http://127.0.0.1:8123/" in words
    assert "createsuperuser" in words


def test_with_staff_the_welcome_is_only_the_address(admin_user: Any) -> None:
    assert "createsuperuser" not in said("welcome")


def test_content_that_is_refused_names_the_document_and_the_place(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "bad.yaml").write_text("key: bad\ntitle: 只有标题\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"source/bad publisher"):
        call_command("load_content", str(tmp_path))


def test_a_broken_content_file_stops_the_loading(tmp_path: Path) -> None:
    folder = tmp_path / "flows"
    folder.mkdir()
    (folder / "bad.yaml").write_text("key: [", encoding="utf-8")
    with pytest.raises(CommandError, match=r"bad\.yaml"):
        call_command("load_content", str(tmp_path))
