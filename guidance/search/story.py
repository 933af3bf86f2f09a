"""A whole story as a query (逾期一个多月刚还完，换过手机): the answers of a self-check that it states, and where."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from guidance.documents.phrase import AMOUNT, GAP, Phrase
from guidance.engine.aliases import carry_options, question_key
from guidance.engine.conditions import Answers
from guidance.engine.conditions import Clause as Test
from guidance.engine.flow import SINGLE, Flow, Question
from guidance.search.clauses import FIRST_MARK, LAST_MARK, Clause, Line, Telling, spelt
from guidance.search.normal import normal, plain
from guidance.search.numbers import LONGEST, durations

GAP_LENGTH = 6  # characters that … stands for, at most
DENIALS = frozenset("没不未无别")  # never among them: 身份证…过期 is not 身份证没过期
ENOUGH = 2  # answers that make a story of any text
LENGTH = 10  # characters of the normal form in which a single answer makes one
PARTS = re.compile(f"({GAP}|{re.escape(AMOUNT)})")
NEVER, FAR, NEXT, ASKED = range(4)  # how near a question is to be asked
# Who tells what is so by now, and what was before: 一直没还，昨天还清了.
NOW = re.compile(
    "现在|目前|如今|今天|今早|昨天|昨晚|前天|刚|终于|后来|已|才|第2天|次日|隔天|当天|仍|马上|立马|立刻|赶紧|赶快|随后|还欠|还剩|还差|还逾期|还有"
)


@dataclass(frozen=True, slots=True)
class SaidAnswer:
    """An answer and the place in the story of the words that gave it."""

    question: str
    option: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Story:
    """The self-check that a story is for, the answers it states and where it states them, in the order of telling."""

    flow: str
    answers: dict[str, frozenset[str]]
    said: tuple[SaidAnswer, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a phrase, as steps: words or AMOUNT, and whether a gap may be before them.

    is_literal: it names a time itself, and is looked for in the words as they are.
    """

    phrase: Phrase
    steps: tuple[tuple[bool, str], ...]
    last: str  # the words of the last step, to see at once that a clause does not have them; "" for AMOUNT
    is_literal: bool

    def end(self, text: str, place: int) -> int | None:
        """Where the wording ends whose first words stand at a place of a text; None when the others do not follow."""
        place += _length(self.steps[0][1])
        for has_gap, words in self.steps[1:]:
            found = _next(text, words, place, GAP_LENGTH if has_gap else 0)
            if found is None or not DENIALS.isdisjoint(text[place:found]):
                return None
            place = found + _length(words)
        return place


@dataclass(frozen=True, slots=True)
class Wordings:
    """by_first: wordings by the words, or AMOUNT, that they begin with. lengths: those of such words, by their head."""

    by_first: dict[str, tuple[Wording, ...]]
    lengths: dict[str, tuple[int, ...]]

    def at(self, text: str, place: int) -> Iterator[Wording]:
        """Those whose first words stand at a place of a text."""
        if _is_mark(text[place]):
            yield from self.by_first.get(AMOUNT, ())
        for head in (text[place], text[place : place + 2]):
            for length in self.lengths.get(head, ()):
                yield from self.by_first.get(text[place : place + length], ())


# By the identity of a tuple of phrases; it is held here, so that no other takes its identity.
COMPILED: dict[int, tuple[tuple[Phrase, ...], Wordings, Wordings]] = {}
COMPILED_MOST = 4


@dataclass(frozen=True, slots=True)
class Heard:
    """Words of a story that gave an answer, by their place in the normal text. by_now: they tell what is so now."""

    question: str
    options: frozenset[str]
    start: int
    end: int
    by_now: bool

    @property
    def length(self) -> int:
        return self.end - self.start

    def says_less_than(self, other: "Heard") -> bool:
        """Whether the other is said in more words, and partly in the same ones."""
        return self.length < other.length and self.start < other.end and other.start < self.end


def understood(text: str, phrases: Iterable[Phrase], flows: Mapping[str, Flow]) -> Story | None:
    """What a text says of a case, as answers of the self-check that most of them are for.

    flows: the self-checks by key. None when the text is no story.
    """
    telling = Telling(text, normal(text))
    heard = _heard(telling, tuple(phrases), flows)
    stories = [story for key in sorted(heard) if (story := _story(flows[key], heard[key]))]
    if not stories:
        return None
    flow, kept = max(stories, key=lambda each: _weight(flows[each[0]], each[1], heard))
    if _said(kept) < ENOUGH and len(telling.normal.text) < LENGTH:
        return None
    return Story(flow, _answers(kept), tuple(_places(telling, kept)))


def _said(kept: list[Heard]) -> int:
    """How many answers were said, each counted once."""
    return len({(each.question, option) for each in kept for option in each.options})


