"""What a password must be, beyond what Django checks, or can say in Chinese."""

from typing import Any

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError


class LongEnough(MinimumLengthValidator):
    """Takes min_length, in characters."""

    def get_error_message(self) -> str:
        return f"密码太短了，至少要{self.min_length}个字符。"


class Varied:
    """Refuses what only looks long. Takes least, in different characters."""

    def __init__(self, least: int = 5) -> None:
        self.least = least

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when the same few characters are repeated."""
        if len(set(password)) < self.least:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        return f"密码里至少要有{self.least}个不同的字符。"
