"""Content files: one YAML file a document (pages: Markdown with a YAML head), in a folder named after its kind."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from guidance.documents import KINDS, PAGE_KINDS
from guidance.engine.reading import UNSAVABLE, one_newline
from guidance.services.publishing import Entry
from guidance.services.yaml_text import UnreadableError, dump, index_in, parse

SUFFIXES = (".yaml", ".md")
HEAD_MARK = re.compile(r"^---[ \t]*\n", re.MULTILINE)
QUOTED = re.compile("“([^”]+)”")
BY_NAME = ("answers", "aliases")  # groups whose names editors choose; not every database keeps their order


@dataclass(frozen=True, slots=True, order=True)
class FileProblem:
    """Why a file cannot be used. line: counted from 1, 0 where it is about the whole file. field: its place, or ""."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        where = [self.file, f"第{self.line}行" if self.line else "", self.field]
        return "：".join(filter(None, (" ".join(filter(None, where)), self.message)))


class BrokenFileError(ValueError):
    """A content file that cannot be read; the message names the file and says why."""

    def __init__(self, problem: FileProblem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def read_folder(folder: Path) -> list[Entry]:
    """All documents below `folder`, in the order in which they can be published; raises BrokenFileError."""
    return [Entry(kind, read_file(path)) for kind in KINDS for path in document_files(folder, kind)]


def document_files(folder: Path, kind: str) -> list[Path]:
    """The files of one kind in a folder, whatever they hold."""
    return [path for path in sorted((folder / f"{kind}s").glob("*.*")) if path.suffix in SUFFIXES and path.is_file()]


def read_file(path: Path) -> dict[str, Any]:
    """The document in one file; raises BrokenFileError."""
    return read_document(str(path), decoded(str(path), path.read_bytes()))


def decoded(file: str, data: bytes) -> str:
    """The text of a file, lines ended in one way; some editors' programs begin a file with a mark."""
    try:
        text = one_newline(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BrokenFileError(FileProblem(file, line, "", "不是 UTF-8 编码的文字，请另存为 UTF-8")) from error
    return text


def read_document(file: str, text: str) -> dict[str, Any]:
    """The document in the text of a file, which is named after its key; raises BrokenFileError."""
    name = Path(file)
    start, head, body = _parts(file, text)
    try:
        document = parse(head)
    except UnreadableError as error:
        raise _broken(file, text, start + error.index, str(error)) from error
    if not isinstance(document, dict):
        raise _broken(file, text, start, "内容应该是一组“字段：内容”")
    if document.get("key") != name.stem:
        line = _line(text, start + index_in(head, ["key"]))
        raise BrokenFileError(FileProblem(file, line, "key", f"key 应该和文件名一样，写成 {name.stem}"))
    if name.suffix == ".md" and "body" in document:
        line = _line(text, start + index_in(head, ["body"]))
        raise BrokenFileError(FileProblem(file, line, "body", "正文写在第二个 --- 之后，不写成字段"))
    return document | ({"body": text[body:].strip()} if name.suffix == ".md" else {})


def line_of(file: str, text: str, place: str, message: str = "") -> int:
    """The line on which a place of a readable document begins, e.g. questions/2/options/0/label; where the field is
    missing, that of what it is missing from. In a body, the line of what the message of a problem quotes.
    """
    start, head, body = _parts(file, text)
    names = place.split("/")
    if names[0] == "body" and body < len(text):
        return _line(text, _index_in_body(text, body, message))
    return _line(text, start + index_in(head, names))


def _index_in_body(text: str, body: int, message: str) -> int:
    if odd := UNSAVABLE.search(text, body):
        return odd.start()
    quoted = [index for words in QUOTED.findall(message) if (index := text.find(words, body)) >= 0]
    first = len(text) - len(text[body:].lstrip())
    return min(quoted, default=first)


def _parts(file: str, text: str) -> tuple[int, str, int]:
    """Where the fields begin, the fields, and where the body begins."""
    if not file.endswith(".md"):
        return 0, text, len(text)
    marks = list(islice(HEAD_MARK.finditer(text), 2))
    if len(marks) < 2 or marks[0].start():
        raise BrokenFileError(FileProblem(file, 1, "", "开头应该是用 --- 隔开的字段"))
    return marks[0].end(), text[marks[0].end() : marks[1].start()], marks[1].end()


def _line(text: str, index: int) -> int:
    return text.count("\n", 0, index) + 1


def _broken(file: str, text: str, index: int, message: str) -> BrokenFileError:
    return BrokenFileError(FileProblem(file, _line(text, index), "", message))


def file_name(kind: str, key: str) -> str:
    """Where the file of a document stands in a folder or an archive."""
    return f"{kind}s/{key}{'.md' if kind in PAGE_KINDS else '.yaml'}"


def file_text(kind: str, document: Mapping[str, Any]) -> str:
    """A document in canonical form as the text of its file."""
    head = {name: value for name, value in document.items() if kind not in PAGE_KINDS or name != "body"}
    text = dump(_in_order(head))
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
