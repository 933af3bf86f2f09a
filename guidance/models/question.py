"""Rows of a self-check draft that ask: questions and their options."""

from django.db import models

from guidance.engine.flow import MULTI, SINGLE
from guidance.models.draft import Part, name_of
from guidance.models.fields import DocumentField
from guidance.models.flow import FlowDraft

CONDITION_HELP = "一列“任一成立”，每项是一列“同时成立”的分句；留空表示总是。"


class QuestionDraft(Part):
    FIELDS = ("key", "text", "why", "help", "kind", "ask_when")
    PARTS = ("options",)

    flow = models.ForeignKey(FlowDraft, models.CASCADE, related_name="questions", verbose_name="情况自查")
    key = models.SlugField("标识", max_length=40)
    text = models.TextField("题目")
    why = models.TextField("为什么问")
    help = models.TextField("补充说明", blank=True)
    kind = models.CharField("类型", max_length=10, choices=[(SINGLE, "单选"), (MULTI, "多选")], default=SINGLE)
    ask_when = DocumentField("什么时候问", default=list, blank=True, help_text=CONDITION_HELP)

    class Meta(Part.Meta):
        verbose_name = verbose_name_plural = "题目"

    def __str__(self) -> str:
        return name_of(self.text) or self.key


class OptionDraft(Part):
    FIELDS = ("key", "label", "hint", "unknown", "where", "exclusive")

    question = models.ForeignKey(QuestionDraft, models.CASCADE, related_name="options", verbose_name="题目")
    key = models.SlugField("标识", max_length=40)
    label = models.CharField("选项", max_length=60)
    hint = models.TextField("提示", blank=True)
    unknown = models.BooleanField("表示“不确定”", default=False)
    where = models.TextField("去哪里看", blank=True)
    exclusive = models.BooleanField("不能与别的同选", default=False)

    class Meta(Part.Meta):
        verbose_name = verbose_name_plural = "选项"

    def __str__(self) -> str:
        return self.label or self.key
