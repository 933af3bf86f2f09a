"""Keys that changed after publishing: how answers given under an older version are read by a newer one."""

from guidance.engine.conditions import Answers
from guidance.engine.flow import Flow


def carry_over(answers: Answers, flow: Flow) -> dict[str, frozenset[str]]:
    """`answers` in the keys of `flow`; what has no successor there is left out."""
    carried: dict[str, frozenset[str]] = {}
    for question, chosen in answers.items():
        key = question_key(flow, question)
        options = carry_options(flow, question, chosen)
        if key and options:
            carried[key] = options
    return carried


def carry_options(flow: Flow, question: str, chosen: frozenset[str]) -> frozenset[str]:
    """Options of the question once called `question`, as `flow` calls them; retired ones are left out."""
    keys = (option_key(flow, question, option) for option in chosen)
    return frozenset(key for key in keys if key)


def question_key(flow: Flow, key: str) -> str | None:
    """Today's key of a question, following aliases; None when it was retired."""
    return _follow(flow, key)


def option_key(flow: Flow, question: str, option: str) -> str | None:
    """Today's key of an option of the question once called `question`; None when it was retired."""
    asked = question_key(flow, question)
    path = _follow(flow, f"{question}.{option}")
    if path and asked and asked != question and path.startswith(f"{question}."):
        # The question was renamed and the option not: look on under the question's new name.
        path = _follow(flow, f"{asked}.{path.partition('.')[2]}")
    head, _, tail = (path or "").partition(".")
    return tail if tail and head == asked else None


def answer_keys(flow: Flow) -> set[str]:
    """What readers' links may hold: question keys, and option keys as question.option."""
    keys = {question.key for question in flow.questions}
    return keys | {f"{question.key}.{key}" for question in flow.questions for key in question.option_keys}


def aliases_back_to(old: Flow, current: Flow) -> dict[str, str | None]:
    """The aliases that `old` needs to follow `current` as the newest version: nothing that was public is lost.

    A key that `current` had renamed goes back to its old name; what is new in `current` is retired.
    """
    known = answer_keys(old)
    back = _ways_back(old, current, known)
    gone: dict[str, str | None] = {key: back.get(key) for key in sorted(answer_keys(current) - known)}
    kept = {key: target for key, target in {**old.aliases, **current.aliases}.items() if key not in known}
    return {**kept, **gone}


def _ways_back(old: Flow, current: Flow, known: set[str]) -> dict[str, str]:
    """Keys of `current` that keys of `old` became, however often they were renamed; of several, the first."""
    back: dict[str, str] = {}
    for question in old.questions:
        today = question_key(current, question.key)
        if today is None or (today in known and today != question.key) or today in back:
            continue  # answers to it go to another question, which has its own way back
        back[today] = question.key
        for option in question.option_keys:
            now = option_key(current, question.key, option)
            if now:
                back.setdefault(f"{today}.{now}", f"{question.key}.{option}")
    return back


def circular(flow: Flow, key: str) -> bool:
    """Whether the aliases lead from `key` back to where they have been."""
    return _follow(flow, key, circle="") == ""


def _follow(flow: Flow, key: str, circle: str | None = None) -> str | None:
    """Where the aliases lead from `key`: a key, None for retired, or `circle` when they never end."""
    seen: set[str] = set()
    current: str | None = key
    while current is not None and current in flow.aliases:
        if current in seen:
            return circle
        seen.add(current)
        current = flow.aliases[current]
    return current
