"""What editors call the fields and the parts of documents, as their forms do, and how each field reads as text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from guidance.documents.claim import STATUSES
from guidance.documents.groups import GROUPS
from guidance.documents.source import WEIGHTS
from guidance.engine.flow import ADVICE_KINDS, EFFECTS, MULTI, SINGLE, TONES

# How the words of a field are compared.
TEXT = "text"  # sentence by sentence
WHOLE = "whole"  # line by line: keys, days, numbers, choices
FLAG = "flag"
CONDITION = "condition"
ANSWERS = "answers"
ALIASES = "aliases"
GROUP = "group"  # fields of its own
PARTS = "parts"  # a list of such groups with keys

TONE_LABELS = dict(zip(TONES, ("紧急", "留意", "平静"), strict=True))
EFFECT_LABELS = dict(zip(EFFECTS, ("确认", "支持", "不支持", "排除"), strict=True))
ADVICE_LABELS = dict(
    zip(ADVICE_KINDS, ("现在先做", "步骤", "材料", "时间", "话术", "不要做", "提醒", "延伸阅读"), strict=True)
)
QUESTION_LABELS = {SINGLE: "单选", MULTI: "多选"}


@dataclass(frozen=True, slots=True)
class Field:
    """names: the parts of the document whose keys it holds. default: what it is when it is left out."""

    label: str
    form: str = WHOLE
    choices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    names: str = ""
    default: str | bool | None = None


KEY = Field("标识")
TITLE = Field("标题", TEXT)
ORDER = Field("顺序")
CLAIMS = Field("依据的主张")
KEYWORDS = Field("关键词")
DAYS = {"checked_on": Field("核对日期"), "review_by": Field("下次核对")}

_PAGE = {
    "key": KEY,
    "slug": Field("网址名"),
    "title": TITLE,
    "summary": Field("一两句话的答案", TEXT),
    "group": Field("分组", choices=GROUPS),
    "order": ORDER,
    "body": Field("正文", TEXT),
    **DAYS,
    "claims": Field("用到的主张"),
    "related": Field("相关指南"),
    "next_check": Field("接着自查", GROUP),
    "former_slugs": Field("曾用网址名"),
    "withdrawn": Field("撤下", GROUP),
    "keywords": KEYWORDS,
}

# The fields of every kind of document, of its groups and of its parts, in the order of the forms.
FIELDS: dict[str, dict[str, Field]] = {
    "source": {
        "key": KEY,
        "title": TITLE,
        "publisher": Field("发布者", TEXT),
        "kind": Field("类别", choices=WEIGHTS),
        **DAYS,
        "url": Field("网址"),
        "published_on": Field("发布日期"),
        "note": Field("说明", TEXT),
    },
    "claim": {
        "key": KEY,
        "text": Field("内容", TEXT),
        "status": Field("判定", choices=STATUSES),
        "confidence": Field("可信度", choices=WEIGHTS),
        "sources": Field("来源"),
        "checked_by": Field("核对人"),
        **DAYS,
        "expires_on": Field("到期日"),
        "origin": Field("研究编号"),
        "group": Field("分组", choices=GROUPS),
        "why": Field("为什么不可信", TEXT),
        "instead": Field("应该怎么做", TEXT),
        "keywords": KEYWORDS,
    },
    "contact": {
        "key": KEY,
        "name": Field("名称", TEXT),
        "number": Field("号码"),
        "channel": Field("怎么联系", TEXT),
        "purpose": Field("管什么", TEXT),
        "never": Field("绝不会要求", TEXT),
        "checked_how": Field("怎么核对的", TEXT),
        "sources": Field("来源"),
        "order": ORDER,
        **DAYS,
        "url": Field("网址"),
        "problems": Field("遇到什么事找它", TEXT),
        "keywords": KEYWORDS,
    },
    "term": {
        "key": KEY,
        "name": Field("名词", TEXT),
        "meaning": Field("是什么意思", TEXT),
        "order": ORDER,
        "claims": CLAIMS,
        **DAYS,
        "names": Field("别的叫法"),
        "unless": Field("不算它的长词"),
        "guide": Field("详细看哪篇指南"),
        "keywords": KEYWORDS,
    },
    "article": _PAGE,
    "faq": _PAGE | {"body": Field("更多", TEXT)},
    "next_check": {"flow": Field("情况自查"), "answers": Field("回答", ANSWERS)},
    "withdrawn": {"reason": Field("为什么", TEXT), "instead": Field("改看")},
    "flow": {
        "key": KEY,
        "title": TITLE,
        "summary": Field("简介", TEXT),
        "audience": Field("适合谁", TEXT),
        "minutes": Field("大约几分钟"),
        "prepare": Field("准备什么", TEXT),
        **DAYS,
        "inconclusive": Field("判断不了时怎么说", GROUP),
        "questions": Field("题目", PARTS),
        "causes": Field("原因", PARTS),
        "evidence": Field("证据", PARTS),
        "advice": Field("建议", PARTS),
        "scenarios": Field("案例", PARTS),
        "aliases": Field("旧标识的去向", ALIASES),
        "keywords": KEYWORDS,
    },
    "synonym": {
        "key": KEY,
        "words": Field("意思一样的词"),
        "typed": Field("读者会打成"),
        **DAYS,
    },
    "pin": {
        "key": KEY,
        "queries": Field("搜索的词"),
        "anywhere": Field("只要含有就算", FLAG, default=False),
        "pages": Field("排在最前的页面"),
        **DAYS,
    },
    "phrase": {
        "key": KEY,
        "flow": Field("情况自查"),
        "question": Field("题目"),
        "options": Field("选项"),
        "says": Field("读者会说"),
        "unless": Field("同一句里有这些就不算"),
        "at_least": Field("最少多少天"),
        "at_most": Field("最多多少天"),
        **DAYS,
    },
    "inconclusive": {"title": TITLE, "summary": Field("说明", TEXT)},
    "questions": {
        "key": KEY,
        "text": Field("题目", TEXT),
        "why": Field("为什么问", TEXT),
        "help": Field("补充说明", TEXT),
        "kind": Field("类型", choices=QUESTION_LABELS, default=SINGLE),
        "ask_when": Field("什么时候问", CONDITION),
        "options": Field("选项", PARTS),
    },
    "options": {
        "key": KEY,
        "label": Field("选项", TEXT),
        "hint": Field("提示", TEXT),
        "unknown": Field("表示“不确定”", FLAG, default=False),
        "where": Field("去哪里看", TEXT),
        "exclusive": Field("不能与别的同选", FLAG, default=False),
    },
    "causes": {
        "key": KEY,
        "title": Field("名称", TEXT),
        "summary": Field("是什么", TEXT),
        "tone": Field("语气", choices=TONE_LABELS),
        "claims": CLAIMS,
    },
    "evidence": {
        "key": KEY,
        "cause": Field("原因", names="causes"),
        "effect": Field("作用", choices=EFFECT_LABELS),
        "reason": Field("对读者怎么说", TEXT),
        "when": Field("条件", CONDITION),
    },
    "advice": {
        "key": KEY,
        "kind": Field("类别", choices=ADVICE_LABELS),
        "title": TITLE,
        "body": Field("内容", TEXT),
        "cause": Field("只在这个原因成立时", names="causes"),
        "when": Field("条件", CONDITION),
        "claims": CLAIMS,
    },
    "scenarios": {
        "key": KEY,
        "title": Field("读者的情况", TEXT),
        "answers": Field("回答", ANSWERS),
        "primary": Field("首要原因", names="causes"),
        "others": Field("同时得出的原因", names="causes"),
        "advice": Field("必须出现的建议", names="advice"),
        "must_pass": Field("必须通过", FLAG, default=True),
    },
}

# The field that a part is known by.
NAMED_BY = {
    "questions": "text",
    "options": "label",
    "causes": "title",
    "evidence": "reason",
    "advice": "title",
    "scenarios": "title",
}
