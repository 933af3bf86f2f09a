"""What is not public is nowhere: a marker in every text of every draft, and no address of the site shows it."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.utils import timezone

from guidance.models import DRAFTS, Draft, State
from guidance.services import workflow
from guidance.services.drafts import touched
from guidance.services.live import site
from guidance.services.publishing import Release
from guidance.views.state import state_of
from tests import builders
from tests.staff import PUBLISHER, REVIEWER, WRITER, approved, staff, standing

pytestmark = pytest.mark.django_db

MARK = "暗号紫电青霜"
LINK = re.compile(r'(?:href|action|hx-get)="(/[^"#]*)"|<loc>http://testserver(/[^<]*)</loc>')
NOT_OURS = ("/admin/", "/static/", "/preview/", "/search/")
DOCUMENTS = {
    "source": builders.source(),
    "claim": builders.claim(),
    "contact": builders.contact(),
    "term": builders.term(),
    "article": builders.article(),
    "faq": builders.faq(),
    "flow": builders.flow(),
    "synonym": builders.synonym(),
    "pin": builders.pin(),
    "phrase": builders.phrase(),
}
TYPED = ("keywords", "words", "typed", "queries", "says", "unless")  # lists of what readers type


def mark(row: Any) -> None:
    """The marker at the end of every text of a draft and of the rows inside it."""
    for field in row._meta.concrete_fields:
        free = isinstance(field, models.CharField | models.TextField) and not field.choices
        if free and field.name in row.FIELDS and not isinstance(field, models.SlugField):
            room = (field.max_length or 1000) - len(MARK)
            setattr(row, field.name, str(getattr(row, field.name))[:room] + MARK)
        elif field.name in TYPED:
            setattr(row, field.name, [*getattr(row, field.name), MARK])
    row.save()
    for name in row.PARTS:
        for part in getattr(row, name).all():
            mark(part)


def marked(kind: str) -> Draft:
    draft = DRAFTS[kind]().load(DOCUMENTS[kind])
    mark(draft)
    touched(DRAFTS[kind].objects.get(pk=draft.pk), staff(WRITER))
    return DRAFTS[kind].objects.get(pk=draft.pk)


def addresses(client: Client) -> Iterator[tuple[str, str]]:
    """Every page that can be reached by links, with its text; states of the small self-check included."""
    waiting = ["/", "/sitemap.xml", "/feed.xml", "/robots.txt", "/check/small.json", f"/search/?q={MARK}"]
    waiting += [
        "/guides/a-guide.jsonld",
        "/faq/a-question.jsonld",
        "/check/small/start?bill=unpaid",
        "/guides/missing/",
    ]
    flow = site().flow("small")
    if flow:
        states = [{"bill": {"unpaid"}, "signs": {"overdue"}}, {"bill": {"paid"}}, {"bill": {"unpaid"}}]
        made = [state_of(flow, {key: frozenset(chosen) for key, chosen in each.items()}) for each in states]
        waiting += [url for state in made for url in (state.url(), state.url("check_compare"), state.url("check_json"))]
    seen = set(waiting)
    while waiting:
        url = waiting.pop()
        answer = client.get(url)
        assert answer.status_code < 500, url
        text = answer.content.decode()
        yield url, text
        found = {(a or b).replace("&amp;", "&") for a, b in LINK.findall(text)} | {answer.get("Location", "/")}
        fresh = {each for each in found if each.startswith("/") and not each.startswith(NOT_OURS)} - seen
        # Of the shipped content a few pages stand for all: their drafts are not marked.
        ours = {each for each in fresh if "small" in each or "a-" in each or each.count("/") <= 2}
        seen |= fresh
        waiting += sorted(ours)


def shown(client: Client) -> list[str]:
    """Addresses that show the marker, except where the reader's own search does."""
    return [url for url, text in addresses(client) if MARK in (text.replace(MARK, "") if "q=" in url else text)]


def live() -> None:
    builders.go_live(*((kind, document) for kind, document in DOCUMENTS.items() if kind not in ("source", "claim")))


@pytest.mark.parametrize("state", State)
def test_no_draft_is_shown_to_readers_whatever_its_state(client: Client, state: State) -> None:
    live()
    for kind, model in DRAFTS.items():
        model.objects.filter(key=DOCUMENTS[kind]["key"]).delete()
        standing(marked(kind), state)
    assert shown(client) == []


def test_what_is_scheduled_is_not_shown_before_its_time(client: Client) -> None:
    live()
    guide = {name: f"{text}{MARK}" for name, text in (("title", "怎么办"), ("body", "打开支付宝。"))}
    tomorrow = Release(starts_at=timezone.now() + timedelta(days=1))
    for kind, changes in (
        ("article", guide),
        ("faq", guide),
        ("term", {"meaning": MARK}),
        ("claim", {"text": f"{MARK}。", "review_by": "2027-11-22"}),
        ("source", {"title": MARK}),
        ("contact", {"purpose": MARK}),
        ("flow", {"title": MARK}),
        ("synonym", {"words": [MARK, "别的词"]}),
        ("pin", {"queries": [MARK]}),
        ("phrase", {"says": [MARK]}),
    ):
        draft = DRAFTS[kind]().load(DOCUMENTS[kind] | changes)
        writer = staff(WRITER)
        touched(draft, writer)
        workflow.publish_drafts([approved(draft, writer, staff(REVIEWER))], staff(PUBLISHER), tomorrow)
    assert shown(client) == []


def test_what_readers_type_is_live_and_shown_to_nobody(client: Client) -> None:
    live()
    kinds = ("claim", "contact", "term", "article", "faq", "flow")
    builders.go_live(*((kind, DOCUMENTS[kind] | {"keywords": [MARK]}) for kind in kinds))
    builders.go_live(("synonym", builders.synonym(typed=[MARK])), ("pin", builders.pin(queries=[MARK])))
    builders.go_live(("phrase", builders.phrase(says=[MARK])))
    assert shown(client) == []


def test_a_marker_that_is_public_is_found_so_the_crawl_looks_everywhere(client: Client) -> None:
    live()
    builders.go_live(("article", builders.article(body=f"看这里。{MARK}")), ("flow", builders.flow(title=MARK)))
    builders.go_live(("term", builders.term(meaning=MARK)), ("contact", builders.contact(purpose=MARK)))
    builders.go_live(("faq", builders.faq(body=MARK)))
    found = shown(client)
    for url in ("/guides/a-guide/", "/check/", "/check/small/", "/glossary/", "/contacts/", "/faq/a-question/"):
        assert url in found
    assert [url for url in found if url.startswith("/check/small/") and len(url) > len("/check/small/x")]
