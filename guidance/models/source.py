"""Drafts of sources."""

from django.db import models

from guidance.documents.source import WEIGHTS
from guidance.models.draft import Draft


class SourceDraft(Draft):
    KIND = "source"
    FIELDS = ("key", "title", "publisher", "kind", "checked_on", "review_by", "url", "published_on", "note")

    title = models.CharField("标题", max_length=200)
    publisher = models.CharField("发布者", max_length=100)
    kind = models.CharField("类别", max_length=20, choices=list(WEIGHTS.items()))
    url = models.CharField("网址", max_length=500, blank=True)
    published_on = models.DateField("发布日期", null=True, blank=True)
    note = models.TextField("说明", blank=True)

    class Meta(Draft.Meta):
        verbose_name = verbose_name_plural = "来源"
