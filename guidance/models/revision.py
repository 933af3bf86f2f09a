"""What was published: immutable snapshots, the live pointer, and the stamp that says something changed."""

from typing import Any

from django.conf import settings
from django.db import models

from guidance.documents import KINDS

KIND_CHOICES = [(kind.name, kind.label) for kind in KINDS.values()]


class Revision(models.Model):
    """One published version of a document. It never changes: old links, rollback and the record rest on it."""

    kind = models.CharField("种类", max_length=20, choices=KIND_CHOICES)
    key = models.SlugField("标识", max_length=40)
    number = models.PositiveIntegerField("版本")
    payload = models.JSONField("内容")
    digest = models.CharField("摘要", max_length=64)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="作者"
    )  # empty: it came with the site
    note = models.CharField("改了什么", max_length=200, blank=True)
    published_at = models.DateTimeField("发布时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "已发布版本"
        ordering = ["kind", "key", "-number"]
        constraints = [models.UniqueConstraint(fields=["kind", "key", "number"], name="one_revision_per_number")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key} 第{self.number}版"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("a revision never changes; publish a new one")
        super().save(*args, **kwargs)


def public_slugs(kind: str, key: str) -> set[str]:
    """Every slug under which a page was ever published here."""
    return set(Revision.objects.filter(kind=kind, key=key).values_list("payload__slug", flat=True)) - {None}


class Live(models.Model):
    """Points at the revision the public sees."""

    kind = models.CharField(max_length=20, choices=KIND_CHOICES)
    key = models.SlugField(max_length=40)
    revision = models.OneToOneField(Revision, models.PROTECT, related_name="live")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_live_revision_per_document")]

    def __str__(self) -> str:
        return str(self.revision)


class SiteStamp(models.Model):
    """One row, one integer: raised by every publication, so that every page knows whether it is still fresh."""

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_site_stamp")]

    def __str__(self) -> str:
        return str(self.number)
