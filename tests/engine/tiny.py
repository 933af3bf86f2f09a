"""A valid flow document with everything in it once, as small as it can be; no check says anything about it."""

from typing import Any

TINY: dict[str, Any] = {
    "key": "tiny",
    "title": "花呗小自查",
    "summary": "两个问题，看看是哪种情况。",
    "audience": "花呗用不了的人。",
    "minutes": 1,
    "prepare": ["打开支付宝"],
    "checked_on": "2026-11-22",
    "review_by": "2027-02-22",
    "inconclusive": {"title": "还不能确定", "summary": "先看看页面，再回来改答案。"},
    "causes": [
        {"key": "overdue", "title": "账单逾期", "summary": "晚还了。", "tone": "caution", "claims": ["late"]},
        {"key": "guard", "title": "风险监控", "summary": "系统觉得有异常。", "tone": "calm", "claims": ["odd"]},
    ],
    "questions": [
        {
            "key": "stage",
            "text": "账单还了吗？",
            "why": "逾期最常见。",
            "kind": "single",
            "options": [
                {"key": "unpaid", "label": "没还"},
                {"key": "paid", "label": "还清了", "hint": "最近几天还的也算。"},
                {"key": "unknown", "label": "不确定", "unknown": True, "where": "在花呗页面看账单。"},
            ],
        },
        {
            "key": "device",
            "text": "最近有这些变化吗？",
            "why": "变化会让系统起疑。",
            "kind": "multi",
            "ask_when": [[{"question": "stage", "any_of": ["paid", "unknown"]}]],
            "options": [
                {"key": "phone", "label": "换了手机"},
                {"key": "abroad", "label": "在外地登录"},
                {"key": "none", "label": "都没有", "exclusive": True},
                {"key": "unknown", "label": "不确定", "unknown": True, "where": "想想最近一周。", "exclusive": True},
            ],
        },
    ],
    "evidence": [
        {
            "key": "said-unpaid",
            "cause": "overdue",
            "effect": "confirms",
            "reason": "你说还没还",
            "when": [[{"question": "stage", "any_of": ["unpaid"]}]],
        },
        {
            "key": "said-paid",
            "cause": "overdue",
            "effect": "rules_out",
            "reason": "你说还清了",
            "when": [[{"question": "stage", "any_of": ["paid"]}]],
        },
        {
            "key": "new-phone",
            "cause": "guard",
            "effect": "supports",
            "reason": "你换了手机",
            "when": [[{"question": "device", "any_of": ["phone"]}]],
        },
        {
            "key": "far-away",
            "cause": "guard",
            "effect": "supports",
            "reason": "你在外地登录",
            "when": [[{"question": "device", "any_of": ["abroad"]}]],
        },
        {
            "key": "nothing-new",
            "cause": "guard",
            "effect": "against",
            "reason": "你说没有变化",
            "when": [[{"question": "device", "none_of": ["abroad", "phone", "unknown"]}]],
        },
    ],
    "advice": [
        {"key": "look", "kind": "do_now", "title": "先看页面", "body": "进花呗页面。", "claims": ["late"]},
        {
            "key": "repay",
            "kind": "do_now",
            "title": "先还一点",
            "body": "能还多少还多少。",
            "cause": "overdue",
            "claims": ["late"],
        },
        {"key": "ask", "kind": "step", "title": "问客服", "body": "在 App 里问。", "claims": ["late"]},
        {
            "key": "verify",
            "kind": "step",
            "title": "核实身份",
            "body": "按页面提示核实。",
            "cause": "guard",
            "claims": ["odd"],
        },
        {"key": "words", "kind": "script", "title": "这样问", "body": "你好，我想问……"},
    ],
    "scenarios": [
        {"key": "late", "title": "忘了还", "answers": {"stage": "unpaid"}, "primary": "overdue", "must_pass": True},
        {
            "key": "moved",
            "title": "换机又出差",
            "answers": {"stage": "paid", "device": ["abroad", "phone"]},
            "primary": "guard",
            "advice": ["verify"],
            "must_pass": True,
        },
        {
            "key": "quiet",
            "title": "什么都没变",
            "answers": {"stage": "unknown", "device": "none"},
            "must_pass": True,
        },
    ],
}
