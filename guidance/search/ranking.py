"""How well an entry answers a query: the same sum for both databases, which only propose entries."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log

from guidance.search.cutting import FUNCTION
from guidance.search.entry import Entry
from guidance.search.planner import Alternative, Group, Plan

PARTICLES = "".join(FUNCTION)
# What a word is worth by where it stands.
TITLE, HEADING, KEYWORD, IN_KEYWORD, TEXT = 3.0, 2.6, 3.0, 1.8, 1.2
OF_WHOLE = 0.55  # of a guide's title, for one of its sections
ELSEWHERE = 0.2  # of what a word is worth, in each further place
MOST = TITLE + ELSEWHERE * (KEYWORD + TEXT)
# On top of the sum: the query is a title or a keyword, stands in the title, makes up much of it.
EXACT, IN_TITLE, FILLS_TITLE = 0.35, 0.15, 0.1
LOST = 0.5  # of the sum that an entry keeps which holds nothing else of what is asked
PRIOR = {"flow": 0.08, "article": 0.02, "faq": 0.02, "contact": 0.03, "term": -0.02, "myth": -0.03}
NOWHERE = 1.0  # the importance of what no entry has: it tells entries apart no more
BEST = 1 + EXACT + FILLS_TITLE + max(PRIOR.values())
# An answer holds so much of what is asked, more when it holds no word of the field; or is so good that the rest does
# not matter.
GATE, STRICT, GOOD = 0.3, 0.7, 0.36
LAST = 0.2  # when nothing else is an answer
FILLER = 9.0  # what unknown characters ask for at most: the longer a story, the more of it is only talk
UNKNOWN = 0.65  # of its weight that a pair of unknown characters has among what is asked: pairs overlap


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a group tells entries apart, and how much of the question it is."""

    telling: float
    asked: float

    @classmethod
    def of(cls, group: Group, entries: int, size: int) -> "Weight":
        """The rarer, the more. entries: how many of `size` may hold the group."""
        rarity = group.weight * log(1 + (size + 1) / (entries + 1))
        return cls(rarity if entries else group.weight * NOWHERE, rarity if group.is_word else rarity * UNKNOWN)


@dataclass(frozen=True, slots=True)
class Ranked:
    """score: up to 1. covered: the share of what is asked that the entry holds. knows: whether that
    has a word of the field. words: what it holds, normal form."""

    entry: Entry
    score: float
    covered: float
    knows: bool
    words: tuple[str, ...]


def ranked(entries: Iterable[Entry], plan: Plan, weights: Sequence[Weight]) -> list[Ranked]:
    """The entries that answer a query, best first, one of each document; with the weights of the plan's groups."""
    asked = _Asked(plan, weights)
    every = list(map(asked.of, entries))
    found = list(filter(_answers, every)) or list(filter(_may_help, every))
    return list(_one_of_each(sorted(found, key=_place)))


def _answers(ranked: Ranked) -> bool:
    """Whether an entry is an answer at all. One that holds no word of the field must say in its head what is asked."""
    if not ranked.knows:
        return ranked.covered >= STRICT and any(word in head for word in ranked.words for head in _heads(ranked.entry))
    return ranked.covered >= GATE or ranked.score >= GOOD


def _may_help(ranked: Ranked) -> bool:
    """What is better than nothing for somebody who asks about something of ours in words that nobody foresaw."""
    return ranked.knows and ranked.covered >= LAST


def _heads(entry: Entry) -> tuple[str, ...]:
    return entry.normal_title, entry.normal_heading, *entry.normal_keywords


def _place(ranked: Ranked) -> tuple[float, str, int, str, str]:
    """Best first; equals in an order that no database decides."""
    entry = ranked.entry
    return -round(ranked.score, 6), entry.kind, entry.order, entry.key, entry.section


def _one_of_each(found: Iterable[Ranked]) -> Iterator[Ranked]:
    seen: set[tuple[str, str]] = set()
    for each in found:
        if each.entry.document not in seen:
            seen.add(each.entry.document)
            yield each


