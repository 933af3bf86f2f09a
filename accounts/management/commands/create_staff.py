"""manage.py create_staff: make a staff user on this terminal, the first one or any other."""

import sys
import warnings
from getpass import GetPassWarning, getpass
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from accounts.models import StaffUser
from accounts.record import record
from accounts.roles import ROLES

ASIDE = ["password"]  # checked by validators of its own
EVERYTHING = "everything (superuser)"


class Command(BaseCommand):
    help = "Make a staff user. Everything is asked on this terminal; a password is taken in no other way."

    def handle(self, *args: Any, **options: Any) -> None:
        if not sys.stdin.isatty():
            raise CommandError("This asks for a password, and only on a terminal. Nothing was made.")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", GetPassWarning)
                user = StaffUser()
                self._ask_name(user)
                self._ask_display_name(user)
                roles = self._ask_roles()
                self._ask_password(user)
        except (EOFError, KeyboardInterrupt, GetPassWarning) as error:
            raise CommandError("Nothing was made.") from error
        make(user, roles)
        self.stdout.write(f"Made {user.username}. Sign in at {reverse('account_login')} of the site;")
        self.stdout.write("the second step (a passkey or an authenticator app) is set up at the first sign-in.")

    def _ask_name(self, user: StaffUser) -> None:
        while True:
            user.username = StaffUser.normalize_username(input("User name: ").strip())
            if not self._tell(_wrong(user, "username")):
                return

    def _ask_display_name(self, user: StaffUser) -> None:
        while True:
            user.display_name = input("Name that colleagues see (may be left out): ").strip()
            if not self._tell(_wrong(user, "display_name")):
                return

    def _ask_roles(self) -> list[str] | None:
        """The names of roles; None is everything."""
        offered = [EVERYTHING, *ROLES]
        for number, role in enumerate(offered):
            self.stdout.write(f"  {number} {role}")
        first = not StaffUser.objects.exists()
        question = "Roles, e.g. 1,2 (nothing typed: 0): " if first else "Roles, e.g. 1,2: "
        while True:
            typed = input(question).replace("，", ",").replace(",", " ").split() or ["0"] * first
            numbers = [int(each) for each in typed if each.isascii() and each.isdecimal() and len(each) == 1]
            if typed and len(numbers) == len(typed) and max(numbers) < len(offered):
                return None if 0 in numbers else [offered[number] for number in numbers]
            self._tell([f"Please type numbers from 0 to {len(ROLES)}."])

    def _ask_password(self, user: StaffUser) -> None:
        while True:
            password = getpass("Password: ")
            try:
                validate_password(password, user)
            except ValidationError as error:
                self._tell(error.messages)
                continue
            if getpass("The same again: ") == password:
                user.set_password(password)
                return
            self._tell(["The two differ. Once more:"])

    def _tell(self, problems: list[str]) -> bool:
        for problem in problems:
            self.stdout.write(f"  {problem}")
        return bool(problems)


@transaction.atomic
def make(user: StaffUser, roles: list[str] | None) -> None:
    """Store a new account; roles: None is everything."""
    user.is_superuser = roles is None
    user.save()
    user.groups.set(Group.objects.filter(name__in=roles or []))
    record("roles", None, f"在服务器上新建账号：{'全部权限' if roles is None else '、'.join(roles)}", user.username)


def _wrong(user: StaffUser, field: str) -> list[str]:
    """What is wrong with one field, in words."""
    try:
        user.full_clean(exclude=ASIDE)
    except ValidationError as error:
        found = error.message_dict
        return [*found.get(field, []), *found.get(NON_FIELD_ERRORS, [])]
    return []
