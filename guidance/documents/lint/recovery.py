"""No number of days beside 恢复 or 解冻: nobody knows one, and readers plan their lives by it."""

import re

_NUMBER = r"(?:\d{1,6}(?:\.\d{1,3})?|[一二两三四五六七八九十百半几数多]{1,4})"
_UNIT = "工作日|自然日|交易日|天|日|个?小时|钟头|分钟|秒|h(?![a-zA-Z])|周|星期|礼拜|季度|年|月"
DURATION = (
    rf"(?:{_NUMBER}\s?(?:[—\-至到~]\s?{_NUMBER}\s?)?个?多?(?:{_UNIT})"
    r"|当天|当日|明天|次日|第二天|隔天|次月|下个?月)"
)
RESTORED = re.compile(r"恢复|解冻|解封|解限|重新开通|解除(?:冻结|限制)|又能用|能用了")
# Times that say nothing about recovery: how long overdue, dates, how often, how long a record is kept.
_INNOCENT = re.compile(
    rf"逾期(?:了|超过|不到|满|约|已|已经)*{DURATION}(?:以内|以上|左右|多)?"
    r"|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|(?<!\d)\d{1,3}[×xX]24小时|每个?(?:天|日|周|月|年)(?:\d{1,2}[日号])?"
    rf"|(?:最近|近|过去|保存|保留){_NUMBER}个?(?:{_UNIT})"
)
# A text that is nothing but a time, as an answer to a question or heading about recovery.
_BARE = re.compile(
    rf"(?:{DURATION}|一般|通常|大约|大概|约|最快|最慢|最长|最多|至少|需要|要|等|左右|以内|内|后|就好|即可|[，、。\s])+"
)
_STATEMENT = re.compile(r"[^。！？；…\n]+[？]?")  # a row of a table is one statement


def about_recovery(text: str) -> bool:
    """Whether what follows a title, a heading or the head of a table is about recovery."""
    return bool(RESTORED.search(text))


def timed_recovery(line: str, *, asked: bool) -> str | None:
    """The statement that times a recovery and the time in it, as a message; None when there is none.

    `asked`: the title, heading or head of the table above asks about recovery, so a bare time answers it; so does
    one after a question in the line itself.
    """
    for statement in _STATEMENT.findall(line):
        left = _INNOCENT.sub("", statement)
        duration = re.search(DURATION, left)
        if duration and (
            RESTORED.search(statement) or (asked and any(map(_BARE.fullmatch, left.strip("| ").split("|"))))
        ):
            return (
                f"“{statement.strip()[:24]}”：恢复、解冻旁边不能写时长。建议删掉“{duration[0]}”，写“没有公开的固定天数”"
            )
        asked = asked or (statement.endswith("？") and about_recovery(statement))
    return None
