"""What starts and ends by the clock: exact to the moment, everywhere at once, with nothing that has to run."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from guidance.engine.linkcode import encode
from guidance.models import Action, Event, Publication, State
from guidance.services import desk, upkeep
from guidance.services.live import site
from guidance.services.publishing import Refused, Release
from guidance.services.publishing import publish as publish_entries
from guidance.services.workflow import Stopped
from tests import builders
from tests.builders import Entry
from tests.staff import PUBLISHER, REVIEWER, WRITER, approved, edited_guide, publish, staff, written

pytestmark = pytest.mark.django_db

# After the shipped content went live, which is when the tests began.
NOW = datetime.now(UTC).replace(hour=4, minute=0, second=0, microsecond=0) + timedelta(days=2)
START = NOW + timedelta(hours=20)
BEFORE = START - timedelta(microseconds=1)
END = START + timedelta(days=3)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def page(client: Client, url: str, **headers: str) -> str:
    return str(client.get(url, headers=headers).content.decode())


def test_the_new_text_is_nowhere_a_moment_before_and_everywhere_at_the_moment(client: Client, clock: Any) -> None:
    builders.go_live(("article", builders.article()), author=staff(WRITER))
    new = builders.article(title="跨年提示看这里？", slug="new-year")
    new["former_slugs"] = ["a-guide"]
    claim = builders.claim(key="b-claim", text="跨年提示会变。")
    builders.go_live(("claim", claim), ("article", new), author=staff(WRITER), starts_at=START)
    places = ["/", "/guides/", "/guides/a-guide/", "/guides/new-year/", "/search.json?q=跨年", "/feed.xml"]
    clock.move_to(BEFORE)
    assert [url for url in [*places, "/guides/a-guide.jsonld"] if "跨年提示" in page(client, url)] == []
    assert client.get("/guides/new-year/").status_code == 404
    assert "new-year" not in page(client, "/sitemap.xml")
    clock.move_to(START)
    assert client.get("/guides/a-guide/").status_code == 301
    for url in ("/guides/", "/guides/new-year/", "/search.json?q=跨年", "/guides/new-year.jsonld"):
        assert "跨年提示看这里" in page(client, url), url
    assert "跨年提示会变" in page(client, "/feed.xml")
    assert "new-year" in page(client, "/sitemap.xml")
    assert f"{timezone.localtime(START):%Y-%m-%d}" in page(client, "/sitemap.xml")


def test_kept_pages_and_their_etags_change_at_the_moment(client: Client, clock: Any) -> None:
    builders.go_live(("article", builders.article()))
    builders.go_live(("article", builders.article(title="改过的标题？")), starts_at=START, ends_at=END)
    clock.move_to(BEFORE)
    tag = client.get("/guides/a-guide/")["ETag"]
    assert client.get("/guides/a-guide/", headers={"If-None-Match": tag}).status_code == 304
    clock.move_to(START)
    fresh = client.get("/guides/a-guide/", headers={"If-None-Match": tag})
    assert fresh.status_code == 200
    assert "改过的标题" in fresh.content.decode()
    clock.move_to(END - timedelta(microseconds=1))
    assert client.get("/guides/a-guide/").status_code == 200
    clock.move_to(END)
    assert client.get("/guides/a-guide/").status_code == 410


def test_links_to_a_self_check_that_has_not_started_are_broken_codes_until_it_has(client: Client, clock: Any) -> None:
    builders.go_live(("flow", builders.flow()))
    builders.go_live(("flow", builders.flow(title="新的小自查")), starts_at=START)
    value = site().flow("small").value  # type: ignore[union-attr]
    url = f"/check/small/{encode(value, 2, {})}/"
    old = f"/check/small/{encode(value, 1, {})}/"
    clock.move_to(BEFORE)
    assert client.get(url).status_code == 404
    assert "自查码" in page(client, url)
    assert "新的小自查" not in page(client, "/check/small/") + page(client, "/check/small.json")
    clock.move_to(START)
    assert client.get(url).status_code == client.get(old).status_code == 200
    assert "新的小自查" in page(client, "/check/small/")


def test_a_self_check_that_has_ended_says_so_at_all_its_addresses(client: Client, clock: Any) -> None:
    builders.go_live(("flow", builders.flow()), ends_at=END)
    value = site().flow("small").value  # type: ignore[union-attr]
    code = encode(value, 1, {})
    addresses = ["", "start", "open?code=x", f"{code}/", f"{code}/next", f"{code}/compare/", f"{code}/change/bill/"]
    clock.move_to(END)
    for address in addresses:
        answer = client.get(f"/check/small/{address}")
        assert (answer.status_code, "小自查" in answer.content.decode()) == (410, True), address
    for address in ("small.json", f"small/{code}.json"):
        answer = client.get(f"/check/{address}")
        assert (answer.status_code, "不再提供" in answer.json()["error"]) == (410, True), address
    assert "/check/huabei/" in page(client, "/check/small/")
    assert "/contacts/" in page(client, "/check/small/")
    assert "/check/small/" not in page(client, "/check/") + page(client, "/sitemap.xml")


def test_a_page_whose_time_is_over_answers_gone_at_all_its_addresses(client: Client, clock: Any) -> None:
    guide = builders.article(former_slugs=["earlier"], title="短期提示？")
    builders.go_live(("article", guide), ends_at=END)
    assert "短期提示" in page(client, "/guides/")
    clock.move_to(END)
    for url in ("/guides/a-guide/", "/guides/earlier/", "/guides/a-guide.jsonld"):
        assert client.get(url).status_code == 410
    assert "短期提示" not in page(client, "/guides/") + page(client, "/search.json?q=短期") + page(client, "/")


def test_an_address_that_never_was_is_still_not_found(client: Client) -> None:
    assert client.get("/check/nowhere/").status_code == client.get("/guides/nowhere/").status_code == 404


def test_while_something_is_scheduled_nothing_else_is_published(clock: Any) -> None:
    builders.go_live(("article", builders.article()))
    builders.go_live(("article", builders.article(title="明天的？")), starts_at=START)
    with pytest.raises(Refused, match=f"{timezone.localtime(START):%Y-%m-%d %H:%M}") as refused:
        builders.go_live(("article", builders.article(title="今天的？")))
    assert "先取消定时" in str(refused.value)
    assert site().guides.pages["a-guide"].value.title == "怎么办？"


def test_cancelling_leaves_what_is_live_and_approves_the_draft_again(clock: Any) -> None:
    writer, publisher = staff(WRITER), staff(PUBLISHER)
    draft = approved(edited_guide(writer), writer, staff(REVIEWER))
    publish(draft, publisher, starts_at=START)
    assert [p.key for p in desk.scheduled()] == ["a-guide"]
    upkeep.unschedule(draft, publisher, "再等等")
    draft.refresh_from_db()
    assert draft.state == State.APPROVED
    assert desk.scheduled() == []
    last = Event.objects.about("article", "a-guide").last()
    assert (last.action, last.note, last.number) == (Action.UNSCHEDULE, "再等等", 2)  # type: ignore[union-attr]
    clock.move_to(START)
    assert site().guides.pages["a-guide"].value.title == "怎么办？"
    assert publish(draft, publisher).number == 3


def test_what_has_started_cannot_be_cancelled(clock: Any) -> None:
    writer, publisher = staff(WRITER), staff(PUBLISHER)
    draft = approved(edited_guide(writer), writer, staff(REVIEWER))
    publish(draft, publisher, starts_at=START)
    clock.move_to(START)
    with pytest.raises(Stopped, match="已经开始"):
        upkeep.unschedule(draft, publisher)


def test_what_was_cancelled_is_in_nobodys_feed(client: Client, clock: Any) -> None:
    author = staff(WRITER)
    builders.go_live(("claim", builders.claim(key="b-claim", text="第一句。")), author=author)
    builders.go_live(("claim", builders.claim(key="b-claim", text="取消的那句。")), author=author, starts_at=START)
    draft = written("claim", builders.claim(key="b-claim", text="取消的那句。"), author)
    upkeep.unschedule(draft, staff(PUBLISHER))
    builders.go_live(("claim", builders.claim(key="b-claim", text="第三句。")), author=author)
    text = page(client, "/feed.xml")
    assert "取消的那句" not in text
    assert "原来“第一句。”，现在“第三句。”" in text


@pytest.mark.parametrize(
    ("release", "words"),
    [
        (Release(starts_at=NOW), "已经过了"),
        (Release(starts_at=NOW - timedelta(days=1)), "已经过了"),
        (Release(starts_at=END, ends_at=START), "晚于开始"),
        (Release(starts_at=START, ends_at=START), "晚于开始"),
        (Release(ends_at=NOW), "晚于开始"),
    ],
)
def test_times_that_make_no_sense_are_refused(release: Release, words: str) -> None:
    with pytest.raises(Refused, match=words):
        builders.go_live(("article", builders.article()), release=release)


def ending_claim() -> None:
    builders.go_live(("claim", builders.claim(key="short", text="只在双十一有效。")), ends_at=END)


def test_nothing_ends_while_something_live_or_scheduled_refers_to_it(clock: Any) -> None:
    builders.go_live(("claim", builders.claim(key="short")))
    builders.go_live(("article", builders.article(claims=["short"])), starts_at=START)
    with pytest.raises(Refused, match="a-guide"):
        ending_claim()


def test_nothing_comes_to_rest_on_what_will_end_sooner(clock: Any) -> None:
    ending_claim()
    with pytest.raises(Refused, match="short"):
        builders.go_live(("article", builders.article(claims=["short"])))
    builders.go_live(("article", builders.article(claims=["short"])), ends_at=END)
    assert "a-guide" in site().guides.pages


def test_what_ends_together_may_rest_on_each_other(clock: Any) -> None:
    claim, guide = builders.claim(key="short"), builders.article(claims=["short"])
    builders.go_live(("claim", claim), ("article", guide))
    builders.go_live(("claim", claim), ("article", guide), ends_at=END)
    clock.move_to(END)
    assert "a-guide" not in site().guides.pages
    assert "short" not in site().claims


def test_what_another_scheduled_document_waits_for_is_not_cancelled(clock: Any) -> None:
    claim, guide = builders.claim(key="later"), builders.article(claims=["later"])
    builders.go_live(("claim", claim), ("article", guide), starts_at=START)
    draft = written("claim", claim, staff(WRITER))
    with pytest.raises(Refused, match="a-guide"):
        upkeep.unschedule(draft, staff(PUBLISHER))
    assert Publication.objects.waiting().filter(kind="claim", key="later").exists()


def test_an_address_that_a_scheduled_page_will_have_is_taken(clock: Any) -> None:
    builders.go_live(("article", builders.article(key="later", slug="wanted")), starts_at=START)
    with pytest.raises(Refused, match="wanted"):
        builders.go_live(("article", builders.article(key="now", slug="wanted")))


def test_nothing_links_to_a_page_whose_withdrawal_is_scheduled(clock: Any) -> None:
    builders.go_live(("article", builders.article(key="leaving", slug="leaving")))
    gone = builders.article(key="leaving", slug="leaving", withdrawn={"reason": "过时了。", "instead": "/guides/"})
    builders.go_live(("article", gone), starts_at=START)
    with pytest.raises(Refused, match="leaving"):
        builders.go_live(("article", builders.article(body="看[这里](/guides/leaving/)。")))


def test_a_check_that_changes_nothing_keeps_the_end(clock: Any) -> None:
    ending_claim()
    draft = written("claim", builders.claim(key="short", text="只在双十一有效。"), None)
    upkeep.confirm(draft, staff(REVIEWER), timezone.localdate() + timedelta(days=90), ["/a-law"])
    clock.move_to(END)
    assert "short" not in site().claims


def test_a_page_of_several_drafts_starts_at_one_moment(clock: Any) -> None:
    entries = [
        Entry("article", builders.article(related=["b-guide"])),
        Entry("article", builders.article(key="b-guide", slug="b-guide", related=["a-guide"])),
    ]
    builders.go_live()
    publish_entries(entries, Release(starts_at=START))
    clock.move_to(BEFORE)
    assert not {"a-guide", "b-guide"} & site().guides.pages.keys()
    clock.move_to(START)
    assert {"a-guide", "b-guide"} <= site().guides.pages.keys()
