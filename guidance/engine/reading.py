"""Reads a plain dict into values and collects every problem with its place, instead of stopping at the first."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from typing import Any

from guidance.engine.conditions import Condition
from guidance.engine.problems import Problem

KEY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
KEY_LENGTH = 40
URL_LENGTH = 500
# Characters that a database, a file or a feed cannot hold.
UNSAVABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
TEXT_LENGTH = 20_000  # characters of any one text
KEYWORDS = 40
KEYWORD_LENGTH = 20  # characters


class Reader:
    """Takes fields out of one dict by name. What is missing or of the wrong kind is noted and read as empty."""

    def __init__(self, data: Any, place: str = "", problems: list[Problem] | None = None) -> None:
        self.problems: list[Problem] = [] if problems is None else problems
        self.place = place
        self._read: set[str] = set()
        if problems is None:
            for where in unsavable(data, place):
                self.problems.append(Problem(where, "这里有无法保存的字符，请删掉"))
        if not isinstance(data, dict):
            self.problem("", "这里应该是一组“字段：内容”")
            data = {}
        self._data: dict[str, Any] = data

    def problem(self, name: str, message: str) -> None:
        place = "/".join(part for part in (self.place, name) if part)
        self.problems.append(Problem(place, message))

    def take(self, name: str) -> Any:
        """The raw value, or None."""
        self._read.add(name)
        return self._data.get(name)

    def text(self, name: str, *, optional: bool = False, limit: int = TEXT_LENGTH) -> str:
        """A text of at most `limit` characters, without blanks around it, lines ended in one way."""
        value = self.take(name)
        if value is None or value == "":
            if not optional:
                self.problem(name, "这里还没有填，请填写")
            return ""
        if not isinstance(value, str):
            self.problem(name, "这里应该是文字")
            return ""
        text = one_newline(value).strip()
        if len(text) > limit:
            self.problem(name, f"这里有{len(text)}个字，最多{limit}个")
        elif not text and not optional:
            self.problem(name, "这里只有空白，请填写")
        return text

    def key(self, name: str = "key", *, optional: bool = False) -> str:
        value = self.text(name, optional=optional)
        if value and not (KEY.fullmatch(value) and len(value) <= KEY_LENGTH):
            self.problem(
                name, f"“{value}”不能当标识：用小写字母开头，只含小写字母、数字和连字符，最多{KEY_LENGTH}个字符"
            )
        return value

    def keys(self, name: str, *, optional: bool = True) -> tuple[str, ...]:
        """A list of keys without order: sorted, each once."""
        found = self.texts(name, optional=optional)
        return tuple(sorted(set(found)))

    def texts(self, name: str, *, optional: bool = True) -> tuple[str, ...]:
        """A list of texts in their order."""
        value = self.take(name)
        if value is None or value == []:
            if not optional:
                self.problem(name, "这里至少要有一项")
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self.problem(name, "这里应该是一列文字，每项都不为空")
            return ()
        return tuple(one_newline(item).strip() for item in value)

    def short_texts(self, name: str, *, most: int, limit: int, optional: bool = True) -> tuple[str, ...]:
        """A list of at most `most` texts of one line and at most `limit` characters, in their order."""
        found = self.texts(name, optional=optional)
        if len(found) > most:
            self.problem(name, f"这里有{len(found)}项，最多{most}项")
        for text in found:
            if len(text) > limit or "\n" in text:
                self.problem(name, f"“{text[:limit]}”太长了或分了行，每项写一行，最多{limit}个字")
        return found

    def keywords(self) -> tuple[str, ...]:
        """Words that readers type for a document and its text does not have."""
        return self.short_texts("keywords", most=KEYWORDS, limit=KEYWORD_LENGTH)

    def choice(self, name: str, choices: Iterable[str], default: str = "") -> str:
        value = self.take(name)
        if value is None and default:
            return default
        if value not in tuple(choices):
            said = f"这里只能是：{'、'.join(choices)}" if value not in (None, "") else "这里还没有选，请选一个"
            self.problem(name, said)
            return default or next(iter(choices))
        return str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.take(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.problem(name, "这里只能是 true 或 false")
            return default
        return value

    def integer(self, name: str, low: int, high: int, default: int | None = None) -> int:
        value = self.take(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self.problem(name, f"这里应该是{low}到{high}之间的整数")
            return low
        return value

    def day(self, name: str, *, optional: bool = False) -> str:
        """An ISO date, 2026-11-22."""
        value = self.text(name, optional=optional)
        if value and not _is_day(value):
            self.problem(name, f"“{value}”不是日期，请写成 2026-11-22 这样")
        return value

    def url(self, name: str) -> str:
        """An address of a page on the web, or ""."""
        value = self.text(name, optional=True, limit=URL_LENGTH)
        if value and not value.startswith(("https://", "http://")):
            self.problem(name, "网址要以 https:// 或 http:// 开头")
            return ""
        return value

    def group(self, name: str) -> "Reader":
        """A nested dict."""
        value = self.take(name)
        return Reader({} if value is None else value, self._inside(name), self.problems)

    def items(self, name: str, *, optional: bool = False) -> list["Reader"]:
        """A list of nested dicts."""
        value = self.take(name)
        if value is None or value == []:
            if not optional:
                self.problem(name, "这里至少要有一项")
            return []
        if not isinstance(value, list):
            self.problem(name, "这里应该是一列内容")
            return []
        return [Reader(item, self._inside(f"{name}/{i}"), self.problems) for i, item in enumerate(value)]

    def done(self) -> None:
        """Call when all is read: fields that nobody knows are problems, so that nothing is dropped silently."""
        for name in self._data:
            if name not in self._read:
                self.problem(str(name)[:80], f"不认识的字段“{str(name)[:80]}”，请改正或删掉")

    def _inside(self, name: str) -> str:
        return f"{self.place}/{name}" if self.place else name


def one_newline(text: str) -> str:
    """Browsers end the lines of a form with two characters, files with one."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def unsavable(data: Any, place: str = "") -> Iterator[str]:
    """Places of texts, names of fields included, with characters that no database or file can hold."""
    if isinstance(data, str) and UNSAVABLE.search(data):
        yield place
    elif isinstance(data, dict):
        for name, item in data.items():
            if UNSAVABLE.search(str(name)):
                yield place
            yield from unsavable(item, f"{place}/{name}".lstrip("/"))
    elif isinstance(data, list):
        for i, item in enumerate(data):
            yield from unsavable(item, f"{place}/{i}".lstrip("/"))


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def repeated(keys: Iterable[str]) -> list[str]:
    """The keys that occur more than once."""
    return [key for key, times in Counter(keys).items() if key and times > 1]


def plain(value: Any) -> Any:
    """A frozen value as the dict it was read from, in canonical form: empty optional fields left out, sets sorted."""
    if isinstance(value, Condition):
        return [[_plain_clause(clause) for clause in alternative] for alternative in value.alternatives]
    if is_dataclass(value) and not isinstance(value, type):
        shown = {f.name: getattr(value, f.name) for f in fields(value) if not _is_empty_default(value, f)}
        return {name: plain(item) for name, item in shown.items()}
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value


def _plain_clause(clause: Any) -> dict[str, Any]:
    return {"question": clause.question, "none_of" if clause.negated else "any_of": sorted(clause.options)}


def _is_empty_default(value: Any, field: Any) -> bool:
    default = field.default_factory() if field.default_factory is not MISSING else field.default
    empty = default is None or default is False or default in ("", (), frozenset(), {}, Condition())
    return empty and getattr(value, field.name) == default
