"""The app of staff accounts."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from accounts.roles import keep_roles


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "工作人员"

    def ready(self) -> None:
        post_migrate.connect(keep_roles, sender=self)
