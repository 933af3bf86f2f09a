"""Amounts of time: the days they may mean, and where they stand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.search.normal import plain
from guidance.search.numbers import LONGEST, durations

SAID = {
    "3天": (3, 3),
    "三天": (3, 3),
    "逾期第三天": (3, 3),
    "逾期 3 天": (3, 3),
    "48小时": (2, 2),
    "前年": (366, 1095),
    "两三天": (2, 3),
    "7-8天": (7, 8),
    "三、四个月": (89, 123),
    "几天": (2, 9),
    "十几天": (11, 19),
    "十五六天": (15, 16),
    "二十来天": (18, 24),
    "二十多天": (21, 29),
    "四五十天": (40, 59),
    "几十天": (20, 99),
    "九十多天": (91, 99),
    "一百多天": (101, 199),
    "一周": (7, 7),
    "一礼拜": (7, 7),
    "一个多星期": (8, 13),
    "半个月": (13, 17),
    "半个多月": (16, 25),
    "一个月": (28, 31),
    "不到一个月": (15, 30),
    "一个多月": (31, 59),
    "一个半月": (44, 48),
    "快两个月": (47, 60),
    "俩月": (59, 62),
    "两个月": (59, 62),
    "三个多月": (91, 119),
    "一个月零五天": (33, 36),
    "半年": (181, 184),
    "一年多": (366, 729),
    "超过90天": (91, LONGEST),
    "7天以内": (0, 7),
}


@pytest.mark.parametrize(("said", "days"), SAID.items(), ids=list(SAID))
def test_an_amount_of_time_is_read_as_the_days_it_may_mean(said: str, days: tuple[int, int]) -> None:
    (found,) = durations(plain(f"花呗{said}没还"))
    assert (found.low, found.high) == days


@pytest.mark.parametrize(
    "said", ["3月15日", "2026年", "每天催", "这几天", "半天", "一直没还", "3岁", "欠5000 天天催", "目前天天上班"]
)
def test_what_is_no_amount_of_time_is_not_read_as_one(said: str) -> None:
    assert durations(plain(said)) == []


def test_an_amount_stands_where_it_was_said() -> None:
    text = plain("逾期一个多月，三天前还的")
    assert [text[each.start : each.end] for each in durations(text)] == ["1个多月", "3天"]


@settings(max_examples=1000, deadline=None)
@given(st.text("半几十一两三多来个零不到快超过前昨今大小0123 天日周月年星期左右以上", max_size=20))
def test_amounts_of_any_text_stand_in_order_and_mean_some_days(text: str) -> None:
    text = plain(text)
    end = 0
    for each in durations(text):
        assert end <= each.start < each.end <= len(text)
        assert 0 <= each.low <= each.high <= LONGEST
        end = each.end
