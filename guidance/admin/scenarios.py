"""Editors' cases: run against the draft as it stands, and made from a walk."""

from dataclasses import dataclass

from django.db import transaction

from guidance.admin.places import change_url
from guidance.admin.rules import walkable
from guidance.engine.conditions import Answers
from guidance.engine.flow import Flow, Scenario
from guidance.engine.outcome_checks import scenario_failure
from guidance.engine.verdict import Verdict, conclude
from guidance.engine.walk import walk
from guidance.models import FlowDraft, ScenarioDraft
from guidance.services.drafts import touched
from guidance.views.wording import STATUS_WORDS


@dataclass(frozen=True, slots=True)
class Run:
    """One scenario tried now. said: what came out instead, in words; "" when it is as expected."""

    scenario: Scenario
    url: str
    said: str

    @property
    def passed(self) -> bool:
        return not self.said


def runs(draft: FlowDraft, flow: Flow) -> list[Run]:
    """Every scenario of a draft that can be walked, in order, with its result and its form. `flow`: its rules."""
    forms = {row.key: change_url(row) for row in draft.scenarios.all()}
    return [Run(each, forms.get(each.key, ""), instead(flow, each)) for each in flow.scenarios]


def came_out(row: ScenarioDraft) -> str:
    """What came out instead of what one scenario expects, in words; "" when it is as expected."""
    flow, problems = walkable(row.flow.to_document())
    if problems:
        return "这份自查还有问题，案例跑不起来。"
    return next((instead(flow, each) for each in flow.scenarios if each.key == row.key), "")


def instead(flow: Flow, scenario: Scenario) -> str:
    """How the result of a scenario differs from what its editor expects, in words; "" when it is as expected."""
    if not _known(flow, scenario) or not scenario_failure(flow, scenario):
        return "" if _known(flow, scenario) else "案例用到了现在没有的题目、选项、原因或建议。"
    path = walk(flow, scenario.answers)
    if path.next:
        return f"还没答完：接下来会问“{path.next.text}”。"
    unused = [flow.question_by_key[key].text for key in scenario.answers if key not in path.answers]
    if unused:
        return f"按这些回答不会问到：{'、'.join(f'“{text}”' for text in unused)}。"
    return _result_instead(flow, scenario, conclude(flow, scenario.answers))


def _known(flow: Flow, scenario: Scenario) -> bool:
    questions = flow.question_by_key
    answers = all(key in questions and not questions[key].refusal(c) for key, c in scenario.answers.items())
    causes = {scenario.primary, *scenario.others} - {None} <= set(flow.cause_by_key)
    return answers and causes and scenario.advice <= {advice.key for advice in flow.advice}


def _result_instead(flow: Flow, scenario: Scenario, verdict: Verdict) -> str:
    primary = verdict.primary
    if (primary.cause.key if primary else None) != scenario.primary:
        expected = f"“{flow.cause_by_key[scenario.primary].title}”" if scenario.primary else "没有原因"
        found = f"“{primary.cause.title}”（{STATUS_WORDS[primary.status]}）" if primary else "没有原因"
        return f"首要原因应是{expected}，实际是{found}。"
    present = {finding.cause.key for finding in verdict.findings if finding.present}
    missing = [cause.title for cause in flow.causes if cause.key in scenario.others - present]
    shown = {advice.key for advice in verdict.advice}
    unseen = [advice.title or advice.key for advice in flow.advice if advice.key in scenario.advice - shown]
    said = [f"没有得出{'、'.join(f'“{title}”' for title in missing)}"] if missing else []
    return (
        "；".join([*said, *([f"没有出现建议{'、'.join(f'“{title}”' for title in unseen)}"] if unseen else [])]) + "。"
    )


@transaction.atomic
def keep(draft: FlowDraft, flow: Flow, answers: Answers, title: str, user: object) -> ScenarioDraft:
    """Make complete answers a scenario that expects what they lead to now; the last one of the draft."""
    locked = FlowDraft.objects.select_for_update().get(pk=draft.pk)
    verdict = conclude(flow, answers)
    primary = verdict.primary.cause.key if verdict.primary else ""
    rows = list(locked.scenarios.all())
    document = {
        "key": _free_key({row.key for row in rows}),
        "title": title,
        "answers": {key: min(chosen) if len(chosen) == 1 else sorted(chosen) for key, chosen in answers.items()},
        "primary": primary,
        "others": sorted(f.cause.key for f in verdict.findings if f.present and f.cause.key != primary),
        "advice": sorted(advice.key for advice in verdict.advice),
        "must_pass": True,
    }
    row = ScenarioDraft(flow=locked, position=rows[-1].position + 1 if rows else 0).load(document)
    touched(locked, user)
    return row


def _free_key(taken: set[str]) -> str:
    number = len(taken) + 1
    while f"case-{number}" in taken:
        number += 1
    return f"case-{number}"
