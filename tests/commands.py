"""Commands as people type them: what they say, and why they fail."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def said(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def failed(*arguments: str) -> tuple[str, str]:
    """What a command that fails prints, and why it fails."""
    out = StringIO()
    with pytest.raises(CommandError) as failure:
        call_command(*arguments, stdout=out)
    return out.getvalue(), str(failure.value)
