"""Drafts of glossary entries."""

from django.db import models

from guidance.models.draft import Draft
from guidance.models.fields import DocumentField, keywords_field


class TermDraft(Draft):
    KIND = "term"
    FIELDS = (
        "key",
        "name",
        "meaning",
        "order",
        "claims",
        "checked_on",
        "review_by",
        "names",
        "unless",
        "guide",
        "keywords",
    )

    name = models.CharField("名词", max_length=20)
    meaning = models.TextField("是什么意思", help_text="先说它是什么，再说和读者有什么关系。")
    order = models.PositiveSmallIntegerField("顺序", default=0)
    claims = DocumentField("依据的主张", default=list)
    names = DocumentField("别的叫法", default=list, blank=True)
    unless = DocumentField("不算它的长词", default=list, blank=True, help_text="例如“征信”填 “征信中心”。")
    guide = models.CharField("详细看哪篇指南", max_length=40, blank=True)
    keywords = keywords_field()

    class Meta(Draft.Meta):
        verbose_name = verbose_name_plural = "名词"

    def __str__(self) -> str:
        return self.name
