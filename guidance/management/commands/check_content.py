"""manage.py check_content: everything to mend in content files or in what is live, with place and proposed fix."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guidance.services.content import STARTING_CONTENT
from guidance.services.files import BrokenFileError, read_folder
from guidance.services.publishing import Entry, check, live_entries


class Command(BaseCommand):
    help = "Check the words, links and sources of all content files, or of everything that is live."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=STARTING_CONTENT)
        parser.add_argument("--live", action="store_true", help="check what the public sees instead of files")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            entries = _live() if options["live"] else read_folder(options["folder"])
        except BrokenFileError as error:
            raise CommandError(str(error)) from error
        if not entries:
            raise CommandError("nothing to check: no documents there")
        found = [
            (kind, key, problem)
            for (kind, key), problems in check(entries, rules=False, alone=True).items()
            for problem in problems
        ]
        for kind, key, problem in found:
            self.stdout.write(f"{problem.level} {kind}/{key} {problem.place}: {problem.message}")
        if any(problem.blocks for _, _, problem in found):
            raise CommandError(f"{len(found)} findings in {len(entries)} documents; those marked fail block publishing")
        self.stdout.write(f"{len(entries)} documents checked, {len(found)} findings.")


def _live() -> list[Entry]:
    return live_entries()
