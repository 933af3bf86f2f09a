"""Roles as data: what each may do, by the names of permissions. Groups of these names are kept in step with it."""

from fnmatch import fnmatchcase
from typing import Any

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions

KEEPER = "管理员"
READ = "guidance.view_*"
# Patterns over "app.codename".
ROLES = {
    "作者": (READ, "guidance.add_*draft", "guidance.change_*draft", "guidance.delete_*draft"),
    "审核": (READ, "guidance.review_revision"),
    "发布": (READ, "guidance.publish_revision", "guidance.import_content", "guidance.export_content"),
    KEEPER: (
        READ,
        "guidance.*draft",
        "guidance.*_revision",
        "guidance.*_content",
        "guidance.delete_feedback",
        "accounts.*_staffuser",
    ),
}


def keep_roles(using: str, apps: Any = installed, **_: Any) -> None:
    """Give each role just its permissions; runs after every migration."""
    for config in installed.get_app_configs():
        create_permissions(config, verbosity=0, using=using, apps=apps)  # those of apps that come later, too
    known = list(apps.get_model("auth", "Permission").objects.using(using).select_related("content_type"))
    for role, patterns in ROLES.items():
        group, _created = apps.get_model("auth", "Group").objects.using(using).get_or_create(name=role)
        group.permissions.set([each for each in known if _named(each, patterns)])


def _named(permission: Any, patterns: tuple[str, ...]) -> bool:
    name = f"{permission.content_type.app_label}.{permission.codename}"
    return any(fnmatchcase(name, pattern) for pattern in patterns)
