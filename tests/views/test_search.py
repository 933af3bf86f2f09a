"""Search as readers, browsers and programs get it: the page, suggestions, data, and what a browser is told."""

import json
import logging
import re
import xml.etree.ElementTree as ET
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.db import OperationalError, connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.logs import WithoutAddress
from guidance.services.counts import _waiting
from tests import builders

pytestmark = pytest.mark.django_db

SYNONYM = {"key": "tapirs", "words": ["貘豹", "獏兽"], "typed": ["漠豹"], **builders.DATES}
PHRASE = {
    "key": "unpaid-bill",
    "flow": "small",
    "question": "bill",
    "options": ["unpaid"],
    "says": ["貘豹躺着"],
    **builders.DATES,
}
SIGNS = PHRASE | {"key": "a-sign", "question": "signs", "options": ["overdue"], "says": ["貘豹打滚"]}
STORY = "貘豹躺着不动，页面上貘豹打滚"
OPENSEARCH = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
HTMX = {"HX-Request": "true"}
ODD = [
    "%00",
    "%ED%A0%80",
    "%ff%fe",
    "%F0%9F%98%80" * 50,
    '"',
    "%27%22%29%3B--",
    "NEAR(a+b)+OR+title:*+-x+^y",
    "*",
    "%E2%80%8B",
    "%25",
    "%3Cscript%3E",
    "+",
    quote("逾期" * 1700),  # 10 KB, percent-encoded 30 KB
]


@pytest.fixture
def tapirs() -> None:
    """A guide, a question and a self-check about something that nothing else speaks of."""
    body = "## 看一看\n\n一句话。\n\n## 貘豹怎么还\n\n在页面里还。"
    builders.go_live(
        ("article", builders.article(title="貘豹用不了怎么办？", body=body)),
        ("faq", builders.faq(title="貘豹要还吗？", summary="要还。")),
        ("claim", builders.myth(text="貘豹交钱就能解冻。")),
        ("flow", builders.flow()),
        ("synonym", SYNONYM),
        ("phrase", PHRASE),
        ("phrase", SIGNS),
    )


@pytest.fixture
def away() -> Any:
    """The database does not answer."""

    def refuse(*args: Any) -> None:
        raise OperationalError

    with connection.execute_wrapper(refuse):
        yield


def page(client: Client, query: str, **more: str) -> str:
    """What stands in the middle of the page."""
    response = client.get("/search/", {"q": query, **more})
    assert response.status_code == 200
    return str(response.content.decode().split("<main", 1)[1].split("</main>", 1)[0])


