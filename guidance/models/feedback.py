"""What readers say of a page, without a word about who they are."""

from django.db import models

KINDS = {"article": "指南", "faq": "常见问题", "flow": "自查结果"}
REASONS = {
    "unclear": "看不明白",
    "not_mine": "和我的情况不一样",
    "wrong": "说的和我看到的不一样",
    "no_next": "看完还是不知道怎么办",
    "other": "其他",
}


class Feedback(models.Model):
    """Yes or no, perhaps a reason and some words, about one published version. Kept for a limited time only."""

    created_at = models.DateTimeField("时间", auto_now_add=True)
    kind = models.CharField("种类", max_length=20, choices=list(KINDS.items()))
    key = models.CharField("标识", max_length=40)
    number = models.PositiveIntegerField("版本")
    cause = models.CharField("结果", max_length=40, blank=True)  # of a self-check: what it found first
    useful = models.BooleanField("有用")
    reason = models.CharField("哪里不好", max_length=10, choices=list(REASONS.items()), blank=True)
    text = models.TextField("读者的话", max_length=500, blank=True)
    # Of the form it came from, so that sending it twice counts once.
    token = models.CharField(max_length=32, unique=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "读者反馈"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["kind", "key"], name="feedback_on_a_page")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key}：{'有用' if self.useful else '没用'}"
