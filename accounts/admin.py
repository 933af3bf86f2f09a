"""Staff users in the admin: whoever may edit them gives roles, never more than that, and never a password."""

from datetime import datetime
from typing import Any

import allauth.account.admin
import allauth.mfa.admin
import allauth.usersessions.admin  # noqa: F401 (these four register what is taken out below)
import django.contrib.auth.admin  # noqa: F401
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.forms import CheckboxSelectMultiple, ModelForm, ModelMultipleChoiceField
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html

from accounts import staff
from accounts.admin_pages import StaffPages
from accounts.models import StaffUser
from accounts.record import FACTOR_WORDS, record
from accounts.roles import KEEPER
from accounts.sessions import open_sessions

NO_ROLE = "没有角色"
LONGEST = 18  # digits of a row's number
ROLES_HELP = (
    "作者：写和改草稿，送审。审核：通过或退回别人的草稿，记录核对。发布：发布、定时、恢复、撤下，导入和导出。"
    "管理员：上面全部，加上分配角色、删除读者反馈；只能由有全部权限的人给。可以勾选几个。"
)
# Roles are data of the release (roles.py), not of one site; factors and sessions are their owner's.
for model in (Group, EmailAddress, Authenticator, UserSession):
    admin.site.unregister(model)


class Roles(ModelMultipleChoiceField):
    """Roles by number; no database is asked for a number that it cannot hold."""

    def clean(self, value: Any) -> Any:
        for number in value or ():
            if len(number) > LONGEST:
                raise ValidationError(self.error_messages["invalid_choice"], params={"value": number[:LONGEST]})
        return super().clean(value)


class StaffForm(ModelForm):
    by: Any  # who fills it in

    def clean_groups(self) -> Any:
        """Two administrators check each other, so one cannot make the other; taking the role away is free to them."""
        groups = self.cleaned_data["groups"]
        had = self.instance.groups.all() if self.instance.pk else ()
        if not self.by.is_superuser and any(role.name == KEEPER for role in set(groups).difference(had)):
            raise ValidationError("“管理员”只能由有全部权限的人给。")
        return groups

    class Meta:
        model = StaffUser
        fields = ("username", "display_name", "groups", "is_active", "is_staff", "is_superuser")
        field_classes = {"username": UsernameField}
        error_messages = {"username": {"invalid": "有不能用的字符。只用文字、数字和 @ . + - _ 。"}}
        labels = {"is_superuser": "全部权限", "groups": "角色"}
        help_texts = {
            "groups": ROLES_HELP,
            "username": "登录时输入，不分大小写。只用文字、数字和 @ . + - _ 。",
            "display_name": "同事在编辑台看到的名字。不填就显示用户名。",
            "is_active": "去掉勾就是停用：马上在所有设备上退出，不能再登录，没用过的邀请链接也失效。",
            "is_superuser": "能做编辑台里的一切，不看角色。",
        }


