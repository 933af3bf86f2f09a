"""manage.py welcome: says where the site is served and, while nobody can sign in, how to make a staff user."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Print the address and, when there is none, how to make a staff user."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Serving on http://127.0.0.1:{options['port']}/ (stop with Ctrl+C)")
        # Browsers keep passkeys for names only, not for numbers.
        self.stdout.write(f"Editors sign in on http://localhost:{options['port']}/admin/")
        if not get_user_model().objects.filter(is_staff=True).exists():
            self.stdout.write(
                "There is no staff user yet. To make one, in another terminal:\n"
                "  SECRET_KEY_FILE=var/secret_key .venv/bin/python manage.py create_staff"
            )
