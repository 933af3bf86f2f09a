"""The record of who did what, when and why: it is only ever added to."""

from typing import Any, NoReturn, Self

from django.conf import settings
from django.db import models

from guidance.models.revision import KIND_CHOICES


class Action(models.TextChoices):
    """What can be done at the desk."""

    EDIT = "edit", "修改草稿"
    SUBMIT = "submit", "送审"
    RECALL = "recall", "收回"
    RETURN = "return", "退回"
    APPROVE = "approve", "通过"
    OVERRIDE = "override", "自己通过自己的草稿"
    PUBLISH = "publish", "发布"
    SCHEDULE = "schedule", "定时发布"
    UNSCHEDULE = "unschedule", "取消定时"
    WITHDRAW = "withdraw", "撤下"
    RESTORE = "restore", "恢复旧版本"
    CONFIRM = "confirm", "核对无改动"
    DELETE = "delete", "删除"
    PREVIEW = "preview", "生成预览链接"
    IMPORT = "import", "导入"
    EXPORT = "export", "导出"
    ROLES = "roles", "改角色"
    SIGN_IN = "sign_in", "登录"
    REFUSED = "refused", "登录没有成功"
    FACTOR = "factor", "改第二步验证"
    PASSWORD = "password", "改密码"
    SESSIONS = "sessions", "结束登录"
    INVITE = "invite", "生成邀请链接"
    RESET = "reset", "重置登录"


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, kind: str, key: str) -> Self:
        """The life of one document, oldest first."""
        return self.filter(kind=kind, key=key).select_related("actor")

    def update(self, **_: Any) -> NoReturn:
        raise TypeError("the record is only added to")

    def delete(self) -> NoReturn:
        raise TypeError("the record is only added to")

    def bulk_create(self, *_: Any, **__: Any) -> NoReturn:
        """It can overwrite, too."""
        raise TypeError("steps are recorded one by one")


class Event(models.Model):
    """One step of one person. kind and key name a document; both are empty for what concerns no single one."""

    at = models.DateTimeField("时间", auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="谁"
    )
    action = models.CharField("做了什么", max_length=12, choices=Action.choices)
    kind = models.CharField("种类", max_length=20, blank=True, choices=KIND_CHOICES)
    key = models.CharField("标识", max_length=150, blank=True)  # as long as a user name may be
    number = models.PositiveIntegerField("版本", null=True, blank=True)
    note = models.TextField("说明", blank=True)
    # What was sent for review, so that a reviewer can see what changed since it was returned.
    document = models.JSONField("内容", null=True, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "操作记录"
        ordering = ["pk"]
        indexes = [models.Index(fields=["kind", "key"], name="events_of_a_document")]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.get_kind_display()} {self.key}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("the record is only added to")
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("the record is only added to")
