"""Checks that look at every answer path: what can be reached, what contradicts itself, what helps nobody."""

from collections.abc import Iterator
from itertools import islice

from guidance.engine.conditions import Answers
from guidance.engine.flow import Flow, Question, Scenario
from guidance.engine.paths import Outcome, Outcomes, lengths, outcomes, path_without, reachable, reachable_advice
from guidance.engine.problems import WARN, Problem
from guidance.engine.verdict import CONFIRMED, PRESENT, Verdict, conclude
from guidance.engine.walk import walk

LONGEST_PATH = 9  # questions
NAMED = 30  # characters of advice without a title that name it
UNKNOWN_PATHS = 200  # as many ways of knowing nothing are tried


def outcome_problems(flow: Flow) -> list[Problem]:
    """Every problem that shows only when the paths are walked. The flow's keys must all lead somewhere."""
    found = outcomes(flow)
    return [
        *_length_problems(flow, found),
        *_unreachable(flow, found),
        *_contradictions(flow, found),
        *_empty_handed(flow),
        *_near_ties(flow, found),
        *_scenario_problems(flow),
    ]


def _length_problems(flow: Flow, found: Outcomes) -> Iterator[Problem]:
    if not found.complete:
        yield Problem("questions", "答案组合太多，只检查了其中一部分，请减少题目或多选项", WARN)
    longest = lengths(flow).longest
    if longest > LONGEST_PATH:
        yield Problem("questions", f"最长要答{longest}题，超过{LONGEST_PATH}题，读者会放弃", WARN)


def _unreachable(flow: Flow, found: Outcomes) -> Iterator[Problem]:
    asked = reachable(flow, [question.ask_when for question in flow.questions])
    for i in range(len(flow.questions)):
        if i not in asked:
            yield Problem(f"questions/{i}/ask_when", "没有任何回答会走到这道题和它的选项，请改“什么时候问”")
    holding = reachable(flow, [evidence.when for evidence in flow.evidence])
    for i in range(len(flow.evidence)):
        if i not in holding:
            yield Problem(f"evidence/{i}/when", "这条证据的条件永远不成立")
    shown = reachable_advice(flow)
    for i, advice in enumerate(flow.advice):
        if advice.key not in shown:
            yield Problem(f"advice/{i}/when", "这条建议在任何结果里都不会出现")
    for i in range(len(flow.causes)):
        if found.complete and not any(outcome.tallies[i].status in PRESENT for outcome in found.outcomes):
            yield Problem(f"causes/{i}", "没有任何回答会得出这个原因")


def _contradictions(flow: Flow, found: Outcomes) -> Iterator[Problem]:
    for i, cause in enumerate(flow.causes):
        both = [o for o in found.outcomes if o.tallies[i].confirmed and o.tallies[i].ruled_out]
        if both:
            paths = sum(outcome.count for outcome in both)
            yield Problem(
                f"causes/{i}", f"有{paths}条路径既确认又排除“{cause.title}”，例如：{spell(flow, both[0].example)}"
            )


def _empty_handed(flow: Flow) -> Iterator[Problem]:
    for answers in _clueless(flow):
        kinds = {advice.kind for advice in conclude(flow, answers).advice}
        if not ({"do_now", "step"} <= kinds and kinds & {"read_more", "script"}):
            yield Problem(
                "advice",
                f"什么都不确定的读者得不到有用的结果（要有现在先做、步骤、延伸阅读或话术）：{spell(flow, answers)}",
            )
            break
    without = path_without(flow, "do_now")
    if without is not None:
        yield Problem("advice", f"这样回答的读者没有“现在先做”的建议：{spell(flow, without)}")


def _clueless(flow: Flow) -> Iterator[dict[str, frozenset[str]]]:
    """Complete answers of somebody who knows nothing: "I do not know" everywhere; and "none of these" wherever that
    can be said, "I do not know" elsewhere. At most UNKNOWN_PATHS of each."""
    for prefer_none in (False, True):
        yield from islice(_shrugging(flow, prefer_none=prefer_none), UNKNOWN_PATHS)


