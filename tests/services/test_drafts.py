"""What happens to documents that are live: brought back, withdrawn, looked at again; and to their drafts meanwhile."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guidance.engine.linkcode import encode
from guidance.models import Action, ArticleDraft, ClaimDraft, Event, FlowDraft, Publication, Revision, State
from guidance.services import content, upkeep
from guidance.services.drafts import drafts_using
from guidance.services.history import changes
from guidance.services.live import site, version
from guidance.services.publishing import Entry, Refused
from guidance.services.workflow import Stopped
from tests import builders
from tests.staff import PUBLISHER, REVIEWER, WRITER, approved, edited_guide, publish, staff, written

pytestmark = pytest.mark.django_db

HALF_A_YEAR = timedelta(days=180)


def versions(kind: str, *documents: dict[str, Any]) -> Any:
    """Publish these after each other; the draft says what is live."""
    for document in documents:
        builders.go_live((kind, document))
    return written(kind, documents[-1], staff(WRITER))


# Bringing an old version back


def test_an_old_version_comes_back_under_a_new_number() -> None:
    draft = versions("article", builders.article(), builders.article(title="第二版？"))
    publisher = staff(PUBLISHER)
    assert upkeep.restore("article", "a-guide", 1, publisher, "改错了").number == 3
    assert site().guides.pages["a-guide"].value.title == "怎么办？"
    draft.refresh_from_db()
    assert (draft.title, draft.state) == ("怎么办？", State.PUBLISHED)
    last = Event.objects.about("article", "a-guide").last()
    assert (last.action, last.actor, last.number) == (Action.RESTORE, publisher, 3)  # type: ignore[union-attr]


def test_a_draft_that_somebody_works_on_is_left_alone() -> None:
    builders.go_live(("article", builders.article()))
    builders.go_live(("article", builders.article(title="第二版？")))
    draft = written("article", builders.article(title="正在写？"), staff(WRITER))
    upkeep.restore("article", "a-guide", 1, staff(PUBLISHER))
    draft.refresh_from_db()
    assert (draft.title, draft.state) == ("正在写？", State.DRAFT)


def test_what_is_live_or_was_never_public_is_not_restored() -> None:
    versions("article", builders.article(), builders.article(title="第二版？"))
    publisher = staff(PUBLISHER)
    with pytest.raises(Stopped, match="就是第2版"):
        upkeep.restore("article", "a-guide", 2, publisher)
    with pytest.raises(Stopped, match="没有这个版本"):
        upkeep.restore("article", "a-guide", 7, publisher)
    tomorrow = timezone.now() + timedelta(days=1)
    builders.go_live(("article", builders.article(title="明天的？")), starts_at=tomorrow)
    with pytest.raises(Stopped, match="没有公开过"):
        upkeep.restore("article", "a-guide", 3, publisher)


def test_old_and_new_addresses_work_both_ways_after_a_return(client: Client) -> None:
    moved = builders.article(slug="better", former_slugs=["a-guide"])
    versions("article", builders.article(), moved)
    assert client.get("/guides/a-guide/")["Location"] == "/guides/better/"
    upkeep.restore("article", "a-guide", 1, staff(PUBLISHER))
    assert client.get("/guides/a-guide/").status_code == 200
    assert client.get("/guides/better/").status_code == 301
    assert client.get("/guides/better/")["Location"] == "/guides/a-guide/"
    upkeep.restore("article", "a-guide", 2, staff(PUBLISHER))
    assert client.get("/guides/a-guide/")["Location"] == "/guides/better/"
    assert client.get("/guides/better/").status_code == 200


def renamed() -> dict[str, Any]:
    """The small flow with one question renamed, one option gone and another new."""
    document = builders.flow(aliases={"bill": "debt", "signs.call": None}, scenarios=[])
    bill, signs = document["questions"]
    bill["key"] = "debt"
    signs["ask_when"] = [[{"question": "debt", "none_of": ["paid"]}]]
    signs["options"][1] = {"key": "letter", "label": "收到了信"}
    for evidence in document["evidence"]:
        for clause in evidence["when"][0]:
            clause["question"] = clause["question"].replace("bill", "debt")
            clause["any_of"] = ["letter" if each == "call" else each for each in clause["any_of"]]
    return document


def test_a_flow_comes_back_and_every_old_link_still_opens_and_leads_on(client: Client) -> None:
    versions("flow", builders.flow(), renamed())
    links = []
    for number, answers in ((1, {"bill": {"unpaid"}, "signs": {"call"}}), (2, {"debt": {"unpaid"}})):
        value = version("small", number).value  # type: ignore[union-attr]
        links.append(encode(value, number, {key: frozenset(chosen) for key, chosen in answers.items()}))
    before = [client.get(f"/check/small/{code}/").status_code for code in links]
    assert upkeep.restore("flow", "small", 1, staff(PUBLISHER)).number == 3
    assert [client.get(f"/check/small/{code}/").status_code for code in links] == before == [200, 200]
    started = client.get("/check/small/start?debt=paid")
    assert started.status_code == 302
    live = site().flow("small")
    assert live is not None
    assert started["Location"] == f"/check/small/{encode(live.value, 3, {'bill': frozenset({'paid'})})}/"
    assert upkeep.restore("flow", "small", 2, staff(PUBLISHER)).number == 4
    assert client.get("/check/small/start?bill=paid").status_code == 302


# Withdrawing

KINDS = {
    "source": builders.source(key="lonely"),
    "claim": builders.claim(key="lonely"),
    "contact": builders.contact(key="lonely", number="95599"),
    "term": builders.term(key="lonely", name="孤词"),
    "article": builders.article(key="lonely", slug="lonely"),
    "faq": builders.faq(key="lonely", slug="lonely"),
    "flow": builders.flow(key="lonely"),
}
USERS = {
    "source": ("claim", builders.claim(key="user", sources=["lonely"])),
    "claim": ("article", builders.article(key="user", slug="user", claims=["lonely"])),
    "contact": ("article", builders.article(key="user", slug="user", body="{contact:lonely}")),
    "term": ("article", builders.article(key="user", slug="user", body="看[孤词](/glossary/#lonely)。")),
    "article": ("article", builders.article(key="user", slug="user", related=["lonely"])),
    "faq": ("article", builders.article(key="user", slug="user", body="看[这里](/faq/lonely/)。")),
    "flow": ("article", builders.article(key="user", slug="user", next_check={"flow": "lonely"})),
}


@pytest.mark.parametrize("later", [False, True], ids=["live", "scheduled"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_something_refers_to_is_not_withdrawn(kind: str, *, later: bool) -> None:
    builders.go_live((kind, KINDS[kind]))
    builders.go_live(USERS[kind], starts_at=timezone.now() + timedelta(days=1) if later else None)
    draft = written(kind, KINDS[kind], staff(WRITER))
    with pytest.raises(Refused, match="user"):
        upkeep.withdraw(draft, staff(PUBLISHER), "过时了。", "/guides/")
    assert site().get(kind, "lonely") is not None


def test_what_only_an_older_scheduled_change_stops_using_is_still_in_use() -> None:
    builders.go_live(("claim", builders.claim(key="lonely")))
    builders.go_live(("article", builders.article(claims=["lonely"])))
    builders.go_live(("article", builders.article()), starts_at=timezone.now() + timedelta(days=1))
    draft = written("claim", builders.claim(key="lonely"), staff(WRITER))
    with pytest.raises(Refused, match="a-guide"):
        upkeep.withdraw(draft, staff(PUBLISHER), "过时了。")


@pytest.mark.parametrize("kind", KINDS)
def test_what_nothing_refers_to_is_withdrawn_and_comes_back(kind: str, client: Client) -> None:
    builders.go_live((kind, KINDS[kind]))
    draft = written(kind, KINDS[kind], staff(WRITER))
    publisher = staff(PUBLISHER)
    upkeep.withdraw(draft, publisher, "过时了。", "/guides/")
    pages = {"article": "/guides/lonely/", "faq": "/faq/lonely/", "flow": "/check/lonely/"}
    if kind in pages:
        gone = client.get(pages[kind])
        assert (gone.status_code, "过时了。" in gone.content.decode()) == (410, True)
    lists = (
        "/",
        "/guides/",
        "/faq/",
        "/check/",
        "/contacts/",
        "/glossary/",
        "/myths/",
        "/sitemap.xml",
        "/search/?q=孤词",
    )
    assert not [url for url in lists if "lonely" in client.get(url).content.decode()]
    last = Event.objects.about(kind, "lonely").last()
    assert (last.action, last.note, last.actor) == (Action.WITHDRAW, "过时了。", publisher)  # type: ignore[union-attr]
    upkeep.restore(kind, "lonely", 1, publisher)
    assert site().get(kind, "lonely") is not None
    if kind in pages:
        assert client.get(pages[kind]).status_code == 200


def test_withdrawing_says_why_and_needs_something_live() -> None:
    draft = written("article", builders.article(), staff(WRITER))
    builders.go_live()
    publisher = staff(PUBLISHER)
    with pytest.raises(Stopped, match="不在线上"):
        upkeep.withdraw(draft, publisher, "过时了。", "/guides/")
    builders.go_live(("article", builders.article()))
    with pytest.raises(Stopped, match="原因"):
        upkeep.withdraw(draft, publisher, "  ", "/guides/")


@pytest.mark.parametrize("kind", ["claim", "article", "flow"])
def test_what_would_come_back_by_itself_is_not_withdrawn(kind: str) -> None:
    changed = {"claim": {"text": "又一句。"}}.get(kind, {"title": "又一版？"})
    builders.go_live((kind, KINDS[kind]))
    builders.go_live((kind, KINDS[kind] | changed), starts_at=timezone.now() + timedelta(days=1))
    draft = written(kind, KINDS[kind], staff(WRITER))
    with pytest.raises(Refused, match="先取消定时"):
        upkeep.withdraw(draft, staff(PUBLISHER), "过时了。", "/guides/")


# Looked at again, nothing changed


def confirmable() -> Any:
    document = builders.article(body="{claim:b-claim}")
    builders.go_live(
        ("source", builders.source(key="b-law")),
        ("claim", builders.claim(key="b-claim", sources=["a-law", "b-law"], review_by="2029-01-01")),
        ("article", document),
    )
    return written("article", document, staff(WRITER))


TICKS = ["a-claim/a-law", "b-claim/a-law", "b-claim/b-law"]


@pytest.mark.parametrize("missing", TICKS)
def test_every_source_needs_its_tick(missing: str) -> None:
    draft = confirmable()
    assert [ground.tick for ground in upkeep.grounds(draft)] == TICKS
    ticks = [tick for tick in TICKS if tick != missing]
    with pytest.raises(Stopped, match="还有1个来源"):
        upkeep.confirm(draft, staff(REVIEWER), timezone.localdate() + HALF_A_YEAR, ticks)


@pytest.mark.parametrize("text", [None, "正在写？"])
def test_a_check_changes_dates_only_and_the_draft_follows(text: str | None) -> None:
    draft = confirmable()
    if text:
        draft = written("article", builders.article(body="{claim:b-claim}", title=text), staff(WRITER))
    before = site().get("article", "a-guide").value  # type: ignore[union-attr]
    ArticleDraft.objects.filter(pk=draft.pk).update(checked_on="2026-01-01")
    state, reviewer = draft.state, staff(REVIEWER)
    today = timezone.localdate()
    Revision.objects.filter(key="a-guide", kind="article").update(
        payload=Revision.objects.get(key="a-guide", kind="article").payload | {"checked_on": "2026-01-01"}
    )
    revision = upkeep.confirm(draft, reviewer, today + HALF_A_YEAR, TICKS, "逐条看过")
    dates = {"checked_on": today.isoformat(), "review_by": (today + HALF_A_YEAR).isoformat()}
    after = site().get("article", "a-guide").value  # type: ignore[union-attr]
    assert {name: getattr(after, name) for name in dates} == dates
    assert (after.title, after.body, after.claims) == (before.title, before.body, before.claims)
    draft.refresh_from_db()
    assert {name: getattr(draft, name).isoformat() for name in dates} == dates
    assert (draft.title, draft.state) == (text or "怎么办？", state)
    last = Event.objects.about("article", "a-guide").last()
    assert (last.action, last.actor, last.note) == (Action.CONFIRM, reviewer, "逐条看过")  # type: ignore[union-attr]
    assert (revision.reviewer, revision.number) == (reviewer, 2)


def test_what_was_approved_stays_approved_after_a_check() -> None:
    writer, reviewer = staff(WRITER), staff(REVIEWER)
    draft = approved(edited_guide(writer), writer, reviewer)
    upkeep.confirm(draft, reviewer, timezone.localdate() + HALF_A_YEAR, ["a-claim/a-law"])
    draft.refresh_from_db()
    assert draft.state == State.APPROVED
    assert publish(draft, staff(PUBLISHER)).number == 3


def test_a_checked_claim_says_by_whom_and_is_no_news() -> None:
    builders.go_live(("claim", builders.claim(key="b-claim", checked_on="2026-01-01")), author=staff(WRITER))
    draft = written("claim", builders.claim(key="b-claim", checked_on="2026-01-01"), staff(WRITER))
    reviewer = staff(REVIEWER, "王核对")
    before = [change.number for change in changes()]
    upkeep.confirm(draft, reviewer, timezone.localdate() + HALF_A_YEAR, ["/a-law"])
    assert site().claims["b-claim"].checked_by == "王核对"
    assert ClaimDraft.objects.get(key="b-claim").checked_by == "王核对"
    assert [change.number for change in changes()] == before


def test_a_check_is_refused_without_a_later_date_a_role_or_anything_live() -> None:
    draft = confirmable()
    today, reviewer = timezone.localdate(), staff(REVIEWER)
    with pytest.raises(Stopped, match="今天以后"):
        upkeep.confirm(draft, reviewer, today, TICKS)
    with pytest.raises(Stopped, match="角色"):
        upkeep.confirm(draft, staff(WRITER), today + HALF_A_YEAR, TICKS)
    Publication.objects.filter(kind="article", key="a-guide").delete()
    with pytest.raises(Stopped, match="不在线上"):
        upkeep.confirm(draft, reviewer, today + HALF_A_YEAR, TICKS)


# Who uses a draft


@pytest.mark.parametrize("kind", KINDS)
def test_every_draft_that_uses_another_is_found(kind: str) -> None:
    draft = written(kind, KINDS[kind], None)
    user = written(*USERS[kind], None)
    assert drafts_using(draft) == [user]
    assert drafts_using(user) == []


def test_the_draft_of_a_flow_is_found_where_a_page_links_to_it() -> None:
    flow = written("flow", builders.flow(), None)
    linking = written("faq", builders.faq(body="先做[自查](/check/small/)。"), None)
    assert drafts_using(FlowDraft.objects.get(pk=flow.pk)) == [linking]


def test_a_release_does_not_undo_that_somebody_looked_again() -> None:
    builders.go_live(("article", builders.article()))
    draft = written("article", builders.article(), None)
    upkeep.confirm(draft, staff(REVIEWER), timezone.localdate() + HALF_A_YEAR, ["a-claim/a-law"])
    confirmed = site().guides.pages["a-guide"].value.review_by
    loaded = content.load([Entry("article", builders.article(order=7))])
    assert loaded.kept == [("article", "a-guide")]
    assert site().guides.pages["a-guide"].value.review_by == confirmed


def test_a_look_at_an_older_version_does_not_confirm_a_newer_one() -> None:
    builders.go_live(("article", builders.article()))
    draft = written("article", builders.article(), None)
    builders.go_live(("article", builders.article(title="新的标题？")))
    with pytest.raises(Stopped, match="第2版已经上线"):
        upkeep.confirm(draft, staff(REVIEWER), timezone.localdate() + HALF_A_YEAR, ["a-claim/a-law"], number=1)