class _Asked:
    """A query, beside which entries are held."""

    def __init__(self, plan: Plan, weights: Sequence[Weight]) -> None:
        self._groups = list(zip(plan.groups, weights, strict=True))
        self._telling = sum(weight.telling for weight in weights) or 1.0
        self._all = self._share((group, weight) for group, weight in self._groups if not group.is_extra) or 1.0
        whole = {plan.text.replace(" ", ""), plan.corrected}
        self._cores = {text.strip(PARTICLES) for text in whole} - {""}
        self._wholes = (whole | self._cores) - {""}

    def of(self, entry: Entry) -> Ranked:
        """How well an entry answers it."""
        gained, held, words = 0.0, [], []
        for group, weight in self._groups:
            worth, found = _worth(entry, group)
            gained += weight.telling * worth
            if found:
                held.append((group, weight))
                words += found
        share = sum(weight.telling for _, weight in held) / self._telling
        score = gained / self._telling / MOST * (LOST + (1 - LOST) * share)
        score = (score + self._as_a_whole(entry) + PRIOR.get(entry.kind, 0.0)) / BEST
        knows = any(group.is_word and not group.is_extra for group, _ in held)
        return Ranked(entry, score, min(1.0, self._share(held) / self._all), knows, tuple(words))

    def _share(self, groups: Iterable[tuple[Group, Weight]]) -> float:
        """How much of the question some groups are; all unknown characters together no more than FILLER."""
        known, unknown = 0.0, 0.0
        for group, weight in groups:
            if group.is_word:
                known += weight.asked
            else:
                unknown += weight.asked
        return known + min(unknown, FILLER)

    def _as_a_whole(self, entry: Entry) -> float:
        """What it adds when the whole query is a title, heading or keyword, or stands in a title or heading."""
        head = (entry.normal_heading or entry.normal_title).replace(" ", "")
        extra = 0.0
        if any(text == head or text in entry.normal_keywords for text in self._wholes):
            extra += EXACT
        elif any(len(text) > 1 and text in head for text in self._cores):
            extra += IN_TITLE
        told = max((len(text) for text in self._cores if text in head), default=0)
        return extra + (FILLS_TITLE * told / len(head) if told else 0.0)


def _worth(entry: Entry, group: Group) -> tuple[float, list[str]]:
    """What the best of the group's words is worth in an entry, and the words that are there."""
    best, found = 0.0, []
    for alternative in group.alternatives:
        worth = _of_word(entry, alternative)
        if worth:
            found.append(alternative.word)
            best = max(best, worth * alternative.weight)
    return best, found


def _of_word(entry: Entry, alternative: Alternative) -> float:
    word = alternative.word
    if word[0].isascii():
        return _of_letters(entry, word, is_part=alternative.is_part)
    places = []
    if word in entry.normal_title:
        places.append(TITLE * (OF_WHOLE if entry.section else 1.0))
    if word in entry.normal_heading:
        places.append(HEADING)
    if word in entry.normal_keywords:
        places.append(KEYWORD)
    elif any(word in keyword for keyword in entry.normal_keywords):
        places.append(IN_KEYWORD)
    if times := entry.normal_text.count(word):
        places.append(TEXT * times / (times + 1))
    return _together(places)


def _of_letters(entry: Entry, word: str, *, is_part: bool) -> float:
    """The same for letters and digits, which stand alone: 30天 is not in 130天."""
    found = re.compile(f"(?<![a-z0-9]){re.escape(word)}{'' if is_part else '(?![a-z0-9])'}")
    keyword = any(map(found.search, entry.normal_keywords))
    text = len(found.findall(entry.normal_text))
    places = [
        TITLE * (OF_WHOLE if entry.section else 1.0) * bool(found.search(entry.normal_title)),
        HEADING * bool(found.search(entry.normal_heading)),
        KEYWORD * keyword,
        TEXT * text / (text + 1),
    ]
    return _together(places)


def _together(places: Sequence[float]) -> float:
    """What a word is worth that stands in several places: the best, and a little for each other."""
    return max(places, default=0.0) + ELSEWHERE * (sum(places) - max(places, default=0.0))
