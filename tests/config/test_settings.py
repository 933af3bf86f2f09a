"""Settings that fail loudly, and a database that many can use at once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


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


def test_without_a_secret_key_nothing_starts() -> None:
    done = manage("check")
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr


def test_the_secret_key_may_come_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("a-key-for-this-test-only", encoding="utf-8")
    assert manage("check", SECRET_KEY_FILE=str(path)).returncode == 0


def test_a_switch_with_a_strange_value_stops_the_start() -> None:
    done = manage("check", SECRET_KEY="x", DATABASE_URL="nonsense://somewhere")
    assert done.returncode != 0


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
def test_sqlite_lets_readers_and_a_writer_work_at_once() -> None:
    with connection.cursor() as cursor:
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
        version = cursor.execute("SELECT sqlite_version()").fetchone()[0]
    assert connection.transaction_mode == "IMMEDIATE"
    assert synchronous == 1  # NORMAL
    assert tuple(map(int, version.split("."))) >= (3, 51, 3)  # below it, WAL can lose data


def test_sqlite_files_are_in_wal_mode(tmp_path: Path) -> None:
    code = "from django.db import connection as c; print(c.cursor().execute('PRAGMA journal_mode').fetchone()[0])"
    done = manage("shell", "-v0", "-c", code, SECRET_KEY="x", DATABASE_URL=f"sqlite:///{tmp_path}/db.sqlite3")
    assert done.stdout.strip() == "wal", done.stderr
