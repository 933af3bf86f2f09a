"""Synonyms, pins and what readers say: whatever fits their limits is taken, and comes back as it was."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.documents import KINDS, canonical
from guidance.documents.embeds import Reference
from guidance.documents.naming import called
from guidance.documents.phrase import AMOUNT, Phrase
from guidance.documents.words import TYPED
from tests import builders


def words(most: int, limit: int, least: int = 0) -> st.SearchStrategy[list[str]]:
    one = st.text("冻结封还清…A1 ，", min_size=1, max_size=limit).map(str.strip).filter(bool)
    return st.lists(one, min_size=least, max_size=most)


days = st.none() | st.integers(0, 36_500)
synonyms = st.fixed_dictionaries({"words": words(40, 20, least=2)}, optional={"typed": words(40, 20)})
pins = st.fixed_dictionaries(
    {"queries": words(40, 40, least=1)},
    optional={"anywhere": st.booleans(), "pages": st.permutations(["/check/a/", "/guides/b/", "/myths/#c"])},
)
phrases = st.fixed_dictionaries(
    {"says": words(40, 20, least=1), "options": st.lists(st.sampled_from(["paid", "late", "other"]), min_size=1)},
    optional={"unless": words(40, 20)},
)


def read(kind: str, **changes: Any) -> tuple[Any, list[str]]:
    value, problems = KINDS[kind].read(getattr(builders, kind)(**changes))
    return value, [problem.place for problem in problems]


@given(data=st.data())
@pytest.mark.parametrize(("kind", "documents"), [("synonym", synonyms), ("pin", pins), ("phrase", phrases)])
def test_what_fits_comes_back_the_same(kind: str, documents: st.SearchStrategy[Any], data: st.DataObject) -> None:
    changes = data.draw(documents)
    value, problems = read(kind, **changes)
    assert problems == []
    written = canonical(value)
    assert KINDS[kind].read(written) == (value, [])
    ordered = {name: given for name, given in changes.items() if isinstance(given, list) and name != "options"}
    assert {name: written.get(name, []) for name in ordered} == ordered
    assert {each.role for each in KINDS[kind].words(value)} == {TYPED}


@given(least=days, most=days, counts=st.booleans())
def test_days_and_the_place_for_them_go_together(least: int | None, most: int | None, *, counts: bool) -> None:
    wording = f"逾期{AMOUNT}" if counts else "逾期很久"
    document = {"says": [wording], "at_least": least, "at_most": most}
    value, problems = read("phrase", **document)
    limited = least is not None or most is not None
    backwards = least is not None and most is not None and least > most
    assert problems == [*([] if counts == limited else ["says"]), *(["at_most"] if backwards else [])]
    assert isinstance(value, Phrase)
    assert (value.at_least, value.at_most) == (least, most)
    again = KINDS["phrase"].read(canonical(value))[0]
    assert again == value


def test_a_pin_needs_its_pages_and_a_phrase_its_self_check() -> None:
    pin, _ = read("pin", pages=["/guides/a/#section-2", "/faq/b/", "/myths/#c", "/check/d/"])
    assert [(each.kind, each.key) for each in KINDS["pin"].references(pin)] == [
        ("guide", "a"),
        ("question", "b"),
        ("myth", "c"),
        ("flow", "d"),
    ]
    phrase, _ = read("phrase")
    assert list(KINDS["phrase"].references(phrase)) == [Reference("flow", "flow", "small")]


@pytest.mark.parametrize(
    ("document", "name"),
    [
        (builders.synonym(words=["冻结", "封", "被封", "停用"]), "冻结、封、被封"),
        (builders.pin(), "先看什么"),
        (builders.phrase(), "都还…了、刚还完"),
        (builders.term(), "生词"),
        (builders.synonym(words=[]), ""),
        ({"title": "", "words": "不是一列"}, ""),
    ],
)
def test_what_has_no_title_is_called_by_its_first_words(document: dict[str, Any], name: str) -> None:
    assert called(document) == name
