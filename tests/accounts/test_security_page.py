"""The page of controls names tests that exist."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
PAGE = (TESTS.parent / "accounts" / "SECURITY.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(test_\w+)::(test_\w+)`", PAGE)


def test_it_names_many() -> None:
    assert len(NAMED) > 50


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_each_test_it_names_exists(file: str, name: str) -> None:
    found = [path for path in TESTS.rglob(f"{file}.py") if f"def {name}(" in path.read_text(encoding="utf-8")]
    assert found


def test_every_control_has_a_test() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("|") and "---" not in line][1:]
    assert [row for row in rows if "test_" not in row.split("|")[3]] == []
