"""What matched is marked on the text as it was written, and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.search.marking import EXCERPT, Part, excerpt, marked
from guidance.search.normal import normal, plain

WRITTEN = st.sampled_from(
    [*"花呗凍結还款天aＢ，。 \n", "花呗", "冻结", "三十天", "\u200b", "㈠", "ﬁ", "别的话", "。另一句"]
)
TEXTS = st.lists(WRITTEN, max_size=60).map("".join)
WORDS = st.lists(
    st.sampled_from(["花呗", "冻结", "呗冻", "30天", "30", "冻", "结还款", "花呗花", "ab", "猫", ""]), max_size=4
)


def joined(parts: tuple[Part, ...]) -> str:
    return "".join(part.text for part in parts)


def flags(parts: tuple[Part, ...]) -> list[bool]:
    """For each character of the parts whether it is marked."""
    return [part.marked for part in parts for _ in part.text]


def expected(text: str, words: list[str]) -> list[bool]:
    """For each character of a text whether a word covers it."""
    found = normal(text)
    covered = set()
    for word in filter(None, words):
        for place in range(len(found.text) - len(word) + 1):
            if found.text.startswith(word, place):
                covered.update(range(found.starts[place], found.ends[place + len(word) - 1]))
    return [place in covered for place in range(len(text))]


@settings(max_examples=2000, deadline=None)
@given(TEXTS, WORDS)
def test_a_text_is_given_back_whole_with_exactly_the_words_marked(text: str, words: list[str]) -> None:
    parts = marked(text, words)
    assert joined(parts) == text
    assert flags(parts) == expected(text, words)
    assert all(part.text for part in parts)


@settings(max_examples=2000, deadline=None)
@given(TEXTS, WORDS)
def test_an_excerpt_is_a_short_part_of_the_text_with_its_marks(text: str, words: list[str]) -> None:
    flat = " ".join(text.split())
    wanted = expected(flat, words)
    found = excerpt(text, words)
    inner = tuple(part for part in found if part.text != "…")
    assert len(joined(inner)) <= EXCERPT
    assert (joined(inner), flags(inner)) in [
        (flat[start : start + len(joined(inner))], wanted[start : start + len(joined(inner))])
        for start in range(len(flat) - len(joined(inner)) + 1)
    ]
    assert any(part.marked for part in found) == any(wanted)
    assert ("…" in joined(found)) == (joined(inner) != flat)


@settings(max_examples=500, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=200), st.text(max_size=8).map(plain))
def test_any_text_can_be_marked(text: str, word: str) -> None:
    assert joined(marked(text, [word])) == text
    assert joined(excerpt(text, [word])).strip("…") in " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("花唄，凍結了", ["冻结"], "花唄，【凍結】了"),
        ("用ＨＵＡＢＥＩ付", ["huabei"], "用【ＨＵＡＢＥＩ】付"),
        ("逾期三十天以上", ["30天"], "逾期【三十天】以上"),
        ("逾期30天", ["30天"], "逾期【30天】"),
        ("花\u200b呗", ["花呗"], "【花\u200b呗】"),
        ("花呗冻结", ["花呗", "冻结"], "【花呗冻结】"),
        ("花呗被冻结", ["花呗", "冻结"], "【花呗】被【冻结】"),
        ("冻结冻结", ["冻结"], "【冻结冻结】"),
        ("结清", ["冻结"], "结清"),
        ("", ["冻结"], ""),
        ("<b>冻结</b>", ["冻结"], "<b>【冻结】</b>"),
    ],
)
def test_marks_stand_on_the_original(text: str, words: list[str], shown: str) -> None:
    assert "".join(f"【{part.text}】" if part.marked else part.text for part in marked(text, words)) == shown


def test_an_excerpt_shows_the_sentence_that_answers() -> None:
    before = "这是开头的一句话，和问题没有关系。" * 10
    shown = excerpt(f"{before}花呗冻结了，先看页面上的提示。后面还有很多话。" + "没有关系。" * 30, ["冻结"])
    assert joined(shown).startswith("…花呗冻结了，先看页面上的提示。")
    assert joined(shown).endswith("…")


def test_an_excerpt_is_taken_where_most_words_are() -> None:
    text = "花呗是什么。" + "别的话。" * 40 + "花呗冻结之后怎么还款。" + "别的话。" * 40
    assert "花呗冻结之后怎么还款" in joined(excerpt(text, ["花呗", "冻结", "还款"]))


def test_a_text_without_the_words_is_shown_from_its_beginning() -> None:
    text = "花呗是什么。" * 40
    assert joined(excerpt(text, ["冻结"])) == f"{text[:EXCERPT]}…"
    assert excerpt("花呗是什么。", ["冻结"]) == (Part("花呗是什么。"),)


def test_lines_are_joined_in_an_excerpt() -> None:
    assert joined(excerpt("第一行\n\n第二行\t冻结", ["冻结"])) == "第一行 第二行 冻结"