class ByRole(admin.RelatedFieldListFilter):
    """The word of this site for a group."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title, self.empty_value_display = "角色", format_html("{}", NO_ROLE)


@admin.register(StaffUser)
class StaffUserAdmin(StaffPages):
    """A change of roles goes on the record. Nobody is deleted: the record names them."""

    form = StaffForm
    list_display = ("username", "display_name", "roles", "is_active", "sign_in", "asked", "last_login")
    list_filter = ("is_active", ("groups", ByRole))
    search_fields = ("username", "display_name")
    ordering = ("username",)
    add_fieldsets = ((None, {"fields": ("username", "display_name", "groups")}),)
    fieldsets = (
        (None, {"fields": ("username", "display_name")}),
        ("角色", {"fields": ("groups", "is_active", "is_staff", "is_superuser")}),
        ("登录", {"fields": ("has_password", "factors", "sessions", "last_login", "date_joined")}),
    )
    shown = ("has_password", "factors", "sessions", "last_login", "date_joined")

    @admin.display(description="角色")
    def roles(self, user: StaffUser) -> str:
        return "、".join(group.name for group in user.groups.all()) or ("全部" if user.is_superuser else "—")

    @admin.display(description="登录方式")
    def sign_in(self, user: Any) -> str:
        """How far somebody has come, from what the list's own query brings."""
        if not user.has_usable_password():
            return "还没有设密码"
        return "密码和第二步验证" if user.enrolled else "还没有第二步验证"

    @admin.display(description="重置登录")
    def asked(self, user: StaffUser) -> str:
        request = getattr(user, "reset_request", None)
        return f"{request.asked_by}提出，等另一位确认" if request and request.stands else "—"

    @admin.display(description="密码")
    def has_password(self, user: StaffUser) -> str:
        return "已设" if user.has_usable_password() else "还没有设密码"

    @admin.display(description="第二步验证")
    def factors(self, user: StaffUser) -> str:
        found = Authenticator.objects.filter(user=user).order_by("pk")
        return "；".join(map(_factor, found)) or "还没有"

    @admin.display(description="登录的设备")
    def sessions(self, user: StaffUser) -> str:
        return f"{open_sessions(user)}个"

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Roles are ticked."""
        if db_field.name == "groups":
            kwargs |= {"form_class": Roles, "widget": CheckboxSelectMultiple}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.by = request.user  # of a class that was made for this request
        return form

    def get_fieldsets(self, request: HttpRequest, obj: StaffUser | None = None) -> Any:
        """The right to do everything is shown to who has it."""
        if obj is None:
            return self.add_fieldsets
        kept = [] if request.user.is_superuser else ["is_superuser"]
        found = super().get_fieldsets(request, obj)
        return [(title, group | {"fields": [f for f in group["fields"] if f not in kept]}) for title, group in found]

    def get_readonly_fields(self, request: HttpRequest, obj: StaffUser | None = None) -> Any:
        """Only who has every right gives it, and nobody changes what they may do themselves."""
        fixed = [*self.shown, *([] if request.user.is_superuser else ["is_superuser"])]
        own = ["groups", "is_active", "is_staff", "is_superuser"] if obj and obj.pk == request.user.pk else []
        return [*fixed, *own]

    def has_change_permission(self, request: HttpRequest, obj: StaffUser | None = None) -> bool:
        beyond = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not beyond

    def has_delete_permission(self, request: HttpRequest, obj: StaffUser | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: StaffUser, form: Any, change: bool) -> None:  # noqa: FBT001
        """Only what was changed here: a password set meanwhile stays."""
        if change:
            stored = {field.name for field in obj._meta.fields}  # noqa: SLF001 (its public name)
            obj.save(update_fields=stored.intersection(form.changed_data))
            return
        obj.set_unusable_password()
        obj.save()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        user = form.instance
        groups = _groups(user)
        super().save_related(request, form, formsets, change)
        flags = {name: getattr(user, name) for name in ("is_superuser", "is_active", "is_staff")}
        earlier = {name: form.initial.get(name, flag) for name, flag in flags.items()}
        before, after = _rights(groups, **earlier) if change else NO_ROLE, _rights(_groups(user), **flags)
        name = form.initial.get("username", user.username)
        if name != user.username:
            record("roles", request.user, f"用户名：{name} → {user.username}", user.username)
        if before != after:
            record("roles", request.user, f"{before} → {after}", user.username)
        if earlier["is_active"] and not user.is_active:
            staff.close(user, request.user)

    def response_add(self, request: HttpRequest, obj: StaffUser, post_url_continue: Any = None) -> HttpResponse:
        """The one time that the link of a new account is shown."""
        return self.show_link(request, obj, staff.welcome(obj, request.user))


def _factor(factor: Authenticator) -> str:
    used = f"上次用{_moment(factor.last_used_at)}" if factor.last_used_at else "还没用过"
    return f"{FACTOR_WORDS[factor.type]}（加于{_moment(factor.created_at)}，{used}）"


def _moment(at: datetime) -> str:
    """To the minute, e.g. 2026-11-22 08:00."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def _groups(user: StaffUser) -> list[str]:
    return list(user.groups.order_by("name").values_list("name", flat=True))


def _rights(groups: list[str], *, is_superuser: bool, is_active: bool, is_staff: bool) -> str:
    """What somebody may do, in words."""
    words = {"全部权限": is_superuser, "停用": not is_active, "不能进编辑台": not is_staff}
    return "、".join([*(word for word, said in words.items() if said), *groups]) or NO_ROLE
