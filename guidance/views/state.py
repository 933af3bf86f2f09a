"""The state of a self-check, read from its address."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.urls import reverse

from guidance.engine.conditions import Answers
from guidance.engine.flow import Flow
from guidance.engine.linkcode import CodeError, decode, encode, read_version
from guidance.engine.walk import Walk, walk
from guidance.services.live import Published, site, version
from guidance.views.gone import missing


class BrokenCodeError(Exception):
    """The address holds no state of this self-check."""


def live_flow(key: str) -> Published[Flow]:
    """The self-check that is live under a key; 410 when it has ended, 404 when there never was one."""
    published = site().flow(key)
    if published is None:
        raise missing("flow", key)
    return published


@dataclass(frozen=True)
class State:
    """A flow in one of its published versions, and the answers so far."""

    flow: Flow
    number: int
    published_at: datetime
    answers: Answers

    @cached_property
    def walk(self) -> Walk:
        return walk(self.flow, self.answers)

    @cached_property
    def code(self) -> str:
        return encode(self.flow, self.number, self.answers)

    def with_answer(self, question: str, chosen: frozenset[str]) -> "State":
        """The state after one more or one changed answer; the others are kept."""
        return replace(self, answers={**self.answers, question: chosen})

    def url(self, name: str = "check_state", **more: str) -> str:
        """The address of a page about this state."""
        return reverse(name, kwargs={"flow": self.flow.key, "code": self.code, **more})

    def carried(self) -> list[tuple[str, str]]:
        """What a form with an answer sends along, as (name, value): nothing, when its address holds the state."""
        return []

    def change_url(self, question: str) -> str:
        """Where the answer to a question on the path can be changed."""
        return self.url("check_change", question=question)

    def answered(self) -> list[dict[str, str]]:
        """The answers on the path in words, each with the address where it can be changed."""
        return [
            {
                "question": question.text,
                "answer": "、".join(o.label for o in question.options if o.key in self.walk.answers[question.key]),
                "change_url": self.change_url(question.key),
            }
            for question in self.walk.asked
        ]


def state_of(published: Published[Flow], answers: Answers) -> State:
    return State(published.value, published.number, published.published_at, answers)


def read_state(flow_key: str, code: str) -> State:
    """The state a code stands for; raises BrokenCodeError, or Http404 when there is no such self-check."""
    live_flow(flow_key)
    try:
        published = version(flow_key, read_version(flow_key, code))
        if published is None:
            raise BrokenCodeError
        return state_of(published, decode(published.value, code))
    except CodeError as error:
        raise BrokenCodeError from error
