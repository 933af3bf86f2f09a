"""The library: guides, questions, myths, words; moved and withdrawn pages; what expires."""

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guidance.documents.groups import GROUPS
from guidance.services.live import forget, site
from tests import builders
from tests.views.test_pages import text

pytestmark = pytest.mark.django_db


def words(page: str) -> str:
    """What a reader sees of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.split("<main", 1)[1])).split())


def pages(kind: str) -> list[str]:
    road = "guides" if kind == "article" else "faq"
    return [f"/{road}/{slug}/" for slug in site().shelf(kind).pages]


def test_the_library_is_as_large_as_it_promises() -> None:
    assert len(site().guides.pages) >= 22
    assert len(site().questions.pages) >= 70
    assert {page.value.group for page in site().questions.pages.values()} == GROUPS.keys() - {"urgent"}
    assert {page.value.group for page in site().guides.pages.values()} == set(GROUPS)


def test_every_guide_has_all_its_parts(client: Client) -> None:
    for url in pages("article"):
        page = text(client, url)
        assert "不要这样做" in page, url
        assert 'id="sources"' in page, url
        assert page.count('<a href="#section-') >= 3, url
        assert all(f"{word}。" in page for word in ("发布", "修改", "核对")), url
        assert "相关指南" in page, url


def test_every_question_shows_its_answer_first_and_its_sources(client: Client) -> None:
    for slug, published in site().questions.pages.items():
        shown = words(text(client, f"/faq/{slug}/")).replace(" ", "")
        assert len(published.value.summary) <= 120, slug
        assert (published.value.title + published.value.summary).replace(" ", "") in shown, slug
        assert "依据" in shown, slug


def test_the_list_of_questions_answers_each_and_can_be_linked_to(client: Client) -> None:
    page = text(client, "/faq/")
    for slug, published in site().questions.pages.items():
        assert f'id="{slug}"' in page
        assert f'href="/faq/{slug}/"' in page
        assert published.value.summary in unescape(page)


@pytest.mark.parametrize("kind", ["article", "faq"])
def test_a_page_costs_at_most_one_query_however_many_there_are(client: Client, settings: Any, kind: str) -> None:
    settings.STAMP_SECONDS = 60

    def queries(url: str) -> int:
        forget()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    assert {url: queries(url) for url in pages(kind)} == dict.fromkeys(pages(kind), 1)
    make = builders.article if kind == "article" else builders.faq
    builders.go_live(*((kind, make(key=f"n-{i}", slug=f"n-{i}")) for i in range(30)))
    forget()
    text(client, "/about/")  # one reader meets the news; the next ones pay nothing for it
    assert {queries(f"{url}?again") for url in pages(kind)} == {1}


def test_a_page_that_moved_is_reached_from_every_old_address_in_one_hop(client: Client) -> None:
    builders.go_live(("article", builders.article()))
    builders.go_live(("article", builders.article(slug="second", former_slugs=["a-guide"])))
    builders.go_live(("article", builders.article(slug="third", former_slugs=["a-guide", "second"])))
    for old in ("a-guide", "second"):
        for end in ("/", ".jsonld"):
            response = client.get(f"/guides/{old}{end}")
            assert (response.status_code, response["Location"]) == (301, f"/guides/third{end}")
    assert client.get("/guides/third/").status_code == 200


def test_a_page_that_moved_back_answers_where_it_was(client: Client) -> None:
    builders.go_live(("faq", builders.faq()))
    builders.go_live(("faq", builders.faq(slug="second", former_slugs=["a-question"])))
    builders.go_live(("faq", builders.faq(former_slugs=["second"])))
    assert client.get("/faq/a-question/").status_code == 200
    assert client.get("/faq/second/")["Location"] == "/faq/a-question/"


def test_a_withdrawn_page_says_why_and_what_to_read_and_is_found_nowhere(client: Client) -> None:
    gone = {"reason": "这个政策已经结束", "instead": "/guides/credit-record/"}
    document = builders.article(title="独一无二的旧标题？", slug="new", former_slugs=["a-guide"], withdrawn=gone)
    builders.go_live(("article", document))
    for slug in ("a-guide", "new"):
        response = client.get(f"/guides/{slug}/")
        assert response.status_code == 410
        page = response.content.decode()
        assert "这一页不再提供" in page
        assert "这个政策已经结束。" in page
        assert re.search(r'href="/guides/credit-record/">改看：[^<]*征信[^<]*</a>', page)
    for url in ("/guides/", "/search/?q=独一无二的旧标题", "/sitemap.xml", "/"):
        page = text(client, url)
        assert "独一无二的旧标题？" not in page
        assert "/guides/new/" not in page


@pytest.mark.parametrize(
    ("instead", "words"),
    [
        ("/faq/grace-period/", "改看：花呗有没有宽限期？"),
        ("/check/huabei/", "改看：花呗"),
        ("/contacts/#police", "改看：官方联系方式"),
        ("/about/", "改看别的页面"),
    ],
)
def test_a_withdrawn_page_names_the_page_to_go_on_with(client: Client, instead: str, words: str) -> None:
    gone = {"reason": "过时了！", "instead": instead}
    builders.go_live(("article", builders.article(withdrawn=gone)))
    page = client.get("/guides/a-guide/").content.decode()
    assert f'href="{instead}">{words}' in page
    assert "过时了！</p>" in page


def test_an_expired_claim_is_nowhere_shown_as_current(client: Client, time_machine: Any) -> None:
    saying = "这个政策还能申请。"
    resting: dict[str, Any] = {"claims": ["soon-over"], "summary": saying, "title": "政策还在吗？"}
    flow = builders.flow()
    flow["advice"][0] |= {"body": "{claim:soon-over}", "claims": ["soon-over"]}
    builders.go_live(
        ("claim", builders.claim(key="soon-over", text=saying, expires_on="2027-01-01")),
        ("term", builders.term(meaning=saying, claims=["soon-over"])),
        ("article", builders.article(**resting, body="{claim:soon-over}")),
        ("faq", builders.faq(**resting)),
        ("flow", flow),
    )
    result = "/check/small/start?bill=paid"
    urls = [
        *("/guides/a-guide/", "/guides/a-guide.jsonld", "/faq/", "/faq/a-question/"),
        *("/faq/a-question.jsonld", "/glossary/", "/search/?q=政策还在吗", result),
    ]

    def say_so() -> list[str]:
        return [url for url in urls if saying in re.sub("</?mark>", "", text(client, url))]

    time_machine.move_to("2026-12-31 12:00+08:00")
    assert say_so() == urls
    time_machine.move_to("2027-01-01 00:00+08:00")
    assert say_so() == []
    for url in ("/guides/a-guide/", "/faq/a-question/", result):
        assert re.search("正在(重新)?核对", text(client, url)), url


def test_a_page_past_its_day_of_checking_says_so(client: Client, time_machine: Any) -> None:
    builders.go_live(("article", builders.article(review_by="2026-12-01")))
    time_machine.move_to("2026-12-01 12:00+08:00")
    assert "已经过了核对日期" not in text(client, "/guides/a-guide/")
    time_machine.move_to("2026-12-02 12:00+08:00")
    assert "已经过了核对日期" in text(client, "/guides/a-guide/")


def test_each_myth_is_said_contradicted_and_mended(client: Client) -> None:
    shown = words(text(client, "/myths/")).replace(" ", "")
    assert len(site().myths) >= 20
    for myth in site().myths:
        for said in (f"“{myth.text.rstrip('。')}”", myth.why, myth.instead):
            assert said.replace(" ", "") in shown, myth.key
    assert shown.count("不可信") > len(site().myths)


def test_a_myth_is_quoted_nowhere_as_a_fact(client: Client) -> None:
    builders.go_live(("claim", builders.myth()))
    for url in ("/", "/guides/", "/faq/", "/glossary/"):
        assert "交钱就能解冻" not in text(client, url)
    assert "“交钱就能解冻”" in text(client, "/myths/")


def test_a_word_is_explained_where_it_is_used_first(client: Client) -> None:
    builders.go_live(
        ("term", builders.term()),
        ("article", builders.article(summary="先懂生词。", body="## 生词\n\n生词和{claim:a-claim}")),
    )
    page = text(client, "/guides/a-guide/")
    assert page.count('href="/glossary/#a-word"') == 1
    assert "先懂<a" in page
    assert 'id="a-word"' in text(client, "/glossary/")


def test_contacts_are_found_by_problem(client: Client) -> None:
    routes = text(client, "/contacts/").split("遇到什么事，找谁")[1].split("</section>")[0]
    problem = next(part for part in routes.split("<li>") if "刚被骗了钱" in part)
    assert 'href="tel:110"' in problem
    assert 'href="tel:96110"' in problem
