"""Drafts of synonyms."""

from guidance.documents.naming import called
from guidance.models.draft import Draft, name_of
from guidance.models.fields import DocumentField


class SynonymDraft(Draft):
    KIND = "synonym"
    FIELDS = ("key", "words", "typed", "checked_on", "review_by")

    words = DocumentField("意思一样的词", default=list)
    typed = DocumentField("读者会打成", default=list, blank=True)

    class Meta(Draft.Meta):
        verbose_name = verbose_name_plural = "同义词"

    def __str__(self) -> str:
        return name_of(called({"words": self.words})) or self.key
