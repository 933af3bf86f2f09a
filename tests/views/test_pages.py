"""Home, guides, contacts, search and the pages about the site."""

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guidance.services.live import site
from tests import builders

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/guides/",
    "/faq/",
    "/faq/grace-period/",
    "/myths/",
    "/glossary/",
    "/contacts/",
    "/check/",
    "/search/?q=逾期",
    "/about/",
    "/privacy/",
    "/accessibility/",
]


def text(client: Client, url: str) -> str:
    response = client.get(url, follow=True)
    assert response.status_code == 200, url
    return str(response.content.decode())


def test_home_has_three_ways_in_and_each_leads_somewhere(client: Client) -> None:
    page = text(client, "/")
    words_only = re.sub(r"<[^>]+>", "", page)
    for words, url in [
        ("有人让我转账或要验证码", "/guides/asked-for-money/"),
        ("正在被催收", "/guides/being-collected/"),
        ("想知道为什么用不了、怎么恢复", "/check/huabei/"),
    ]:
        assert words in words_only
        assert f'href="{url}"' in page
        text(client, url)


@pytest.mark.parametrize("url", ["/guides/asked-for-money/", "/guides/being-collected/"])
def test_behind_an_emergency_door_a_number_to_call_comes_first(client: Client, url: str) -> None:
    assert re.search(r'href="tel:(110|96110|12378|95188)"', text(client, url))


@pytest.mark.parametrize("url", PAGES)
def test_every_page_says_that_it_is_not_official(client: Client, url: str) -> None:
    page = text(client, url)
    head, foot = page.split("<main", 1)[0], page.split("</main>", 1)[1]
    assert "非官方" in head
    assert "非官方" in foot


@pytest.mark.parametrize("url", PAGES)
def test_no_reader_gets_a_cookie(client: Client, url: str) -> None:
    assert not client.get(url).cookies


def test_every_link_between_pages_leads_to_a_page_and_to_a_place_on_it(client: Client) -> None:
    found: dict[str, str] = {}
    links, todo = set(), {"/"}
    while todo:
        url = todo.pop()
        found[url] = text(client, url)
        if url.startswith("/check/") and url.count("/") > 3:
            continue  # states of a self-check lead on without end
        here = {unescape(link) for link in re.findall(r'href="((?:/|#)[^"]*)"', found[url])}
        links |= {link if link[0] == "/" else url + link for link in here if not link.startswith("/static/")}
        todo |= {link.split("#")[0] for link in links} - found.keys()
    assert {f"/guides/{slug}/" for slug in site().guides.pages} <= found.keys()
    assert {f"/faq/{slug}/" for slug in site().questions.pages} <= found.keys()
    places = [link.split("#") for link in links if "#" in link]
    assert [f"{url}#{place}" for url, place in places if f'id="{place}"' not in found[url]] == []


def test_a_guide_shows_its_answer_its_sources_and_its_dates(client: Client) -> None:
    page = text(client, "/guides/after-repaying/")
    assert "人工一般无法干预" in page
    assert 'id="sources"' in page
    assert "2026年11月22日" in page


def test_a_guide_goes_on_to_a_self_check_with_its_answers(client: Client) -> None:
    document = builders.article(next_check={"flow": "small", "answers": {"bill": "paid"}})
    builders.go_live(("flow", builders.flow()), ("article", document))
    assert "/check/small/start?bill=paid" in text(client, "/guides/a-guide/")


def test_a_claim_that_expired_is_no_longer_said(client: Client, time_machine: Any) -> None:
    claim = builders.claim(key="soon-over", text="这个政策还在。", expires_on="2027-01-01")
    builders.go_live(("claim", claim), ("article", builders.article(body="{claim:soon-over}")))
    time_machine.move_to("2026-12-31 12:00+08:00")
    assert "这个政策还在。" in text(client, "/guides/a-guide/")
    time_machine.move_to("2027-01-01 00:00+08:00")
    page = text(client, "/guides/a-guide/")
    assert "这个政策还在。" not in page
    assert "此说法已到期，正在核对" in page


def test_contacts_say_what_they_will_never_ask_and_can_be_dialled(client: Client) -> None:
    page = text(client, "/contacts/")
    for number in ("95188", "12378", "12363", "110", "96110", "12368", "12348", "12356"):
        assert f'href="tel:{number}"' in page
    assert page.count("要当心") >= len(site().contacts)


@pytest.mark.parametrize(
    ("query", "first"), [("被催收", "正在被催收"), ("花呗用不了", "花呗用不了，情况自查"), ("征信", "征信")]
)
def test_search_finds_what_shares_words(client: Client, query: str, first: str) -> None:
    page = text(client, f"/search/?q={query}")
    hits = re.findall(r"<a[^>]*href=\"/(?:guides|check)/[^\"]+\"[^>]*>(.*?)</a>", page.split("<main", 1)[1], re.DOTALL)
    assert first in re.sub(r"<[^>]+>", "", hits[0])


@pytest.mark.parametrize("query", ["", "   ", "喵喵喵", "x" * 500, "<script>", "\x00", "%", "😀" * 50])
def test_search_always_answers(client: Client, query: str) -> None:
    response = client.get("/search/", {"q": query})
    assert response.status_code == 200
    assert "<script>" not in response.content.decode().split("<main", 1)[1]


@pytest.mark.parametrize("url", ["/nowhere/", "/guides/nowhere/", "/check/nowhere/", "/static/nowhere.css"])
def test_a_page_that_does_not_exist_says_so_kindly(client: Client, url: str) -> None:
    response = client.get(url)
    assert response.status_code == 404
    assert 'href="/"' in response.content.decode()


def test_more_guides_cost_no_more_queries(client: Client, settings: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/guides/")
        return len(captured)

    before = queries()
    builders.go_live(*(("article", builders.article(key=f"g-{i}", slug=f"g-{i}")) for i in range(30)))
    text(client, "/guides/")
    assert queries() <= before


@pytest.mark.parametrize(("number", "shown"), [("", False), ("某ICP备00000000号", True)])
def test_the_footer_shows_a_filing_number_only_when_there_is_one(
    client: Client, settings: Any, number: str, *, shown: bool
) -> None:
    settings.ICP_NUMBER = number
    assert ("beian.miit.gov.cn" in text(client, "/about/")) is shown


def test_about_says_how_to_reach_whoever_runs_the_site(client: Client, settings: Any) -> None:
    before = text(client, "/about/")
    assert "还没有公布联系方式" in before
    assert "还没有公布名称" in before
    settings.SITE_CONTACT, settings.SITE_OPERATOR = "someone@example.org", "某某工作室"
    after = text(client, "/about/?again")
    assert "someone@example.org" in after
    assert "某某工作室" in after
