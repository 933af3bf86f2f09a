"""The index on the database at hand: what it finds is what plain Python finds, at every moment, and nothing is lost."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Event, Thread
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.models import SearchEntry, SearchTerm
from guidance.search import index
from guidance.search.matching import Group
from guidance.search.normal import plain
from guidance.search.terms import PART, terms, terms_of_word

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)
_numbers = count()

# 㐅, 龱 and 鿯: characters that are rare, or younger than the databases.
WORDS = st.text("花呗冻结还a1〇㐅龱鿯", min_size=1, max_size=4)
TEXTS = st.lists(WORDS, max_size=6).map(" ".join)


def entry(title: str = "", text: str = "", heading: str = "", keywords: str = "", **others: Any) -> SearchEntry:
    """One that is not written yet; keywords one a line."""
    said = {"title": title, "heading": heading, "text": text}
    normals = {f"normal_{name}": plain(value) for name, value in said.items()}
    normals["normal_keywords"] = "\n".join(map(plain, keywords.splitlines()))
    fixed = {"kind": "faq", "key": f"e-{next(_numbers)}", "url": "/", "terms_version": 1}
    return SearchEntry(**fixed | said | normals | {"keywords": keywords, "digest": f"{next(_numbers)}"} | others)


def written(*entries: SearchEntry) -> list[int]:
    """The ids of entries that are alone in the index."""
    index.make_anew(entries)
    return [each.pk for each in entries]


def asked(*words: str, is_part: bool = False) -> list[Group]:
    """Every word has to be there."""
    return [[terms_of_word(word, is_part=is_part)] for word in words]


def found(
    groups: Sequence[Group], at: datetime = NOW, *, heads: bool = False, limit: int = 1000, **others: Any
) -> list[int]:
    proposed = index.candidates(groups, at, heads=heads, limit=limit, **others)
    return [entry.id for entry in index.entries(proposed)]


def has(term: str, those: set[str]) -> bool:
    return any(each.startswith(term[:-1]) for each in those) if term.endswith("*") else term in those


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(TEXTS, TEXTS, TEXTS, TEXTS), min_size=1, max_size=6),
    st.lists(st.lists(st.tuples(WORDS, st.booleans()), min_size=1, max_size=3), min_size=1, max_size=3),
    st.booleans(),
)
def test_what_is_found_is_what_plain_python_finds(texts: Any, query: Any, heads: bool) -> None:  # noqa: FBT001
    ids = written(
        *(entry(title, text, heading, keywords.replace(" ", "\n")) for title, text, heading, keywords in texts)
    )
    groups = [[terms_of_word(plain(word), is_part=part) for word, part in group] for group in query]
    expected = []
    for pk, (title, text, heading, keywords) in zip(ids, texts, strict=True):
        where = [title, heading, *keywords.split()] + ([] if heads else [text])
        those = {term for each in where for term in terms(plain(each))}
        if all(any(all(has(term, those) for term in each) for each in group) for group in groups):
            expected.append(pk)
    assert found(groups, heads=heads) == expected


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=5), st.data())
def test_how_common_a_term_is_stays_right_whatever_is_written_and_removed(texts: list[str], data: Any) -> None:
    ids = written(*(entry(text=text) for text in texts))
    gone = data.draw(st.sets(st.sampled_from(ids)))
    index.write([entry(text="花呗 a1")], instead_of=gone)
    left = [text for pk, text in zip(ids, texts, strict=True) if pk not in gone] + ["花呗 a1"]
    sets = [set(terms(plain(text))) for text in left]
    every = {term for those in sets for term in those}
    wanted = every | {term[:end] + "*" for term in every for end in range(1, len(term) + 1 if term.isascii() else 2)}
    assert index.frequencies(wanted) == {term: sum(has(term, those) for those in sets) for term in wanted}
    assert index.frequencies([PART])[PART] == len(left)
    assert list(index.faults()) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.lists(st.text(max_size=5), max_size=3).map(tuple), max_size=3), max_size=3))
def test_terms_that_nobody_can_write_find_nothing_and_break_nothing(groups: Any) -> None:
    """Quotes, operators, NUL and halves of characters are the languages of the databases."""
    assert isinstance(found(groups), list)
    assert isinstance(found(groups, heads=True), list)
    assert isinstance(index.frequencies(term for group in groups for each in group for term in each), dict)


@pytest.mark.parametrize(
    "term", ['"', "'", "花呗 OR 冻结", "heads:花呗", "a-b", "*", "花呗**", "\x00", "\ud800", "!a", "a:*"]
)
def test_the_languages_of_the_databases_are_not_spoken(term: str) -> None:
    written(entry("花呗冻结 a b"))
    assert found([[(term,)]]) == []
    assert found([[("花呗",)], [(term,)]]) == []
    assert len(found([[("花呗",), (term,)]])) == 1


def test_nothing_asked_for_finds_nothing() -> None:
    written(entry("花呗"))
    assert found([]) == found([[]]) == found([[()]]) == found(asked("花呗"), limit=0) == []


def test_the_first_ids_are_given_and_those_known_already_left_out() -> None:
    ids = written(*(entry("花呗") for _ in range(5)))
    assert found(asked("花呗"), limit=3) == ids[:3]


def test_a_word_of_any_length_is_found() -> None:
    long = "a" * 3000
    ids = written(entry(text=f"花呗{long}"), entry(text="花呗"))
    assert found(asked(long)) == found(asked(long, is_part=True)) == ids[:1]


def test_many_words_at_once_are_no_trouble() -> None:
    ids = written(entry(text="花呗"))
    many = [(chr(0x4E00 + i) + "一",) for i in range(600)]
    assert found([[*many, ("花呗",)]] * 3) == ids
    assert found([[each] for each in many]) == []


def test_an_entry_is_found_from_its_first_moment_until_its_last() -> None:
    (pk,) = written(entry("花呗", starts_at=NOW, ends_at=NOW + timedelta(days=1)))
    for at, there in (
        (NOW - MOMENT, []),
        (NOW, [pk]),
        (NOW + timedelta(days=1) - MOMENT, [pk]),
        (NOW + timedelta(days=1), []),
    ):
        assert found(asked("花呗"), at) == there
        assert found(asked("花呗"), at, heads=True) == there


def test_what_is_undone_leaves_no_trace() -> None:
    ids = written(entry("花呗"))
    with transaction.atomic():
        index.write([entry("冻结")], instead_of=ids)
        assert found(asked("花呗")) == []
        transaction.set_rollback(True)
    assert found(asked("冻结")) == []
    assert found(asked("花呗")) == ids
    assert index.frequencies(["花呗", "冻结"]) == {"花呗": 1}
    assert list(index.faults()) == []


def test_what_is_made_anew_and_undone_is_as_it_was() -> None:
    ids = written(entry("花呗"))
    with transaction.atomic():
        index.make_anew([entry("冻结")])
        transaction.set_rollback(True)
    assert found(asked("花呗")) == ids
    assert list(index.faults()) == []


def test_entries_come_in_the_order_asked_for_and_are_fetched_once(django_assert_num_queries: Any) -> None:
    written(entry("花呗", keywords="被封了\n用不了"), entry("花呗", text="正文"))
    pairs = index.candidates(asked("花呗"), NOW, limit=9)[::-1]
    assert [each.text for each in index.entries(pairs)] == ["正文", ""]
    with django_assert_num_queries(0):
        again = index.entries(pairs[::-1])
    assert again[0].normal_keywords == ("被封了", "用不了")
    assert [(each.id, each.document) for each in again][::-1] == [
        (pk, ("faq", SearchEntry.objects.get(pk=pk).key)) for pk, _ in pairs
    ]


def test_an_entry_that_is_gone_is_left_out() -> None:
    ids = written(entry("花呗"), entry("花呗", text="再"))
    pairs = index.candidates(asked("花呗"), NOW, limit=9)
    index.write((), instead_of=ids[:1])
    assert [each.id for each in index.entries(pairs)] == ids[1:]


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("DELETE FROM guidance_searchentry", "belong to no entry"),
        ("DELETE FROM guidance_searchindex", "not in the index"),
        ("UPDATE guidance_searchterm SET entries = entries + 1", "counted wrongly"),
    ],
)
def test_what_was_changed_behind_its_back_is_told(harm: str, words: str) -> None:
    written(entry("花呗"))
    with connection.cursor() as cursor:
        cursor.execute(harm)
    assert any(words in line for line in index.faults())


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the table is SQLite's own")
def test_a_damaged_table_is_told() -> None:
    written(entry("花呗"))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM guidance_searchindex_data WHERE id > 10")
    assert any("broken" in line for line in index.faults())


@pytest.mark.skipif(connection.vendor == "sqlite", reason="the tests' SQLite is one connection's own")
@pytest.mark.django_db(transaction=True)
def test_readers_never_see_half_an_index() -> None:
    written(*(entry("花呗") for _ in range(30)))
    seen, over = set(), Event()

    def read() -> None:
        while not over.is_set():
            seen.add(len(found(asked("花呗"))))
        connection.close()

    reader = Thread(target=read)
    reader.start()
    for _ in range(10):
        written(*(entry("花呗") for _ in range(30)))
    over.set()
    reader.join()
    assert seen == {30}


@pytest.mark.django_db(transaction=True)
def test_after_a_flush_nothing_of_before_is_found_though_numbers_are_given_again() -> None:
    written(entry("花呗"), entry("花呗"))
    call_command("flush", interactive=False, verbosity=0)
    assert found(asked("花呗")) == []
    index.write([entry("冻结")])
    assert SearchEntry.objects.get().pk == 1
    assert found(asked("花呗")) == []
    assert found(asked("冻结")) == [1]
    assert SearchTerm.objects.get(term="冻结").entries == 1


def test_the_database_has_what_search_needs() -> None:
    assert run_checks(tags=["database"], databases=["default"]) == []


def test_a_database_without_it_is_named() -> None:
    def without(execute: Any, _: str, *arguments: Any) -> Any:
        return execute("SELECT 'nothing'", *arguments)

    with connection.execute_wrapper(without):
        assert [each.id for each in run_checks(tags=["database"], databases=["default"])] == ["guidance.E001"]
