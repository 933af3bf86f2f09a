"""A whole story as a query (逾期一个多月刚还完，换过手机): the answers of a self-check that it states, and where."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from guidance.documents.phrase import Phrase
from guidance.engine.aliases import carry_options, question_key
from guidance.engine.conditions import Answers
from guidance.engine.conditions import Clause as Test
from guidance.engine.flow import SINGLE, Flow, Question
from guidance.search.clauses import FIRST_MARK, LAST_MARK, Telling
from guidance.search.normal import normal
from guidance.search.numbers import LONGEST
from guidance.search.wordings import wordings

ENOUGH = 2  # answers that make a story of any text
LENGTH = 10  # characters of the normal form in which a single answer makes one
CONCERN = 2  # answers that it is worth to be named as the concern
NONE = "none"  # the option that stands for none of the others
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
class Heard:
    """Words of a story that gave an answer, by their place in the normal text.

    by_now: they tell what is so now. is_close: with nothing among them that the wording does not have.
    """

    question: str
    options: frozenset[str]
    start: int
    end: int
    clause: int
    by_now: bool
    is_close: bool

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


def _weight(flow: Flow, kept: list[Heard], heard: Mapping[str, list[Heard]]) -> tuple[int, ...]:
    """How much a self-check is the one for what was said.

    The clauses with answers that tell of a cause, and these answers; how many questions it has, as the broader one is
    nobody's wrong track; the characters that no other self-check has a use for. An option named as another self-check
    (没收到提醒) says that that one is the concern: it counts for that one, and not where it stands.
    """
    own = [each for each in kept if each.options.isdisjoint(heard)]
    telling = [each for each in own if {(each.question, option) for option in each.options} & _telling(flow)]
    concerns = {option for found in heard.values() for each in found for option in each.options}
    others = set().union(*(_places_of(other) for key, other in heard.items() if key != flow.key))
    extra = CONCERN if flow.key in concerns else 0
    clauses = len({each.clause for each in telling}) + extra
    return clauses + _said(telling), len(flow.questions), len(_places_of(kept) - others)


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


def _heard(telling: Telling, phrases: tuple[Phrase, ...], flows: Mapping[str, Flow]) -> dict[str, list[Heard]]:
    """By flow: what the story says of the teller's case."""
    heard: dict[str, list[Heard]] = defaultdict(list)
    says, unless = wordings(phrases)
    for number, clause in enumerate(telling.clauses):
        undoing = {wording.phrase.key for wording, *_ in unless.within(clause)}
        by_now = NOW.search(clause.plain.text) is not None
        for wording, line, start, end in says.within(clause):
            phrase = wording.phrase
            flow = flows.get(phrase.flow)
            if flow is None or phrase.key in undoing or not _counts(telling, phrase, line.text[start:end]):
                continue
            question = question_key(flow, phrase.question)
            options = carry_options(flow, phrase.question, frozenset(phrase.options))
            if question in flow.question_by_key and options and not clause.undone(line, start, end):
                heard[flow.key].append(
                    Heard(
                        question, options, line.starts[start], line.ends[end - 1], number, by_now, not wording.has_gap
                    )
                )
    return heard


def _counts(telling: Telling, phrase: Phrase, words: str) -> bool:
    """Whether every amount that the phrase asks for lies within its days."""
    if phrase.at_least is None and phrase.at_most is None:
        return True
    amounts = [telling.durations[ord(mark) - ord(FIRST_MARK)] for mark in words if FIRST_MARK <= mark <= LAST_MARK]
    least, most = phrase.at_least or 0, LONGEST if phrase.at_most is None else phrase.at_most
    return all(least <= amount.low and amount.high <= most for amount in amounts)


# Which of them are taken


def _story(flow: Flow, heard: list[Heard]) -> tuple[str, list[Heard]] | None:
    """What is kept of the words heard, so that every question can take its answer and no answer forbids its asking."""
    possible = _alternatives(flow, heard)
    agreed = [each for question in flow.questions for each in _agreed(flow, question.key, possible)]
    nearness = _nearness(flow, _answers(agreed))
    kept = [each for each in agreed if nearness[each.question] >= _least(flow, each.question, agreed)]
    return (flow.key, kept) if kept else None


def _least(flow: Flow, key: str, agreed: list[Heard]) -> int:
    """How near a question has to be: more, when what was said rules one of the ways to it out."""
    answers = _answers(agreed)
    ways = flow.question_by_key[key].ask_when.alternatives
    ruled_out = any(c.question in answers and not c.accepts(answers[c.question]) for way in ways for c in way)
    return NEXT if ruled_out else FAR


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
    return max(order, key=lambda each: (nearness[each.key], len(each.ask_when.alternatives))).key


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
    surer = [other for other in said if other.is_close or question.kind == SINGLE]
    said = [
        each for each in said if not any(each.says_less_than(other) for other in surer if each.options != other.options)
    ]
    now = [each for each in said if each.by_now]
    last = [each for each in now if each.options == now[-1].options]
    long = [
        each for each in said if all(each.length >= 2 * other.length for other in said if each.options != other.options)
    ]
    borne = [each for each in said if _bears(flow, each, heard)]
    taking = [each for each in borne if _takes(flow, each, said, heard)]
    alone = [each for each in said if NONE not in each.options and not _exclusive(flow, each)]
    return next((kept for kept in (said, taking, borne, now, last, long, alone) if _can_take(question, kept)), [])


def _takes(flow: Flow, one: Heard, said: list[Heard], heard: list[Heard]) -> bool:
    """Whether the words that contradict an answer are said in answer to what is asked on it: 写着逾期，还要验证身份."""
    against = [each for each in said if each.options != one.options]
    return all(
        _bears(flow, one, [each for each in heard if each.start < other.end and other.start < each.end])
        for other in against
    )


def _bears(flow: Flow, said: Heard, heard: list[Heard]) -> bool:
    """Whether something else was said in answer to a question that is only asked on this answer."""
    told = {each.question for each in heard} - {said.question}
    return any(
        clause.question == said.question and not clause.negated and clause.options == said.options
        for question in flow.questions
        if question.key in told
        for way in question.ask_when.alternatives
        for clause in way
    )


def _can_take(question: Question, kept: list[Heard]) -> bool:
    return question.refusal(_answers(kept).get(question.key, frozenset())) is None


def _exclusive(flow: Flow, heard: Heard) -> bool:
    question = flow.question_by_key[heard.question]
    return any(question.option(option).exclusive for option in heard.options if option in question.option_keys)
