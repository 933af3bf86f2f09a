"""The house style as patterns, each with what to write in place of a match; and the words nobody here may say."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from guidance.engine.problems import FAIL, WARN

HAN = "\u4e00-\u9fff"
FULL_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "。", ".": "。", "(": "（", ")": "）", "！": "。"}
QUOTED = re.compile(r"“[^”]*”")
BACK = "(?:解冻|恢复|解封)"
PROMISES = "|".join(
    [
        rf"(?:保证|一定|肯定|百分之?百|100%)(?:能|会|可以)?{BACK}",
        rf"(?:马上|立即|立刻|快速){BACK}",
        *(
            "秒(?:解|恢复)",
            "保证下款",
            "快速修复征信",
            "百分之?百",
            "100%成功",
            "内部渠道",
            "内部关系",
            "洗白",
            "无条件",
            "停催停诉",
        ),
        *("(?<![加增])强开", "(?<![红钱书承打])包[解过](?![程工开期])"),
    ]
)
DENIED = re.compile(r"[不没无未别][^，。；：！？、“”]{0,5}$")  # just before a promise, in the same clause
EXCERPT = 24  # characters around a finding


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern in one line. fix: what to write in place of the match. quoted: also inside “…”, where others speak."""

    pattern: re.Pattern[str]
    message: str
    fix: Callable[[re.Match[str]], str]
    level: str = WARN
    quoted: bool = True


def _full_width(match: re.Match[str]) -> str:
    return FULL_WIDTH[match[0]]


RULES = (
    Rule(re.compile(rf"(?<=[{HAN}”）》])[,;:?!](?=[{HAN}“（《\d\s]|$)"), "汉字之间用全角标点", _full_width),
    Rule(re.compile(rf"(?<=[{HAN}])\.(?=[{HAN}]|$)"), "汉字之间用全角标点", _full_width),
    Rule(re.compile(rf"[()](?=[{HAN}])|(?<=[{HAN}])[()]"), "汉字旁边用全角括号", _full_width),
    Rule(re.compile("！|(?<!\\w)!(?!\\[)"), "不用感叹号", _full_width),
    Rule(re.compile(rf"(?<=[{HAN}]) +(?=\d)|(?<=\d) +(?=[{HAN}])"), "汉字和数字之间不加空格", lambda _: ""),
    Rule(re.compile("[０-９％]"), "数字用半角", lambda m: unicodedata.normalize("NFKC", m[0])),
    Rule(
        re.compile(rf"(?<![\d\-/.])(?<!GB/T)(?<!GB/T )(\d+)\s*(?:[-~～–]|——)\s*(\d{{1,6}})(?=\s*[{HAN}%])"),
        "范围用一字线",
        lambda m: f"{m[1]}—{m[2]}",
    ),
    Rule(re.compile(r"(\d{4})-(\d\d)-(\d\d)"), "日期写全", lambda m: f"{m[1]}年{int(m[2])}月{int(m[3])}日"),
    Rule(
        re.compile(r"[¥￥]\s?(\d+(?:,\d{3})*(?:\.\d+)?)"),
        "金额写成“数字加元”",
        lambda m: f"{m[1].replace(',', '')}元",
    ),
    Rule(re.compile(r"(?<!\d)(\d+)块钱?"), "金额写成“数字加元”", lambda m: f"{m[1]}元"),
    Rule(re.compile(r"(?<=\d),(?=\d{3})"), "金额里不加逗号", lambda _: ""),
    Rule(re.compile(r"([，。；：、？])\1+"), "标点重复", lambda m: m[1]),
    Rule(re.compile("滞纳金|罚息|违约金"), "这不是花呗公开的说法", lambda _: "逾期利息", quoted=False),
    Rule(re.compile("(?:采用|利用)(?=花呗|支付宝|余额|手机|App)"), "像机器换过的词", lambda _: "使用"),
    Rule(re.compile("之一(?=步|个(?!月))"), "像机器换过的词", lambda _: "第一", FAIL),
    Rule(re.compile("“\\s*”"), "引号里是空的", lambda _: "（补上被删掉的词，或删掉引号）", FAIL),
)


def style_findings(line: str) -> Iterator[tuple[str, str]]:
    """Every finding in one line as (message, level)."""
    ours = without_quotes(line)
    for rule in RULES:
        for match in rule.pattern.finditer(line if rule.quoted else ours):
            yield f"{_around(line, match)}：{rule.message}。建议改成“{rule.fix(match)}”", rule.level
    for match in re.finditer(PROMISES, ours):
        if not DENIED.search(ours[: match.start()]):
            yield f"{_around(line, match)}：这是承诺或骗子的话。建议删掉；要揭穿它，就加上引号", FAIL


def without_quotes(line: str) -> str:
    """The line with everything inside “…” made unreadable, at the same places."""
    return QUOTED.sub(lambda match: "“" + "〇" * (len(match[0]) - 2) + "”", line)


def _around(line: str, match: re.Match[str]) -> str:
    start = max(0, match.start() - EXCERPT // 2)
    return f"“{line[start : match.end() + EXCERPT // 2].strip()}”"
