"""Everything that can be wrong with a flow before a reader sees it, all at once and each with its place.

`examine` reads a document and checks it; publishing calls `check`. What cannot be reached,
what contradicts itself and what leaves a reader without anything to do must not go live.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from guidance.engine.aliases import answer_keys, circular, option_key, question_key
from guidance.engine.conditions import Condition
from guidance.engine.document import read_flow
from guidance.engine.flow import MULTI, Advice, Cause, Evidence, Flow, Question, Scenario
from guidance.engine.linkcode import MAX_LENGTH, MAX_VERSION, longest_code
from guidance.engine.outcome_checks import outcome_problems
from guidance.engine.problems import WARN, Problem, failures
from guidance.engine.reading import repeated

MULTI_OPTIONS = 8  # more would make too many combinations to look at one by one
OPTIONS = 31


def examine(document: Any, published: Flow | None = None) -> tuple[Flow, list[Problem]]:
    """Read a flow document and check it. `published`: the version that is live now, whose keys must live on.

    Gives the flow (with empty values where the document is wrong) and all problems, failures first.
    """
    flow, problems = read_flow(document)
    problems += check(flow, published, paths=not failures(problems))
    return flow, sorted(dict.fromkeys(problems), key=lambda problem: not problem.blocks)


def check(flow: Flow, published: Flow | None = None, *, paths: bool = True) -> list[Problem]:
    """Every problem of a flow. Paths are walked only when `paths` and when all its keys lead somewhere: what was
    read as empty would lead them astray."""
    problems = [*_key_problems(flow), *_condition_problems(flow), *_reference_problems(flow), *_option_problems(flow)]
    problems += [*_alias_problems(flow), *_code_problems(flow)]
    if published:
        problems += _history_problems(flow, published)
    if paths and not failures(problems) and flow.questions and flow.causes:
        problems += outcome_problems(flow)
    return problems


def _key_problems(flow: Flow) -> Iterator[Problem]:
    named: dict[str, Sequence[Cause | Question | Evidence | Advice | Scenario]] = {
        "causes": flow.causes,
        "questions": flow.questions,
        "evidence": flow.evidence,
        "advice": flow.advice,
        "scenarios": flow.scenarios,
    }
    for place, items in named.items():
        for key in repeated([item.key for item in items]):
            yield Problem(place, f"标识“{key}”用了不止一次，请换一个")
    for i, question in enumerate(flow.questions):
        for key in repeated(question.option_keys):
            yield Problem(f"questions/{i}/options", f"选项标识“{key}”用了不止一次，请换一个")


def conditions_of(flow: Flow) -> Iterator[tuple[str, Condition]]:
    """Every condition of a flow with its place."""
    for i, question in enumerate(flow.questions):
        yield f"questions/{i}/ask_when", question.ask_when
    for i, evidence in enumerate(flow.evidence):
        yield f"evidence/{i}/when", evidence.when
    for i, advice in enumerate(flow.advice):
        yield f"advice/{i}/when", advice.when


def _condition_problems(flow: Flow) -> Iterator[Problem]:
    order = {question.key: i for i, question in enumerate(flow.questions)}
    for place, condition in conditions_of(flow):
        for clause in condition.clauses():
            if clause.question not in order:
                yield Problem(place, f"条件里的题目“{clause.question}”不存在")
                continue
            question = flow.questions[order[clause.question]]
            for option in sorted(clause.options - set(question.option_keys)):
                yield Problem(place, f"条件里的选项“{option}”不在题目“{question.text}”里")
            if place.startswith("questions/") and order[clause.question] >= int(place.split("/")[1]):
                yield Problem(place, f"条件用到了后面的题目“{question.text}”，只能用更早的题目")
            if place.startswith("evidence/"):
                yield from _unknown_as_evidence(place, question, clause.options, negated=clause.negated)


def _unknown_as_evidence(
    place: str, question: Question, options: frozenset[str], *, negated: bool
) -> Iterator[Problem]:
    if not negated and options & question.unknown:
        yield Problem(place, f"“不确定”不能当证据，请在题目“{question.text}”的条件里取消勾选它")
    if negated and not question.unknown <= options:
        yield Problem(place, f"“不确定”不能当证据，请在题目“{question.text}”的“不是以下任何一个”里也勾选它")


def _reference_problems(flow: Flow) -> Iterator[Problem]:
    causes = set(flow.cause_by_key)
    for i, evidence in enumerate(flow.evidence):
        if evidence.cause not in causes:
            yield Problem(f"evidence/{i}/cause", f"原因“{evidence.cause}”不存在")
        if not evidence.when.alternatives:
            yield Problem(f"evidence/{i}/when", "证据必须有条件，不能永远成立")
    for i, item in enumerate(flow.advice):
        if item.cause is not None and item.cause not in causes:
            yield Problem(f"advice/{i}/cause", f"原因“{item.cause}”不存在")
    yield from _scenario_reference_problems(flow)


def _scenario_reference_problems(flow: Flow) -> Iterator[Problem]:
    causes, advice = set(flow.cause_by_key), {item.key for item in flow.advice}
    for i, scenario in enumerate(flow.scenarios):
        for key in sorted({scenario.primary or "", *scenario.others} - causes - {""}):
            yield Problem(f"scenarios/{i}", f"原因“{key}”不存在")
        for key in sorted(scenario.advice - advice):
            yield Problem(f"scenarios/{i}/advice", f"建议“{key}”不存在")
        for key, chosen in scenario.answers.items():
            known = flow.question_by_key.get(key)
            if known is None or known.refusal(chosen):
                called = known.text if known else key
                yield Problem(f"scenarios/{i}/answers/{key}", f"题目“{called}”没有这样的答案")


def _option_problems(flow: Flow) -> Iterator[Problem]:
    clauses = [clause for _, condition in conditions_of(flow) for clause in condition.clauses()]
    for i, question in enumerate(flow.questions):
        place = f"questions/{i}/options"
        most = MULTI_OPTIONS if question.kind == MULTI else OPTIONS
        if not 2 <= len(question.options) <= most:
            yield Problem(place, f"选项应该有2到{most}个")
        if not question.unknown:
            yield Problem(place, "缺少“不确定”选项，读者可能真的不知道")
        about = [clause for clause in clauses if clause.question == question.key]
        for j, option in enumerate(question.options):
            at = f"{place}/{j}"
            if option.unknown and not option.where:
                yield Problem(f"{at}/where", "“不确定”要写清去哪里看")
            if question.kind == MULTI and option.unknown and not option.exclusive:
                yield Problem(f"{at}/exclusive", "多选题里的“不确定”不能和别的选项同时选，请勾选“不能与别的同选”")
            used = any(option.key in clause.options or clause.negated for clause in about)
            if not (used or option.unknown or option.exclusive):
                yield Problem(at, "没有任何条件用到这个选项，选它和不选它结果一样", WARN)


def _code_problems(flow: Flow) -> Iterator[Problem]:
    if longest_code(flow, MAX_VERSION) > MAX_LENGTH:
        yield Problem("questions", f"题目和选项太多，自查码会超过{MAX_LENGTH}个字符，链接会打不开")


def _alias_problems(flow: Flow) -> Iterator[Problem]:
    """An alias must lead a question to a question, and an option to an option of the same question."""
    now = answer_keys(flow)
    for key, target in flow.aliases.items():
        place = f"aliases/{key}"
        if key in now:
            yield Problem("aliases", f"“{key}”已经停用，不能再用来表示别的意思，请换一个标识")
        if target is None:
            continue
        if target not in now | set(flow.aliases):
            yield Problem(place, f"“{target}”不存在，旧标识“{key}”没有去处")
        elif ("." in key) != ("." in target):
            yield Problem(place, "题目只能改成题目，选项只能改成选项")
        elif circular(flow, key):
            yield Problem(place, f"“{key}”的去向绕了一圈，又回到自己")
        elif "." in key and question_key(flow, target.split(".")[0]) != question_key(flow, key.split(".")[0]):
            yield Problem(place, f"选项“{key}”不能改成另一道题的选项")


def _history_problems(flow: Flow, published: Flow) -> Iterator[Problem]:
    """A key that readers' links may hold is neither dropped without an alias nor used again for something else."""
    now, before = answer_keys(flow), answer_keys(published)
    for key in sorted(key for key in before - now - set(flow.aliases) if not _follows_its_question(flow, key)):
        gone = f"{_called(published, key)}发布过，现在没有了"
        yield Problem("aliases", f"{gone}：请在“旧标识的去向”里写上“{key}”改成了什么，没有就选“没有继任者”")
    for key in sorted(set(published.aliases) - set(flow.aliases)):
        if key in now:
            yield Problem("aliases", f"“{key}”停用过，现在又用了：意思必须和停用以前完全一样", WARN)
        else:
            yield Problem("aliases", f"旧标识“{key}”的去向不能删掉，旧链接还要用它")
    for cause in published.causes:
        if cause.key not in flow.cause_by_key:
            yield Problem("causes", f"原因“{cause.title}”（{cause.key}）发布过，不能删掉", WARN)


def _called(flow: Flow, name: str) -> str:
    """A question or an option of a flow by its words. name: its key, as an alias has it."""
    key, _, option_key = name.partition(".")
    question = flow.question_by_key[key]
    labels = [option.label for option in question.options if option.key == option_key]
    return f"题目“{question.text}”" + (f"的选项“{labels[0]}”" if labels else "")


def _follows_its_question(flow: Flow, key: str) -> bool:
    """Whether an option lives on under the new name of its question."""
    question, _, option = key.partition(".")
    renamed = flow.question_by_key.get(question_key(flow, question) or "")
    return renamed is not None and option_key(flow, question, option) in renamed.option_keys
