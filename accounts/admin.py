"""Staff users in the admin: whoever may edit them gives roles, never more than that."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.forms import CheckboxSelectMultiple, ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.module_loading import import_string

from accounts.models import StaffUser

NO_ROLE = "没有角色"
ROLES_HELP = (
    "作者：写和改草稿，送审。审核：通过或退回别人的草稿，记录核对。发布：发布、定时、恢复、撤下，导入和导出。"
    "管理员：上面全部，加上分配角色、删除读者反馈。可以勾选几个。"
)

admin.site.unregister(Group)  # roles are data of the release (roles.py), not of one site


@admin.register(StaffUser)
class StaffUserAdmin(UserAdmin):
    """A change of roles goes on the record. Nobody is deleted: the record names them."""

    list_display = ("username", "display_name", "roles", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    fieldsets = (
        (None, {"fields": ("username", "display_name", "new_password")}),
        ("角色", {"fields": ("groups", "is_active", "is_staff", "is_superuser")}),
        ("时间", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "display_name", "password1", "password2", "groups")}),)
    filter_horizontal = ()

    @admin.display(description="角色")
    def roles(self, user: StaffUser) -> str:
        return "、".join(group.name for group in user.groups.all()) or ("全部" if user.is_superuser else "—")

    @admin.display(description="密码")
    def new_password(self, user: StaffUser) -> str:
        return format_html('<a href="{}">重设密码</a>', reverse("admin:auth_user_password_change", args=[user.pk]))

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Roles are ticked, and say what they are for."""
        if db_field.name == "groups":
            kwargs |= {"widget": CheckboxSelectMultiple, "label": "角色", "help_text": ROLES_HELP}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: StaffUser | None = None) -> Any:
        """The right to do everything is shown to who has it."""
        kept = [] if request.user.is_superuser else ["is_superuser"]
        found = super().get_fieldsets(request, obj)
        return [(title, group | {"fields": [f for f in group["fields"] if f not in kept]}) for title, group in found]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def get_readonly_fields(self, request: HttpRequest, obj: StaffUser | None = None) -> Any:
        """Only who has every right gives it, and nobody changes what they may do themselves."""
        fixed = ["new_password", "last_login", "date_joined", *([] if request.user.is_superuser else ["is_superuser"])]
        own = ["groups", "is_active", "is_staff", "is_superuser"] if obj and obj.pk == request.user.pk else []
        return [*fixed, *own]

    def has_change_permission(self, request: HttpRequest, obj: StaffUser | None = None) -> bool:
        beyond = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not beyond

    def has_delete_permission(self, request: HttpRequest, obj: StaffUser | None = None) -> bool:
        return False

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:  # noqa: FBT001
        user = form.instance
        groups = _groups(user)
        super().save_related(request, form, formsets, change)
        flags = {name: getattr(user, name) for name in ("is_superuser", "is_active", "is_staff")}
        earlier = {name: form.initial.get(name, flag) for name, flag in flags.items()}
        before, after = _rights(groups, **earlier) if change else NO_ROLE, _rights(_groups(user), **flags)
        if before != after:
            import_string(settings.AUDIT)("roles", request.user, f"{before} → {after}", str(user.username))


def _groups(user: StaffUser) -> list[str]:
    return list(user.groups.order_by("name").values_list("name", flat=True))


def _rights(groups: list[str], *, is_superuser: bool, is_active: bool, is_staff: bool) -> str:
    """What somebody may do, in words."""
    words = {"全部权限": is_superuser, "停用": not is_active, "不能登录后台": not is_staff}
    return "、".join([*(word for word, said in words.items() if said), *groups]) or NO_ROLE
