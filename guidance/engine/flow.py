"""A self-check flow as frozen values: questions gather facts, evidence finds causes, advice says what to do."""

from dataclasses import dataclass, field
from functools import cached_property

from guidance.engine.conditions import ALWAYS, Condition

SINGLE = "single"
MULTI = "multi"
QUESTION_KINDS = (SINGLE, MULTI)

CONFIRMS = "confirms"
SUPPORTS = "supports"
AGAINST = "against"
RULES_OUT = "rules_out"
EFFECTS = (CONFIRMS, SUPPORTS, AGAINST, RULES_OUT)

# In the order in which a result shows them.
ADVICE_KINDS = ("do_now", "step", "document", "timeline", "script", "dont", "warning", "read_more")

# How a cause looks on the page.
TONES = ("urgent", "caution", "calm")


class AnswerError(ValueError):
    """An answer the question cannot take. `code` is one of missing, unknown_option, too_many, exclusive."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Option:
    key: str
    label: str
    hint: str = ""
    unknown: bool = False  # the reader does not know; then `where` says where to look in the app
    where: str = ""
    exclusive: bool = False  # cannot be combined with others (multi questions)


@dataclass(frozen=True)
class Question:
    """One question; `options` in order, asked when `ask_when` holds for earlier answers."""

    key: str
    text: str
    why: str
    options: tuple[Option, ...]
    kind: str = SINGLE
    help: str = ""
    ask_when: Condition = ALWAYS

    @cached_property
    def option_keys(self) -> tuple[str, ...]:
        return tuple(option.key for option in self.options)

    @cached_property
    def _exclusive(self) -> frozenset[str]:
        return frozenset(option.key for option in self.options if option.exclusive)

    @cached_property
    def unknown(self) -> frozenset[str]:
        """Keys of the options that mean "I do not know"."""
        return frozenset(option.key for option in self.options if option.unknown)

    def option(self, key: str) -> Option:
        return self.options[self.option_keys.index(key)]

    def refusal(self, chosen: frozenset[str]) -> str | None:
        """Why the question cannot take this answer (see AnswerError), or None when it can."""
        if not chosen:
            return "missing"
        if not chosen.issubset(self.option_keys):
            return "unknown_option"
        if len(chosen) > 1 and self.kind == SINGLE:
            return "too_many"
        if len(chosen) > 1 and chosen & self._exclusive:
            return "exclusive"
        return None

    def answer(self, values: list[str]) -> frozenset[str]:
        """The answer made of raw option keys; raises AnswerError when the question cannot take it."""
        chosen = frozenset(values)
        code = self.refusal(chosen)
        if code:
            raise AnswerError(code)
        return chosen


@dataclass(frozen=True, slots=True)
class Cause:
    key: str
    title: str
    summary: str
    tone: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """When `when` holds, `reason` speaks for or against `cause`."""

    key: str
    cause: str
    effect: str
    reason: str
    when: Condition


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do; shown when `when` holds and `cause`, if it names one, is at least possible. `body` is Markdown."""

    key: str
    kind: str
    body: str
    title: str = ""
    cause: str | None = None
    when: Condition = ALWAYS
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """An editor's case: these answers must lead to this primary cause (None: no cause), others and advice."""

    key: str
    title: str
    answers: dict[str, frozenset[str]]
    primary: str | None = None
    others: frozenset[str] = frozenset()
    advice: frozenset[str] = frozenset()
    must_pass: bool = True


@dataclass(frozen=True, slots=True)
class Headline:
    title: str
    summary: str


@dataclass(frozen=True, eq=False)  # compared and hashed by identity: compiled once, cached by what it is
class Flow:
    """One version of a self-check; `minutes` is how long it takes, dates are ISO dates, `keywords` find it."""

    key: str
    title: str
    summary: str
    audience: str
    minutes: int
    prepare: tuple[str, ...]
    checked_on: str
    review_by: str
    inconclusive: Headline
    causes: tuple[Cause, ...]
    questions: tuple[Question, ...]
    evidence: tuple[Evidence, ...]
    advice: tuple[Advice, ...]
    scenarios: tuple[Scenario, ...] = ()
    aliases: dict[str, str | None] = field(default_factory=dict)
    keywords: tuple[str, ...] = ()

    @cached_property
    def question_by_key(self) -> dict[str, Question]:
        return {question.key: question for question in self.questions}

    @cached_property
    def looks_at(self) -> dict[str, frozenset[str]]:
        """By cause: the questions that any of its evidence looks at."""
        found: dict[str, set[str]] = {cause.key: set() for cause in self.causes}
        for evidence in self.evidence:
            found.setdefault(evidence.cause, set()).update(evidence.when.questions())
        return {cause: frozenset(questions) for cause, questions in found.items()}

    @cached_property
    def cause_by_key(self) -> dict[str, Cause]:
        return {cause.key: cause for cause in self.causes}
