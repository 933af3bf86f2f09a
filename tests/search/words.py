"""A small field of words, as an index might know them, for the tests of what is read into a query."""

from collections.abc import Iterable, Mapping

from guidance.documents.synonym import Synonym
from guidance.search.lexicon import Lexicon
from guidance.search.planner import Group, plan

DAY = "2026-11-22"
FIELD = ("还款日", "还款", "芝麻信用", "征信", "客服电话", "逾期", "额度", "用不了", "结清", "协商还款", "信用", "降额")


def group(*words: str, typed: Iterable[str] = ()) -> Synonym:
    return Synonym("a-group", words, DAY, DAY, tuple(typed))


LEXICON = Lexicon.of(
    [group("花呗", typed=["花贝"]), group("冻结", "封停", typed=["被封了", "停了"]), group("恢复", "解冻")], FIELD
)


class Counts:
    """In how many entries terms occur; what is not told occurs in none."""

    def __init__(self, **known: int) -> None:
        self.known = known

    def __call__(self, terms: Iterable[str]) -> Mapping[str, int]:
        return {term: self.known[term] for term in terms if term in self.known}


# Every pair of the words of the field is common.
USUAL = Counts(**{word[i : i + 2]: 50 for word in LEXICON.known for i in range(len(word) - 1)})


def asked(query: str, counts: Counts = USUAL, lexicon: Lexicon = LEXICON, *, literal: bool = False) -> list[Group]:
    """The things that a query asks for."""
    return list(plan(query, lexicon, counts, literal=literal).groups)


def searched(
    query: str, counts: Counts = USUAL, lexicon: Lexicon = LEXICON, *, literal: bool = False
) -> list[set[str]]:
    """For each thing that a query asks for, the words that are looked for."""
    groups = asked(query, counts, lexicon, literal=literal)
    return [{alternative.word for alternative in each.alternatives} for each in groups]


def read(query: str, counts: Counts = USUAL, lexicon: Lexicon = LEXICON) -> list[str]:
    """What readers are told was searched for."""
    return [each.read_as for each in asked(query, counts, lexicon) if each.is_word and each.read_as]
