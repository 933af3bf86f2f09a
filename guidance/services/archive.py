"""All documents as one ZIP file: always the same bytes for the same content, and read with distrust."""

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from guidance.documents import KINDS, PAGE_KINDS, canonical
from guidance.engine.reading import KEY, KEY_LENGTH, Reader
from guidance.services.files import (
    BrokenFileError,
    FileProblem,
    decoded,
    document_files,
    file_name,
    line_of,
    read_document,
)
from guidance.services.publishing import Entry
from guidance.services.yaml_text import UnreadableError, dump, parse

MANIFEST = "content.yaml"
FORMAT = 1  # raised when an older site could not read what a newer one writes
ARCHIVE_BYTES = 5_000_000
FILE_BYTES = 300_000  # unpacked; the largest shipped document has 110 KB
TOTAL_BYTES = 20_000_000  # unpacked
FILES = 3000
FOLDERS = {f"{name}s": name for name in KINDS}
PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What the reader of ZIP files raises on bytes that are none, or are damaged.
DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, OverflowError, RuntimeError)


class BrokenArchiveError(Exception):
    """Content that cannot be read. problems: all that could be found at once."""

    def __init__(self, problems: Iterable[FileProblem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True, slots=True)
class ContentFile:
    """A document in canonical form, and the file it was read from, so that what is said about it can name the line."""

    name: str
    text: str
    kind: str
    document: Mapping[str, Any]

    @property
    def key(self) -> str:
        return str(self.document["key"])

    @property
    def entry(self) -> Entry:
        return Entry(self.kind, self.document)

    def line(self, place: str, message: str = "") -> int:
        return line_of(self.name, self.text, place, message)


def pack(files: Mapping[str, str]) -> bytes:
    """Texts by name, and the manifest, as a ZIP file without a date."""
    with_manifest = {**files, MANIFEST: dump({"format": FORMAT, "documents": len(files)})}
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in sorted(with_manifest.items()):
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.create_system = 3  # the same on every system
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(info, text.encode(), zipfile.ZIP_DEFLATED, compresslevel=9)
    return packed.getvalue()


def read_archive(data: bytes) -> list[ContentFile]:
    """The documents of a ZIP file; raises BrokenArchiveError."""
    files = _unpacked(data)
    if MANIFEST not in files:
        raise _refused(MANIFEST, "压缩包里没有这个文件，不像是从这里导出的。文件要直接放在压缩包里，外面不套文件夹")
    return _read(files)


def read_directory(folder: Path) -> list[ContentFile]:
    """The documents of a folder; other files beside them are left alone. Raises BrokenArchiveError."""
    paths = [path for kind in KINDS for path in document_files(folder, kind)]
    paths += [folder / MANIFEST] if (folder / MANIFEST).is_file() else []
    large = [path for path in paths if path.stat().st_size > FILE_BYTES]
    if large:
        raise BrokenArchiveError(_too_large(path.relative_to(folder).as_posix()) for path in large)
    if not paths:
        raise _refused(str(folder), "这个文件夹里没有内容文件")
    return _read({path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})


def _unpacked(data: bytes) -> dict[str, bytes]:
    if len(data) > ARCHIVE_BYTES:
        raise _refused("", f"压缩包超过 {ARCHIVE_BYTES // 1_000_000} MB")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > FILES:
                raise _refused("", f"压缩包里有{len(members)}个文件，最多{FILES}个")
            _refuse_unsafe(members)
            return _contents(archive, [each for each in members if not each.is_dir()])
    except DAMAGED as error:
        raise _refused("", "这不是完好的 ZIP 压缩包，请重新导出或重新压缩") from error


def _refuse_unsafe(members: Iterable[zipfile.ZipInfo]) -> None:
    """Anything but plain files in plain places, before any is unpacked."""
    seen: set[str] = set()
    problems = []
    for member in members:
        name = member.orig_filename
        if message := _unsafe(name, member) or ("这个文件出现了两次" if name in seen else ""):
            problems.append(FileProblem(_shown(name), 0, "", message))
        seen.add(name)
    if problems:
        raise BrokenArchiveError(problems)


def _unsafe(name: str, member: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(member.external_attr >> 16)
    if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
        return "路径指到了压缩包外面"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "这是链接或特殊文件，只收普通文件"
    if member.flag_bits & 1:
        return "文件加了密码，请不加密再压缩"
    if member.compress_type not in PLAIN:
        return "压缩方式不认识，请用普通的 ZIP 压缩"
    if member.is_dir():
        return "" if name[:-1] in FOLDERS else "不认识的文件夹"
    return ""


def _contents(archive: zipfile.ZipFile, members: Iterable[zipfile.ZipInfo]) -> dict[str, bytes]:
    """What the files really hold: the sizes that an archive states of itself are not believed."""
    files: dict[str, bytes] = {}
    left = TOTAL_BYTES
    for member in members:
        with archive.open(member) as file:
            files[member.orig_filename] = file.read(FILE_BYTES + 1)
        left -= len(files[member.orig_filename])
        if len(files[member.orig_filename]) > FILE_BYTES:
            raise BrokenArchiveError([_too_large(_shown(member.orig_filename))])
        if left < 0:
            raise _refused("", f"解压以后超过 {TOTAL_BYTES // 1_000_000} MB")
    return files


def _read(files: Mapping[str, bytes]) -> list[ContentFile]:
    """Every document, in the order in which they can be published."""
    problems: list[FileProblem] = []
    found: list[ContentFile] = []
    documents = {name: data for name, data in files.items() if name != MANIFEST}
    if MANIFEST in files:
        problems += _manifest_problems(files[MANIFEST], len(documents))
    for name, data in documents.items():
        try:
            found.append(_content_file(name, data))
        except BrokenArchiveError as error:
            problems += error.problems
        except BrokenFileError as error:
            problems.append(error.problem)
    if problems:
        raise BrokenArchiveError(problems)
    order = list(KINDS)
    return sorted(found, key=lambda each: (order.index(each.kind), each.key))


def _manifest_problems(data: bytes, number: int) -> list[FileProblem]:
    try:
        text = decoded(MANIFEST, data)
        reader = Reader(parse(text))
    except BrokenFileError as error:
        return [error.problem]
    except UnreadableError as error:
        return [FileProblem(MANIFEST, text.count("\n", 0, error.index) + 1, "", str(error))]
    version = reader.integer("format", 1, 10_000)
    if version > FORMAT:
        message = f"这是第{version}版格式，这里只认识到第{FORMAT}版。请先更新本站，或者从同一版的站点导出"
        return [FileProblem(MANIFEST, line_of(MANIFEST, text, "format"), "format", message)]
    stated = reader.integer("documents", 0, FILES)
    reader.done()
    if stated != number and not reader.problems:
        reader.problem("documents", f"这里写着{stated}篇，实际有{number}篇。可能没有传全；如果是有意增减，请改这个数")
    return [FileProblem(MANIFEST, line_of(MANIFEST, text, p.place), p.place, p.message) for p in reader.problems]


def _content_file(name: str, data: bytes) -> ContentFile:
    """The document in a file; raises BrokenFileError for its text, BrokenArchiveError for the form of the document."""
    kind = _kind_of(name)
    text = decoded(name, data)
    document = read_document(name, text)
    value, problems = KINDS[kind].read(document)
    if problems:
        lines = [line_of(name, text, problem.place, problem.message) for problem in problems]
        raise BrokenArchiveError(
            FileProblem(name, line, each.place, each.message) for line, each in zip(lines, problems, strict=True)
        )
    return ContentFile(name, text, kind, canonical(value))


def _kind_of(name: str) -> str:
    """The kind of document that a file holds, by its place; raises BrokenFileError."""
    folder, _, rest = name.partition("/")
    kind = FOLDERS.get(folder)
    if kind is None or "/" in rest:
        message = f"不认识的文件。内容文件只放在这些文件夹里：{'、'.join(sorted(FOLDERS))}，不再套一层"
        raise BrokenFileError(FileProblem(_shown(name), 0, "", message))
    suffix = ".md" if kind in PAGE_KINDS else ".yaml"
    key = rest.removesuffix(suffix)
    if name != file_name(kind, key) or not KEY.fullmatch(key) or len(key) > KEY_LENGTH:
        message = f"文件名应该是“标识{suffix}”：标识用小写字母开头，只含小写字母、数字和连字符"
        raise BrokenFileError(FileProblem(_shown(name), 0, "", message))
    return kind


def _shown(name: str) -> str:
    """A name that anybody may have made up, fit to be shown."""
    return re.sub(r"[^\w./\\:-]", "?", name)[:120]


def _too_large(name: str) -> FileProblem:
    return FileProblem(name, 0, "", f"解压以后超过 {FILE_BYTES // 1000} KB")


def _refused(file: str, message: str) -> BrokenArchiveError:
    return BrokenArchiveError([FileProblem(file, 0, "", message)])
