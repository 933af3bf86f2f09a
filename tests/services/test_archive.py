"""Archives of content: the same bytes for the same content; whatever is broken is said by file, line and field."""

import stat
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from guidance.services import archive
from guidance.services.archive import BrokenArchiveError, pack, read_archive, read_directory
from guidance.services.content import STARTING_CONTENT
from guidance.services.files import FileProblem, read_folder
from tests.archives import SMALL, texts, zipped
from tests.services.test_files import AWKWARD

FILES = texts()
GOOD = pack(FILES)


def problems(data: bytes) -> list[FileProblem]:
    with pytest.raises(BrokenArchiveError) as refusal:
        read_archive(data)
    return refusal.value.problems


def refusal_of(data: bytes) -> list[FileProblem] | None:
    """None where the archive is read."""
    try:
        read_archive(data)
    except BrokenArchiveError as error:
        return error.problems
    return None


def with_file(name: str, text: str | bytes) -> bytes:
    return zipped({**FILES, name: text})


def changed(name: str, old: str, new: str) -> bytes:
    assert old in FILES[name]
    return with_file(name, FILES[name].replace(old, new, 1))


def line(name: str, words: str) -> int:
    """The line of a file on which words stand."""
    return next(number for number, text in enumerate(FILES[name].split("\n"), 1) if words in text)


def test_what_was_packed_is_read_again() -> None:
    read = {file.kind: file.document for file in read_archive(GOOD)}
    assert read.keys() == SMALL.keys()
    assert texts({kind: dict(document) for kind, document in read.items()}) == FILES


def test_the_same_content_gives_the_same_bytes_in_any_order() -> None:
    assert pack(dict(reversed(FILES.items()))) == GOOD


def test_what_another_program_packed_is_read_the_same() -> None:
    assert read_archive(zipped(FILES)) == read_archive(GOOD)


def test_an_archive_says_its_format_and_how_many_documents_it_holds() -> None:
    with zipfile.ZipFile(BytesIO(GOOD)) as opened:
        assert opened.read("content.yaml") == b"format: 1\ndocuments: 4\n"
        assert opened.namelist() == sorted(opened.namelist())


def test_documents_come_in_the_order_in_which_they_can_be_published() -> None:
    assert [file.kind for file in read_archive(GOOD)] == ["source", "claim", "article", "flow"]


def test_the_starting_content_is_read_as_a_folder() -> None:
    assert len(read_directory(STARTING_CONTENT)) == len(read_folder(STARTING_CONTENT))


BROKEN_FILES = [
    ("articles/a-guide.md", "title: 怎么办？", "title: [怎么办？", 5, ""),
    ("articles/a-guide.md", "group: status", "group: nonsense", 6, "group"),
    ("articles/a-guide.md", "order: 1", "order: 第一", 7, "order"),
    ("articles/a-guide.md", "order: 1", "order: 1\norder: 2", 8, ""),
    ("articles/a-guide.md", "order: 1", "colour: red\norder: 1", 7, "colour"),
    ("articles/a-guide.md", "打开支付宝", "打开\x07支付宝", 16, "body"),
    ("articles/a-guide.md", "key: a-guide", "key: another", 2, "key"),
    ("articles/a-guide.md", "summary:", "body: 这里\nsummary:", 5, "body"),
    ("articles/a-guide.md", "---\nkey", "key", 1, ""),
    ("claims/a-claim.yaml", "text: 欠款要还。", "text: &a 欠款要还。", 2, ""),
    ("claims/a-claim.yaml", "text: 欠款要还。", "text: !!int 欠款要还。", 2, ""),
    ("claims/a-claim.yaml", "text: 欠款要还。", "text: 欠\x07款", 2, ""),
    ("claims/a-claim.yaml", "text: 欠款要还。\n", "", 1, "text"),
]


