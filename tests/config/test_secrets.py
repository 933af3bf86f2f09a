"""Secrets from files, and a key that is replaced by another."""

from pathlib import Path

import pytest

from tests.config.starting import KEY, complaint, told

PRODUCTION = {"ALLOWED_HOSTS": "help.example.org"}
SHOW = "from django.conf import settings as s; print(ascii([s.SECRET_KEY, s.SECRET_KEY_FALLBACKS]))"


def written(folder: Path, text: str) -> str:
    """The path of a file that says `text`."""
    path = folder / f"secret-{len(list(folder.iterdir()))}"
    path.write_bytes(text.encode())
    return str(path)


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n\n"])
def test_the_line_end_of_a_file_is_no_part_of_the_key(tmp_path: Path, end: str) -> None:
    assert told(SHOW, **PRODUCTION, SECRET_KEY_FILE=written(tmp_path, KEY + end)) == ascii([KEY, []])


@pytest.mark.parametrize("key", [f"${KEY}", f"a${{PATH}}{KEY}", f"{KEY}\\$b#c='d", f"钥匙{KEY}"])
def test_a_key_is_taken_as_it_is(tmp_path: Path, key: str) -> None:
    assert told(SHOW, **PRODUCTION, SECRET_KEY_FILE=written(tmp_path, key)) == ascii([key, []])
    assert told(SHOW, **PRODUCTION, SECRET_KEY=key) == ascii([key, []])


def test_a_file_that_cannot_be_read_stops_the_start(tmp_path: Path) -> None:
    not_text = tmp_path / "not-text"
    not_text.write_bytes(b"\xff\xfe" * 40)
    for path in (tmp_path / "missing", tmp_path, not_text):
        said = complaint(**PRODUCTION, SECRET_KEY_FILE=str(path))
        assert said == "Set SECRET_KEY_FILE to the path of a text file that can be read."


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL", "SECRET_KEY_FALLBACKS"])
def test_a_missing_file_of_what_could_be_left_out_stops_the_start(name: str) -> None:
    said = complaint(**PRODUCTION, SECRET_KEY=KEY, **{f"{name}_FILE": "/nowhere/at-all"})
    assert said == f"Set {name}_FILE to the path of a text file that can be read."


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL"])
@pytest.mark.parametrize("text", ["", "\n", "  \n"])
def test_an_empty_file_stops_the_start(tmp_path: Path, name: str, text: str) -> None:
    settings = {"SECRET_KEY": KEY, "DATABASE_URL": ""} | PRODUCTION
    settings.pop(name)
    said = complaint(**settings, **{f"{name}_FILE": written(tmp_path, text)})
    assert said == f"Set {name}_FILE to the path of a file that is not empty."


def test_a_secret_in_two_places_stops_the_start(tmp_path: Path) -> None:
    said = complaint(**PRODUCTION, SECRET_KEY=KEY, SECRET_KEY_FILE=written(tmp_path, KEY))
    assert said == "Set SECRET_KEY or SECRET_KEY_FILE, not both."


def test_a_blank_variable_beside_a_file_is_as_if_not_set(tmp_path: Path) -> None:
    assert complaint(**PRODUCTION, SECRET_KEY="", SECRET_KEY_FILE=written(tmp_path, KEY)) == ""
    assert complaint(**PRODUCTION, SECRET_KEY=KEY, SECRET_KEY_FILE="") == ""


@pytest.mark.parametrize("text", ["{0},{1}", " {0} , {1} ,", "{0}\n{1}\n", "{0},\r\n\r\n {1}\r\n"])
def test_former_keys_are_a_list_in_the_variable_and_in_a_file(tmp_path: Path, text: str) -> None:
    former = [f"old-one-{KEY}", f"older-{KEY}"]
    text, expected = text.format(*former), ascii([KEY, former])
    assert told(SHOW, **PRODUCTION, SECRET_KEY=KEY, SECRET_KEY_FALLBACKS=text) == expected
    assert told(SHOW, **PRODUCTION, SECRET_KEY=KEY, SECRET_KEY_FALLBACKS_FILE=written(tmp_path, text)) == expected


def test_without_former_keys_an_empty_list_is_fine(tmp_path: Path) -> None:
    assert told(SHOW, **PRODUCTION, SECRET_KEY=KEY, SECRET_KEY_FALLBACKS="") == ascii([KEY, []])
    empty = written(tmp_path, "\n")
    assert told(SHOW, **PRODUCTION, SECRET_KEY=KEY, SECRET_KEY_FALLBACKS_FILE=empty) == ascii([KEY, []])


def test_what_was_signed_under_a_former_key_still_counts() -> None:
    signed = told("from django.core.signing import Signer; print(Signer().sign('x'))", **PRODUCTION, SECRET_KEY=KEY)
    check = f"from django.core.signing import Signer; print(Signer().unsign({signed!r}))"
    new = KEY[::-1]
    assert told(check, **PRODUCTION, SECRET_KEY=new, SECRET_KEY_FALLBACKS=KEY) == "x"
    with pytest.raises(AssertionError, match="BadSignature"):
        told(check, **PRODUCTION, SECRET_KEY=new)
