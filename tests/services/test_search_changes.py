"""What publishing would do to search is told exactly, and nothing of it is done."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from guidance.models import DailyCount, Publication, Revision, SearchEntry, SearchTerm, SiteStamp
from guidance.search import index
from guidance.services.finding import Hit, find
from guidance.services.live import site
from guidance.services.publishing import Entry, Refused, publish
from guidance.services.search_changes import MOST, Answers, Loss, compare, queries_to_try
from tests import builders
from tests.journeys.databases import databases

pytestmark = pytest.mark.django_db

TOGETHER = """
import django, json
from concurrent.futures import ThreadPoolExecutor
django.setup()
from django.core.management import call_command
from django.db import connection
from guidance.models import Revision
from guidance.search import index
from guidance.services.publishing import Entry
from guidance.services.search_changes import compare
from tests import builders
NAMES = ("八哥", "绿毛鸟", "画眉", "喜鹊", "斑鸠", "金丝雀", "猫头鹰", "丹顶鹤")
call_command("migrate", verbosity=0)
builders.go_live(("faq", builders.faq(title="鹦鹉怎么办？")), ("article", builders.article(title="企鹅呢？")))

def compared(name):
    entry = Entry("synonym", builders.synonym(key=f"bird-{NAMES.index(name)}", words=["鹦鹉", name], typed=[]))
    answers = compare(entry, [name] * 50).answers
    connection.close()
    return len(answers), sorted({(len(each.before), len(each.after)) for each in answers})

with ThreadPoolExecutor(4) as pool:
    found = list(pool.map(compared, NAMES))
