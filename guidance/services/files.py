"""Content files: one YAML file a document (pages: Markdown with a YAML head), in a folder named after its kind."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from guidance.documents import KINDS, PAGE_KINDS
from guidance.services.publishing import Entry

SUFFIXES = (".yaml", ".md")
DATE_TAG = "tag:yaml.org,2002:timestamp"
HEAD_MARK = re.compile(r"^---[ \t]*\n", re.MULTILINE)
# YAML takes these for ends of lines and reads some of them back as blanks.
OTHER_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
BY_NAME = ("answers", "aliases")  # groups whose names editors choose; not every database keeps their order


class BrokenFileError(ValueError):
    """A content file that cannot be read; the message names the file and says why."""


def _dates_as_texts(resolvers: Mapping[str, list[tuple[str, Any]]]) -> dict[str, list[tuple[str, Any]]]:
    """YAML's rules for plain values but the one for dates: they are texts, as in every other form of a document."""
    return {first: [rule for rule in rules if rule[0] != DATE_TAG] for first, rules in resolvers.items()}


class _PlainLoader(yaml.CSafeLoader):
    yaml_implicit_resolvers = _dates_as_texts(yaml.CSafeLoader.yaml_implicit_resolvers)


class _PlainDumper(yaml.SafeDumper):
    """YAML as a person would write it: texts of several lines as such, dates as texts without quotes."""

    yaml_implicit_resolvers = _dates_as_texts(yaml.SafeDumper.yaml_implicit_resolvers)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if OTHER_LINE_ENDS.search(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_PlainDumper.add_representer(str, _text)


def read_folder(folder: Path) -> list[Entry]:
    """All documents below `folder`, in the order in which they can be published; raises BrokenFileError."""
    return [Entry(kind, read_file(path)) for kind in KINDS for path in document_files(folder, kind)]


def document_files(folder: Path, kind: str) -> list[Path]:
    """The files of one kind in a folder, whatever they hold."""
    return [path for path in sorted((folder / f"{kind}s").glob("*.*")) if path.suffix in SUFFIXES and path.is_file()]


def read_file(path: Path) -> dict[str, Any]:
    """The document in one file; raises BrokenFileError."""
    try:
        text = path.read_text(encoding="utf-8-sig")  # some editors' programs begin a file with a mark
        head, body = _head_and_body(path, text) if path.suffix == ".md" else (text, {})
        document = yaml.load(head, _PlainLoader)  # noqa: S506 - a safe loader
    except BrokenFileError:
        raise
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BrokenFileError(f"{path}：文件读不出来，{error}") from error
    if not isinstance(document, dict):
        raise BrokenFileError(f"{path}：内容应该是一组“字段：内容”")
    if document.get("key") != path.stem:
        raise BrokenFileError(f"{path}：key 应该和文件名一样")
    return document | body


def _head_and_body(path: Path, text: str) -> tuple[str, dict[str, str]]:
    parts = HEAD_MARK.split(text, 2)
    if len(parts) != 3 or parts[0]:
        raise BrokenFileError(f"{path}：开头应该是用 --- 隔开的字段")
    return parts[1], {"body": parts[2].strip()}


def file_text(kind: str, document: dict[str, Any]) -> str:
    """A document in canonical form as the text of its file."""
    head = {name: value for name, value in document.items() if kind not in PAGE_KINDS or name != "body"}
    text = yaml.dump(_in_order(head), Dumper=_PlainDumper, allow_unicode=True, sort_keys=False, width=1_000_000)
    return f"---\n{text}---\n\n{document.get('body', '')}\n" if kind in PAGE_KINDS else text


def _in_order(value: Any, name: str = "") -> Any:
    """The same value, with groups of chosen names sorted by them."""
    if isinstance(value, dict):
        return {key: _in_order(value[key], key) for key in (sorted(value) if name in BY_NAME else value)}
    return [_in_order(item) for item in value] if isinstance(value, list) else value


def is_document(path: Path) -> bool:
    """Whether a file holds a document under its own name."""
    try:
        return bool(read_file(path))
    except BrokenFileError:
        return False
