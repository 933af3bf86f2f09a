"""The words of the field: which belong together, how each is typed by its sound, and how a half-typed one goes on."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from guidance.documents.synonym import Synonym
from guidance.search.normal import is_chinese, plain
from guidance.search.sounds import blurred, initials, keys, one_off

SAME = 0.9  # weight of a word that means the same
LONGEST = 8  # characters of a word that is looked for in a query
SOUNDED = 6  # characters of a word that is found by its sound
COMPLETIONS = 8
LONG_ENOUGH = 3  # characters of a word that is known by a sound that is only alike
LETTERS_TO_MEND = 5  # fewer letters with a slip could be anything


@dataclass(frozen=True)
class Lexicon:
    """words: those that a query is cut into. same: for each the others to search for, with weights. shown: the word a
    reader is told instead. slips: what is only typed for another word. known: words and longer names, sorted."""

    words: frozenset[str]
    same: Mapping[str, tuple[tuple[str, float], ...]]
    shown: Mapping[str, str]
    slips: frozenset[str]
    known: tuple[str, ...] = field(repr=False)

    @classmethod
    def of(cls, synonyms: Iterable[Synonym], words: Iterable[str], sayings: Iterable[str] = ()) -> "Lexicon":
        """From groups of synonyms, other words of the field, and what readers say: keywords, several words maybe."""
        same: dict[str, dict[str, float]] = defaultdict(dict)
        shown: dict[str, str] = {}
        slips: set[str] = set()
        for group in synonyms:
            meant = [plain(word) for word in group.words]
            for word in meant:
                same[word].update({other: SAME for other in meant if other != word})
                shown.setdefault(word, group.words[0])
            for typed in map(plain, group.typed):
                same[typed].update(dict.fromkeys(meant, SAME))
                shown[typed] = group.words[0]
                slips.add(typed)
            slips -= set(meant)
        named = (_short(words) | same.keys()) - {""}
        return cls(
            words=frozenset(named),
            same={word: tuple(others.items()) for word, others in same.items()},
            shown=shown,
            slips=frozenset(slips),
            known=tuple(sorted(named | _short(sayings))),
        )

    def is_known(self, name: str) -> bool:
        """Whether it is a word of the field, or a longer name."""
        place = bisect_left(self.known, name)
        return self.known[place : place + 1] == (name,)

    def begins(self, start: str) -> bool:
        """Whether a word, not only a saying, goes on after `start`."""
        return any(word in self.words for word in self._beginning_with(start))

    def beginning_with(self, start: str) -> list[str]:
        """Words and sayings that go on after `start`, the shortest first."""
        return sorted(self._beginning_with(start), key=lambda word: (len(word), word))[:COMPLETIONS]

    def _beginning_with(self, start: str) -> list[str]:
        place = bisect_left(self.known, start)
        found = []
        while place < len(self.known) and self.known[place].startswith(start):
            found.append(self.known[place])
            place += 1
        return [word for word in found if word != start and word not in self.slips]

    def with_character(self, character: str) -> list[str]:
        """Short words that hold a character behind their first place."""
        return [word for word in self._by_character.get(character, ()) if word[0] != character][:COMPLETIONS]

    @cached_property
    def _by_character(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._meant, key=lambda word: (len(word), word)):
            for character in set(word):
                found[character].append(word)
        return found

    @cached_property
    def _meant(self) -> list[str]:
        """Words that may be guessed from a sound."""
        return [word for word in self.known if 1 < len(word) <= SOUNDED and all(map(is_chinese, word))]

    @cached_property
    def by_sound(self) -> dict[str, list[str]]:
        """Words by their pinyin."""
        return _grouped((key, word) for word in self._meant for key in keys(word))

    @cached_property
    def by_blurred_sound(self) -> dict[str, list[str]]:
        return _grouped((blurred(key), word) for word in self._meant for key in keys(word))

    @cached_property
    def by_initials(self) -> dict[str, list[str]]:
        words = (word for word in self._meant if word in self.words)
        return _grouped((key, word) for word in words for key in initials(word))

    @cached_property
    def _sounds(self) -> list[str]:
        """Of words, not of sayings: what is half typed could be the beginning of very many of those."""
        return sorted(key for key, words in self.by_sound.items() if not self.words.isdisjoint(words))

    def sounding_from(self, letters: str) -> list[str]:
        """Words whose pinyin goes on after some letters, the shortest first."""
        place = bisect_left(self._sounds, letters)
        found: dict[str, None] = {}
        while place < len(self._sounds) and self._sounds[place].startswith(letters):
            found |= dict.fromkeys(self.by_sound[self._sounds[place]])
            place += 1
        return sorted(found, key=lambda word: (len(word), word))[:COMPLETIONS]

    def mended(self, letters: str) -> list[str]:
        """Words whose pinyin is one slip away from some letters."""
        if len(letters) < LETTERS_TO_MEND:
            return []
        return [word for key in self._sounds if one_off(letters, key) for word in self.by_sound[key]][:COMPLETIONS]

    def sounding_like(self, word: str) -> list[str]:
        """Words of as many characters that sound like `word`: exactly, else nearly when it is long enough for that."""
        found = {w: None for key in keys(word) for w in self.by_sound.get(key, ())}
        if not found and len(word) >= LONG_ENOUGH:
            found = {w: None for key in keys(word) for w in self.by_blurred_sound.get(blurred(key), ())}
        return [each for each in found if len(each) == len(word)]

    def near(self, text: str, most: int) -> list[str]:
        """Words of the field to try instead: half their characters were typed, or they begin to sound like it."""
        typed = set(text)
        shared = Counter(word for character in typed for word in self._by_character.get(character, ()))
        alike = [word for word in shared if word in self.words - self.slips and 2 * shared[word] >= len(word)]
        alike.sort(key=lambda word: (-shared[word] / len(word), word))
        starts = (text[:end] for end in range(len(text), 1, -1)) if text.isascii() else ()
        sounds = next((words for start in starts if (words := self.sounding_from(start))), [])
        return list(dict.fromkeys(self.shown.get(word, word) for word in (*alike, *sounds)))[:most]


def _short(texts: Iterable[str]) -> set[str]:
    return {word for text in texts if 1 < len(word := plain(text)) <= LONGEST and " " not in word}


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, word in pairs:
        if word not in found[key]:
            found[key].append(word)
    return dict(found)
