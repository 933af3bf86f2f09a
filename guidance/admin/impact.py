"""What publishing a draft would change: every answer path of a self-check, and whatever rests on the document."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from guidance.admin.pages import PagedAdmin
from guidance.admin.places import Places, listed
from guidance.admin.rules import drafted, walkable
from guidance.admin.transitions import Address, Versions, groups
from guidance.admin.trial import Trial
from guidance.documents import KINDS, PAGE_KINDS, Value, canonical
from guidance.documents.claim import REFUTED, Claim
from guidance.documents.difference import compare_documents
from guidance.engine.flow import Flow
from guidance.engine.impact import impact
from guidance.engine.paths import count_outcomes, outcomes
from guidance.engine.problems import Problem
from guidance.models import Draft, FlowDraft
from guidance.services.counts import outcome_counts
from guidance.services.desk import title_of
from guidance.services.drafts import find_draft, find_drafts
from guidance.services.live import Published, site
from guidance.services.publishing import Entry, check, live_entries, users
from guidance.views.state import state_of

SHOWN = 200  # rows of the table
LISTS = {"term": "glossary", "contact": "contacts", "claim": "myths"}  # pages that show documents of a kind at #key

Place = tuple[str, str]


def impact_page(modeladmin: PagedAdmin, request: HttpRequest, draft: Draft) -> HttpResponse:
    """What readers would notice, and what would no longer be right elsewhere."""
    entry = Entry(draft.KIND, draft.to_document())
    places = users(draft.KIND, draft.key)
    drafts = find_drafts(places)
    context = {
        "rules": _rules(modeladmin, draft) if isinstance(draft, FlowDraft) else None,
        "users": [_user(place, drafts.get(place)) for place in places],
        "broken": list(_broken(entry, places)),
        "live": site().get(draft.KIND, draft.key),
    }
    return modeladmin.show(request, draft, "impact", context)


def _rules(modeladmin: PagedAdmin, draft: FlowDraft) -> dict[str, Any]:
    """How the results of all answer paths change."""
    revision, live = drafted(draft), site().flow(draft.key)
    flow, problems = walkable(revision.payload)
    if problems:
        return {"problems": listed(problems, Places(draft, revision.payload))}
    if live is None:
        return {"unpublished": True}
    page = modeladmin.page_url(draft, "trial")
    return _compared(live, flow, lambda answers: Trial(flow, revision.number, timezone.now(), answers, page).url())


def _compared(live: Published[Flow], new: Flow, draft_url: Address) -> dict[str, Any]:
    found, counts = impact(live.value, new), outcome_counts(new.key, live.number)
    rows, total = groups(found, counts), found.changed + found.unchanged
    versions = Versions(live.value, new, lambda answers: state_of(live, answers).url(), draft_url)
    return {
        "number": live.number,
        "complete": found.complete,
        "looked_at": total > 0,
        "total": total,
        "changed": found.changed,
        "rows": [versions.row(group, total) for group in rows[:SHOWN]],
        "more": len(rows[SHOWN:]),
        "counted": bool(counts),
        "texts": [change.label for change in compare_documents("flow", canonical(live.value), canonical(new))],
        "totals": _totals(live.value, new) if found.complete else [],
    }


def _totals(old: Flow, new: Flow) -> list[dict[str, Any]]:
    """By primary cause: the number of answer paths that lead to it, live and in the draft."""
    before, after = (count_outcomes(outcomes(flow), flow) for flow in (old, new))
    titles = {cause.key: cause.title for cause in (*old.causes, *new.causes)} | {"": new.inconclusive.title}
    return [{"title": title, "before": before[key], "after": after[key]} for key, title in titles.items()]


def _user(place: Place, other: Draft | None) -> dict[str, str]:
    """A document that refers to the draft, as a link to its public page and to its draft."""
    kind, key = place
    published = site().get(kind, key)
    return {
        "kind": KINDS[kind].label,
        "title": title_of(published.value) if published else key,
        "url": _public_url(kind, published.value) if published else "",
        "draft_url": reverse(f"admin:guidance_{kind}draft_impact", args=[other.pk]) if other else "",
    }


def _public_url(kind: str, value: Value) -> str:
    """Where readers meet a document; "" for what has no place of its own."""
    if kind in PAGE_KINDS:
        return reverse(PAGE_KINDS[kind], args=[getattr(value, "slug", "")])
    if kind == "flow":
        return reverse("check", args=[value.key])
    if kind not in LISTS or (isinstance(value, Claim) and value.status != REFUTED):
        return ""
    return f"{reverse(LISTS[kind])}#{value.key}"


def _broken(entry: Entry, places: list[Place]) -> Iterable[dict[str, Any]]:
    """The documents among `places` that would no longer pass their own checks, with what they would then fail."""
    theirs = [each for each in live_entries() if (each.kind, each.key) in places]
    before, after = check(theirs, rules=False), check([entry, *theirs], rules=False)
    for place in before:
        found = [problem for problem in after[place] if problem.blocks and problem not in before[place]]
        if found:
            yield _user(place, find_draft(*place)) | {"problems": [_said(place, problem) for problem in found]}


def _said(place: Place, problem: Problem) -> str:
    draft = find_draft(*place)
    where = Places(draft, draft.to_document()).words(problem.place) if draft else problem.place
    return f"{where}：{problem.message}"
