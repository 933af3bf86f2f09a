"""What search engines, chat apps and feed readers get, and what a lost reader is shown."""

import json
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.test import Client

from guidance.services.live import site
from tests import builders
from tests.views.test_pages import text

pytestmark = pytest.mark.django_db

SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
ATOM = {"a": "http://www.w3.org/2005/Atom"}
HOST = "http://testserver"


def dates(client: Client) -> dict[str, str]:
    """The sitemap: addresses and when each page last changed, "" where it does not say."""
    tree = ET.fromstring(client.get("/sitemap.xml").content)
    return {
        str(url.findtext("s:loc", "", SITEMAP)).removeprefix(HOST): str(url.findtext("s:lastmod", "", SITEMAP))
        for url in tree.findall("s:url", SITEMAP)
    }


def entries(client: Client) -> list[dict[str, str]]:
    tree = ET.fromstring(client.get("/feed.xml").content)
    return [
        {name: str(entry.findtext(f"a:{name}", "", ATOM)) for name in ("title", "summary", "id", "updated")}
        | {"link": entry.find("a:link", ATOM).get("href", "")}  # type: ignore[union-attr]
        for entry in tree.findall("a:entry", ATOM)
    ]


def test_the_sitemap_names_every_page_and_each_opens(client: Client) -> None:
    found = dates(client)
    assert {f"/guides/{slug}/" for slug in site().guides.pages} <= found.keys()
    assert {f"/faq/{slug}/" for slug in site().questions.pages} <= found.keys()
    assert {"/", "/check/huabei/", "/myths/", "/glossary/", "/contacts/", "/about/"} <= found.keys()
    assert [url for url in found if client.get(url).status_code != 200] == []
    assert not any("?" in url or "/search/" in url for url in found)


def test_the_sitemap_dates_only_what_really_changed(client: Client, time_machine: Any) -> None:
    before = dates(client)
    time_machine.move_to("2027-03-04 12:00+08:00")
    builders.go_live(
        ("claim", builders.claim(key="quoted")),
        ("article", builders.article(key="quotes", slug="quotes", body="{claim:quoted}")),
    )
    time_machine.move_to("2027-03-06 12:00+08:00")
    builders.go_live(("claim", builders.claim(key="quoted", text="欠款要早还。")))
    after = dates(client)
    assert after["/guides/quotes/"] == "2027-03-06"
    assert after["/guides/after-repaying/"] == before["/guides/after-repaying/"]
    assert after["/about/"] == ""
    assert "2027年3月6日修改" in text(client, "/guides/quotes/")


def test_the_feed_is_empty_while_nothing_has_changed(client: Client) -> None:
    assert entries(client) == []
    assert client.get("/feed.xml")["Content-Type"].startswith("application/atom+xml")


def test_the_feed_tells_what_changed_why_and_on_which_source(client: Client, django_user_model: Any) -> None:
    editor = django_user_model.objects.create_user("editor")
    guide = builders.article(key="rests", slug="rests", claims=["rule"])
    builders.go_live(("claim", builders.claim(key="rule")), ("article", guide), ("flow", builders.flow()))
    builders.go_live(("claim", builders.claim(key="rule", text="欠款要<早>还。")), author=editor, note="来源更新了")
    builders.go_live(("flow", builders.flow(title="新的小自查")), note="读者看不懂")
    flow, claim = entries(client)
    assert flow["title"] == "更新情况自查：新的小自查"
    assert flow["link"] == f"{HOST}/check/small/"
    assert claim["title"] == "更新主张：欠款要<早>还。"
    assert claim["link"] == f"{HOST}/guides/rests/"
    assert claim["id"] == "tag:testserver,2026:claim/rule/2"
    assert claim["summary"].split("<br>") == [
        "内容：原来“欠款要还。”，现在“欠款要&lt;早&gt;还。”",
        "为什么：来源更新了",
        "依据：一部法律",
    ]


def test_a_claim_found_to_be_false_leads_to_where_it_is_contradicted(client: Client) -> None:
    builders.go_live(("claim", builders.claim(key="saying")))
    builders.go_live(("claim", builders.myth(key="saying")))
    assert entries(client)[0]["link"] == f"{HOST}/myths/#saying"


@pytest.mark.parametrize(("url", "road"), [("/guides/after-repaying", "指南"), ("/faq/grace-period", "常见问题")])
def test_structured_data_stands_at_its_own_address(client: Client, url: str, road: str) -> None:
    assert f'type="application/ld+json" href="{url}.jsonld"' in text(client, f"{url}/")
    response = client.get(f"{url}.jsonld")
    assert response["Content-Type"] == "application/ld+json"
    breadcrumbs, article = json.loads(response.content)["@graph"]
    assert [item["name"] for item in breadcrumbs["itemListElement"]][:2] == ["首页", road]
    assert breadcrumbs["itemListElement"][-1]["item"] == f"{HOST}{url}/"
    assert article["@type"] == "Article"
    assert article["headline"] in text(client, f"{url}/")
    assert {"datePublished", "dateModified"} <= article.keys()


def test_a_page_that_is_not_there_has_no_structured_data(client: Client) -> None:
    assert client.get("/guides/nowhere.jsonld").status_code == 404


def properties(page: str) -> dict[str, str]:
    return dict(re.findall(r'<meta property="(og:\w+)" content="([^"]*)">', page))


def test_a_shared_guide_shows_its_title_and_answer(client: Client) -> None:
    shown = properties(text(client, "/guides/after-repaying/"))
    article = site().guides.pages["after-repaying"].value
    assert (shown["og:title"], shown["og:description"]) == (article.title, article.summary)
    assert shown["og:url"] == f"{HOST}/guides/after-repaying/"
    assert shown["og:image"].startswith(f"{HOST}/static/og")


def test_a_shared_result_tells_nothing_about_the_person(client: Client) -> None:
    page = text(client, "/check/huabei/start?signal=overdue&stage=unpaid&days=d30&also=none")
    shown = properties(page)
    assert shown["og:title"] == "花呗自助指南"
    assert "逾期" not in shown["og:description"]
    assert "og:url" not in shown
    assert 'rel="canonical"' not in page


def test_a_page_names_its_one_address(client: Client) -> None:
    assert f'<link rel="canonical" href="{HOST}/faq/">' in text(client, "/faq/?from=chat")


def test_robots_are_told_where_the_sitemap_is(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert f"Sitemap: {HOST}/sitemap.xml" in lines
    assert "Disallow: /admin/" in lines


def proposals(client: Client, url: str) -> list[str]:
    response = client.get(url)
    assert response.status_code == 404
    return re.findall(r'<a href="([^"]+)"><span class="rows__text">', response.content.decode())


@pytest.mark.parametrize(
    ("url", "first"),
    [
        ("/guides/overdue-intrest/", "/guides/overdue-interest/"),
        ("/guides/after_repaying/", "/guides/after-repaying/"),
        ("/faq/grace-periods/", "/faq/grace-period/"),
        ("/check/huabay/", "/check/huabei/"),
        ("/guides/芝麻分/", "芝麻"),
    ],
)
def test_a_lost_reader_is_shown_five_pages_the_likeliest_first(client: Client, url: str, first: str) -> None:
    found = proposals(client, url)
    assert len(found) == 5
    assert found[0] == first or first in text(client, found[0])


@pytest.mark.parametrize("url", ["/nowhere/", "/x" * 300, "/%00/", "/%ff%fe/", "/💥/", "/guides/" + "a" * 500 + "/"])
def test_there_are_always_five_pages_to_go_to(client: Client, url: str) -> None:
    assert len(proposals(client, url)) == 5
