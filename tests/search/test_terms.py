"""The terms of the index: whatever word stands in a text, its terms are there."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.search.normal import plain
from guidance.search.terms import PART, terms, terms_of_word

CHINESE = st.text("花呗冻结还款三〇㐅鿯龱", max_size=8)
LATIN = st.text("abz019", min_size=1, max_size=6)
AROUND = st.lists(st.one_of(CHINESE, LATIN, st.just(" ")), max_size=6).map(lambda parts: plain("".join(parts)))
TERM = re.compile("[a-z0-9]+|[〇\u3400-\u4dbf\u4e00-\u9fff]{1,2}")


def has(text: str, wanted: tuple[str, ...]) -> bool:
    """Whether a text has all terms of a word, or what begins with those that are beginnings."""
    those = terms(text)
    return all(any(t.startswith(term[:-1]) for t in those) if term.endswith(PART) else term in those for term in wanted)


@settings(max_examples=1000, deadline=None)
@given(AROUND, CHINESE.filter(lambda word: len(word) > 1), AROUND)
def test_a_word_in_a_text_has_its_terms_there(before: str, word: str, after: str) -> None:
    assert set(terms_of_word(word)) <= set(terms(before + word + after))


@settings(max_examples=1000, deadline=None)
@given(AROUND, CHINESE.filter(bool), AROUND)
def test_a_text_has_the_terms_of_every_beginning(before: str, word: str, after: str) -> None:
    for end in range(1, len(word) + 1):
        wanted = terms_of_word(word[:end], is_part=True)
        assert wanted
        assert has(before + word + after, wanted)


@settings(max_examples=500, deadline=None)
@given(AROUND, LATIN, AROUND)
def test_a_word_in_letters_is_found_whole_and_by_its_beginning(before: str, word: str, after: str) -> None:
    text = f"{before} {word} {after}"
    assert has(text, terms_of_word(word))
    assert all(has(text, terms_of_word(word[:end], is_part=True)) for end in range(1, len(word) + 1))


@settings(max_examples=1000, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=40).map(plain))
def test_a_term_is_a_word_in_letters_or_at_most_two_characters(text: str) -> None:
    assert [term for term in terms(text) if not TERM.fullmatch(term)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("花呗冻结", ["花呗", "呗冻", "冻结", "结"]),
        ("冻", ["冻"]),
        ("逾期30天", ["逾期", "期", "30", "天"]),
        ("花呗 app", ["花呗", "呗", "app"]),
        ("", []),
    ],
)
def test_texts_and_their_terms(text: str, found: list[str]) -> None:
    assert terms(text) == found


def test_a_word_that_is_not_there_lacks_a_term() -> None:
    assert not has("冻洁了花呗", terms_of_word("冻结"))
    assert not has("花 呗", terms_of_word("花呗"))
    assert not has("13天", terms_of_word("3天"))
    assert not has("12345", terms_of_word("1234"))
    assert has("12345", terms_of_word("1234", is_part=True))
