"""manage.py reset_staff: start the sign-in of somebody anew, where no two administrators are left to do it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import StaffUser
from accounts.resets import start_anew


class Command(BaseCommand):
    help = "Take away somebody's second factors, password and sessions, and print a one-time link to set them anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        user = StaffUser.objects.filter(username__iexact=options["username"]).first()
        if user is None:
            raise CommandError(f"no user is called {options['username']}")
        if not user.is_active:
            raise CommandError(
                f"{user.username} is closed. An administrator can open it, or create_staff makes another."
            )
        self.stdout.write(f"This takes away all second factors, the password and the sessions of {user.username}.")
        try:
            typed = input("Type the user name to go on: ").strip()
        except (EOFError, KeyboardInterrupt):
            typed = ""
        if typed != user.username:
            raise CommandError("That is another name. Nothing was changed.")
        link = start_anew(user, None, "在服务器上：")
        self.stdout.write(f"Done. The link works once, within three days; hand it over in person:\n  {link}")
        self.stdout.write("Put the site's address before it, e.g. https://example.org")