@pytest.mark.parametrize(("name", "old", "new", "at", "field"), BROKEN_FILES)
def test_a_broken_file_is_named_with_its_line_and_field(name: str, old: str, new: str, at: int, field: str) -> None:
    (found,) = problems(changed(name, old, new))
    assert (found.file, found.line, found.field) == (name, at, field)
    assert found.message


def test_a_place_deep_in_a_self_check_has_its_line() -> None:
    name = "flows/small.yaml"
    (found,) = problems(changed(name, "label: 有人催收", "label: ''"))
    assert (found.line, found.field) == (line(name, "label: 有人催收"), "questions/1/options/1/label")


def test_a_missing_field_has_the_line_of_what_it_is_missing_from() -> None:
    name = "flows/small.yaml"
    (found,) = problems(changed(name, "  - key: call\n    label: 有人催收\n", "  - key: call\n"))
    assert (found.line, found.field) == (line(name, "- key: call"), "questions/1/options/1/label")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_lines_are_those_that_an_editors_program_counts(end: str, mark: bytes) -> None:
    text = FILES["articles/a-guide.md"].replace("order: 1", "order: x").replace("\n", end)
    (found,) = problems(with_file("articles/a-guide.md", mark + text.encode()))
    assert found.line == line("articles/a-guide.md", "order: 1")


def test_every_broken_file_is_named_at_once() -> None:
    bad = {name: text.replace("checked_on: 2026-11-22", "checked_on: 2026-13-45") for name, text in FILES.items()}
    found = problems(zipped(bad))
    assert {problem.file for problem in found} == FILES.keys()
    assert {problem.field for problem in found} == {"checked_on"}


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("articles/deeper/a-guide.md", "不认识的文件"),
        ("guides/a-guide.md", "不认识的文件"),
        ("readme.txt", "不认识的文件"),
        ("content/articles/a-guide.md", "不认识的文件"),
        ("articles/a-guide.yaml", "文件名"),
        ("claims/a-claim.md", "文件名"),
        ("articles/A-Guide.md", "文件名"),
        ("articles/.md", "文件名"),
        ("../articles/a-guide.md", "外面"),
        ("articles/../../a.md", "外面"),
        ("/etc/passwd", "外面"),
        ("C:/a.md", "外面"),
        ("articles\\a.md", "外面"),
        ("empty/", "文件夹"),
    ],
)
def test_a_file_that_has_no_place_is_refused_by_name(name: str, word: str) -> None:
    (found,) = problems(with_file(name, ""))
    assert found.file == name
    assert word in found.message


def test_folders_as_such_do_no_harm() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as opened:
        opened.writestr("content.yaml", f"format: 1\ndocuments: {len(FILES)}\n")
        opened.mkdir("articles")
        for name, text in FILES.items():
            opened.writestr(name, text)
    assert len(read_archive(packed.getvalue())) == len(FILES)


