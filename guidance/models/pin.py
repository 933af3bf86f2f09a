"""Drafts of what stands first for a query."""

from django.db import models

from guidance.documents.naming import called
from guidance.models.draft import Draft, name_of
from guidance.models.fields import DocumentField


class PinDraft(Draft):
    KIND = "pin"
    FIELDS = ("key", "queries", "anywhere", "pages", "checked_on", "review_by")

    queries = DocumentField("搜索的词", default=list)
    anywhere = models.BooleanField(
        "只要含有就算", default=False, help_text="不选：整个搜索就是其中一个。选了：搜索里含有其中一个。"
    )
    pages = DocumentField("排在最前的页面", default=list)

    class Meta(Draft.Meta):
        verbose_name = verbose_name_plural = "搜索置顶"

    def __str__(self) -> str:
        return name_of(called({"queries": self.queries})) or self.key
