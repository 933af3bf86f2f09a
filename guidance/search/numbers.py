"""Amounts of time as people say them (一个多月, 半年, 二十来天), read as the days that they may mean."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

LONGEST = 36_500  # days; what an open amount (超过90天) ends at

# Days that so many calendar months in a row may have: 1 month 28–31, 2 months 59–62.
MONTHS = (
    (28, 31),
    (59, 62),
    (89, 92),
    (120, 123),
    (150, 153),
    (181, 184),
    (212, 215),
    (242, 245),
    (273, 276),
    (303, 306),
    (334, 337),
    (365, 366),
)
ROUND = {"小时": 0, "天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30, "季度": 91, "年": 365}
MOST = {"小时": 72, "天": 3650, "日": 400, "周": 200, "星期": 200, "礼拜": 200, "月": 120, "季度": 20, "年": 15}
NAMED = {"前年": (366, 1095), "大前年": (731, 1460)}
DIGITS = {"一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "仨": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}

NEAR = r"(?P<near>不到|不足|没到|还没到|快要|快|将近|接近|近|小|差不多|大概|大约|约|超过|超)?"
# 3, 3 4 (三、四), 三四, 十五六, 四五十, 几, 好几, 10几, 几十: in the normal form, where most numbers are digits
COUNT = (
    r"(?P<count>好?几10|好几|\d+几|几|\d+ \d+|[三四五六七八九] \d+"
    r"|[一二三四五六七八九]{2}十|十?[一二三四五六七八九]{2}|两三|[一二两俩三仨四五六七八九]|\d+)"
)
UNIT = r" ?(?P<of>个)?(?P<inner>多|来|余|半)?(?P<unit>小时|天|日(?!期)|周|星期|礼拜|月|季度|年)"
OUTER = r"(?P<outer>多|半|左右|上下|以上|以内|之内|内|出头|有余)?"
AMOUNT = re.compile(rf"{NEAR}(?<![这那每头月\d]){COUNT}(?P<before>多|来|余)?{UNIT}{OUTER}")
HALF = re.compile(
    r"(?P<near>不到|快|将近|差不多|超过)?(?P<size>大|小)?半(?P<of>个)?(?P<inner>多)?(?P<unit>月|年)(?P<outer>多|左右)?"
)
NAMED_YEAR = re.compile("大?前年")
ABOUT = frozenset({"差不多", "大概", "大约", "约"})
JOINED = ("", "零", "又", "加")  # 一个月零五天

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Duration:
    """Where an amount of time stands in a normal text, and the days from low to high that it may mean."""

    start: int
    end: int
    low: int
    high: int


def durations(text: str) -> list[Duration]:
    """The amounts of time in a normal text, in order, none over another."""
    found = [each for match in AMOUNT.finditer(text) if (each := _amount(match))]
    found += [_half(match) for match in HALF.finditer(text) if match["of"] or match["unit"] == "年"]
    found += [Duration(*match.span(), *NAMED[match[0]]) for match in NAMED_YEAR.finditer(text)]
    return _joined(text, sorted(found, key=lambda each: (each.start, -each.end)))


def _joined(text: str, found: list[Duration]) -> list[Duration]:
    """Without those inside others; a shorter one that follows directly is added: 一个月零五天."""
    kept: list[Duration] = []
    for each in found:
        last = kept[-1] if kept else None
        if last and each.start < last.end:
            continue
        if last and text[last.end : each.start] in JOINED and each.high < last.low:
            kept[-1] = Duration(last.start, each.end, last.low + each.low, last.high + each.high)
        else:
            kept.append(each)
    return kept


def _amount(match: re.Match[str]) -> Duration | None:
    unit, count = match["unit"], match["count"]
    if unit == "月" and not match["of"] and count.isdecimal():
        return None  # 3月 is a date
    least, most = _counted(count)
    if most > MOST[unit]:
        return None
    more = next((mark for mark in (match["before"], match["inner"], match["outer"]) if mark), "")
    if count.endswith("几") and count[0].isdecimal():
        more = "多"
    low, high = _span(least, most, unit, more, late=bool(match["outer"]))
    near = "" if more and match["near"] in ABOUT else match["near"] or ""  # 大概一个多月 is no less exact than 一个多月
    return Duration(*match.span(), *_nearly(near, low, high, most * ROUND[unit]))


def _counted(count: str) -> Span:
    """How many the count may mean, from … to."""
    known = {"几": (2, 9), "好几": (3, 9), "几10": (20, 99), "好几10": (30, 99)}
    if count in known:
        return known[count]
    if " " in count:
        first, second = (int(part) if part.isdecimal() else DIGITS[part] for part in count.split(" "))
        return (first, second) if first < second <= 3 * first else (second, second)
    if count[0].isdecimal():
        return (int(count.rstrip("几")),) * 2
    digits = [DIGITS[mark] for mark in count.strip("十")]
    if count.endswith("十"):
        return 10 * min(digits), 10 * max(digits) + 9
    tens = 10 if count.startswith("十") else 0
    return tens + min(digits), tens + max(digits)


def _span(least: int, most: int, unit: str, more: str, *, late: bool) -> Span:
    """The days of least–most units with what is added to them. late: it stands behind the unit, as in 三天多."""
    low, high = _days(least, unit)[0], _days(most, unit)[1]
    whole = ROUND[unit]
    begins, ends = least * whole, most * whole
    spans: dict[str, Callable[[], Span]] = {
        "多": lambda: (begins + (whole > 1 or not late), _top(most, unit, late=late)),
        "余": lambda: (begins + 1, _top(most, unit, late=late)),
        "来": lambda: (math.floor(begins * (0.9 if begins < 60 else 0.95)), ends + max(4, whole // 3)),
        "半": lambda: (math.floor((least + 0.5) * whole) - whole // 25, math.ceil((most + 0.5) * whole) + whole // 10),
        "左右": lambda: _about(low, high),
        "上下": lambda: _about(low, high),
        "以上": lambda: (begins + 1, LONGEST),
        "有余": lambda: (begins + 1, math.ceil(ends * 1.4)),
        "出头": lambda: (begins + 1, math.ceil(ends * 1.3)),
        "以内": lambda: (0, ends),
        "之内": lambda: (0, ends),
        "内": lambda: (0, ends),
    }
    return spans[more]() if more else (low, high)


def _days(count: int, unit: str) -> Span:
    if unit == "月" and 1 <= count <= len(MONTHS):
        return MONTHS[count - 1]
    if unit == "月":
        return math.floor(count * 30.3), math.ceil(count * 30.6)
    if unit == "年":
        return count * 365, count * 366
    if unit == "小时":
        return count // 24, count // 24
    return count * ROUND[unit], count * ROUND[unit]


def _top(count: int, unit: str, *, late: bool) -> int:
    """The most that 十多天, 一百多天, 一个多月, 三天多 may mean."""
    if unit in {"天", "日"} and not late and count >= 10:
        step = 10 ** (len(str(count)) - len(str(count).rstrip("0")))
        return count + max(step - 1, 1)
    return (count + 1) * ROUND[unit] - (ROUND[unit] > 1)


def _half(match: re.Match[str]) -> Duration:
    low, high = (13, 17) if match["unit"] == "月" else (181, 184)
    whole = 15 if match["unit"] == "月" else 182
    if match["size"]:
        low, high = (whole + 1, whole * 9 // 5) if match["size"] == "大" else (whole * 2 // 3, whole)
    elif match["inner"] or match["outer"] == "多":
        low, high = whole + 1, whole * 5 // 3
    elif match["outer"]:
        low, high = _about(low, high)
    return Duration(*match.span(), *_nearly(match["near"] or "", low, high, whole))


def _nearly(near: str, low: int, high: int, whole: int) -> Span:
    """The days with a word before them: nearly, less than, about, more than."""
    if near in {"不到", "不足", "没到", "还没到"}:
        return whole // 2, min(high, whole - (whole < 30))
    if near in {"快要", "快", "将近", "接近", "近", "小"}:
        return min(math.floor(low * 0.8), whole), min(high, whole)
    if near in ABOUT:
        return _about(low, high)
    return (max(low, whole) + 1, LONGEST) if near else (low, high)


def _about(low: int, high: int) -> Span:
    return math.floor(low * 0.85), math.ceil(high * 1.15)
