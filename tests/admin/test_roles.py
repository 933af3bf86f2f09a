"""Who may do what at the desk: every page and every step, by role, as a browser would try it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guidance.models import ArticleDraft, Event, FlowDraft, Publication, QuestionDraft, Revision, SourceDraft, State
from guidance.services.drafts import fingerprint
from guidance.services.live import site
from tests import builders
from tests.admin.controls import controls
from tests.staff import (
    EVERYBODY,
    KEEPER,
    NOBODY,
    PUBLISHER,
    REVIEWER,
    SUPERUSER,
    WRITER,
    desk_of,
    edited_guide,
    looked_at,
    sign_in,
    staff,
    standing,
    written,
)

pytestmark = pytest.mark.django_db

CHIEFS = {KEEPER, SUPERUSER}
WRITERS, REVIEWERS, PUBLISHERS = CHIEFS | {WRITER}, CHIEFS | {REVIEWER}, CHIEFS | {PUBLISHER}
READERS = set(EVERYBODY) - {NOBODY}


def page(draft: Any, name: str) -> str:
    return reverse(f"admin:guidance_{draft._meta.model_name}_{name}", args=[draft.pk])


def step(state: State, **data: Any) -> Callable[[Client, Any], bool]:
    """A step on the page of a draft that stands somewhere; whether the draft or the public moved."""

    def press(client: Client, draft: Any) -> bool:
        standing(draft, state)
        before = (draft.state, Publication.objects.count(), site().fingerprint)
        client.post(page(draft, "review"), looked_at(draft) | data)
        draft.refresh_from_db()
        return before != (draft.state, Publication.objects.count(), site().fingerprint)

    return press


def save(client: Client, draft: Any) -> bool:
    url = page(draft, "change")
    opened = client.get(url)
    typed = controls(opened.content.decode() if opened.status_code == 200 else "", title="存下的标题？")
    client.post(url, typed)
    draft.refresh_from_db()
    return bool(draft.title == "存下的标题？")


def autosave(client: Client, draft: Any) -> bool:
    url = page(draft, "change")
    opened = client.get(url)
    typed = controls(opened.content.decode() if opened.status_code == 200 else "", title="自动存？", _autosave="1")
    client.post(url, typed)
    draft.refresh_from_db()
    return bool(draft.title == "自动存？")


def delete(client: Client, draft: Any) -> bool:
    other = ArticleDraft().load(builders.article(key="unused", slug="unused"))
    client.post(page(other, "delete"), {"post": "yes"})
    return not ArticleDraft.objects.filter(key="unused").exists()


def add(client: Client, draft: Any) -> bool:
    url = reverse("admin:guidance_sourcedraft_add")
    opened = client.get(url)
    typed = {name: value for name, value in builders.source(key="added").items() if isinstance(value, str)}
    client.post(url, controls(opened.content.decode() if opened.status_code == 200 else "", **typed))
    return SourceDraft.objects.filter(key="added").exists()


def load(client: Client, draft: Any) -> bool:
    client.post(page(draft, "versions"), {"number": "1", "load": "", "overwrite": "on"})
    draft.refresh_from_db()
    return bool(draft.title == builders.article()["title"])


def restore(client: Client, draft: Any) -> bool:
    builders.go_live(("article", builders.article(title="第二版？")))
    client.post(page(draft, "versions"), {"number": "1", "restore": ""})
    return bool(site().guides.pages["a-guide"].value.title == builders.article()["title"])


def unschedule(client: Client, draft: Any) -> bool:
    tomorrow = timezone.now() + timedelta(days=1)
    builders.go_live(("article", builders.article(title="明天的？")), starts_at=tomorrow)
    client.post(page(draft, "review"), {"step": "unschedule"})
    return not Publication.objects.waiting().exists()


def move(client: Client, draft: Any) -> bool:
    flow = written("flow", builders.flow(), None)
    last = QuestionDraft.objects.get(flow=flow, key="signs")
    client.post(page(flow, "move"), {"row": f"questiondraft-{last.pk}:up"})
    return bool(FlowDraft.objects.get(pk=flow.pk).questions.first().key == "signs")


def together(client: Client, draft: Any) -> bool:
    standing(draft, State.APPROVED)
    client.post(reverse("desk_publish"), {"draft": "article/a-guide"})
    return bool(site().guides.pages["a-guide"].value.title == "改过的标题？")


TOMORROW = "2030-01-01T08:00"
DEEDS: dict[str, tuple[Callable[[Client, Any], bool], set[str]]] = {
    "save": (save, WRITERS),
    "autosave": (autosave, WRITERS),
    "add": (add, WRITERS),
    "delete": (delete, WRITERS),
    "move a row": (move, WRITERS),
    "load a version": (load, WRITERS),
    "submit": (step(State.DRAFT, step="submit"), WRITERS),
    "recall": (step(State.IN_REVIEW, step="recall"), WRITERS),
    "return": (step(State.IN_REVIEW, step="return", note="再改"), REVIEWERS | PUBLISHERS),
    "approve": (step(State.IN_REVIEW, step="approve"), REVIEWERS),
    "override": (step(State.IN_REVIEW, step="override", note="没有别人"), PUBLISHERS),
    "publish": (step(State.APPROVED, step="publish"), PUBLISHERS),
    "schedule": (step(State.APPROVED, step="publish", starts_at=TOMORROW), PUBLISHERS),
    "publish together": (together, PUBLISHERS),
    "unschedule": (unschedule, PUBLISHERS),
    "restore": (restore, PUBLISHERS),
    "withdraw": (step(State.DRAFT, step="withdraw", reason="过时了。", instead="/guides/"), PUBLISHERS),
    "confirm": (step(State.DRAFT, step="confirm", period="90", tick="a-claim/a-law"), REVIEWERS | PUBLISHERS),
}


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("deed", DEEDS)
def test_each_deed_is_done_by_its_roles_and_by_nobody_else(deed: str, role: str) -> None:
    do, roles = DEEDS[deed]
    draft = edited_guide(staff(WRITER))
    assert do(desk_of(staff(role)), draft) == (role in roles)


@pytest.mark.parametrize("role", EVERYBODY)
def test_each_page_opens_for_its_roles_and_for_nobody_else(role: str) -> None:
    draft, client = edited_guide(staff(WRITER)), desk_of(staff(role))
    pages = dict.fromkeys([page(draft, name) for name in ("change", "review", "versions", "problems")], READERS)
    lists = ("articledraft", "event", "revision", "feedback")
    pages |= dict.fromkeys([reverse(f"admin:guidance_{name}_changelist") for name in lists], READERS)
    pages |= {reverse("admin:guidance_articledraft_add"): WRITERS, page(draft, "delete"): WRITERS}
    pages |= {reverse("desk_export"): PUBLISHERS, reverse("desk_import"): PUBLISHERS}
    pages |= {reverse("admin:index"): set(EVERYBODY)}
    assert {url: client.get(url).status_code in (200, 409) for url in pages} == {
        url: role in roles for url, roles in pages.items()
    }


@pytest.mark.parametrize("role", EVERYBODY)
def test_exporting_content_is_for_those_who_publish(role: str) -> None:
    answer = desk_of(staff(role)).post(reverse("desk_export"), {"what": "live"})
    assert (answer.status_code == 200) == (role in PUBLISHERS)
    assert Event.objects.filter(action="export").exists() == (role in PUBLISHERS)


@pytest.mark.parametrize("kind", ["page", "step"])
def test_a_stranger_is_sent_to_sign_in_and_nothing_happens(client: Client, kind: str) -> None:
    draft = edited_guide(staff(WRITER))
    url = page(draft, "review")
    answer = client.get(url) if kind == "page" else client.post(url, {"step": "submit"})
    assert (answer.status_code, "/admin/login/" in answer["Location"]) == (302, True)
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_a_step_needs_the_page_it_was_pressed_on() -> None:
    draft, user = edited_guide(staff(WRITER)), staff(WRITER)
    strict = Client(enforce_csrf_checks=True)
    sign_in(strict, user)
    assert strict.post(page(draft, "review"), {"step": "submit", "seen": fingerprint(draft)}).status_code == 403
    assert Revision.objects.filter(key="a-guide").count() == 1
