"""Strict reading of the environment: what says nothing clear stops the start, in a sentence that says what to do."""

import os
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environ import Env

SWITCH = dict.fromkeys(("on", "yes", "true", "1"), True) | dict.fromkeys(("off", "no", "false", "0"), False)


class Variables(Env):  # type: ignore[misc]
    """django-environ; but each NAME may be NAME_FILE, and a `$` is a character like others, because keys hold some."""

    def get_value(
        self,
        var: str,
        cast: Any = None,
        default: Any = Env.NOTSET,
        parse_default: bool = False,  # noqa: ARG002, FBT001, FBT002 (as django-environ calls it)
    ) -> Any:
        """The value of a variable as `cast` (bool, int, list or none); blank is as good as not set, except for a list.

        Raises ImproperlyConfigured for what is missing without a default, and for what is no such value.
        """
        text = _text(var)
        if text is None or not (text.strip() or cast is list):
            return self._left_out(var, default)
        if cast is bool:
            return _switch(var, text)
        if cast is int:
            return _number(var, text)
        if cast is list:
            return [part.strip() for line in text.splitlines() for part in line.split(",") if part.strip()]
        return text

    def _left_out(self, var: str, default: Any) -> Any:
        if os.environ.get(f"{var}_FILE"):
            raise ImproperlyConfigured(f"Set {var}_FILE to the path of a file that is not empty.")
        if default is self.NOTSET:
            raise ImproperlyConfigured(f"Set {var}, or {var}_FILE to the path of a file that holds it.")
        return default


def _text(name: str) -> str | None:
    """What NAME says or the file of NAME_FILE holds, without the line end that editors add; None for neither."""
    value, path = os.environ.get(name), os.environ.get(f"{name}_FILE")
    if not path:
        return value
    if value:
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE, not both.")
    try:
        return Path(path).read_text("utf-8").rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"Set {name}_FILE to the path of a text file that can be read.") from error


def _switch(name: str, text: str) -> bool:
    word = text.strip().lower()
    if word not in SWITCH:
        raise ImproperlyConfigured(f"Set {name} to on or off.")
    return SWITCH[word]


def _number(name: str, text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise ImproperlyConfigured(f"Set {name} to a whole number.") from error
