"""Browsers in words: what people call theirs, and never anything long or odd."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.browsers import BROWSERS, SYSTEMS, UNKNOWN, summary

PIECES = ["Chrome/", "Edg/", "Android", "iPhone", "(", ";", " · ", "<b>", "\x00", "M"]
WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/126.0.0.0 Safari/537.36", "Chrome · Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/126.0.0.0 Safari/537.36 Edg/126.0", "Edge · Windows"),
        (f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Version/17.5 Safari/605.1.15", "Safari · Mac"),
        (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) {WEBKIT} Mobile/15E148 Safari/604.1",
            "Safari · iPhone",
        ),
        (f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) {WEBKIT} MicroMessenger/8.0.50", "微信 · iPhone"),
        (
            f"Mozilla/5.0 (Linux; Android 14; V2309A) {WEBKIT} Chrome/109.0 Mobile VivoBrowser/24.0",
            "vivo 浏览器 · 安卓",
        ),
        (f"Mozilla/5.0 (Phone; OpenHarmony 5.0) {WEBKIT} Chrome/114.0 Mobile HuaweiBrowser/5.0", "华为浏览器 · 鸿蒙"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox · Linux"),
        ("curl/8.5.0", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_a_browser_is_called_as_people_call_it(agent: str, words: str) -> None:
    assert summary(agent) == words


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_any_header_gives_one_of_our_own_words(agent: str) -> None:
    known = {"", *BROWSERS.values(), *SYSTEMS.values(), UNKNOWN}
    assert set(summary(agent).split(" · ")) <= known
    assert summary(agent)
