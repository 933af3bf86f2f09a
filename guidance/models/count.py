"""How often something happened on a day; nobody in it can be told from anybody else."""

from django.db import models


class DailyCount(models.Model):
    """subject: what was counted, e.g. "flow/huabei" or "search". number: its version, 0 for what has none.

    what: e.g. "asked:signal", "answered:signal", "found:overdue", or a query that found nothing.
    """

    day = models.DateField("日期")
    subject = models.CharField("对象", max_length=60)
    number = models.PositiveIntegerField("版本", default=0)
    what = models.CharField("计数", max_length=80)
    total = models.PositiveIntegerField("次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "计数"
        ordering = ["-day", "subject", "what"]
        constraints = [
            models.UniqueConstraint(fields=["day", "subject", "number", "what"], name="one_count_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.subject} {self.what}"
