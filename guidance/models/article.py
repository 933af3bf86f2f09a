"""Drafts of guides."""

from django.db import models

from guidance.documents.article import GROUPS
from guidance.models.draft import Draft
from guidance.models.fields import DocumentField


class ArticleDraft(Draft):
    KIND = "article"
    FIELDS = (
        "key",
        "slug",
        "title",
        "summary",
        "group",
        "order",
        "body",
        "checked_on",
        "review_by",
        "claims",
        "related",
        "next_check",
    )

    slug = models.SlugField("网址名", max_length=40, unique=True)
    title = models.CharField("标题", max_length=40)
    summary = models.TextField("一两句话的答案")
    group = models.CharField("分组", max_length=20, choices=list(GROUPS.items()))
    order = models.PositiveSmallIntegerField("顺序", default=0)
    body = models.TextField("正文", help_text="Markdown；{claim:标识} 引用主张，{contact:标识} 引用联系方式。")
    claims = DocumentField("用到的主张", default=list, blank=True)
    related = DocumentField("相关指南", default=list, blank=True)
    next_check = DocumentField("接着自查", null=True, blank=True)

    class Meta(Draft.Meta):
        verbose_name = verbose_name_plural = "指南"
