"""Staff users in the admin: whoever may edit them gives roles, never more than that."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.module_loading import import_string

from accounts.models import StaffUser

admin.site.unregister(Group)  # roles are data of the release (roles.py), not of one site


@admin.register(StaffUser)
class StaffUserAdmin(UserAdmin):
    """A change of roles goes on the record. Nobody is deleted: the record names them."""

    list_display = ("username", "display_name", "roles", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    fieldsets = (
        (None, {"fields": ("username", "password", "display_name")}),
        ("角色", {"fields": ("groups", "is_active", "is_staff", "is_superuser")}),
        ("时间", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "display_name", "password1", "password2", "groups")}),)
    filter_horizontal = ()

    @admin.display(description="角色")
    def roles(self, user: StaffUser) -> str:
        return "、".join(group.name for group in user.groups.all()) or ("全部" if user.is_superuser else "—")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def get_readonly_fields(self, request: HttpRequest, obj: StaffUser | None = None) -> Any:
        """Only who has every right gives it, and nobody changes what they may do themselves."""
        fixed = ["last_login", "date_joined", *([] if request.user.is_superuser else ["is_superuser"])]
        own = ["groups", "is_active", "is_staff", "is_superuser"] if obj and obj.pk == request.user.pk else []
        return [*fixed, *own]

    def has_change_permission(self, request: HttpRequest, obj: StaffUser | None = None) -> bool:
        beyond = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not beyond

    def has_delete_permission(self, request: HttpRequest, obj: StaffUser | None = None) -> bool:
        return False

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:  # noqa: FBT001
        before = _rights(form.instance) if change else ""
        super().save_related(request, form, formsets, change)
        after = _rights(form.instance)
        if before != after or "is_active" in form.changed_data or "is_superuser" in form.changed_data:
            note = f"{before or '没有角色'} → {after or '没有角色'}"
            import_string(settings.AUDIT)("roles", request.user, note, str(form.instance.username))


def _rights(user: StaffUser) -> str:
    flags = [*(["全部权限"] if user.is_superuser else []), *([] if user.is_active else ["停用"])]
    return "、".join([*flags, *user.groups.order_by("name").values_list("name", flat=True)])
