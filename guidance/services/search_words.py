"""What is wrong with what editors give the search, beside the self-checks and the other groups that are live."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from guidance.documents import Value
from guidance.documents.phrase import AMOUNT, GAP, Phrase
from guidance.documents.pin import Pin
from guidance.documents.synonym import Synonym
from guidance.engine.flow import Flow, Question
from guidance.engine.problems import WARN, Problem
from guidance.search.normal import plain

UNWRITTEN = str.maketrans(dict.fromkeys(GAP, " "))


def search_problems(value: Synonym | Pin | Phrase, others: Iterable[Value]) -> Iterator[Problem]:
    """Problems of one of the three kinds. others: everything that would be live beside it, itself included."""
    if isinstance(value, Synonym):
        yield from _synonym_problems(value, (each for each in others if isinstance(each, Synonym)))
    elif isinstance(value, Pin):
        yield from _pin_problems(value, (each for each in others if isinstance(each, Pin)))
    else:
        flows = (each for each in others if isinstance(each, Flow) and each.key == value.flow)
        yield from phrase_problems(value, next(flows, None))


def phrase_problems(phrase: Phrase, flow: Flow | None) -> Iterator[Problem]:
    """What the self-check cannot take of it; one that is not there is for the references to name."""
    for name, wordings in (("says", phrase.says), ("unless", phrase.unless)):
        yield from _silent(name, [wording.replace(AMOUNT, " ").translate(UNWRITTEN) for wording in wordings], wordings)
    for wording in phrase.says:
        if len(plain(wording.replace(AMOUNT, "")).replace(" ", "")) == 1 and AMOUNT not in wording:
            yield Problem("says", f"“{wording}”只有一个字，什么话里都可能有。请写长一点")
    if flow is None:
        return
    question = flow.question_by_key.get(phrase.question)
    if question is None:
        yield Problem("question", f"自查“{flow.title}”里没有题目“{phrase.question}”，请重新选")
    else:
        yield from _refused(phrase, question)


def _refused(phrase: Phrase, question: Question) -> Iterator[Problem]:
    unknown = [key for key in phrase.options if key not in question.option_keys]
    for key in unknown:
        yield Problem("options", f"题目“{question.text}”里没有选项“{key}”，请重新选")
    refusal = question.refusal(frozenset(phrase.options)) if not unknown else None
    if refusal == "too_many":
        yield Problem("options", f"“{question.text}”是单选题，一种说法只能得出一个选项，请只留一个")
    elif refusal == "exclusive":
        alone = "、".join(f"“{o.label}”" for o in question.options if o.exclusive and o.key in phrase.options)
        yield Problem("options", f"选了{alone}就不能再选别的，请只留它，或者去掉它")


def _synonym_problems(synonym: Synonym, all_groups: Iterable[Synonym]) -> Iterator[Problem]:
    """A word in two groups would make all words of both mean the same."""
    owners: dict[str, str] = {}
    for other in sorted(all_groups, key=lambda group: group.key):
        if other.key != synonym.key:
            owners |= {plain(word): other.key for word in (*other.words, *other.typed)}
    for name, words in (("words", synonym.words), ("typed", synonym.typed)):
        yield from _silent(name, words, words)
        for word in words:
            if other_key := owners.get(plain(word)):
                yield Problem(name, f"“{word}”也在同义词“{other_key}”里，只能留一处")
    for first, second in _same((*synonym.words, *synonym.typed)):
        said = f"“{second}”写了两次" if first == second else f"“{first}”和“{second}”在搜索里是一样的"
        yield Problem("typed" if second in synonym.typed else "words", f"{said}，留一个就行", WARN)


def _pin_problems(pin: Pin, all_pins: Iterable[Pin]) -> Iterator[Problem]:
    yield from _silent("queries", pin.queries, pin.queries)
    for query in pin.queries if pin.anywhere else ():
        if len(plain(query)) == 1:
            yield Problem("queries", f"“{query}”只有一个字，很多搜索里都有它，这一页会到处排第一。请写长一点")
    for other in sorted(all_pins, key=lambda each: each.key):
        if other.key != pin.key and other.anywhere == pin.anywhere:
            theirs = set(map(plain, other.queries))
            for query in pin.queries:
                if plain(query) in theirs:
                    message = f"“{query}”也在搜索置顶“{other.key}”里，两边的页面会接在一起。建议合成一条"
                    yield Problem("queries", message, WARN)


def _silent(name: str, searched: Iterable[str], written: Iterable[str]) -> Iterator[Problem]:
    """Texts of which a search sees nothing: only punctuation, or only places for something."""
    for text, shown in zip(searched, written, strict=True):
        if not plain(text):
            yield Problem(name, f"“{shown}”里没有搜索认得的字，请改写或删掉")


def _same(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each word that has the form of one before it, with that one."""
    known: dict[str, list[str]] = defaultdict(list)
    for word in words:
        known[plain(word)].append(word)
    return ((first, other) for first, *others in known.values() for other in others)
