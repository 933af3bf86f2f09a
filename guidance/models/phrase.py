"""Drafts of what people say of their case."""

from django.db import models

from guidance.documents.naming import called
from guidance.models.draft import Draft, name_of
from guidance.models.fields import DocumentField


class PhraseDraft(Draft):
    KIND = "phrase"
    FIELDS = (
        "key",
        "flow",
        "question",
        "options",
        "says",
        "unless",
        "at_least",
        "at_most",
        "checked_on",
        "review_by",
    )

    flow = models.CharField("情况自查", max_length=40)
    question = models.CharField("题目", max_length=40)
    options = DocumentField("选项", default=list)
    says = DocumentField("读者会说", default=list)
    unless = DocumentField("同一句里有这些就不算", default=list, blank=True)
    at_least = models.PositiveIntegerField("最少多少天", null=True, blank=True)
    at_most = models.PositiveIntegerField("最多多少天", null=True, blank=True)

    class Meta(Draft.Meta):
        verbose_name = verbose_name_plural = "自述说法"

    def __str__(self) -> str:
        return name_of(called({"says": self.says})) or self.key
