"""Drafts of guides and of FAQ entries: both answer a question on a page of their own."""

from django.db import models

from guidance.documents.groups import GROUPS
from guidance.models.draft import Draft
from guidance.models.fields import DocumentField, keywords_field
from guidance.models.revision import Publication, public_slugs


class PageDraft(Draft):
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
        "former_slugs",
        "withdrawn",
        "keywords",
    )

    slug = models.SlugField("网址名", max_length=40, unique=True)
    title = models.CharField("标题", max_length=40, help_text="读者会怎么问，就怎么写；最好不超过20个字。")
    summary = models.TextField("一两句话的答案")
    group = models.CharField("分组", max_length=20, choices=list(GROUPS.items()))
    order = models.PositiveSmallIntegerField("顺序", default=0)
    body = models.TextField("正文", help_text="Markdown；{claim:标识} 引用主张，{contact:标识} 引用联系方式。")
    claims = DocumentField("用到的主张", default=list, blank=True)
    related = DocumentField("相关指南", default=list, blank=True)
    next_check = DocumentField("接着自查", null=True, blank=True)
    former_slugs = DocumentField(
        "曾用网址名", default=list, blank=True, help_text="改网址名时自动记下，旧链接靠它找到新地址。"
    )
    withdrawn = DocumentField("撤下", null=True, blank=True, help_text="为什么不再提供，和改看哪一页；撤下时填写。")
    keywords = keywords_field()

    class Meta(Draft.Meta):
        abstract = True

    def keep_old_address(self) -> str:
        """Note every public address but the draft's own as a former one; gives the one noted anew, "" if none."""
        known = self.former_slugs
        live = Publication.objects.current().of(self.KIND, self.key).first()
        if live is None or not isinstance(known, list) or not all(isinstance(slug, str) for slug in known):
            return ""
        public = live.revision.payload["slug"]
        self.former_slugs = sorted({*known, *public_slugs(self.KIND, self.key)} - {self.slug})
        return public if public in self.former_slugs and public not in known else ""


class ArticleDraft(PageDraft):
    KIND = "article"

    class Meta(PageDraft.Meta):
        verbose_name = verbose_name_plural = "指南"


class FaqDraft(PageDraft):
    KIND = "faq"

    body = models.TextField("更多", blank=True, help_text="答案之外还要说的；Markdown，可以不填。")

    class Meta(PageDraft.Meta):
        verbose_name = verbose_name_plural = "常见问题"
