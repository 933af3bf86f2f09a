"""Rows of a self-check draft that decide: causes, evidence, advice and scenarios."""

from django.db import models

from guidance.documents.labels import ADVICE_LABELS, EFFECT_LABELS, TONE_LABELS
from guidance.models.draft import Part, name_of
from guidance.models.fields import DocumentField
from guidance.models.flow import FlowDraft
from guidance.models.question import CONDITION_HELP


class CauseDraft(Part):
    FIELDS = ("key", "title", "summary", "tone", "claims")

    flow = models.ForeignKey(FlowDraft, models.CASCADE, related_name="causes", verbose_name="情况自查")
    key = models.SlugField("标识", max_length=40)
    title = models.CharField("名称", max_length=60)
    summary = models.TextField("是什么")
    tone = models.CharField("语气", max_length=10, choices=list(TONE_LABELS.items()))
    claims = DocumentField("依据的主张", default=list)

    class Meta(Part.Meta):
        verbose_name = verbose_name_plural = "原因"

    def __str__(self) -> str:
        return self.title or self.key


class EvidenceDraft(Part):
    FIELDS = ("key", "cause", "effect", "reason", "when")

    flow = models.ForeignKey(FlowDraft, models.CASCADE, related_name="evidence", verbose_name="情况自查")
    key = models.SlugField("标识", max_length=40)
    cause = models.SlugField("原因", max_length=40)
    effect = models.CharField("作用", max_length=10, choices=list(EFFECT_LABELS.items()))
    reason = models.TextField("对读者怎么说")
    when = DocumentField("条件", default=list, help_text=CONDITION_HELP)

    class Meta(Part.Meta):
        verbose_name = verbose_name_plural = "证据"

    def __str__(self) -> str:
        return name_of(self.reason) or self.key


class AdviceDraft(Part):
    FIELDS = ("key", "kind", "title", "body", "cause", "when", "claims")

    flow = models.ForeignKey(FlowDraft, models.CASCADE, related_name="advice", verbose_name="情况自查")
    key = models.SlugField("标识", max_length=40)
    kind = models.CharField("类别", max_length=10, choices=list(ADVICE_LABELS.items()))
    title = models.CharField("标题", max_length=60, blank=True)
    body = models.TextField("内容")
    cause = models.SlugField("只在这个原因成立时", max_length=40, blank=True)
    when = DocumentField("条件", default=list, blank=True, help_text=CONDITION_HELP)
    claims = DocumentField("依据的主张", default=list, blank=True)

    class Meta(Part.Meta):
        verbose_name = verbose_name_plural = "建议"

    def __str__(self) -> str:
        return self.title or name_of(self.body) or self.key


class ScenarioDraft(Part):
    FIELDS = ("key", "title", "answers", "primary", "others", "advice", "must_pass")

    flow = models.ForeignKey(FlowDraft, models.CASCADE, related_name="scenarios", verbose_name="情况自查")
    key = models.SlugField("标识", max_length=40)
    title = models.CharField("读者的情况", max_length=200)
    answers = DocumentField("回答", default=dict)
    primary = models.SlugField("首要原因", max_length=40, blank=True)
    others = DocumentField("同时得出的原因", default=list, blank=True)
    advice = DocumentField("必须出现的建议", default=list, blank=True)
    must_pass = models.BooleanField("必须通过", default=True)

    class Meta(Part.Meta):
        verbose_name = verbose_name_plural = "案例"

    def __str__(self) -> str:
        return self.title or self.key