def _weight(flow: Flow, kept: list[Heard], heard: Mapping[str, list[Heard]]) -> tuple[int, int, int]:
    """How much a self-check is the one for what was said.

    The answers that tell of a cause; all answers; the characters in them that no other self-check has a use for.
    """
    answers = {(each.question, option) for each in kept for option in each.options}
    others = set().union(*(_places_of(other) for key, other in heard.items() if key != flow.key))
    return len(answers & _telling(flow)), len(answers), len(_places_of(kept) - others)


def _places_of(kept: list[Heard]) -> set[int]:
    return {place for each in kept for place in range(each.start, each.end)}


@lru_cache(maxsize=16)
def _telling(flow: Flow) -> frozenset[tuple[str, str]]:
    """The answers that are evidence."""
    clauses = [clause for evidence in flow.evidence for clause in evidence.when.clauses() if not clause.negated]
    return frozenset((clause.question, option) for clause in clauses for option in clause.options)


def _places(telling: Telling, kept: list[Heard]) -> Iterator[SaidAnswer]:
    seen: set[tuple[str, str]] = set()
    for each in sorted(kept, key=lambda heard: (heard.start, heard.end)):
        start, end = telling.normal.original(each.start, each.end)
        for option in sorted(each.options):
            if (each.question, option) not in seen:
                seen.add((each.question, option))
                yield SaidAnswer(each.question, option, start, end)


def _answers(kept: Iterable[Heard]) -> dict[str, frozenset[str]]:
    answers: dict[str, frozenset[str]] = {}
    for each in kept:
        answers[each.question] = answers.get(each.question, frozenset()) | each.options
    return answers


# What the words are


def _wordings(phrases: tuple[Phrase, ...]) -> tuple[Wordings, Wordings]:
    """What phrases say and what undoes them; made once for a tuple, as to compare the phrases would take longer."""
    known = COMPILED.get(id(phrases))
    if known is None or known[0] is not phrases:
        if len(COMPILED) >= COMPILED_MOST:
            COMPILED.clear()
        known = phrases, _indexed(phrases, "says"), _indexed(phrases, "unless")
        COMPILED[id(phrases)] = known
    return known[1:]


def _indexed(phrases: tuple[Phrase, ...], field: str) -> Wordings:
    by_first: dict[str, list[Wording]] = defaultdict(list)
    lengths: dict[str, set[int]] = defaultdict(set)
    for phrase in phrases:
        for wording in getattr(phrase, field):
            steps = tuple(_steps(wording))
            if not steps:
                continue
            is_literal = AMOUNT not in wording and any(durations(words) for _, words in steps)
            first = steps[0][1]
            last = steps[-1][1].replace(AMOUNT, "")
            by_first[first].append(Wording(phrase, steps, last, is_literal))
            if first != AMOUNT and len(first) not in lengths[first[:1]]:
                lengths[first[:2]].add(len(first))
    return Wordings(
        {first: tuple(found) for first, found in by_first.items()},
        {head: tuple(sorted(found)) for head, found in lengths.items()},
    )


def _steps(wording: str) -> Iterator[tuple[bool, str]]:
    has_gap = begun = False
    for part in PARTS.split(wording):
        words = part if part == AMOUNT else spelt(plain(part)).replace(" ", "")
        if part == GAP:
            has_gap = True
        elif words:
            yield begun and has_gap, words
            has_gap, begun = False, True


def _length(words: str) -> int:
    return 1 if words == AMOUNT else len(words)


def _next(text: str, words: str, place: int, reach: int) -> int | None:
    """Where words, or an amount of time, begin in a text, at most `reach` characters from a place."""
    if words == AMOUNT:
        return next((at for at in range(place, min(place + reach + 1, len(text))) if _is_mark(text[at])), None)
    found = text.find(words, place, place + reach + len(words))
    return None if found < 0 else found


def _is_mark(character: str) -> bool:
    return FIRST_MARK <= character <= LAST_MARK


def _matches(clause: Clause, wordings: Wordings) -> Iterator[tuple[Phrase, Line, int, int]]:
    """Each wording that stands in a clause, with the line and the place in it."""
    lines = [(clause.marked, False)] + ([(clause.plain, True)] if clause.marked.text != clause.plain.text else [])
    for line, is_literal in lines:
        for place in range(len(line.text)):
            for wording in wordings.at(line.text, place):
                if wording.is_literal is not is_literal or wording.last not in line.text:
                    continue
                end = wording.end(line.text, place)
                if end is not None:
                    yield wording.phrase, line, place, end


