"""Fills the desk of a site, run in its manage shell: a draft in every state, a time table, readers' words, numbers."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from guidance.models import (
    Action,
    ArticleDraft,
    ClaimDraft,
    DailyCount,
    FaqDraft,
    Feedback,
    FlowDraft,
    SourceDraft,
    TermDraft,
)
from guidance.services import workflow
from guidance.services.drafts import touched
from guidance.services.publishing import Entry, Release, publish

people = {user.username: user for user in get_user_model().objects.all()}
now = timezone.now()


def changed(model, key, name, **fields):
    draft = model.objects.get(key=key)
    for field, value in fields.items():
        setattr(draft, field, value)
    draft.version += 1
    draft.save()
    touched(draft, people[name])
    return draft


def sent_in(model, key, **fields):
    draft = changed(model, key, "小文", **fields)
    workflow.move(draft, Action.SUBMIT, people["小文"], "请看")
    return model.objects.get(key=key)


def approved(model, key, **fields):
    draft = sent_in(model, key, **fields)
    workflow.move(draft, Action.APPROVE, people["小审"], "可以")
    return model.objects.get(key=key)


changed(FlowDraft, "huabei", "小管", audience="花呗用不了的人。")
flow = FlowDraft.objects.get(key="huabei")
rule = flow.evidence.get(key="cashout-not-debt")
rule.when[0][1]["any_of"].remove("paid")
rule.save()
changed(
    ArticleDraft, "being-collected", "小管", title="催收来了，怎么办，" * 3, body="没有脚本也能写，打95599，几天恢复。"
)
sent_in(ArticleDraft, "overdue", title="花呗逾期了，今天怎么办？")
returned = sent_in(FaqDraft, "grace-period", title="花呗有宽限期吗，几天？")
workflow.move(returned, Action.RETURN, people["小审"], "标题再短一点")
approved(FaqDraft, "due-date", title="还款日到底是哪一天？")
waiting = approved(TermDraft, TermDraft.objects.first().key, meaning="一个要先知道的词。")
workflow.publish_drafts([waiting], people["小发"], Release(starts_at=now + timedelta(days=1), note="换个说法"))
claim = ClaimDraft.objects.get(key="repay-plan")
soon = {"review_by": (timezone.localdate() + timedelta(days=3)).isoformat()}
publish([Entry("claim", claim.to_document() | soon)])
bare = SourceDraft().load(
    {"key": "bare", "title": "没有网址的来源", "publisher": "某处", "kind": "law"}
    | {
        "checked_on": timezone.localdate().isoformat(),
        "review_by": (timezone.localdate() + timedelta(days=90)).isoformat(),
    }
)
publish([Entry("source", bare.to_document())])
for i, (kind, key) in enumerate([("faq", "due-date"), ("article", "overdue"), ("flow", "huabei")]):
    reason, words = ("unclear", "看不明白哪一天") if i else ("", "")
    Feedback.objects.create(
        kind=kind,
        key=key,
        number=1,
        cause="overdue" if kind == "flow" else "",
        useful=False,
        reason=reason,
        text=words,
        token=f"token{i}",
    )
for subject, number, what, total in [
    ("search", 0, "怎么注销", 7),
    ("flow/huabei", 1, "asked:signal", 90),
    ("flow/huabei", 1, "answered:signal", 60),
    ("flow/huabei", 1, "found:overdue", 40),
    ("flow/huabei", 1, "found:inconclusive", 9),
]:
    DailyCount.objects.create(day=timezone.localdate(), subject=subject, number=number, what=what, total=total)
