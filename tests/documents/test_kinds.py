"""Every kind of document: what is wrong is said at once and with its place, what is right survives a round trip."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.documents import KINDS, canonical
from tests import builders

GOOD: dict[str, dict[str, Any]] = {
    "source": builders.source(url="https://example.org/law", published_on="2013-01-21"),
    "claim": builders.claim(origin=["F-10", "S1-28"], keywords=["别的说法"]),
    "contact": builders.contact(problems=["想问一问"]),
    "term": builders.term(names=["别名"], unless=["生词本"], guide="a-guide"),
    "article": builders.article(next_check={"flow": "huabei", "answers": {"signal": "overdue"}}),
    "faq": builders.faq(former_slugs=["old"], withdrawn={"reason": "问题已经过时。", "instead": "/faq/"}),
    "flow": builders.flow(keywords=["查一查", "为什么不能用"]),
    "synonym": builders.synonym(),
    "pin": builders.pin(),
    "phrase": builders.phrase(says=["逾期{天数}"], at_least=8, at_most=30),
}

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


def problems(kind: str, document: Any) -> list[tuple[str, bool]]:
    return [(problem.place, problem.blocks) for problem in KINDS[kind].read(document)[1]]


@pytest.mark.parametrize("kind", KINDS)
def test_a_good_document_has_no_problem_and_comes_back_the_same(kind: str) -> None:
    value, found = KINDS[kind].read(GOOD[kind])
    assert found == []
    assert KINDS[kind].read(canonical(value)) == (value, []) or kind == "flow"
    assert canonical(KINDS[kind].read(canonical(value))[0]) == canonical(value)


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_document_names_every_missing_field(kind: str) -> None:
    found = {place for place, _ in problems(kind, {})}
    assert {"key", "checked_on", "review_by"} <= found
    assert len(found) >= 4


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_nobody_knows_is_never_dropped_in_silence(kind: str) -> None:
    assert problems(kind, GOOD[kind] | {"tittle": "打错了"}) == [("tittle", True)]


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=150, deadline=None)
@given(junk=anything, field=st.integers(0, 30))
def test_no_junk_in_any_field_breaks_the_reading(kind: str, junk: Any, field: int) -> None:
    names = sorted(GOOD[kind])
    problems(kind, GOOD[kind] | {names[field % len(names)]: junk})
    problems(kind, junk)


@pytest.mark.parametrize(
    ("kind", "change", "place"),
    [
        ("source", {"url": "javascript:alert(1)"}, "url"),
        ("source", {"kind": "rumour"}, "kind"),
        ("source", {"checked_on": "22.11.2026"}, "checked_on"),
        ("claim", {"sources": []}, "sources"),
        ("claim", {"status": "refuted"}, "why"),
        ("claim", {"expires_on": "2026-02-30"}, "expires_on"),
        ("contact", {"number": "95188 转 1"}, "number"),
        ("contact", {"order": "first"}, "order"),
        ("contact", {"url": "javascript:alert(1)"}, "url"),
        ("article", {"slug": "Wrong Slug"}, "slug"),
        ("article", {"group": "nowhere"}, "group"),
        ("article", {"title": "字" * 41}, "title"),
        ("article", {"next_check": {"flow": "huabei", "answers": ["overdue"]}}, "next_check/answers"),
        ("article", {"body": "坏\x00字"}, "body"),
        ("article", {"body": "   "}, "body"),
        ("article", {"claims": []}, "claims"),
        ("article", {"former_slugs": ["a-guide"]}, "former_slugs"),
        ("article", {"withdrawn": {"reason": "过时了。"}}, "withdrawn/instead"),
        ("faq", {"summary": "字" * 121}, "summary"),
        ("claim", {"status": "refuted", "why": "假。", "instead": "不信。"}, "group"),
        ("term", {"claims": []}, "claims"),
        ("contact", {"problems": "被骗了"}, "problems"),
        ("term", {"keywords": ["一个比二十个字还要长的词怎么打也打不完它呀"]}, "keywords"),
        ("article", {"keywords": ["分成\n两行"]}, "keywords"),
        ("claim", {"keywords": [f"词{i}" for i in range(41)]}, "keywords"),
        ("flow", {"keywords": "一个词"}, "keywords"),
        ("synonym", {"words": []}, "words"),
        ("synonym", {"words": ["孤零零"], "typed": []}, "words"),
        ("synonym", {"typed": ["字" * 21]}, "typed"),
        ("pin", {"queries": []}, "queries"),
        ("pin", {"pages": []}, "pages"),
        ("pin", {"pages": [f"/guides/g{i}/" for i in range(6)]}, "pages"),
        ("pin", {"pages": ["/faq/"]}, "pages"),
        ("pin", {"pages": ["/faq/a/", "/guides/b/", "/faq/a/"]}, "pages"),
        ("pin", {"anywhere": "是"}, "anywhere"),
        ("phrase", {"options": []}, "options"),
        ("phrase", {"says": ["刚还完"]}, "says"),
        ("phrase", {"at_least": None, "at_most": None}, "says"),
        ("phrase", {"at_least": 31}, "at_most"),
        ("phrase", {"at_least": -1}, "at_least"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(kind: str, change: dict[str, Any], place: str) -> None:
    assert (place, True) in problems(kind, GOOD[kind] | change)
