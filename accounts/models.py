"""The staff user, the site's own from the first migration; and what one administrator asks another to confirm."""

from datetime import datetime, timedelta
from unicodedata import category

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy

REASON_LENGTH = 200  # characters
# Control characters, invisible ones, line separators: with them a line can look like another one.
UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}


def one_plain_line(text: str) -> None:
    """Raise ValidationError where a text holds more than one line, or something that is not seen."""
    if any(category(character) in UNSEEN for character in text):
        raise ValidationError("请写成一行，去掉看不见的字符。")


class StaffUser(AbstractUser):
    is_staff = models.BooleanField("可以进编辑台", default=True)
    is_active = models.BooleanField("启用", default=True)
    display_name = models.CharField("显示名", max_length=40, blank=True, validators=[one_plain_line])

    class Meta:
        verbose_name = verbose_name_plural = "工作人员"
        # Sign-in does not tell capitals from small letters, so two such names would lock both out.
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="user_names_differ_in_letters",
                violation_error_message=gettext_lazy("A user with that username already exists."),
            )
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_short_name(self) -> str:
        """How the desk greets."""
        return str(self)


class ResetRequest(models.Model):
    """One administrator asks that somebody's sign-in starts anew; it waits for another one to confirm it."""

    LIFE = timedelta(hours=24)

    user = models.OneToOneField(StaffUser, models.CASCADE, related_name="reset_request", verbose_name="谁的登录")
    asked_by = models.ForeignKey(StaffUser, models.CASCADE, related_name="+", verbose_name="提出的人")
    asked_at = models.DateTimeField("提出时间", default=timezone.now)
    reason = models.CharField("原因", max_length=REASON_LENGTH, validators=[one_plain_line])

    class Meta:
        verbose_name = verbose_name_plural = "重置登录的请求"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.asked_by}提出重置{self.user}的登录"

    @property
    def until(self) -> datetime:
        return self.asked_at + self.LIFE

    @property
    def stands(self) -> bool:
        """Whether it can still be confirmed."""
        return timezone.now() < self.until
