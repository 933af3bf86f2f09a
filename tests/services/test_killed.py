"""A program that is killed while it publishes, at any moment, leaves all of a publication or nothing of it."""

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.journeys.databases import databases

KILLS = 50
WORK = 1_000_000  # rounds of nothing: about as long as two publications take
PROGRAM = [sys.executable, "-m", "tests.services.publisher"]
ASK = """
import django, json
django.setup()
from guidance.models import Publication, Revision, SiteStamp
from guidance.services.live import site
from django.test import Client
browser = Client(SERVER_NAME="localhost")
found = Revision.objects.order_by("kind", "key", "number").values_list("kind", "key", "number", "payload__title")
print(json.dumps({
    "revisions": list(map(list, found)),
    "without_time": Revision.objects.filter(publication=None).count(),
    "stamp": SiteStamp.objects.get(pk=1).number,
    "publications": Publication.objects.count(),
    "live": [site().guides.pages["a-guide"].value.title, site().questions.pages["a-question"].value.title],
    "statuses": [browser.get(url).status_code for url in ("/", "/guides/a-guide/", "/faq/a-question/")],
}))
"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a site of its own, its tables made."""
    own = databases(tmp_path)
    url = own.create("killed")
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], environment)
    yield environment
    own.drop("killed")


def run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def kill(environment: dict[str, str], moments: random.Random) -> None:
    """Let it publish and kill it, again and again: each time some way into the publication after one it told of."""
    with subprocess.Popen(
        PROGRAM, cwd=settings.BASE_DIR, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdin
        assert program.stdout
        for i in range(KILLS):
            program.stdin.write(f"{i * 1000}\n")
            program.stdin.flush()
            child = int(program.stdout.readline())
            for _ in range(moments.randint(0, WORK)):
                pass
            os.kill(child, signal.SIGKILL)
            while (line := program.stdout.readline()) != "killed\n":
                assert line, "the publisher ended by itself"


def test_a_publisher_that_is_killed_leaves_no_half_publication(place: dict[str, str]) -> None:
    kill(place, random.Random(8))
    found: dict[str, Any] = json.loads(run([sys.executable, "-c", ASK], place))
    pages: dict[str, list[int]] = {}
    for kind, key, number, _title in found["revisions"]:
        pages.setdefault(f"{kind}/{key}", []).append(number)
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in pages.values())
    assert found["without_time"] == 0
    assert found["publications"] == len(found["revisions"])
    assert len(pages["article/a-guide"]) == len(pages["faq/a-question"]) >= KILLS
    assert found["stamp"] == 1 + len(pages["article/a-guide"])  # one for the source and the claim, one for each round
    guide, question = found["live"]
    assert guide.removesuffix("标题？") == question.removesuffix("问题？")
    assert found["statuses"] == [200, 200, 200]
