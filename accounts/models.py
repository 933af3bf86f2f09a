"""The staff user: the site's own from the first migration, so that it can grow."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class StaffUser(AbstractUser):
    is_staff = models.BooleanField("可以登录后台", default=True)
    display_name = models.CharField("显示名", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "工作人员"

    def __str__(self) -> str:
        return self.display_name or self.username
