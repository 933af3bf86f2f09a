"""manage.py search_reindex: write the search index anew, or only what is not as it should be, or say what is not."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guidance.services.indexing import drift, reindex


class Command(BaseCommand):
    help = "Write the search index anew. Publishing keeps it up to date; this is for a new version of the program."

    def add_arguments(self, parser: ArgumentParser) -> None:
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--changed", action="store_true", help="only what is not as it should be")
        how.add_argument(
            "--check", action="store_true", help="change nothing; fail when anything is not as it should be"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._check()
            return
        change = reindex(changed_only=options["changed"])
        if change.written or change.removed:
            self.stdout.write(f"Search index: {change.written} entries written, {change.removed} removed.")

    def _check(self) -> None:
        found = drift()
        for line in found:
            self.stdout.write(line)
        if found:
            raise CommandError(f"{len(found)} findings; search_reindex --changed mends them, without it all")
        self.stdout.write("The search index is as it should be.")
