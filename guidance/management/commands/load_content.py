"""manage.py load_content: bring in the content that comes with the site; never overwrites what people changed."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guidance.services.content import STARTING_CONTENT, BrokenFileError, load, read_folder
from guidance.services.publishing import Refused


class Command(BaseCommand):
    help = "Load the starting content; documents that editors changed are left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=STARTING_CONTENT)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load(read_folder(options["folder"]))
        except BrokenFileError as error:
            raise CommandError(str(error)) from error
        except Refused as refused:
            lines = [
                f"{kind}/{key} {problem.place}: {problem.message}"
                for (kind, key), problems in refused.problems.items()
                for problem in problems
            ]
            raise CommandError("\n".join(["Nothing was loaded:", *lines])) from refused
        if loaded.published:
            self.stdout.write(f"Published {len(loaded.published)} documents.")
        for kind, key in loaded.kept:
            self.stdout.write(f"Kept as edited here: {kind} {key}")