def _heard(telling: Telling, phrases: tuple[Phrase, ...], flows: Mapping[str, Flow]) -> dict[str, list[Heard]]:
    """By flow: what the story says of the teller's case."""
    heard: dict[str, list[Heard]] = defaultdict(list)
    says, unless = _wordings(phrases)
    for clause in telling.clauses:
        undoing = {phrase.key for phrase, *_ in _matches(clause, unless)}
        by_now = NOW.search(clause.plain.text) is not None
        for phrase, line, start, end in _matches(clause, says):
            flow = flows.get(phrase.flow)
            if flow is None or phrase.key in undoing or not _counts(telling, phrase, line.text[start:end]):
                continue
            question = question_key(flow, phrase.question)
            options = carry_options(flow, phrase.question, frozenset(phrase.options))
            if question in flow.question_by_key and options and not clause.undone(line, start, end):
                heard[flow.key].append(Heard(question, options, line.starts[start], line.ends[end - 1], by_now))
    return heard


def _counts(telling: Telling, phrase: Phrase, words: str) -> bool:
    """Whether every amount that the phrase asks for lies within its days."""
    if phrase.at_least is None and phrase.at_most is None:
        return True
    amounts = [telling.durations[ord(mark) - ord(FIRST_MARK)] for mark in words if _is_mark(mark)]
    least, most = phrase.at_least or 0, LONGEST if phrase.at_most is None else phrase.at_most
    return all(least <= amount.low and amount.high <= most for amount in amounts)


# Which of them are taken


def _story(flow: Flow, heard: list[Heard]) -> tuple[str, list[Heard]] | None:
    """What is kept of the words heard, so that every question can take its answer and no answer forbids its asking."""
    possible = _alternatives(flow, heard)
    agreed = [each for question in flow.questions for each in _agreed(flow, question.key, possible)]
    nearness = _nearness(flow, _answers(agreed))
    kept = [each for each in agreed if nearness[each.question]]
    return (flow.key, kept) if kept else None


def _alternatives(flow: Flow, heard: list[Heard]) -> list[Heard]:
    """The same words answer one of the questions that are only asked on a condition, the one that is going to be asked.

    The other answers tell which; where they leave it open, the nearer one, one that wants a single answer, one that
    more ways lead to, the earlier one.
    """
    kept: list[Heard] = []
    by_place = sorted(heard, key=lambda each: (each.start, each.end))
    for _, same in groupby(by_place, key=lambda each: (each.start, each.end)):
        group = list(same)
        place = group[0].start, group[0].end
        sure = [each for each in group if not flow.question_by_key[each.question].ask_when.alternatives]
        told = _answers([*(each for each in heard if (each.start, each.end) != place), *sure])
        said = {each.question for each in group if each not in sure}
        best = _asked_first(flow, said, told) if len(said) > 1 else next(iter(said), "")
        kept += [*sure, *(each for each in group if each.question == best)]
    return kept


def _asked_first(flow: Flow, questions: set[str], told: Answers) -> str:
    nearness = _nearness(flow, told)
    order = [question for question in flow.questions if question.key in questions]
    return max(order, key=lambda each: (nearness[each.key], each.kind == SINGLE, len(each.ask_when.alternatives))).key


def _nearness(flow: Flow, answers: Answers) -> dict[str, int]:
    """How near answers are to each question: ASKED for certain, NEXT after one more answer, FAR, or NEVER asked."""
    found: dict[str, int] = {}
    for question in flow.questions:
        ways = [min(_step(clause, answers, found) for clause in way) for way in question.ask_when.alternatives]
        found[question.key] = max(ways, default=ASKED)
    return found


def _step(clause: Test, answers: Answers, nearness: Mapping[str, int]) -> int:
    """How near one clause of a condition is to be true."""
    chosen = answers.get(clause.question)
    near = nearness[clause.question]
    if chosen is not None:
        return near if clause.accepts(chosen) else NEVER
    return NEXT if near == ASKED else FAR if near else NEVER


def _agreed(flow: Flow, key: str, heard: list[Heard]) -> list[Heard]:
    """What was said in answer to one question, without what others say more exactly or what they contradict.

    Of a contradiction stands what is so by now, and of several such the last that was told; or what took twice as
    many words, as it is a case of what the others say: 花呗和借呗都逾期了，没钱还.
    """
    question = flow.question_by_key[key]
    said = [each for each in heard if each.question == key]
    said = [
        each for each in said if not any(each.says_less_than(other) for other in said if each.options != other.options)
    ]
    now = [each for each in said if each.by_now]
    last = [each for each in now if each.options == now[-1].options]
    long = [
        each for each in said if all(each.length >= 2 * other.length for other in said if each.options != other.options)
    ]
    alone = [each for each in said if not _exclusive(flow, each)]
    return next((kept for kept in (said, now, last, long, alone) if _can_take(question, kept)), [])


def _can_take(question: Question, kept: list[Heard]) -> bool:
    return question.refusal(_answers(kept).get(question.key, frozenset())) is None


def _exclusive(flow: Flow, heard: Heard) -> bool:
    question = flow.question_by_key[heard.question]
    return any(question.option(option).exclusive for option in heard.options if option in question.option_keys)
