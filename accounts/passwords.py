"""How long a password must be, in Chinese: Django has no translation of it."""

from django.contrib.auth.password_validation import MinimumLengthValidator


class LongEnough(MinimumLengthValidator):
    """Takes min_length, in characters."""

    def get_error_message(self) -> str:
        return f"密码太短了，至少要 {self.min_length} 个字符。"
