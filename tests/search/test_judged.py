"""The judged queries and topics: well formed, and every document they name is among the shipped ones."""

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from guidance.services.content import STARTING_CONTENT
from guidance.services.files import read_folder

HERE = Path(__file__).parent
JUDGED = HERE / "judged.jsonl"
# Held back: nobody tunes on these, so their form is checked and their content is never shown or compared.
FILES = sorted(HERE.glob("judged*.jsonl"))
QUERY_KINDS = {"short", "colloquial", "pinyin", "traditional", "typo", "long", "prefix", "zero"}
FOUND_KINDS = {"article", "faq", "term", "contact", "flow"}
GRADES = {1, 2, 3}


@cache
def queries(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@cache
def topics() -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads((HERE / "topics.json").read_text(encoding="utf-8"))
    return found


@cache
def shipped() -> set[str]:
    """Every document that search can show, as kind/key; a refuted claim is shown as a myth."""
    entries = [(entry.kind, entry.key, entry.document) for entry in read_folder(STARTING_CONTENT)]
    myths = {f"myth/{key}" for kind, key, document in entries if kind == "claim" and document["status"] == "refuted"}
    return myths | {f"{kind}/{key}" for kind, key, _ in entries if kind in FOUND_KINDS}


def grades(query: dict[str, Any]) -> dict[str, int]:
    """What the query is judged against: documents, or topics that stand for several documents."""
    found: dict[str, int] = query["relevant"] if "relevant" in query else query["topics"]
    return found


def is_well_formed(query: dict[str, Any]) -> bool:
    judged = grades(query)
    return (
        bool(query["id"] and query["query"].strip())
        and query["kind"] in QUERY_KINDS
        and bool(judged) == (query["kind"] != "zero")
        and set(judged.values()) <= GRADES
        and (not judged or max(judged.values()) > 1)
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_query_is_well_formed(file: Path) -> None:
    assert [query["id"] for query in queries(file) if not is_well_formed(query)] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_id_stands_for_one_query(file: Path) -> None:
    ids = Counter(query["id"] for query in queries(file))
    texts = Counter(query["query"] for query in queries(file))
    assert [name for name, count in (ids + texts).items() if count > 1] == []


def test_there_are_enough_queries_of_every_kind() -> None:
    judged = [query for file in FILES for query in queries(file) if "relevant" in query]
    assert len(judged) >= 150
    counts = Counter(query["kind"] for query in queries(JUDGED) if "relevant" in query)
    assert {kind: counts[kind] for kind in QUERY_KINDS if counts[kind] < 10} == {}


def test_every_judged_document_is_shipped() -> None:
    named = {name for query in queries(JUDGED) for name in query.get("relevant", {})}
    assert named - shipped() == set()


def test_every_guide_and_faq_is_the_answer_to_some_query() -> None:
    answers = {name for query in queries(JUDGED) for name, grade in query.get("relevant", {}).items() if grade == 3}
    assert {name for name in shipped() if name.startswith(("article/", "faq/"))} - answers == set()


def test_every_judged_topic_is_known() -> None:
    assert {name for query in queries(JUDGED) for name in query.get("topics", {})} - set(topics()) == set()


def test_every_document_of_a_topic_is_shipped_and_named_once() -> None:
    named = [(topic, name) for topic, names in topics().items() for name in names]
    assert {name for _, name in named} - shipped() == set()
    assert [pair for pair, count in Counter(named).items() if count > 1] == []
