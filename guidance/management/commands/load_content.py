"""manage.py load_content: bring in the content that comes with the site; never overwrites what people changed."""

from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guidance.engine.problems import Problem
from guidance.services.content import STARTING_CONTENT, load
from guidance.services.files import BrokenFileError, read_folder
from guidance.services.publishing import Refused


class Command(BaseCommand):
    help = "Load content files; documents that editors changed are left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=STARTING_CONTENT)
        parser.add_argument(
            "--keep-going",
            action="store_true",
            help="load what can be loaded and name the rest, instead of loading nothing: a site that was edited still "
            "starts after an update",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load(read_folder(options["folder"]), keep_going=options["keep_going"])
        except BrokenFileError as error:
            raise CommandError(str(error)) from error
        except Refused as refused:
            raise CommandError("\n".join(["Nothing was loaded:", *_lines(refused.problems)])) from refused
        if loaded.published:
            self.stdout.write(f"Published {len(loaded.published)} documents.")
        for kind, key in loaded.kept:
            self.stdout.write(f"Kept as edited here: {kind} {key}")
        for line in _lines(loaded.refused):
            self.stderr.write(f"Not loaded: {line}")


def _lines(problems: Mapping[tuple[str, str], Sequence[Problem]]) -> list[str]:
    return [f"{kind}/{key} {p.place}: {p.message}" for (kind, key), found in problems.items() for p in found]
