"""Starting the site in a process of its own, with nothing set but what a test sets."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEY = "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG"


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def complaint(**environment: str) -> str:
    """What the site says instead of starting; "" when it starts."""
    done = manage("check", **environment)
    if done.returncode == 0:
        return ""
    return done.stderr.rpartition("ImproperlyConfigured: ")[2].strip() or done.stderr


def told(code: str, **environment: str) -> str:
    """What a few lines of Python print inside the started site."""
    done = manage("shell", "-v0", "-c", code, **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