@pytest.mark.parametrize(
    ("manifest", "field", "word"),
    [
        (None, "", "没有这个文件"),
        ("format: 2\ndocuments: {}\nnew: x\n", "format", "先更新本站"),
        ("documents: {}\n", "format", "整数"),
        ("format: one\ndocuments: {}\n", "format", "整数"),
        ("format: 1\ndocuments: 9\n", "documents", "没有传全"),
        ("format: 1\ndocuments: {}\nmore: x\n", "more", "不认识"),
        ("- 1\n", "", "字段"),
        ("format: [1\n", "", "写法"),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(manifest: str | None, field: str, word: str) -> None:
    found = problems(zipped(FILES, manifest))[0]
    assert (found.file, found.field) == ("content.yaml", field)
    assert word in found.message


def test_two_files_of_one_name_are_refused() -> None:
    packed = BytesIO(GOOD)
    with zipfile.ZipFile(packed, "a") as opened, pytest.warns(UserWarning, match="Duplicate"):
        opened.writestr("claims/a-claim.yaml", FILES["claims/a-claim.yaml"])
    (found,) = problems(packed.getvalue())
    assert found.file == "claims/a-claim.yaml"
    assert "两次" in found.message


def test_a_link_is_refused() -> None:
    packed = BytesIO(GOOD)
    info = zipfile.ZipInfo("claims/link.yaml")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(packed, "a") as opened:
        opened.writestr(info, "/etc/passwd")
    assert "链接" in problems(packed.getvalue())[0].message


def test_an_encrypted_file_is_refused() -> None:
    data = bytearray(GOOD)
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag in the first entry of the directory
    assert "密码" in problems(bytes(data))[0].message


def test_an_unusual_compression_is_refused() -> None:
    packed = BytesIO(GOOD)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_LZMA) as opened:
        opened.writestr("claims/b.yaml", "key: b")
    assert "压缩方式" in problems(packed.getvalue())[0].message


def lying_about_size() -> bytes:
    """A file that unpacks to more than the directory says."""
    data = zipped({**FILES, "claims/big.yaml": b"#" * 400_000})
    return data.replace((400_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (lambda: b"#" * (archive.ARCHIVE_BYTES + 1), "MB"),
        (lambda: with_file("claims/big.yaml", b"#" * 400_000), "300 KB"),
        (lambda: zipped({f"claims/c{i}.yaml": b"#" * 290_000 for i in range(70)}), "20 MB"),
        (lambda: zipped({f"claims/c{i}.yaml": b"" for i in range(3001)}), "3000"),
        (lying_about_size, "完好"),
        (lambda: GOOD[:-40], "完好"),
        (lambda: b"", "完好"),
        (lambda: b"key: a-claim", "完好"),
    ],
)
def test_too_much_or_too_little_is_refused(make: Callable[[], bytes], word: str) -> None:
    (found,) = problems(make())
    assert word in found.message


@pytest.mark.parametrize("text", ["[" * 200_000, "- " * 100_000, "{a: " * 50_000, "a: &x [b]\nc: [*x, *x]\n"])
def test_yaml_made_to_exhaust_the_machine_is_refused(text: str) -> None:
    assert problems(with_file("claims/a-claim.yaml", text))[0].file == "claims/a-claim.yaml"


def test_a_folder_with_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims/a-claim.yaml").write_bytes(b"#" * 400_000)
    with pytest.raises(BrokenArchiveError, match="300 KB"):
        read_directory(tmp_path)


@pytest.mark.parametrize("name", ["articles/a-guide.md", "flows/small.yaml", "content.yaml"])
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_whatever_is_done_to_a_file_is_read_or_refused(name: str, data: st.DataObject) -> None:
    text = (FILES | {"content.yaml": "format: 1\ndocuments: 4\n"})[name]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 20)))
    put = data.draw(st.sampled_from([*AWKWARD, "&a ", "*a", "!!int ", "!!binary ", "<<: ", "? "]) | st.text(max_size=5))
    written = (text[:start] + put + text[end:]).encode(errors="replace")
    files = FILES | {name: written} if name in FILES else FILES
    refusal = refusal_of(zipped(files, _manifest(name, written)))
    lines = written.count(b"\n") + written.count(b"\r") + 1
    assert refusal is None or (refusal and all(problem.line <= lines and problem.message for problem in refusal))


def _manifest(name: str, written: bytes) -> str:
    text = written.decode() if name == "content.yaml" else f"format: 1\ndocuments: {len(FILES)}\n"
    return text.replace("{", "{{").replace("}", "}}")


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=400))
@example(data=b"PK\x05\x06" + b"\0" * 18)
def test_any_bytes_are_refused(data: bytes) -> None:
    assert problems(data)


@settings(max_examples=300, deadline=None)
@given(index=st.integers(0, len(GOOD) - 1), put=st.binary(min_size=1, max_size=8))
def test_a_damaged_archive_is_read_or_refused(index: int, put: bytes) -> None:
    assert refusal_of(GOOD[:index] + put + GOOD[index + len(put) :]) != []
