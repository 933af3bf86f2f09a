"""Content files: whatever an editor can write survives being written to a file and read again."""

import codecs
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from guidance.documents import PAGE_KINDS
from guidance.services.files import BrokenFileError, file_text, read_file
from guidance.services.publishing import canonical_document
from tests import builders

AWKWARD = [
    *("---", "\n---\n", "\n--- \n", "...", "#", "'", '"', ":", ": ", "\n- ", "? ", "|", ">", "%", "@", "`", "&a"),
    *("*a", "{", "}", "[", "]", "!", "\\", "\r\n", "\r", "\n", "\n\n", "\t", " ", "    ", "\n  ", " \n", "\u3000"),
    *("\x85", "\u2028", "\u2029", "\ufeff", "\x1b", "\x7f", "\ufffe", "\xa0", "😀", "逾期", "，", "长" * 3000),
    *("2026-11-22", "12:30:45", "yes", "No", "null", "~", "true", "0o17", "1e3", "1_000", "95188", ".inf", "<<"),
]
anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)
texts = st.lists(st.sampled_from(AWKWARD) | anything, max_size=6).map("".join)
some_texts = st.lists(texts, max_size=3)
steps = st.fixed_dictionaries({"flow": texts, "answers": st.dictionaries(texts, texts, max_size=3)})
pages = st.fixed_dictionaries(
    {"title": texts, "summary": texts, "body": texts, "slug": texts},
    optional={
        "claims": some_texts,
        "related": some_texts,
        "former_slugs": some_texts,
        "next_check": steps,
        "withdrawn": st.fixed_dictionaries({"reason": texts, "instead": texts}),
        "review_by": texts,
    },
)
claims = st.fixed_dictionaries(
    {"text": texts, "checked_by": texts, "sources": some_texts},
    optional={"why": texts, "instead": texts, "origin": some_texts, "expires_on": texts},
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


def read_again(folder: Path, kind: str, document: dict[str, Any]) -> dict[str, Any]:
    path = folder / f"{document['key']}{'.md' if kind in PAGE_KINDS else '.yaml'}"
    path.write_text(file_text(kind, document), encoding="utf-8", newline="\n")
    return read_file(path)


@settings(max_examples=300, deadline=None)
@given(changes=pages)
@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_a_page_survives_its_file(folder: Path, kind: str, changes: dict[str, Any]) -> None:
    document = canonical_document(kind, builders.article(**changes))
    assert {"body": ""} | document == {"body": ""} | read_again(folder, kind, document)


@settings(max_examples=300, deadline=None)
@given(changes=claims)
@example(changes={"text": "上一行\x85下一行"})
def test_a_claim_survives_its_file(folder: Path, changes: dict[str, Any]) -> None:
    document = canonical_document("claim", builders.claim(**changes))
    assert document == read_again(folder, "claim", document)


@settings(max_examples=100, deadline=None)
@given(first=some_texts, second=some_texts)
@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("synonym", ("words", "typed")),
        ("pin", ("queries", "pages")),
        ("phrase", ("says", "unless")),
        ("term", ("keywords", "names")),
    ],
)
def test_what_readers_type_survives_its_file(
    folder: Path, kind: str, names: tuple[str, str], first: list[str], second: list[str]
) -> None:
    document = canonical_document(kind, getattr(builders, kind)(**dict(zip(names, (first, second), strict=True))))
    assert document == read_again(folder, kind, document)


@pytest.mark.parametrize("text", [text for text in AWKWARD if text.strip()])
def test_a_text_that_looks_like_something_else_stays_a_text(folder: Path, text: str) -> None:
    document = canonical_document("claim", builders.claim(text=text, sources=[text], why=f"一\n{text}\n二"))
    assert read_again(folder, "claim", document) == document


def test_answers_in_another_order_are_the_same_file() -> None:
    """Some databases keep the order of answers, some do not."""
    answers = {"stage": "unpaid", "signal": "overdue", "days": "d30"}
    backwards = dict(reversed(answers.items()))
    pair = [builders.article(next_check={"flow": "huabei", "answers": given}) for given in (answers, backwards)]
    assert len({file_text("article", canonical_document("article", document)) for document in pair}) == 1
    flow = builders.flow()
    scenario = flow["scenarios"][0]
    other = flow | {"scenarios": [scenario | {"answers": dict(reversed(scenario["answers"].items()))}]}
    assert file_text("flow", canonical_document("flow", flow)) == file_text("flow", canonical_document("flow", other))


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8], ids=["plain", "marked"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize(
    ("kind", "name", "document"),
    [
        ("article", "a-guide.md", builders.article(body="第一行\n\n---\n\n最后一行")),
        ("claim", "a-claim.yaml", builders.claim(why="第一行\n\n最后一行")),
    ],
)
def test_a_file_from_any_editors_program_is_read(
    tmp_path: Path, kind: str, name: str, document: dict[str, Any], mark: bytes, end: str
) -> None:
    stored = canonical_document(kind, document)
    path = tmp_path / name
    path.write_bytes(mark + file_text(kind, stored).replace("\n", end).encode())
    assert read_file(path) == stored


@pytest.mark.parametrize("value", ["1" * 5000, "0b_", "!!int x", "\x07"])
def test_a_value_that_yaml_cannot_make_is_refused_by_name(tmp_path: Path, value: str) -> None:
    path = tmp_path / "odd.yaml"
    path.write_text(f"key: odd\norder: {value}\n", encoding="utf-8")
    with pytest.raises(BrokenFileError, match=r"odd\.yaml"):
        read_file(path)
