"""manage.py export_content: write everything that is live, or every draft, as files that import_content reads."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guidance.services.content import export, export_archive


class Command(BaseCommand):
    help = "Write every live document into a folder or a ZIP file; the same content always gives the same bytes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", type=Path, help="a folder, or a file whose name ends in .zip")
        parser.add_argument("--drafts", action="store_true", help="write the drafts instead of what is live")

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["target"]
        try:
            if target.suffix == ".zip":
                target.write_bytes(export_archive(drafts=options["drafts"]))
                self.stdout.write(f"Wrote {target}.")
            else:
                self.stdout.write(f"Wrote {export(target, drafts=options['drafts'])} documents to {target}.")
        except LookupError as error:
            raise CommandError(f"{error}: nothing was written") from error
        except OSError as error:
            raise CommandError(str(error)) from error
