"""Where readers meet what was researched: a claim counts only where a page that they can open shows it."""

from typing import Any

import pytest

from guidance.services.coverage import ROWS, coverage
from tests import builders

pytestmark = pytest.mark.django_db

ROW = "Z-01"  # an id that no shipped claim has
MENTION = "{claim:b-claim}"
WITHDRAWN = {"reason": "过时了。", "instead": "/guides/"}


def homes(*documents: tuple[str, dict[str, Any]], **changes: Any) -> list[str]:
    """Where readers meet the row once these documents are live beside a claim that comes from it."""
    builders.go_live(("claim", builders.claim(key="b-claim", origin=[ROW], **changes)), *documents)
    return coverage()[ROW]


def advising(**changes: Any) -> dict[str, Any]:
    document = builders.flow()
    document["advice"][0] |= changes
    return document


def test_every_row_of_the_brief_has_a_home_in_the_shipped_content() -> None:
    found = coverage()
    assert list(found) == ROWS
    assert len(ROWS) == 55 + 46 + 53 + 37
    assert [row for row, places in found.items() if not places] == []


@pytest.mark.parametrize(
    ("kind", "document", "home"),
    [
        ("article", builders.article(body=MENTION), "article/a-guide"),
        ("article", builders.article(claims=["b-claim"]), "article/a-guide"),
        ("faq", builders.faq(body=MENTION), "faq/a-question"),
        ("term", builders.term(claims=["b-claim"]), "term/a-word"),
        ("flow", advising(claims=["b-claim"]), "flow/small"),
        ("flow", advising(body=MENTION), "flow/small"),
    ],
)
def test_a_claim_is_met_on_every_page_that_shows_it_or_rests_on_it(
    kind: str, document: dict[str, Any], home: str
) -> None:
    assert homes((kind, document)) == [home]


def test_a_claim_that_nothing_mentions_is_met_nowhere() -> None:
    namesake = builders.article(key="b-claim", slug="b-claim")
    assert homes(("article", namesake), ("faq", builders.faq(related=["b-claim"]))) == []


def test_a_false_saying_has_its_place_on_the_page_of_false_sayings() -> None:
    assert homes(status="refuted", group="scam", why="假。", instead="不信。") == ["myth/b-claim"]


def test_a_withdrawn_page_is_no_home() -> None:
    assert homes(("article", builders.article(body=MENTION))) == ["article/a-guide"]
    assert homes(("article", builders.article(body=MENTION, withdrawn=WITHDRAWN))) == []


def test_a_claim_is_homeless_once_the_last_page_no_longer_mentions_it() -> None:
    both = [("article", builders.article(body=MENTION)), ("faq", builders.faq(body=MENTION))]
    assert homes(*both) == ["article/a-guide", "faq/a-question"]
    assert homes(("article", builders.article())) == ["faq/a-question"]
    assert homes(("faq", builders.faq())) == []


def test_two_claims_from_one_row_share_its_homes() -> None:
    second = builders.claim(key="c-claim", origin=[ROW])
    found = homes(("claim", second), ("article", builders.article(body=f"{MENTION}{{claim:c-claim}}")))
    assert found == ["article/a-guide"]
