"""What somebody signed in with, in a few words."""

import re

UNKNOWN = "不认识的浏览器"
# The more special name stands first: most browsers also call themselves Chrome or Safari.
BROWSERS = {
    "MicroMessenger/": "微信",
    "DingTalk/": "钉钉",
    "Edg(?:e|A|iOS)?/": "Edge",
    "OPR/|OPT/": "Opera",
    "SamsungBrowser/": "三星浏览器",
    "HuaweiBrowser/": "华为浏览器",
    "MiuiBrowser/": "小米浏览器",
    "HeyTapBrowser/": "OPPO 浏览器",
    "VivoBrowser/": "vivo 浏览器",
    "UCBrowser/": "UC 浏览器",
    "M?QQBrowser/": "QQ 浏览器",
    "Firefox/|FxiOS/": "Firefox",
    "Chrome/|CriOS/|Chromium/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "OpenHarmony|HarmonyOS": "鸿蒙",
    "Windows": "Windows",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "安卓",
    "CrOS": "ChromeOS",
    "Macintosh|Mac OS": "Mac",
    "Linux|X11": "Linux",
}


def summary(agent: str) -> str:
    """A User-Agent header in a few words, e.g. "Chrome · Windows"; any text may come in, it is the browser's own."""
    found = [_first(BROWSERS, agent), _first(SYSTEMS, agent)]
    return " · ".join(name for name in found if name) or UNKNOWN


def _first(names: dict[str, str], agent: str) -> str:
    return next((name for pattern, name in names.items() if re.search(pattern, agent)), "")
