"""Small valid documents that tests alter, and the way they go live."""

from typing import Any

from guidance.models import Revision
from guidance.services.publishing import Entry, Release, publish

DATES = {"checked_on": "2026-11-22", "review_by": "2027-11-22"}


def source(**changes: Any) -> dict[str, Any]:
    return {"key": "a-law", "title": "一部法律", "publisher": "立法机关", "kind": "law", **DATES} | changes


def claim(**changes: Any) -> dict[str, Any]:
    return {
        "key": "a-claim",
        "text": "欠款要还。",
        "status": "adopted",
        "confidence": "law",
        "sources": ["a-law"],
        "checked_by": "编辑部",
        **DATES,
    } | changes


def article(**changes: Any) -> dict[str, Any]:
    return {
        "key": "a-guide",
        "slug": "a-guide",
        "title": "怎么办？",
        "summary": "先看清楚。再一步步来。",
        "group": "status",
        "order": 1,
        "body": "## 第一步\n\n打开支付宝看一看。",
        "claims": ["a-claim"],
        **DATES,
    } | changes


def faq(**changes: Any) -> dict[str, Any]:
    return article() | {"key": "a-question", "slug": "a-question", "body": ""} | changes


def term(**changes: Any) -> dict[str, Any]:
    return {
        "key": "a-word",
        "name": "生词",
        "meaning": "一个读者不认识的词。",
        "order": 1,
        "claims": ["a-claim"],
        **DATES,
    } | changes


def myth(**changes: Any) -> dict[str, Any]:
    return (
        claim(
            key="a-myth",
            text="交钱就能解冻。",
            status="refuted",
            group="scam",
            why="没有这回事。",
            instead="停下，不给钱。",
        )
        | changes
    )


def contact(**changes: Any) -> dict[str, Any]:
    return {
        "key": "dial",
        "name": "官方客服",
        "number": "95188",
        "channel": "自己拨。",
        "purpose": "问。",
        "never": "不会要密码。",
        "checked_how": "看过。",
        "sources": ["a-law"],
        "order": 1,
        **DATES,
    } | changes


def synonym(**changes: Any) -> dict[str, Any]:
    return {"key": "a-synonym", "words": ["同一个词", "另一种写法"], "typed": ["写错的词"], **DATES} | changes


def pin(**changes: Any) -> dict[str, Any]:
    return {"key": "a-pin", "queries": ["先看什么"], "pages": ["/guides/a-guide/"], **DATES} | changes


def phrase(**changes: Any) -> dict[str, Any]:
    """Goes with flow()."""
    return {
        "key": "a-phrase",
        "flow": "small",
        "question": "bill",
        "options": ["paid"],
        "says": ["都还…了", "刚还完"],
        "unless": ["还没还完"],
        **DATES,
    } | changes


def flow(**changes: Any) -> dict[str, Any]:
    """Two questions, two causes; answers paid, unpaid or unknown, then seen or not."""
    return {
        "key": "small",
        "title": "小自查",
        "summary": "看看为什么。",
        "audience": "给想试的人。",
        "minutes": 1,
        **DATES,
        "inconclusive": {"title": "还看不出来", "summary": "先去看看页面。"},
        "causes": [
            {"key": "late", "title": "逾期", "summary": "有账单没还。", "tone": "caution", "claims": ["a-claim"]},
            {"key": "fine", "title": "没有受限", "summary": "看起来正常。", "tone": "calm", "claims": ["a-claim"]},
        ],
        "questions": [
            {
                "key": "bill",
                "text": "账单还清了吗？",
                "why": "还没还清要先还。",
                "options": [
                    {"key": "unpaid", "label": "还没有"},
                    {"key": "paid", "label": "还清了"},
                    {"key": "unknown", "label": "不确定", "unknown": True, "where": "打开花呗页面看。"},
                ],
            },
            {
                "key": "signs",
                "text": "看到了哪些提示？",
                "why": "提示说明原因。",
                "kind": "multi",
                "ask_when": [[{"question": "bill", "none_of": ["paid"]}]],
                "options": [
                    {"key": "overdue", "label": "写着逾期"},
                    {"key": "call", "label": "有人催收"},
                    {"key": "none", "label": "都没有", "exclusive": True},
                    {"key": "unknown", "label": "不确定", "unknown": True, "exclusive": True, "where": "看短信。"},
                ],
            },
        ],
        "evidence": [
            _evidence("e-unpaid", "late", "supports", "bill", "unpaid"),
            _evidence("e-overdue", "late", "confirms", "signs", "overdue"),
            _evidence("e-call", "late", "supports", "signs", "call"),
            _evidence("e-none", "late", "against", "signs", "none"),
            _evidence("e-paid", "fine", "supports", "bill", "paid"),
        ],
        "advice": [
            {"key": "look", "kind": "do_now", "title": "先看页面", "body": "打开支付宝。", "claims": ["a-claim"]},
            {
                "key": "pay",
                "kind": "do_now",
                "title": "先还款",
                "body": "在页面里还。",
                "cause": "late",
                "claims": ["a-claim"],
            },
            {"key": "note", "kind": "step", "title": "记下来", "body": "截图留着。", "claims": ["a-claim"]},
            {"key": "say", "kind": "script", "body": "我想问一下原因。"},
        ],
        "scenarios": [
            {
                "key": "overdue-seen",
                "title": "页面写着逾期",
                "answers": {"bill": "unpaid", "signs": "overdue"},
                "primary": "late",
                "advice": ["pay"],
            }
        ],
    } | changes


def _evidence(key: str, cause: str, effect: str, question: str, option: str) -> dict[str, Any]:
    when = [[{"question": question, "any_of": [option]}]]
    return {"key": key, "cause": cause, "effect": effect, "reason": f"因为{key}。", "when": when}


def go_live(*documents: tuple[str, dict[str, Any]], author: Any = None, **when: Any) -> list[Revision]:
    """Publish documents given as (kind, document), after what they rest on. when: as Release has it, or a release."""
    publish([Entry("source", source()), Entry("claim", claim())])
    release = when.pop("release", None) or Release(**when)
    return publish([Entry(kind, document, author) for kind, document in documents], release)
