"""What a browser would send for the controls in a piece of HTML."""

from html.parser import HTMLParser
from typing import Any

from django.http import QueryDict


class _Controls(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._select: str | None = None
        self._options: list[tuple[str, bool]] = []
        self._textarea: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if "disabled" in given:
            return
        if tag == "input" and name:
            self._input(name, given)
        elif tag == "select":
            self._select, self._options = name, []
        elif tag == "option" and self._select is not None:
            self._options.append((given.get("value", ""), "selected" in given))
        elif tag == "textarea":
            self._textarea, self._text = name, ""

    def _input(self, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in ("checkbox", "radio") and "checked" not in given:
            return
        if kind not in ("submit", "button", "file"):
            self.found.append((name, given.get("value", "on" if kind == "checkbox" else "")))

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select:
            chosen = [value for value, selected in self._options if selected] or [
                value for value, _ in self._options[:1]
            ]
            self.found += [(self._select, value) for value in chosen[-1:]]
            self._select = None
        elif tag == "textarea" and self._textarea:
            self.found.append((self._textarea, self._text.removeprefix("\n")))
            self._textarea = None


class Sent(QueryDict):
    """Data of a form that Django's test client sends whole: every value of a name, not the last one."""

    def items(self) -> Any:
        return self.lists()


def controls(html: str, **changes: Any) -> Sent:
    """The data of a form sent as it stands; with `changes`, after setting controls (a list: several of one name)."""
    parser = _Controls()
    parser.feed(html)
    data = Sent(mutable=True)
    for name, value in parser.found:
        data.appendlist(name, value)
    for name, value in changes.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data
