"""The site as in production: gunicorn, WhiteNoise, page cache and compression, started as `make run` starts it."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUNICORN = Path(sys.executable).with_name("gunicorn")
SETTINGS = "tests.journeys.settings"
START_SECONDS = 30
NEWS_SECONDS = 10  # far above settings.STAMP_SECONDS
OURS = ("DATABASE_URL", "SECRET_KEY", "HTTPS", "DEBUG", "ALLOWED_HOSTS", "REDIS_URL", "ICP_NUMBER", "TRUSTED_PROXIES")


class Site:
    """One running site on a database of its own."""

    def __init__(self, database_url: str, static: Path, log: Path) -> None:
        self.environment = environment(database_url, static)
        self.log = log

    def start(self) -> "Site":
        """Serve on a free port; the socket is open before the server is, so the first request waits for it."""
        with socket.create_server(("127.0.0.1", 0)) as listening, self.log.open("w") as log:
            self.port = listening.getsockname()[1]
            self.process = subprocess.Popen(
                [GUNICORN, "config.wsgi", "--bind", f"fd://{listening.fileno()}", "--config", "config/gunicorn.py"],
                cwd=ROOT,
                env=self.environment,
                pass_fds=[listening.fileno()],
                stdout=log,
                stderr=log,
            )
        assert self.get("/readyz") == "ok\n", self.log.read_text()
        return self

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)  # at once: the browser keeps its connections open

    @property
    def url(self) -> str:
        """By name: browsers make no passkey for an address in numbers."""
        return f"http://localhost:{self.port}"

    def manage(self, *arguments: str, **variables: str) -> str:
        return manage(self.environment | variables, *arguments)

    def get(self, path: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=START_SECONDS)
        try:
            connection.request("GET", path)
            return connection.getresponse().read().decode()
        finally:
            connection.close()

    def shows(self, path: str, text: str) -> None:
        """Wait until what another process published has arrived."""
        deadline = time.monotonic() + NEWS_SECONDS
        while text not in self.get(path):
            assert time.monotonic() < deadline, f"{path} does not show {text}"


def environment(database_url: str, static: Path) -> dict[str, str]:
    """What `make run` sets, and nothing that the developer's shell sets for the same purpose."""
    inherited = {name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in OURS}
    return inherited | {
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "DATABASE_URL": database_url,
        "STATIC_ROOT": str(static),
        "SECRET_KEY": "only-for-the-journeys",
        "HTTPS": "off",
    }


def manage(variables: dict[str, str], *arguments: str) -> str:
    """Run a management command; gives what it printed."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=variables, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
