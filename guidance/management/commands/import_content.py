"""manage.py import_content: bring files into the drafts; says first what would change, and publishes nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from guidance.services.archive import BrokenArchiveError, ContentFile, read_archive, read_directory
from guidance.services.importing import Plan, bring_in, findings, plan, taken_addresses


class Command(BaseCommand):
    help = "Say what a folder or a ZIP file would change in the drafts; with --apply, change them. Publishes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, help="a folder or a ZIP file, as export_content writes them")
        parser.add_argument("--apply", action="store_true", help="load the drafts; without it nothing is changed")
        parser.add_argument(
            "--overwrite",
            action="append",
            default=[],
            metavar="FILE",
            help="also where somebody has unpublished work in the draft, e.g. articles/overdue.md; may be repeated",
        )
        parser.add_argument("--user", default="", help="the staff user who imports, for the record")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            files = _files(options["source"])
            now = plan(files)
            self._tell(now, options["overwrite"])
            if not options["apply"]:
                self.stdout.write("Nothing was changed; --apply loads the drafts.")
                return
            note = f"命令行导入：{options['source'].name}"
            loaded = bring_in(files, now.fingerprint, options["overwrite"], _user(options["user"]), note)
        except BrokenArchiveError as error:
            raise CommandError("\n".join(["Nothing was changed:", *map(str, error.problems)])) from error
        except OSError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Loaded {len(loaded)} drafts; they are published the usual way, after a review.")

    def _tell(self, now: Plan, overwrite: list[str]) -> None:
        self.stdout.write(f"{len(now.new)} new, {len(now.changed)} changed, {len(now.same)} the same.")
        if now.missing:
            self.stdout.write(f"{len(now.missing)} drafts that are not in the files stay as they are.")
        for item in [*now.new, *now.changed]:
            kept = item.contested and item.name not in overwrite
            word = "unpublished work, kept" if kept else "new" if item.draft is None else "changed"
            self.stdout.write(f"  {item.name}: {word}")
            for change in item.changes() if item.draft else ():
                self.stdout.write(f"    {change.label}（{change.kind}）")
        for name, found in findings(now).items():
            for line, _, problem in found:
                self.stdout.write(f"  {problem.level} {name}:{line} {problem.place}: {problem.message}")
        for taken in taken_addresses(now, now.chosen(overwrite)):
            self.stdout.write(f"  {taken}")


def _files(source: Path) -> list[ContentFile]:
    return read_directory(source) if source.is_dir() else read_archive(source.read_bytes())


def _user(name: str) -> Any:
    model = get_user_model()
    try:
        return model.objects.get_by_natural_key(name) if name else None
    except model.DoesNotExist as error:
        raise CommandError(f"no user is called {name}") from error
