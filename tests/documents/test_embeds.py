"""What a text needs to be live: references to claims, contacts and pages of this site."""

from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from hypothesis import given
from hypothesis import strategies as st

from guidance.documents.embeds import PAGES, Reference, address_reference, references_in
from guidance.urls import urlpatterns

FOR_MACHINES = {"robots.txt", "sitemap.xml", "favicon.ico", "opensearch.xml", "search.json", "search/suggest/"}

ADDRESSES = [
    ("/guides/is-it-frozen/", "guide", "is-it-frozen", "guide"),
    ("/guides/is-it-frozen/#section-2", "guide", "is-it-frozen", "guide"),
    ("/faq/grace-period/", "question", "grace-period", "question"),
    ("/faq/#grace-period", "question", "grace-period", "questions"),
    ("/check/huabei/", "flow", "huabei", "check"),
    ("/check/huabei/start", "flow", "huabei", "check_start"),
    ("/check/huabei/start?signal=risk&changes=account", "flow", "huabei", "check_start"),
    ("/myths/#paid-unfreeze", "myth", "paid-unfreeze", "myths"),
    ("/glossary/#cash-out", "term", "cash-out", "glossary"),
    ("/contacts/#police", "contact", "police", "contacts"),
]


@pytest.mark.parametrize(("address", "kind", "key", "name"), ADDRESSES)
def test_an_address_means_a_document_and_the_site_has_it(address: str, kind: str, key: str, name: str) -> None:
    assert list(address_reference("body", address)) == [Reference("body", kind, key)]
    assert resolve(urlsplit(address).path).url_name == name


@pytest.mark.parametrize("address", sorted(PAGES))
def test_a_page_that_is_always_there_needs_nothing(address: str) -> None:
    assert list(address_reference("body", address)) == []
    assert resolve(urlsplit(address).path)


def test_every_page_that_is_always_there_can_be_linked() -> None:
    fixed = {str(pattern.pattern) for pattern in urlpatterns if not pattern.pattern.converters}
    assert {f"/{route}" for route in fixed - FOR_MACHINES} == {page for page in PAGES if "#" not in page}


@pytest.mark.parametrize(
    "address",
    [
        *("/nowhere/", "/guides", "/about", "/aboutt/", "/guides/a/b/", "/check/huabei/1c01g/", "/about/#team"),
        *("//example.org/", "/admin/", "/faq/?page=2", "/guides/overdue/start", "/guides/#group-nowhere"),
    ],
)
def test_an_address_that_no_page_has_is_said_to_be_missing(address: str) -> None:
    assert list(address_reference("body", address)) == [Reference("body", "page", address)]


def test_a_text_needs_everything_it_names_in_the_order_of_each_sort() -> None:
    text = (
        "{claim:b-claim}，打{contact:dial}，看[指南](/guides/overdue/)。\n\n"
        "{claim:a-claim}\n\n[再查](/check/huabei/start?signal=none) [别处](https://example.org/guides/x/) [首页](/)"
    )
    assert list(references_in("advice/0/body", text)) == [
        Reference("advice/0/body", "claim", "b-claim"),
        Reference("advice/0/body", "contact", "dial"),
        Reference("advice/0/body", "claim", "a-claim"),
        Reference("advice/0/body", "guide", "overdue"),
        Reference("advice/0/body", "flow", "huabei"),
    ]


def test_a_link_with_a_title_is_followed_too() -> None:
    found = references_in("body", '[一](/guides/one/ "先看这里")和[二](/guides/two/)')
    assert [reference.key for reference in found] == ["one", "two"]


@pytest.mark.parametrize(
    "text",
    [
        *("[一](guides/one/)", "[一](./one)", "[一]( nowhere )", "[一](<one>)", "[一][1]\n\n[1]: one", "[一](#one)"),
        *("[一]()", "[一](javascript:alert)"),
    ],
)
def test_a_link_that_is_no_address_of_ours_leads_nowhere(text: str) -> None:
    assert [reference.kind for reference in references_in("body", text)] == ["page"]


@pytest.mark.parametrize("text", ["[一](</guides/one/>)", "[一]( /guides/one/ )", "[一][1]\n\n[1]: /guides/one/"])
def test_every_way_to_write_a_link_is_followed(text: str) -> None:
    assert list(references_in("body", text)) == [Reference("body", "guide", "one")]


@pytest.mark.parametrize(
    "text",
    [
        *("", "没有引用。", "[别处](https://example.org/guides/x/)", "[打](tel:95188)", "[写信](mailto:a@example.org)"),
        *(
            "[找](/search/?q=逾期)",
            "{claim:}",
            "{claim:Wrong}",
            "{source:a-law}",
            "/guides/overdue/",
            "[锚](#section-1)",
            "[依据](#sources)",
        ),
    ],
)
def test_what_is_no_reference_needs_nothing(text: str) -> None:
    assert list(references_in("body", text)) == []


@given(st.text(max_size=80))
def test_any_address_can_be_asked_for(address: str) -> None:
    there = address in PAGES or address.startswith("/search/?")
    assert len(list(address_reference("body", address))) == (not there)
