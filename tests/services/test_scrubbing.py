"""What readers should not have written is not kept, however they wrote it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.services.scrubbing import REMOVED, scrubbed

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
CHINESE = str.maketrans("0123456789", "零一二三四五六七八九")
AROUND = st.sampled_from([("我的是", "谢谢"), ("", ""), ("电话：", "。"), ("(", ")"), ("找", "\n第二行")])

digits = st.characters(min_codepoint=ord("0"), max_codepoint=ord("9"))


def several(least: int, most: int | None = None) -> st.SearchStrategy[str]:
    return st.text(digits, min_size=least, max_size=most or least)


mobiles = st.builds("1{}{}".format, st.sampled_from("3456789"), several(9))
landlines = st.builds("0{}{}".format, several(2, 3), several(7, 8))
identity_cards = several(15) | st.builds("{}{}".format, several(17), st.sampled_from("0123456789Xx"))
bank_cards = several(13, 19)
numbers = mobiles | landlines | identity_cards | bank_cards


@st.composite
def written(draw: st.DrawFn) -> str:
    """A number as people write it: in groups or not, in half-width, full-width or Chinese digits."""
    number = draw(numbers)
    between = draw(st.sampled_from(["", " ", "-", "　", "–", " - ", "\u200b"]))
    size = draw(st.integers(1, len(number)))
    if between:
        number = between.join(number[i : i + size] for i in range(0, len(number), size))
    number = draw(st.sampled_from(["", "+86", "+86 ", "0086-"])) + number
    return number.translate(draw(st.sampled_from([{}, FULL_WIDTH, CHINESE])))


@given(written(), AROUND)
def test_a_number_of_somebody_goes_and_the_rest_stays(number: str, around: tuple[str, str]) -> None:
    before, after = around
    assert scrubbed(before + number + after).replace(REMOVED, "").strip("()") == (before + after).strip("()")
    assert REMOVED in scrubbed(before + number + after)


@given(st.text())
def test_what_was_taken_out_does_not_change_again(text: str) -> None:
    once = scrubbed(text)
    assert scrubbed(once) == once


@given(
    st.text(st.characters(exclude_categories=["Nd", "No", "Nl", "Cs"], exclude_characters="〇零一二三四五六七八九幺@"))
)
def test_words_without_numbers_stay(text: str) -> None:
    assert REMOVED not in scrubbed(text) or "信" in text or any(name in text.lower() for name in ("vx", "wx", "wechat"))


@pytest.mark.parametrize(
    "text",
    [
        "欠了3000元，2026年11月到期",
        "打95188没人接，12378也打过",
        "2026-11-22 10:30还了1234.56元",
        "2026/11/22 2026/11/23",
        "3000，4000，5000",
        "额度从12000降到800",
        "二〇二六年十一月二十二日，三千五百元",
        "95188转3",
        "微信支付也用不了，微信是不是有花呗",
        "用QQ登录",
        "3000\n4000\n5000",
    ],
)
def test_amounts_dates_and_official_numbers_stay(text: str) -> None:
    assert scrubbed(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("写信到someone.else@example.com。", f"写信到{REMOVED}。"),
        ("12345678@qq.com", REMOVED),
        ("微信号：abc", f"微信号：{REMOVED}"),
        ("微信号是zhang_3", f"微信号是{REMOVED}"),
        ("加我微信 abc123", f"加我微信 {REMOVED}"),
        ("VX：hello-1", f"VX：{REMOVED}"),
        ("QQ 12345", f"QQ {REMOVED}"),
        ("（010）8888 8888", REMOVED),
        ("400-800-1234", REMOVED),
        ("一三八零零一三八零零零", REMOVED),
        ("13800138000，13900139000", f"{REMOVED}，{REMOVED}"),
    ],
)
def test_other_ways_to_reach_somebody_go(text: str, left: str) -> None:
    assert scrubbed(text) == left
