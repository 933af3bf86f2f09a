"""A program for tests that kill it: for each number it reads, a child publishes without end and says so each time."""

import os
import sys
from itertools import count

import django


def publish_on(start: int) -> None:
    from tests import builders  # noqa: PLC0415 - models can be imported once Django is set up

    for number in count(start):
        builders.go_live(
            ("article", builders.article(title=f"第{number}次的标题？")),
            ("faq", builders.faq(title=f"第{number}次的问题？")),
        )
        print(os.getpid(), flush=True)


if __name__ == "__main__":
    django.setup()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            publish_on(int(line))
        os.waitpid(child, 0)
        print("killed", flush=True)