left = Revision.objects.filter(kind="synonym").count()
print(json.dumps({"found": found, "left": left, "faults": list(index.faults())}))
"""


def changes() -> dict[str, tuple[str, dict[str, Any], str]]:
    """A kind, what is published of it beside a question on parrots, and the query that notices."""
    faq = builders.faq(key="other", slug="other", title="企鹅怎么办？", order=2)
    pinned = {"queries": ["鹦鹉"], "pages": ["/check/huabei/"]}
    return {
        "a synonym": ("synonym", builders.synonym(words=["鹦鹉", "学舌鸟"], typed=[]), "学舌鸟"),
        "a pin": ("pin", builders.pin(**pinned), "鹦鹉"),
        "a keyword": ("faq", builders.faq(title="鹦鹉怎么办？", keywords=["学舌鸟"]), "学舌鸟"),
        "another title": ("faq", builders.faq(title="企鹅怎么办？"), "鹦鹉怎么办？"),
        "a new question": ("faq", faq, "企鹅怎么办？"),
        "a new term": ("term", builders.term(name="鹦鹉"), "鹦鹉"),
        "a new myth": ("claim", builders.myth(text="鹦鹉能解冻。"), "鹦鹉能解冻。"),
        "a withdrawn page": (
            "faq",
            builders.faq(title="鹦鹉怎么办？", withdrawn={"reason": "过时了。", "instead": "/guides/"}),
            "鹦鹉怎么办？",
        ),
    }


@pytest.fixture(params=changes())
def change(request: Any) -> tuple[str, dict[str, Any], str]:
    builders.go_live(("faq", builders.faq(title="鹦鹉怎么办？")))
    return changes()[request.param]


def places(hits: Any) -> list[tuple[str, str, bool]]:
    return [(hit.kind, hit.key, hit.pinned) for hit in hits]


def stored() -> list[Any]:
    """Everything that publishing writes."""
    models: Any = (Revision, Publication, SiteStamp, SearchEntry, SearchTerm)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_what_is_told_is_what_publishing_does(change: tuple[str, dict[str, Any], str]) -> None:
    kind, document, query = change
    queries = [query, "鹦鹉", "企鹅", "花呗冻结"]
    before = [places(find(each, limit=3).hits) for each in queries]
    answers = compare(Entry(kind, document), queries).answers
    publish([Entry(kind, document)])
    after = [places(find(each, limit=3).hits) for each in queries]
    assert [each.query for each in answers] == queries
    assert [places(each.before) for each in answers] == before
    assert [places(each.after) for each in answers] == after
    assert answers[0].differ


def test_the_query_that_notices_is_among_those_that_are_tried(change: tuple[str, dict[str, Any], str]) -> None:
    kind, document, query = change
    assert query in queries_to_try(Entry(kind, document))


def test_nothing_of_a_comparison_stays(change: tuple[str, dict[str, Any], str]) -> None:
    kind, document, query = change
    before, hits, stamp = stored(), find(query).hits, site().stamp
    compare(Entry(kind, document), [query])
    assert stored() == before
    assert (find(query).hits, site().stamp) == (hits, stamp)
    assert list(index.faults()) == []


def test_after_a_comparison_something_else_is_published_and_found() -> None:
    builders.go_live()
    compare(Entry("faq", builders.faq(title="企鹅怎么办？")), ["企鹅"])
    builders.go_live(("faq", builders.faq(title="鹦鹉怎么办？")))
    assert find("企鹅").hits == ()
    assert places(find("鹦鹉").hits) == [("faq", "a-question", False)]


def test_what_says_the_same_changes_nothing() -> None:
    builders.go_live(("faq", builders.faq(title="鹦鹉怎么办？")))
    comparison = compare(Entry("faq", builders.faq(title="鹦鹉怎么办？")), ["鹦鹉", "花呗"])
    assert (comparison.changed, len(comparison.answers), comparison.left) == ([], 2, 0)


def test_what_cannot_be_published_is_not_compared() -> None:
    before = stored()
    with pytest.raises(Refused, match="nowhere"):
        compare(Entry("pin", builders.pin(pages=["/faq/nowhere/"])), ["先看什么"])
    assert stored() == before


def hits(names: str) -> tuple[Hit, ...]:
    """One hit for each letter, a capital one pinned."""
    return tuple(Hit("faq", name.lower(), name, "/", pinned=name.isupper()) for name in names)


@pytest.mark.parametrize(
    ("before", "after", "loss"),
    [
        ("abc", "", Loss.EVERYTHING),
        ("Abc", "bcd", Loss.PIN),
        ("abc", "bcd", Loss.FIRST),
        ("abc", "bac", Loss.FIRST_PLACE),
        ("abc", "dab", Loss.FIRST_PLACE),
        ("abc", "abd", Loss.SOME),
        ("abc", "acb", Loss.ORDER),
        ("a", "ab", Loss.NOTHING),
        ("", "a", Loss.NOTHING),
    ],
)
def test_a_loss_is_called_what_it_is(before: str, after: str, loss: Loss) -> None:
    answers = Answers("q", hits(before), hits(after))
    assert answers.differ
    assert answers.loss is loss


def test_the_worst_comes_first() -> None:
    builders.go_live(
        ("faq", builders.faq(title="鹦鹉怎么办？")),
        ("pin", builders.pin(queries=["鹦鹉", "学舌鸟"], pages=["/faq/a-question/"])),
    )
    entry = Entry("pin", builders.pin(queries=["鹦鹉", "企鹅"], pages=["/check/huabei/"]))
    changed = compare(entry, ["企鹅", "鹦鹉", "学舌鸟", "花呗冻结"]).changed
    assert [(each.query, each.loss) for each in changed] == [
        ("学舌鸟", Loss.EVERYTHING),
        ("鹦鹉", Loss.FIRST_PLACE),
        ("企鹅", Loss.NOTHING),
    ]


def test_old_and_new_words_are_tried_first_then_what_was_not_found_then_what_is_known() -> None:
    builders.go_live(
        ("faq", builders.faq(title="怎么养鹦鹉？", keywords=["鹦鹉学舌"])),
        ("synonym", builders.synonym(words=["鹦鹉", "学舌鸟"], typed=["英武"])),
    )
    DailyCount.objects.create(day=timezone.localdate(), subject="search", number=0, what="红烧肉", total=9)
    tried = queries_to_try(Entry("synonym", builders.synonym(words=["鹦鹉", "八哥"], typed=["英舞"])))
    assert tried == ["鹦鹉", "八哥", "英舞", "学舌鸟", "英武", "红烧肉", "怎么养鹦鹉？", "鹦鹉学舌"]


def test_each_query_is_tried_once_however_it_is_written_and_not_too_many() -> None:
    builders.go_live(("article", builders.article()))
    tried = queries_to_try(
        Entry("article", builders.article(title="花呗冻结怎么办", body="花呗逾期，征信，催收，还款。"))
    )
    assert tried[0] == "花呗冻结怎么办"
    assert 10 < len(tried) <= MOST
    written = Entry("synonym", builders.synonym(words=["ＡＢ鹦鹉", "学舌鸟"], typed=["ab鸚鵡", "？"]))
    assert queries_to_try(written) == ["ＡＢ鹦鹉", "学舌鸟"]


@pytest.fixture
def own_database(tmp_path: Path) -> Iterator[str]:
    own = databases(tmp_path)
    yield own.create("together")
    own.drop("together")


def test_several_comparisons_at_once_wait_for_each_other(own_database: str) -> None:
    environment = os.environ | {"DATABASE_URL": own_database, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-c", TOGETHER]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert [hits for _, hits in told["found"]] == [[[0, 1]]] * 8
    assert all(tried for tried, _ in told["found"])
    assert (told["left"], told["faults"]) == (0, [])
