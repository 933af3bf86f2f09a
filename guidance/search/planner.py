"""What a query asks for: groups of words, each with everything that counts as the same, and what was read into it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from guidance.search.cutting import FUNCTION, Kind, cut, sayings, telling
from guidance.search.latin import Read, as_typed, letters_read
from guidance.search.lexicon import Lexicon
from guidance.search.normal import plain
from guidance.search.terms import PIECE, terms, terms_of_word

# Weights of groups: a word, what readers say in several, the beginning of a word, unknown pairs, pairs with particles.
WORD, SAYING, BEGUN, PAIR, FAINT = 1.0, 0.8, 0.6, 0.45, 0.3
# Weights of words: typed with a wrong character, completed, another one that sounds the same.
MENDED, COMPLETED, HOMOPHONE = 0.85, 0.7, 0.7
RARE = 0.1  # how much rarer than a word that sounds the same something must be to be taken for a slip
SLIPS = (4, 3, 2)  # characters of a word in which a wrong one is looked for
TELLING = 3  # Latin letters or digits that are more than an abbreviation

# Numbers with what they count, Latin letters and numbers, Chinese.
AMOUNT = re.compile("[0-9]+(?:个?多?(?:月|小时|星期)|个?多?[天日年周号次期元块万条])")
PIECES = re.compile(f"{AMOUNT.pattern}|{PIECE.pattern}")
LETTERS_OR_DIGITS = re.compile("[a-z]+|[0-9]+")

Counts = Callable[[Iterable[str]], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Alternative:
    """A word to look for in normal texts. is_part: it may go on behind its end. terms: what the index has for it."""

    word: str
    weight: float = 1.0
    is_part: bool = False

    @property
    def terms(self) -> tuple[str, ...]:
        return terms_of_word(self.word, is_part=self.is_part)


@dataclass(frozen=True, slots=True)
class Group:
    """One thing asked for. typed: how it stands in the query. read_as: the word it was read as, "" for none.

    is_word: it is known to the lexicon. is_extra: its parts are asked for by other groups, too.
    """

    typed: str
    read_as: str
    alternatives: tuple[Alternative, ...]
    weight: float
    is_word: bool
    is_extra: bool = False

    @property
    def is_known(self) -> bool:
        """Whether what was typed is itself a word that is searched for, not only the sound or a slip of one."""
        return any(each.word == self.typed and each.weight == 1.0 for each in self.alternatives[:1])


@dataclass(frozen=True, slots=True)
class Plan:
    """text: the query in normal form. heard: with the words that were meant by letters and slips. corrected: with the
    words that were searched for instead of others, too. Both without blanks."""

    text: str
    heard: str
    corrected: str
    groups: tuple[Group, ...]


def plan(query: str, lexicon: Lexicon, counts: Counts, *, literal: bool = False) -> Plan:
    """What a query (at most a few hundred characters) asks for. counts: in how many entries of the index terms occur.

    `literal`: the characters as they stand, nothing read into them.
    """
    text = plain(query)
    found = _literally(text) if literal else _Reading(text, lexicon, counts).groups()
    groups = tuple(_once(group for group in found if group.alternatives))
    heard = _corrected(text, [group for group in found if not group.is_known])
    return Plan(text, heard, _corrected(text, found), groups)


def _literally(text: str) -> list[Group]:
    return [_as_typed(piece, is_word=True) for piece in PIECE.findall(text)]


def _once(groups: Iterable[Group]) -> Iterator[Group]:
    """The same thing asked twice is asked once."""
    seen: set[tuple[str, ...]] = set()
    for group in groups:
        words = tuple(sorted(each.word for each in group.alternatives))
        if words not in seen:
            seen.add(words)
            yield group


def _corrected(text: str, groups: Iterable[Group]) -> str:
    """The query as it was read, without blanks."""
    text = text.replace(" ", "")
    for group in sorted(groups, key=lambda group: -len(group.typed)):
        if (group.read_as or not group.alternatives) and group.read_as != group.typed:
            text = text.replace(group.typed, plain(group.read_as))
    return text


def _as_typed(piece: str, *, is_word: bool) -> Group:
    """What is taken as it stands."""
    return Group(piece, piece, (Alternative(piece, is_part=is_word),), WORD if is_word else PAIR, is_word=is_word)


def _pairs(characters: str) -> list[Group]:
    """Unknown characters, two by two, without particles."""
    pairs = ("".join(pair) for pair in pairwise(characters))
    return [_pair(pair, PAIR) for pair in pairs if not set(pair) & FUNCTION]


def _pair(pair: str, weight: float) -> Group:
    return Group(pair, "", (Alternative(pair),), weight, is_word=False)


class _Reading:
    """One query being read with a lexicon, beside what the index has."""

    def __init__(self, text: str, lexicon: Lexicon, counts: Counts) -> None:
        self._text = text
        self._lexicon = lexicon
        self._counts = counts

    def groups(self) -> list[Group]:
        """What is asked; when that is nothing but common words, perhaps they stand together somewhere."""
        self._counts(terms(self._text))  # most of what will be needed, in one question
        found = list(self._known())
        if found or not telling(self._text):
            return found
        pairs = ("".join(pair) for run in PIECE.findall(self._text) for pair in pairwise(run))
        return [_pair(pair, FAINT) for pair in pairs if not set(pair) <= FUNCTION]

    def _known(self) -> Iterator[Group]:
        pieces = [part for piece in PIECES.findall(self._text) for part in self._parts(piece)]
        for is_letters, run in groupby(enumerate(pieces), key=lambda each: each[1].isalpha() and each[1].isascii()):
            if is_letters:
                yield from self._letters([piece for _, piece in run])
                continue
            for place, piece in run:
                if piece[0].isascii():
                    yield from self._number(piece)
                else:
                    yield from self._chinese(piece, is_end=place == len(pieces) - 1)

    def _parts(self, piece: str) -> list[str]:
        """Letters and digits in one piece are two things, unless some text has them so."""
        known = not piece.isascii() or self._counts([piece]).get(piece)
        return [piece] if known else LETTERS_OR_DIGITS.findall(piece)

    def _number(self, piece: str) -> Iterator[Group]:
        """A number, or one with what it counts: 95188, 30天. A single digit says nothing."""
        if len(piece) > 1:
            yield _as_typed(piece, is_word=piece.isascii() and len(piece) >= TELLING)

    def _letters(self, runs: list[str]) -> Iterator[Group]:
        """Latin words that the index has stay what they are; everything else is pinyin, in one piece or in several."""
        known = self._counts(runs)
        if not self._lexicon.words.isdisjoint(runs):
            read = [Read(run, [run] if run in self._lexicon.words else [], 1.0) for run in runs]
        elif all(known.get(run) for run in runs):
            read = [as_typed(run) for run in runs]
        else:
            ends = [place == len(runs) - 1 for place in range(len(runs))]
            each_read = [
                letters_read(run, self._lexicon, is_end=is_end) for run, is_end in zip(runs, ends, strict=True)
            ]
            together = [] if all(each_read) else letters_read("".join(runs), self._lexicon)
            apart = [each for run, found in zip(runs, each_read, strict=True) for each in found or [as_typed(run)]]
            read = together or apart
        for letters, words, weight, says_nothing in read:
            if words:
                yield self._by_sound(letters, words, weight)
            elif says_nothing:
                yield Group(letters, "", (), 0.0, is_word=False)
            elif len(letters) > 1:
                yield _as_typed(letters, is_word=len(letters) >= TELLING)

    def _by_sound(self, letters: str, words: list[str], weight: float) -> Group:
        """What letters may mean: the most common word first, others only when some text has them."""
        common = self._most_common(words)
        group = self._word(common[0][0], typed=letters, weight=weight)
        others = (Alternative(word, weight * HOMOPHONE) for word, number in common[1:] if number)
        return replace(group, alternatives=(*group.alternatives, *others))

    def _chinese(self, run: str, *, is_end: bool) -> Iterator[Group]:
        pieces = cut(run, self._lexicon, is_end=is_end, is_all=run == self._text)
        said = sayings(run, self._lexicon, pieces)
        found = [Group(saying, "", (Alternative(saying),), SAYING, is_word=True, is_extra=True) for saying in said]
        for kind, same in groupby(pieces, key=lambda piece: piece[1]):
            words = [piece for piece, _ in same]
            if kind is Kind.WORD:
                found += map(self._word, words)
            elif kind is Kind.BEGUN:
                found += map(self._begun, words)
            elif kind is Kind.REST:
                found += self._unknown("".join(words))
        if not any(group.is_word for group in found) and is_end and self._lexicon.beginning_with(run):
            found = [self._begun(run), *found]  # of something that readers say
        yield from found

    def _word(self, word: str, typed: str = "", weight: float = 1.0) -> Group:
        """A word of the field with those that mean the same."""
        others = (Alternative(other, weight * by) for other, by in self._lexicon.same.get(word, ()))
        shown = self._lexicon.shown.get(word, word)
        return Group(typed or word, shown, (Alternative(word, weight), *others), WORD, is_word=True)

    def _begun(self, piece: str) -> Group:
        """A word that is not typed to its end yet."""
        words = self._lexicon.beginning_with(piece)
        if len(piece) == 1:
            words += [word for word in self._lexicon.with_character(piece) if word not in words]
        likely = dict.fromkeys(words, COMPLETED)
        for other, by in self._lexicon.same.get(words[0], ()):
            likely.setdefault(other, COMPLETED * by)
        ends = (Alternative(word, weight) for word, weight in likely.items())
        return Group(piece, piece, (Alternative(piece, is_part=True), *ends), BEGUN, is_word=True)

    def _unknown(self, characters: str) -> list[Group]:
        """Characters that are no known word: perhaps one with a wrong character, else what they say by pairs."""
        slip = self._slip(characters)
        if slip is None:
            return _pairs(characters)
        start, end, words = slip
        typed, (meant, *others) = characters[start:end], words
        group = self._word(meant, typed=typed, weight=MENDED)
        alike = (Alternative(word, MENDED * HOMOPHONE) for word in others)
        mended = replace(group, alternatives=(*group.alternatives, Alternative(typed), *alike))
        return [*_pairs(characters[:start]), mended, *_pairs(characters[end:])]

    def _slip(self, characters: str) -> tuple[int, int, list[str]] | None:
        """Where the unknown characters begin or end with something that sounds like a word and is far rarer than it.

        In the midst of something unknown, or as a small part of it, it would be chance.
        """
        lengths = [length for length in SLIPS if len(characters) / 2 <= length <= len(characters)]
        starts = {(start, start + length) for length in lengths for start in (0, len(characters) - length)}
        for start, end in sorted(starts, key=lambda place: (place[0] - place[1], place)):
            typed = characters[start:end]
            if words := self._lexicon.sounding_like(typed):
                common = self._most_common(words)
                if self._count(typed) <= RARE * common[0][1]:
                    return start, end, [word for word, _ in common]
        return None

    def _most_common(self, words: list[str]) -> list[tuple[str, int]]:
        """Words with the number of entries that may hold them, the most common first."""
        self._counts({term for word in words for term in terms_of_word(word)})  # all in one question
        return sorted(((word, self._count(word)) for word in words), key=lambda each: -each[1])

    def _count(self, word: str) -> int:
        terms = terms_of_word(word)
        known = self._counts(terms)
        return min((known.get(term, 0) for term in terms), default=0)
