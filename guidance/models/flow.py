"""Drafts of self-checks: the flow itself, and its questions, causes, evidence, advice and scenarios as rows."""

from django.db import models

from guidance.models.draft import Draft
from guidance.models.fields import DocumentField, keywords_field


class FlowDraft(Draft):
    KIND = "flow"
    FIELDS = (
        "key",
        "title",
        "summary",
        "audience",
        "minutes",
        "prepare",
        "checked_on",
        "review_by",
        "inconclusive",
        "aliases",
        "keywords",
    )
    PARTS = ("causes", "questions", "evidence", "advice", "scenarios")

    title = models.CharField("标题", max_length=60)
    summary = models.TextField("简介")
    audience = models.TextField("适合谁")
    minutes = models.PositiveSmallIntegerField("大约几分钟", default=2)
    prepare = DocumentField("准备什么", default=list, blank=True)
    inconclusive = DocumentField("判断不了时怎么说", default=dict)
    aliases = DocumentField("旧标识的去向", default=dict, blank=True)
    keywords = keywords_field()

    class Meta(Draft.Meta):
        verbose_name = verbose_name_plural = "情况自查"
