"""What a self-check refers to, and its words. The self-check itself is the engine's."""

from collections.abc import Iterator

from guidance.documents.embeds import Reference, named, references_in
from guidance.documents.words import HEADING, MARKDOWN, TEXT, Words, typed_words, words_of
from guidance.engine.flow import Flow, Question


def flow_references(flow: Flow) -> Iterator[Reference]:
    for i, cause in enumerate(flow.causes):
        yield from named(f"causes/{i}/claims", "claim", cause.claims)
    for i, advice in enumerate(flow.advice):
        yield from named(f"advice/{i}/claims", "claim", advice.claims)
        yield from references_in(f"advice/{i}/body", advice.body)


def flow_words(flow: Flow) -> Iterator[Words]:
    yield from words_of(flow, title=HEADING, summary=TEXT, audience=TEXT)
    yield from (Words(f"prepare/{i}", text) for i, text in enumerate(flow.prepare))
    yield from _inside("inconclusive", words_of(flow.inconclusive, title=HEADING, summary=TEXT))
    for i, cause in enumerate(flow.causes):
        yield from _inside(f"causes/{i}", words_of(cause, title=HEADING, summary=TEXT))
    for i, question in enumerate(flow.questions):
        yield from _inside(f"questions/{i}", _question_words(question))
    for i, evidence in enumerate(flow.evidence):
        yield from _inside(f"evidence/{i}", words_of(evidence, reason=TEXT))
    for i, advice in enumerate(flow.advice):
        yield from _inside(f"advice/{i}", words_of(advice, title=HEADING, body=MARKDOWN))
    yield from typed_words(flow, "keywords")


def _question_words(question: Question) -> Iterator[Words]:
    yield from words_of(question, text=HEADING, why=TEXT, help=TEXT)
    for i, option in enumerate(question.options):
        yield from _inside(f"options/{i}", words_of(option, label=TEXT, hint=TEXT, where=TEXT))


def _inside(place: str, found: Iterator[Words]) -> Iterator[Words]:
    return (Words(f"{place}/{words.place}", words.text, words.role) for words in found)
