"""What readers come with: the groups of guides, questions and false sayings, in the order of every list."""

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")

GROUPS = {
    "urgent": "先处理最急的",
    "status": "状态查询",
    "restore": "恢复",
    "repay": "还款与费用",
    "credit": "征信与芝麻分",
    "service": "客服与协商",
    "collection": "催收与投诉",
    "scam": "防骗",
}


def by_group(things: Iterable[T], group_of: Callable[[T], str]) -> list[tuple[str, str, list[T]]]:
    """Key, title and things of each group that has any; things keep their order."""
    found = list(things)
    groups = [(key, title, [thing for thing in found if group_of(thing) == key]) for key, title in GROUPS.items()]
    return [group for group in groups if group[2]]
