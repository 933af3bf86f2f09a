"""Drafts of claims."""

from django.db import models

from guidance.documents.claim import STATUSES
from guidance.documents.groups import GROUPS
from guidance.documents.source import WEIGHTS
from guidance.models.draft import Draft, name_of
from guidance.models.fields import DocumentField, keywords_field


class ClaimDraft(Draft):
    KIND = "claim"
    FIELDS = (
        "key",
        "text",
        "status",
        "confidence",
        "sources",
        "checked_by",
        "checked_on",
        "review_by",
        "expires_on",
        "origin",
        "group",
        "why",
        "instead",
        "keywords",
    )

    text = models.TextField("内容")
    status = models.CharField("判定", max_length=20, choices=list(STATUSES.items()))
    confidence = models.CharField("可信度", max_length=20, choices=list(WEIGHTS.items()))
    sources = DocumentField("来源", default=list, blank=True)
    checked_by = models.CharField("核对人", max_length=40)
    expires_on = models.DateField("到期日", null=True, blank=True, help_text="到这一天起，页面不再把它当作现行说法。")
    origin = DocumentField("研究编号", default=list, blank=True)
    group = models.CharField("分组", max_length=20, choices=list(GROUPS.items()), blank=True)
    why = models.TextField("为什么不可信", blank=True)
    instead = models.TextField("应该怎么做", blank=True)
    keywords = keywords_field()

    class Meta(Draft.Meta):
        verbose_name = verbose_name_plural = "主张"

    def __str__(self) -> str:
        return name_of(self.text) or self.key
