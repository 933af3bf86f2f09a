"""Keys that changed after publishing: how answers given under an older version are read by a newer one."""

from dataclasses import replace

from guidance.engine.conditions import Answers, Clause, Condition
from guidance.engine.flow import Flow, Question


def carry_over(answers: Answers, flow: Flow) -> dict[str, frozenset[str]]:
    """`answers` in the keys of `flow`; what has no successor there is left out."""
    carried: dict[str, frozenset[str]] = {}
    for question, chosen in answers.items():
        key = question_key(flow, question)
        options = {option_key(flow, question, option) for option in chosen}
        if key and options - {None}:
            carried[key] = frozenset(option for option in options if option)
    return carried


def question_key(flow: Flow, key: str) -> str | None:
    """Today's key of a question, following aliases; None when it was retired."""
    seen: set[str | None] = set()
    current: str | None = key
    while current in flow.aliases and current not in seen:
        seen.add(current)
        current = flow.aliases[current]
    return None if current in seen else current


def option_key(flow: Flow, question: str, option: str) -> str | None:
    """Today's key of an option of the question once called `question`; None when it was retired."""
    path: str | None = f"{question}.{option}"
    seen: set[str] = set()
    while path and path not in seen:
        seen.add(path)
        if path in flow.aliases:
            path = flow.aliases[path]
            continue
        head, _, tail = path.partition(".")
        renamed = question_key(flow, head)
        if renamed == head:
            return tail
        path = f"{renamed}.{tail}" if renamed else None
    return None


def in_new_keys(old: Flow, new: Flow) -> Flow:
    """`old` with its question and option keys as `new` calls them, so that the two can be compared."""
    if not new.aliases:
        return old

    def clause(one: Clause) -> Clause:
        options = frozenset(option_key(new, one.question, option) or option for option in one.options)
        return replace(one, question=question_key(new, one.question) or one.question, options=options)

    def condition(one: Condition) -> Condition:
        return Condition(tuple(tuple(clause(c) for c in alternative) for alternative in one.alternatives))

    def question(one: Question) -> Question:
        options = tuple(replace(o, key=option_key(new, one.key, o.key) or o.key) for o in one.options)
        return replace(
            one, key=question_key(new, one.key) or one.key, options=options, ask_when=condition(one.ask_when)
        )

    return replace(
        old,
        questions=tuple(question(one) for one in old.questions),
        evidence=tuple(replace(one, when=condition(one.when)) for one in old.evidence),
        advice=tuple(replace(one, when=condition(one.when)) for one in old.advice),
    )
