"""manage.py export_content: write everything that is live as files, in the form that load_content reads."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guidance.services.content import export


class Command(BaseCommand):
    help = "Write every live document into a folder, one file each; the same content always gives the same bytes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(f"Wrote {export(options['folder'])} documents to {options['folder']}.")
        except LookupError as error:
            raise CommandError(f"{error}: nothing was written") from error
