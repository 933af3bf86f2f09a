"""Drafts of official contacts."""

from django.db import models

from guidance.models.draft import Draft
from guidance.models.fields import DocumentField, keywords_field


class ContactDraft(Draft):
    KIND = "contact"
    FIELDS = (
        "key",
        "name",
        "channel",
        "purpose",
        "never",
        "checked_how",
        "sources",
        "order",
        "checked_on",
        "review_by",
        "number",
        "url",
        "problems",
        "keywords",
    )

    name = models.CharField("名称", max_length=60)
    number = models.CharField("号码", max_length=20, blank=True)
    channel = models.TextField("怎么联系")
    purpose = models.TextField("管什么")
    never = models.TextField("绝不会要求")
    checked_how = models.TextField("怎么核对的")
    sources = DocumentField("来源", default=list, blank=True)
    order = models.PositiveSmallIntegerField("顺序", default=0)
    url = models.CharField("网址", max_length=500, blank=True)
    problems = DocumentField("遇到什么事找它", default=list, blank=True)
    keywords = keywords_field()

    class Meta(Draft.Meta):
        verbose_name = verbose_name_plural = "官方联系方式"