def words(markup: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", "", markup).split()))


def hits(markup: str) -> dict[str, str]:
    """What is found: words by address, in order."""
    found = re.findall(r'<li><a href="([^"]+)"><span class="rows__text">(.*?)</a>', markup, re.DOTALL)
    return {unescape(url): words(text) for url, text in found}


def suggested(client: Client, query: str) -> list[tuple[str, str]]:
    """Address and words of each option that is offered."""
    response = client.get("/search/suggest/", {"q": query}, headers=HTMX)
    assert response.status_code == 200
    found = re.findall(r'<a role="option"[^>]* href="([^"]+)">(.*?)</a>', response.content.decode(), re.DOTALL)
    return [(unescape(url), words(text)) for url, text in found]


def data(client: Client, query: str, **more: str) -> Any:
    response = client.get("/search.json", {"q": query, **more})
    assert response.status_code == 200
    return json.loads(response.content)


@pytest.mark.usefixtures("tapirs")
def test_what_was_searched_for_is_marked_and_says_what_it_is(client: Client) -> None:
    markup = page(client, "貘豹")
    found = hits(markup)
    assert {"/guides/a-guide/", "/faq/a-question/", "/myths/#a-myth"} <= {url.split("#section")[0] for url in found}
    assert found["/faq/a-question/"].startswith("常见问题貘豹要还吗？")
    assert "<mark>貘豹</mark>要还吗？" in markup


@pytest.mark.usefixtures("tapirs")
def test_a_saying_not_to_be_believed_never_stands_without_that_word(client: Client) -> None:
    assert hits(page(client, "貘豹交钱就能解冻"))["/myths/#a-myth"].startswith("不可信的说法“貘豹交钱就能解冻”")
    assert any(text.endswith("不可信的说法") for url, text in suggested(client, "貘豹") if url == "/myths/#a-myth")


@pytest.mark.usefixtures("tapirs")
def test_a_hit_in_a_section_leads_to_its_place(client: Client) -> None:
    found = hits(page(client, "貘豹怎么还"))
    url = next(url for url in found if url.startswith("/guides/a-guide/"))
    assert "貘豹怎么还" in found[url]
    assert f'id="{url.split("#")[1]}"' in client.get(url).content.decode()


def test_the_best_stand_on_top_and_the_rest_by_what_it_is(client: Client) -> None:
    sections = re.findall(r"<section[^>]*><h2>(.*?)</h2>(.*?)</section>", page(client, "逾期"), re.DOTALL)
    titles = [words(title) for title, _ in sections]
    found = [hits(text) for _, text in sections[:-1]]
    assert (titles[0], titles[-1]) == ("最可能有用", "还没找到？从这里开始")
    assert {"指南", "常见问题"} & set(titles[1:-1])
    assert len(found[0]) == 3
    everything = [url for group in found for url in group]
    assert len(everything) == len(set(everything)) <= 20
    assert [hit["url"] for hit in data(client, "逾期", limit="3")["hits"]] == list(found[0])


@pytest.mark.usefixtures("tapirs")
def test_the_page_says_what_was_searched_for_instead(client: Client) -> None:
    markup = page(client, "漠豹")
    assert "已按貘豹搜索。" in words(markup)
    assert "貘豹要还吗？" in words(markup)
    assert 'href="/search/?q=%E6%BC%A0%E8%B1%B9&amp;exact=1"' in markup
    literal = page(client, "漠豹", exact="1")
    assert "只搜了“漠豹”" in words(literal)
    assert "没有找到“漠豹”" in words(literal)
    assert "貘豹要还吗？" not in literal


@pytest.mark.usefixtures("tapirs")
def test_words_taken_as_they_stand_are_not_explained(client: Client) -> None:
    assert "已按" not in page(client, "貘豹")


@pytest.mark.usefixtures("tapirs")
def test_a_story_begins_a_self_check_that_asks_only_what_was_not_said(client: Client) -> None:
    markup = page(client, STORY)
    form = re.search(r'<form class="stack" method="get" action="/check/small/start">(.*?)</form>', markup, re.DOTALL)
    assert form
    assert markup.index('action="/check/small/start"') < markup.index('class="rows hits')
    assert ("账单还清了吗？" in form[1], "还没有" in form[1], "你说的：“貘豹躺着”" in form[1]) == (True, True, True)
    boxes = re.findall(r'<input type="checkbox" name="(\w+)" value="(\w+)" id="[^"]+" checked>', form[1])
    assert sorted(boxes) == [("bill", "unpaid"), ("signs", "overdue")]
    whole = client.get("/check/small/start", dict(boxes), follow=True).content.decode()
    assert '<article class="result"' in whole
    without = {name: value for name, value in boxes if name == "signs"}
    assert "账单还清了吗？" in client.get("/check/small/start", without, follow=True).content.decode()


@pytest.mark.usefixtures("tapirs")
def test_a_search_for_the_letters_alone_reads_no_story(client: Client) -> None:
    assert "/check/small/start" not in page(client, STORY, exact="1")


def test_where_nothing_is_found_there_are_ways_on(client: Client) -> None:
    markup = page(client, "喵喵喵喵")
    assert "没有找到“喵喵喵喵”" in words(markup)
    for url in ("/guides/asked-for-money/", "/guides/being-collected/", "/check/huabei/", "tel:95188"):
        assert f'href="{url}"' in markup


@pytest.mark.usefixtures("tapirs")
def test_words_that_are_near_lead_somewhere(client: Client) -> None:
    near = re.search(r'aria-label="相近的词">(.*?)</nav>', page(client, "漠豹", exact="1"), re.DOTALL)
    assert near
    url, term = re.findall(r'<a href="([^"]+)">(.*?)</a>', near[1])[0]
    assert term == "貘豹"
    assert "貘豹要还吗？" in words(client.get(unescape(url)).content.decode())


def test_an_empty_search_asks_and_offers_the_ways_in(client: Client) -> None:
    for query in ("", "   ", "\x00"):
        markup = page(client, query)
        assert 'name="q"' in markup
        assert 'href="/check/huabei/"' in markup
        assert "没有找到" not in markup


def test_of_a_long_text_the_beginning_is_read_and_the_page_says_so(client: Client) -> None:
    markup = page(client, "逾期" * 101)
    assert "只读了前200个字" in words(markup)
    assert hits(markup)
    assert "只读了" not in page(client, "逾期" * 100)


@pytest.mark.parametrize("query", ODD)
def test_odd_words_get_a_page(client: Client, query: str) -> None:
    response = client.get(f"/search/?q={query}")
    assert response.status_code == 200
    assert "<script>" not in response.content.decode().split("<main", 1)[1]
    assert client.get(f"/search.json?q={query}").status_code == 200
    assert client.get(f"/search/suggest/?q={query}", headers=HTMX).status_code == 200


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_any_text_is_a_query(client: Client, query: str) -> None:
    encoded = quote(query.encode("utf-8", "surrogatepass"))
    assert client.get(f"/search/?q={encoded}").status_code == 200
    assert client.get(f"/search/suggest/?q={encoded}", headers=HTMX).status_code == 200


@pytest.mark.parametrize(("size", "status"), [(65_000, 200), (66_000, 414)])
def test_a_query_may_be_as_long_as_a_pasted_story(client: Client, size: int, status: int) -> None:
    for address in ("/search/", "/search.json"):
        assert client.get(f"{address}?q={'x' * size}").status_code == status


@pytest.mark.usefixtures("tapirs", "away")
def test_while_the_database_is_away_the_page_says_so_with_ways_on(client: Client) -> None:
    response = client.get("/search/?q=貘豹")
    markup = response.content.decode()
    assert response.status_code == 503
    assert "现在搜不了" in markup
    assert 'value="貘豹"' in markup
    assert 'href="/check/huabei/"' in markup
    assert re.search(r'href="(tel:95188|/contacts/)"', markup)


@pytest.mark.usefixtures("away")
def test_while_the_database_is_away_data_and_suggestions_say_so(client: Client) -> None:
    answer = client.get("/search.json?q=x")
    assert (answer.status_code, "过几分钟" in answer.json()["error"]) == (503, True)
    assert client.get("/search/suggest/?q=x", headers=HTMX).status_code == 503


@pytest.mark.usefixtures("away")
def test_no_log_holds_what_somebody_searched_for(caplog: Any, client: Client) -> None:
    caplog.handler.addFilter(WithoutAddress())
    caplog.set_level(logging.DEBUG)
    for address in ("/search/?q=secret", "/search.json?q=secret"):
        client.get(address)
    assert [record for record in caplog.records if "secret" in record.getMessage()] == []


@pytest.mark.parametrize("address", ["/search/?q=逾期", "/search.json?q=逾期", "/search/suggest/?q=逾期"])
def test_an_address_with_words_in_it_tells_nobody(client: Client, address: str) -> None:
    response = client.get(address, headers=HTMX)
    again = client.get(address, headers=HTMX | {"If-None-Match": response["ETag"]})
    assert (response.status_code, again.status_code) == (200, 304)
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == again["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


@pytest.mark.usefixtures("tapirs")
def test_suggestions_are_few_small_and_end_with_the_search_itself(client: Client) -> None:
    found = suggested(client, "貘豹")
    assert ("/faq/a-question/", "貘豹要还吗？ 常见问题") in found
    assert found[-1] == ("/search/?q=%E8%B2%98%E8%B1%B9", "搜索“貘豹”")
    for query in ("逾期", "花", "逾期了" * 60, "🦄" * 200 + "逾期"):
        response = client.get("/search/suggest/", {"q": query}, headers=HTMX)
        assert len(response.content) <= 6 * 1024
        assert response.content.count(b'role="option"') <= 9


def test_suggestions_for_nothing_are_an_empty_list(client: Client) -> None:
    assert suggested(client, "") == suggested(client, "喵喵喵喵") == []


def test_whoever_opens_suggestions_gets_the_page(client: Client) -> None:
    assert client.get("/search/suggest/?q=逾期").headers["Location"] == "/search/?q=%E9%80%BE%E6%9C%9F"
    assert "只读了前200个字" in client.get("/search/suggest/", {"q": "逾" * 999}, follow=True).content.decode()


@pytest.mark.usefixtures("tapirs")
def test_hits_as_data(client: Client) -> None:
    found = data(client, "漠豹没还")
    assert found.keys() == {"query", "understood", "hits", "self_check"}
    assert found["query"] == "漠豹没还"
    assert "貘豹" in found["understood"]
    first = found["hits"][0]
    assert first.keys() == {"kind", "key", "title", "url", "section", "score"}
    assert 0 < first["score"] <= 1
    assert data(client, "喵喵喵喵")["self_check"] is None
    told = data(client, STORY)["self_check"]
    assert told["flow"] == "small"
    assert told["answers"] == {"bill": ["unpaid"], "signs": ["overdue"]}
    assert '<article class="result"' in client.get(told["url"], follow=True).content.decode()
    assert "貘豹" in client.get("/search.json?q=貘豹").content.decode()


@pytest.mark.parametrize("limit", ["0", "51", "-1", "ten", "", "１", "1.5", "9" * 99])
def test_a_limit_that_is_none_is_refused_with_a_reason(client: Client, limit: str) -> None:
    answer = client.get("/search.json", {"q": "逾期", "limit": limit})
    assert (answer.status_code, answer.json()["error"]) == (400, "limit要写1到50之间的整数。")


def test_a_limit_is_kept_to(client: Client) -> None:
    assert [len(data(client, "逾期", limit=limit)["hits"]) for limit in ("1", "7")] == [1, 7]
    assert len(data(client, "逾期")["hits"]) == 10


def test_a_browser_learns_how_to_search_here(client: Client) -> None:
    link = re.search(
        r'<link rel="search" type="([^"]+)" title="[^"]+" href="([^"]+)">', client.get("/").content.decode()
    )
    assert link
    response = client.get(link[2])
    assert response["Content-Type"].split(";")[0] == link[1]
    tree = ET.fromstring(response.content)
    assert 1 <= len(tree.findtext("o:ShortName", "", OPENSEARCH)) <= 16
    assert "花呗" in tree.findtext("o:Description", "", OPENSEARCH)
    template = tree.find("o:Url", OPENSEARCH).attrib["template"]  # type: ignore[union-attr]
    assert template.startswith("http://testserver/")
    answer = client.get(template.removeprefix("http://testserver").replace("{searchTerms}", quote("逾期")))
    assert hits(answer.content.decode())


@pytest.mark.usefixtures("tapirs")
def test_only_a_search_that_finds_nothing_is_counted(client: Client) -> None:
    _waiting.take()
    page(client, "喵喵喵喵", exact="1")
    data(client, "喵喵喵喵")
    suggested(client, "喵喵喵喵")
    page(client, STORY)
    assert not _waiting.take()
    page(client, "喵喵喵喵")
    assert [(key[1:], times) for key, times in _waiting.take().items()] == [(("search", 0, "喵喵喵喵"), 1)]


@pytest.mark.parametrize("address", ["/", "/search/", "/guides/", "/faq/", "/nowhere/"])
def test_every_search_form_works_without_a_script_and_brings_what_it_needs(client: Client, address: str) -> None:
    markup = client.get(address).content.decode()
    assert re.search(r'<form[^>]* role="search" action="/search/" method="get"', markup)
    assert [name for name in ("htmx-2.min", "js/search", "js/site") if name not in markup] == []
