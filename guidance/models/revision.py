"""What was published: immutable snapshots, when each is shown, and the stamp that says something changed."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from guidance.documents import KINDS
from guidance.documents.naming import called

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
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核"
    )
    created_at = models.DateTimeField("定稿时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "已发布版本"
        ordering = ["kind", "key", "-number"]
        constraints = [models.UniqueConstraint(fields=["kind", "key", "number"], name="one_revision_per_number")]
        permissions = [
            ("review_revision", "审核别人的草稿，记录核对"),
            ("publish_revision", "发布、定时、恢复旧版本、撤下"),
            ("import_content", "导入内容"),
            ("export_content", "导出内容和记录"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}“{self.title}”第{self.number}版"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("a revision never changes; publish a new one")
        super().save(*args, **kwargs)

    @property
    def title(self) -> str:
        """What editors know it by."""
        return called(self.payload) or self.key


def public_slugs(kind: str, key: str) -> set[str]:
    """Every slug under which a page was ever published here."""
    started = Publication.objects.started().filter(kind=kind, key=key)
    return set(started.values_list("revision__payload__slug", flat=True)) - {None}


class PublicationQuerySet(models.QuerySet["Publication"]):
    def started(self, at: datetime | None = None) -> Self:
        """Those whose time has come, whether or not it has passed again."""
        return self.filter(starts_at__lte=at or timezone.now())

    def latest_started(self, at: datetime | None = None) -> Self:
        """For each document the one that started last; it may have ended."""
        later = Publication.objects.started(at).filter(kind=OuterRef("kind"), key=OuterRef("key"))
        newer = Q(starts_at__gt=OuterRef("starts_at")) | Q(starts_at=OuterRef("starts_at"), pk__gt=OuterRef("pk"))
        return self.started(at).filter(~Exists(later.filter(newer)))

    def current(self, at: datetime | None = None) -> Self:
        """What the public sees at a moment (now): exact, with no job that would have to run."""
        return self.latest_started(at).filter(Q(ends_at=None) | Q(ends_at__gt=at or timezone.now()))

    def of(self, kind: str, key: str) -> Self:
        """Those of one document, with their revisions."""
        return self.filter(kind=kind, key=key).select_related("revision")

    def waiting(self) -> Self:
        """What is scheduled and has not started."""
        return self.filter(starts_at__gt=timezone.now())


class Publication(models.Model):
    """A revision is before the public from `starts_at` until `ends_at`, or until a later one of its document starts."""

    kind = models.CharField("种类", max_length=20, choices=KIND_CHOICES)
    key = models.SlugField("标识", max_length=40)
    revision = models.OneToOneField(Revision, models.PROTECT, related_name="publication", verbose_name="版本")
    starts_at = models.DateTimeField("开始", default=timezone.now)
    ends_at = models.DateTimeField("结束", null=True, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "发布时间"
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["kind", "key", "starts_at"], name="publications_of_a_document")]

    def __str__(self) -> str:
        return str(self.revision)


class SiteStamp(models.Model):
    """One row, one integer: raised by every publication, so that every page knows whether it is still fresh."""

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_site_stamp")]

    def __str__(self) -> str:
        return str(self.number)
