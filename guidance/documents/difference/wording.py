"""The values of a document in words, with the names of what they refer to. Odd values are shown as they are."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from guidance.documents.labels import ALIASES, ANSWERS, CONDITION, FIELDS, FLAG, NAMED_BY, PARTS, Field
from guidance.engine.flow import MULTI

ALWAYS = "总是"
NOTHING = "（空）"
NAME_LENGTH = 30  # characters of a part's name

Part = Mapping[str, Any]


def condition_words(condition: Any, questions: Any) -> str:
    """A condition of a document as a sentence, with the texts of these questions; “总是” for none.

    当“账单还清了吗？”是“还没有”或“不确定”，并且“看到了哪些提示？”没选“都没有”；或者“…”是“…”
    """
    return Wording({"questions": questions}).condition(condition)


def is_empty(value: Any) -> bool:
    """Whether a field is as good as left out."""
    return value is None or value in ("", [], {})


def parts_of(value: Any) -> list[Part] | None:
    """A list of parts, [] for none; None for anything else."""
    if is_empty(value):
        return []
    return value if isinstance(value, list) and all(isinstance(part, Mapping) for part in value) else None


def key_of(part: Part) -> str:
    return str(part.get("key", ""))


def raw(value: Any) -> str:
    """Any value as it is stored."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


class Wording:
    """Words for the values of one document, or of several versions of it: the later ones give the names."""

    def __init__(self, *versions: Part) -> None:
        self._names: dict[str, dict[str, str]] = {}
        self._options: dict[str, dict[str, str]] = {}
        self._several: set[str] = set()
        for document in versions:
            for name in NAMED_BY:
                self._names.setdefault(name, {}).update(_names(name, parts_of(document.get(name)) or []))
            for question in parts_of(document.get("questions")) or []:
                options = parts_of(question.get("options")) or []
                self._options.setdefault(key_of(question), {}).update(_names("options", options))
                if question.get("kind") == MULTI:
                    self._several.add(key_of(question))

    def name(self, parts: str, part: Part, question: str = "") -> str:
        """What a part is called: by its text, or by its key."""
        known = self._options.get(question, {}) if parts == "options" else self._names.get(parts, {})
        return known.get(key_of(part)) or key_of(part)

    def value(self, field: Field, value: Any) -> str:
        """A value in words; lists have a line for each item."""
        if field.form == CONDITION:
            return self.condition(value)
        if field.form == FLAG and isinstance(value, bool):
            return "是" if value else "否"
        if is_empty(value):
            return ""
        if field.form in (ANSWERS, ALIASES) and isinstance(value, Mapping):
            line = self._answer if field.form == ANSWERS else _alias
            return "".join(f"{line(str(name), value[name])}\n" for name in sorted(value, key=str))
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return "".join(f"{self._one(field, item)}\n" for item in value)
        return self._one(field, value)

    def _one(self, field: Field, value: Any) -> str:
        if not isinstance(value, str):
            return raw(value)
        return field.choices.get(value) or self._names.get(field.names, {}).get(value) or value

    def lines(self, table: str, part: Part) -> Iterator[str]:
        """Everything that a part says, field by field."""
        fields = FIELDS[table]
        for name in [*fields, *sorted(set(map(str, part)) - set(fields))]:
            field = fields.get(name, Field(name))
            value = part.get(name)
            inner = parts_of(value) if field.form == PARTS else None
            if is_empty(value) or value is False:
                continue
            if inner is not None:
                yield from (self._inner_part(name, field.label, each, key_of(part)) for each in inner)
            else:
                words = self.value(field, value)
                yield f"{field.label}：{words if isinstance(value, str) else _row(words)}"

    def _inner_part(self, table: str, noun: str, part: Part, question: str) -> str:
        called = self.name(table, part, question)
        known = NAMED_BY[table] if part.get(NAMED_BY[table]) == called else ""
        said = self.lines(table, {name: value for name, value in part.items() if name != known})
        return f"{noun}“{called}”：{'；'.join(said)}"

    def condition(self, condition: Any) -> str:
        if is_empty(condition):
            return ALWAYS
        if not _is_condition(condition):
            return raw(condition)
        return "当" + "；或者".join("，并且".join(map(self._clause, clauses)) for clauses in condition)

    def _clause(self, clause: Part) -> str:
        question = str(clause.get("question", ""))
        called = f"“{self._names.get('questions', {}).get(question, question)}”"
        verb, denial = ("选了", "没选") if question in self._several else ("是", "不是")
        said = []
        if any_of := self._quoted(question, clause.get("any_of")):
            said.append(called + verb + "或".join(any_of))
        if none_of := self._quoted(question, clause.get("none_of")):
            said.append(called + "，也".join(denial + option for option in none_of))
        return "，并且".join(said) or f"{called}{verb}{NOTHING}"

    def _quoted(self, question: str, options: Sequence[str] | None) -> list[str]:
        """The options of an answer in the order of the question, those it does not have last."""
        known = self._options.get(question, {})
        order = {key: place for place, key in enumerate(known)}
        found = sorted(options or [], key=lambda key: (order.get(key, len(order)), key))
        return [f"“{known.get(key, key)}”" for key in found]

    def _answer(self, question: str, chosen: Any) -> str:
        options = [chosen] if isinstance(chosen, str) else chosen
        called = self._names.get("questions", {}).get(question, question)
        if not _is_keys(options):
            return f"“{called}”：{raw(chosen)}"
        return f"“{called}”：{'、'.join(self._quoted(question, options))}"


def _names(parts: str, found: list[Part]) -> dict[str, str]:
    """By key, what each part is called; parts that would be called the same show their keys."""
    texts = {key_of(part): _short(part.get(NAMED_BY[parts]) or part.get("body"), key_of(part)) for part in found}
    times = Counter(texts.values())
    return {key: text if times[text] == 1 or text == key else f"{text}（{key}）" for key, text in texts.items()}


def _short(text: Any, key: str) -> str:
    if not isinstance(text, str) or not text.strip():
        return key
    line = " ".join(text.split())
    return line if len(line) <= NAME_LENGTH else f"{line[: NAME_LENGTH - 1]}…"


def _row(words: str) -> str:
    return "、".join(words.split("\n")[:-1]) if words.endswith("\n") else words


def _alias(old: str, new: Any) -> str:
    return f"{old} → {'没有继任者' if new is None else new if isinstance(new, str) else raw(new)}"


def _is_condition(condition: Any) -> bool:
    return isinstance(condition, list) and all(
        isinstance(clauses, list) and clauses and all(_is_clause(clause) for clause in clauses) for clauses in condition
    )


def _is_clause(clause: Any) -> bool:
    if not isinstance(clause, Mapping) or set(clause) - {"question", "any_of", "none_of"}:
        return False
    return isinstance(clause.get("question"), str) and all(
        clause.get(name) is None or _is_keys(clause[name]) for name in ("any_of", "none_of")
    )


def _is_keys(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(key, str) for key in value)
