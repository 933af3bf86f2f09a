"""The app of staff accounts."""

from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate

from accounts.roles import keep_roles


def keep_counters(using: str, **_: Any) -> None:
    """The table in which tries are counted, where settings.CACHES keep them in the database."""
    call_command("createcachetable", database=using, verbosity=0)


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "账号"

    def ready(self) -> None:
        post_migrate.connect(keep_roles, sender=self)
        post_migrate.connect(keep_counters, sender=self)
