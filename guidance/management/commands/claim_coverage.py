"""manage.py claim_coverage: every research id with where a reader meets it; fails on an id without a home."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guidance.services.coverage import ROWS, coverage

SHOWN = 4  # places named for each id; the rest is counted


class Command(BaseCommand):
    help = "Print where readers meet every claim of the brief and every outside fact; fail when one has no place."

    def handle(self, *args: Any, **options: Any) -> None:
        found = coverage()
        for row, places in found.items():
            more = f" (+{len(places) - SHOWN})" if len(places) > SHOWN else ""
            self.stdout.write(f"{row}  {', '.join(places[:SHOWN]) or '-'}{more}")
        homeless = [row for row, places in found.items() if not places]
        strangers = sorted(found.keys() - set(ROWS))
        if homeless or strangers:
            raise CommandError(f"without a home: {', '.join(homeless) or '-'}; unknown: {', '.join(strangers) or '-'}")
        self.stdout.write(f"{len(found)} ids, each with a home.")
