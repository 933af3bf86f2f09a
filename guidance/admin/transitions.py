"""The answer paths whose result a new version changes, grouped by what readers get before and after."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from guidance.documents.labels import ADVICE_LABELS
from guidance.engine.aliases import aliases_back_to, carry_over
from guidance.engine.conditions import ALWAYS, Answers
from guidance.engine.flow import Advice, Flow
from guidance.engine.impact import Impact, Result, Transition
from guidance.engine.verdict import conclude
from guidance.engine.walk import walk
from guidance.views.wording import INCONCLUSIVE, INCONCLUSIVE_WORDS, STATUS_WORDS

CHANGES = {"primary": "首要原因", "status": "可能性", "advice": "建议", "path": "题目"}
NO_SUCH_PATH = "没有这样的回答"
LOOKED_AT = 20  # transitions of a group whose advice is compared

# Primary cause (None: no cause) and its status; None for paths that a version does not have.
Side = tuple[str | None, str] | None
Address = Callable[[Answers], str]


@dataclass(slots=True)
class Group:
    """Paths that lead from one primary cause and certainty to the same other ones. readers: estimated, of 90 days."""

    before: Side
    after: Side
    transitions: list[Transition] = field(default_factory=list)
    readers: float = 0

    @property
    def paths(self) -> int:
        return sum(each.paths for each in self.transitions)


def groups(found: Impact, counts: Mapping[str, int]) -> list[Group]:
    """All groups, the most paths first. `counts`: real results by primary cause key or INCONCLUSIVE."""
    by_sides: dict[tuple[Side, Side], Group] = {}
    for each in found.transitions:
        sides = (_side(each.before), _side(each.after))
        group = by_sides.setdefault(sides, Group(*sides))
        group.transitions.append(each)
        if each.before:
            real = counts.get(each.before.primary or INCONCLUSIVE, 0)
            group.readers += real * each.paths / found.reached[each.before.primary]
    return sorted(by_sides.values(), key=lambda group: -group.paths)


def _side(result: Result | None) -> Side:
    if result is None:
        return None
    return result.primary, dict(result.statuses).get(result.primary or "", "")


@dataclass(frozen=True)
class Versions:
    """The live version and the draft, with where the result of some answers is found under each."""

    old: Flow
    new: Flow
    live_url: Address
    draft_url: Address

    def row(self, group: Group, total: int) -> dict[str, object]:
        """One row of the table. `total`: all paths."""
        example = group.transitions[0].example
        before = self.before(example)
        return {
            "before": _words(self.old, group.before),
            "after": _words(self.new, group.after),
            "same_primary": group.before == group.after,
            "paths": group.paths,
            "share": _percent(group.paths, total),
            "readers": _about(group.readers),
            "changes": [words for name, words in CHANGES.items() if any(name in t.changes for t in group.transitions)],
            "example": self._spelled(example),
            "live_url": self.live_url(before) if group.before and self._shows(self.old, before, group.before) else "",
            "draft_url": self.draft_url(example) if group.after else "",
            "advice": [{"words": words, "titles": titles} for words, titles in self._advice(group).items() if titles],
        }

    def before(self, answers: Answers) -> Answers:
        """Answers in the new version's keys, in those of the live one."""
        return carry_over(answers, replace(self.old, aliases=aliases_back_to(self.old, self.new)))

    @staticmethod
    def _shows(flow: Flow, answers: Answers, side: Side) -> bool:
        """Two answers may have become one: then the way back is not always the way the example came."""
        verdict = conclude(flow, answers)
        primary = verdict.primary
        found = (primary.cause.key, primary.status) if primary else (None, "")
        return walk(flow, answers).complete and found == side

    def _advice(self, group: Group) -> dict[str, list[str]]:
        """Titles of the advice that readers of these paths get anew, lose, and get in other words."""
        added: dict[str, None] = {}
        removed: dict[str, None] = {}
        reworded: dict[str, None] = {}
        for each in islice(group.transitions, LOOKED_AT if group.before and group.after else 0):
            then = {a.key: a for a in conclude(self.old, self.before(each.example)).advice}
            now = {a.key: a for a in conclude(self.new, each.example).advice}
            added |= {_title(a): None for key, a in now.items() if key not in then}
            removed |= {_title(a): None for key, a in then.items() if key not in now}
            changed = (key for key in now if key in then and _said(now[key]) != _said(then[key]))
            reworded |= {_title(now[key]): None for key in changed}
        return {"多了": list(added), "少了": list(removed), "改了": list(reworded)}

    def _spelled(self, answers: Answers) -> list[dict[str, str]]:
        found = []
        for key, chosen in answers.items():
            question = self.new.question_by_key.get(key) or self.old.question_by_key.get(key)
            if question:
                labels = "、".join(option.label for option in question.options if option.key in chosen)
                found.append({"question": question.text, "answer": labels or "、".join(sorted(chosen))})
        return found


def _title(advice: Advice) -> str:
    return advice.title or f"{ADVICE_LABELS[advice.kind]}（{advice.key}）"


def _said(advice: Advice) -> Advice:
    """Without its condition, which no reader sees."""
    return replace(advice, when=ALWAYS)


def _words(flow: Flow, side: Side) -> str:
    if side is None:
        return NO_SUCH_PATH
    primary, status = side
    if primary is None:
        return f"{flow.inconclusive.title}（{INCONCLUSIVE_WORDS}）"
    return f"{flow.cause_by_key[primary].title}（{STATUS_WORDS[status]}）"


def _percent(part: int, total: int) -> str:
    share = 100 * part / total
    return f"{share:.0f}%" if share >= 1 else "不到1%"


def _about(readers: float) -> str:
    if not readers:
        return "0"
    return f"约{readers:.0f}" if readers >= 1 else "不到1"
