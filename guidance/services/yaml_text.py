"""YAML as this site writes and reads it: plain values only, dates as texts, and where in the text each field stands."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml
from yaml.constructor import ConstructorError

DEPTH = 20  # levels of nesting; the deepest document has nine, and the reader of YAML itself fails on thousands
DATE_TAG = "tag:yaml.org,2002:timestamp"
# YAML takes these for ends of lines and reads some of them back as blanks.
OTHER_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
BROKEN = "这里附近的写法读不出来。请检查缩进、冒号后的空格、引号和括号"


class UnreadableError(ValueError):
    """A text that cannot be read. index: where in it, in characters."""

    def __init__(self, message: str, index: int) -> None:
        super().__init__(message)
        self.index = index


def _dates_as_texts(resolvers: Mapping[str, list[tuple[str, Any]]]) -> dict[str, list[tuple[str, Any]]]:
    """YAML's rules for plain values but the one for dates: they are texts, as in every other form of a document."""
    return {first: [rule for rule in rules if rule[0] != DATE_TAG] for first, rules in resolvers.items()}


class _PlainLoader(yaml.CSafeLoader):
    yaml_implicit_resolvers = _dates_as_texts(yaml.CSafeLoader.yaml_implicit_resolvers)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: FBT001, FBT002 - as it is called
        """The value of a node; what cannot be made says where it stands."""
        try:
            return super().construct_object(node, deep)
        except ValueError as error:
            raise ConstructorError(None, None, str(error), node.start_mark) from error


class _PlainDumper(yaml.SafeDumper):
    """YAML as a person would write it: texts of several lines as such, dates as texts without quotes."""

    yaml_implicit_resolvers = _dates_as_texts(yaml.SafeDumper.yaml_implicit_resolvers)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if OTHER_LINE_ENDS.search(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_PlainDumper.add_representer(str, _text)


def dump(value: Any) -> str:
    """A plain value as YAML, fields in the order given."""
    return yaml.dump(value, Dumper=_PlainDumper, allow_unicode=True, sort_keys=False, width=1_000_000)


def parse(text: str) -> Any:
    """The plain value written in a text; raises UnreadableError."""
    try:
        _refuse_odd(text)
        _refuse_repeated(yaml.compose(text, _PlainLoader))
        return yaml.load(text, _PlainLoader)  # noqa: S506 - a safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise UnreadableError(BROKEN, _index(mark)) from error
    except yaml.reader.ReaderError as error:
        index = len(text.encode()[: error.position].decode(errors="ignore"))
        raise UnreadableError("这里有无法保存的字符，请删掉", index) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError(BROKEN, 0) from error


def _index(mark: Any) -> int:
    return mark.index if mark else 0


def _refuse_odd(text: str) -> None:
    """Read event by event before anything is built: deep nesting and references could exhaust the machine."""
    depth = 0
    for event in yaml.parse(text, yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEPTH:
            raise UnreadableError(f"嵌套超过{DEPTH}层", _index(event.start_mark))
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            message = "不能用 & 和 * 引用别处，请把内容写全；以它们开头的文字要加引号"
            raise UnreadableError(message, _index(event.start_mark))


def _refuse_repeated(node: yaml.Node | None) -> None:
    """A field that is written twice: YAML itself would drop the first."""
    for inner in _nodes(node) if node else ():
        seen = set()
        for name, _ in inner.value if isinstance(inner, yaml.MappingNode) else ():
            if isinstance(name, yaml.ScalarNode) and name.value in seen:
                raise UnreadableError(f"“{name.value[:80]}”写了两次，请只留一个", _index(name.start_mark))
            seen.add(name.value if isinstance(name, yaml.ScalarNode) else id(name))


def _nodes(node: yaml.Node) -> Iterator[yaml.Node]:
    """A node and all inside it."""
    yield node
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from _nodes(name)
            yield from _nodes(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _nodes(item)


def index_in(text: str, path: Sequence[str]) -> int:
    """Where in a readable text a field begins, in characters: the last name of `path` that is there."""
    node = yaml.compose(text, _PlainLoader)
    index = 0
    for name in path:
        found = _inside(node, name)
        if found is None:
            break
        index, node = found
    return index


def _inside(node: yaml.Node | None, name: str) -> tuple[int, yaml.Node] | None:
    """Where a field or an item begins, and its value; items are counted from 0."""
    if isinstance(node, yaml.MappingNode):
        pairs = [(each.start_mark.index, value) for each, value in node.value if each.value == name]
        return pairs[0] if pairs else None
    if isinstance(node, yaml.SequenceNode) and name.isdecimal() and int(name) < len(node.value):
        item = node.value[int(name)]
        return item.start_mark.index, item
    return None