def _shrugging(flow: Flow, *, prefer_none: bool) -> Iterator[dict[str, frozenset[str]]]:
    todo: list[dict[str, frozenset[str]]] = [{}]
    while todo:
        given = todo.pop()
        question = walk(flow, given).next
        if question is None:
            yield given
        else:
            todo += [{**given, question.key: frozenset({key})} for key in _shrugs(question, prefer_none=prefer_none)]


def _shrugs(question: Question, *, prefer_none: bool) -> list[str]:
    none = [option.key for option in question.options if option.exclusive and not option.unknown]
    unknown = sorted(question.unknown)
    return ((none or unknown) if prefer_none else (unknown or none)) or list(question.option_keys)


def _near_ties(flow: Flow, found: Outcomes) -> Iterator[Problem]:
    """Two causes that only the editors' order tells apart, once for each pair. Two confirmed ones may both be true."""
    named: set[tuple[int, int]] = set()
    for outcome in found.outcomes:
        pair = _tied(outcome)
        if pair and pair not in named:
            named.add(pair)
            first, second = (flow.causes[i].title for i in pair)
            message = (
                f"“{first}”和“{second}”不分上下，只按原因的排列顺序决定谁在前，例如：{spell(flow, outcome.example)}"
            )
            yield Problem(f"causes/{pair[0]}", message, WARN)


def _tied(outcome: Outcome) -> tuple[int, int] | None:
    ranked = sorted(range(len(outcome.tallies)), key=lambda i: outcome.tallies[i].rank)
    if len(ranked) < 2:
        return None
    first, second = (outcome.tallies[i] for i in ranked[:2])
    if first.rank != second.rank or first.status not in PRESENT or first.status == CONFIRMED:
        return None
    return ranked[0], ranked[1]


def _scenario_problems(flow: Flow) -> Iterator[Problem]:
    for i, scenario in enumerate(flow.scenarios):
        said = scenario_failure(flow, scenario)
        if said:
            level = {} if scenario.must_pass else {"level": WARN}
            yield Problem(f"scenarios/{i}", f"不符合预期：{said}", **level)


def scenario_failure(flow: Flow, scenario: Scenario) -> str:
    """How the result of a scenario differs from what its editor expects; "" when it is as expected."""
    path = walk(flow, scenario.answers)
    if path.next:
        return f"还要回答“{path.next.text}”"
    unused = [question.text for question in flow.questions if question.key in scenario.answers.keys() - path.answers]
    if unused:
        return f"按这些回答不会问到{_quoted(unused)}"
    return _difference(flow, scenario, conclude(flow, scenario.answers))


def _difference(flow: Flow, scenario: Scenario, verdict: Verdict) -> str:
    primary = verdict.primary.cause.key if verdict.primary else None
    if primary != scenario.primary:
        return f"首要原因应是{_cause(flow, scenario.primary)}，实际是{_cause(flow, primary)}"
    present = {finding.cause.key for finding in verdict.findings if finding.present}
    missing = [cause.title for cause in flow.causes if cause.key in scenario.others - present]
    if missing:
        return f"应同时得出{_quoted(missing)}"
    shown = {advice.key for advice in verdict.advice}
    unseen = [(advice.title or advice.body)[:NAMED] for advice in flow.advice if advice.key in scenario.advice - shown]
    return f"应出现建议{_quoted(unseen)}" if unseen else ""


def _cause(flow: Flow, key: str | None) -> str:
    return f"“{flow.cause_by_key[key].title}”" if key else "没有原因"


def _quoted(texts: list[str]) -> str:
    return "".join(f"“{text}”" for text in texts)


def spell(flow: Flow, answers: Answers) -> str:
    """Answers in the words of the flow, for a person to read."""
    parts = []
    for key, chosen in answers.items():
        question = flow.question_by_key[key]
        labels = [option.label for option in question.options if option.key in chosen]
        parts.append(f"{question.text}→{'＋'.join(labels)}")
    return "；".join(parts)
