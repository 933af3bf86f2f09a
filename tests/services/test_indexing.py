"""What is found follows what is live: in the same transaction, to the moment, and never what may not be said."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from guidance.models import Publication, SearchEntry, SiteStamp
from guidance.search import index
from guidance.search.entry import Entry as Found
from guidance.search.normal import plain
from guidance.search.terms import terms_of_word
from guidance.services import publishing
from guidance.services.doubt import IN_DOUBT
from guidance.services.indexing import drift, reindex
from guidance.services.publishing import Refused
from tests import builders
from tests.commands import failed, said

pytestmark = pytest.mark.django_db

# After the shipped content went live, which is when the tests began; noon in China.
NOW = datetime.now(UTC).replace(hour=4, minute=0, second=0, microsecond=0) + timedelta(days=2)
MOMENT = timedelta(microseconds=1)
START = NOW + timedelta(hours=2)
END = START + timedelta(days=3)
MIDNIGHT = NOW.replace(hour=16) + timedelta(days=4)  # in China
EXPIRES_ON = f"{MIDNIGHT + timedelta(hours=8):%Y-%m-%d}"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def entries(word: str) -> list[Found]:
    """What is found now with a word."""
    found = index.candidates([[terms_of_word(plain(word))]], timezone.now(), limit=1000)
    return index.entries(found)


def places(word: str) -> list[str]:
    return sorted("/".join(filter(None, (each.kind, each.key, each.section))) for each in entries(word))


def only(kind: str, key: str, section: str = "") -> Found:
    """The one entry that holds now for a part of a document."""
    found = SearchEntry.objects.holding(timezone.now()).of(kind, key).get(section=section)
    return index.entries([(found.pk, found.digest)])[0]


def text(kind: str, key: str, section: str = "") -> str:
    return only(kind, key, section).text


def test_the_index_of_the_shipped_content_is_as_it_should_be() -> None:
    assert drift() == []
    assert said("search_reindex", "--check") == "The search index is as it should be.\n"


def test_what_is_published_is_found_at_once_and_what_is_undone_is_not() -> None:
    with transaction.atomic():
        builders.go_live(("faq", builders.faq(title="鹦鹉怎么办？")))
        assert places("鹦鹉") == ["faq/a-question"]
        transaction.set_rollback(True)
    assert places("鹦鹉") == []
    assert drift() == []


def test_a_new_version_is_found_by_its_new_words_only() -> None:
    builders.go_live(("faq", builders.faq(title="鹦鹉怎么办？")))
    builders.go_live(("faq", builders.faq(title="企鹅怎么办？")))
    assert (places("鹦鹉"), places("企鹅")) == ([], ["faq/a-question"])
    assert drift() == []


def test_a_guide_is_found_by_its_sections_at_their_place() -> None:
    body = "鹦鹉先看。\n\n## 第一步\n\n鹦鹉再看。\n\n## 第二步\n\n企鹅看。"
    builders.go_live(("article", builders.article(body=body, keywords=["啄木鸟"])))
    assert places("鹦鹉") == ["article/a-guide", "article/a-guide/section-1"]
    (section,) = entries("企鹅")
    assert (section.title, section.heading, section.text) == ("怎么办？", "第二步", "企鹅看。")
    assert section.url == "/guides/a-guide/#section-2"
    (head,) = entries("啄木鸟")
    assert (head.section, head.heading, head.url) == ("", "", "/guides/a-guide/")
    assert head.text == "先看清楚。再一步步来。\n鹦鹉先看。"


def test_a_question_is_found_as_a_whole() -> None:
    builders.go_live(("faq", builders.faq(body="先说。\n\n## 鹦鹉\n\n再说。")))
    assert only("faq", "a-question").text == "先看清楚。再一步步来。\n先说。\n鹦鹉\n再说。"
    assert places("鹦鹉") == ["faq/a-question"]


def test_the_text_is_what_readers_read() -> None:
    body = (
        "{claim:a-claim}打{contact:dial}。看[**企鹅**那页](/faq/)。\n\n- 一\n- 二\n\n"
        "| 鸟 | 色 |\n| - | - |\n| 鹦鹉 | 绿 |\n\n第一行\\\n第二行 `代码` <b>"
    )
    builders.go_live(
        ("contact", builders.contact()), ("term", builders.term(name="企鹅")), ("faq", builders.faq(body=body))
    )
    lines = text("faq", "a-question").splitlines()
    assert lines[1:] == [
        "欠款要还。打官方客服 95188。看企鹅那页。",
        *("一", "二", "鸟 色", "鹦鹉 绿", "第一行", "第二行 代码 <b>"),
    ]


def test_each_kind_is_found_where_it_stands() -> None:
    builders.go_live(
        ("claim", builders.myth(text="鹦鹉能解冻。", keywords=["麻雀"])),
        ("term", builders.term(name="企鹅", names=["海燕"], keywords=["喜鹊"])),
        ("contact", builders.contact(name="鸵鸟热线", problems=["丢了鸟"], keywords=["鸽子"])),
        ("flow", builders.flow(title="大雁自查", keywords=["乌鸦"])),
    )
    for word, place, title, url in (
        ("鹦鹉", "myth/a-myth", "“鹦鹉能解冻”", "/myths/#a-myth"),
        ("麻雀", "myth/a-myth", "“鹦鹉能解冻”", "/myths/#a-myth"),
        ("海燕", "term/a-word", "企鹅", "/glossary/#a-word"),
        ("喜鹊", "term/a-word", "企鹅", "/glossary/#a-word"),
        ("丢了鸟", "contact/dial", "鸵鸟热线", "/contacts/#dial"),
        ("鸽子", "contact/dial", "鸵鸟热线", "/contacts/#dial"),
        ("大雁", "flow/small", "大雁自查", "/check/small/"),
        ("乌鸦", "flow/small", "大雁自查", "/check/small/"),
    ):
        assert (places(word), entries(word)[0].title, entries(word)[0].url) == ([place], title, url)
    assert text("myth", "a-myth") == "没有这回事。\n停下，不给钱。"
    assert text("contact", "dial") == "95188\n问。\n不会要密码。\n自己拨。"
    assert text("flow", "small") == "看看为什么。\n给想试的人。"
    assert text("term", "a-word") == "一个读者不认识的词。"


def test_keywords_are_searched_and_never_shown() -> None:
    builders.go_live(("faq", builders.faq(keywords=["鹦鹉"])))
    (found,) = entries("鹦鹉")
    assert "鹦鹉" not in found.title + found.heading + found.text


def test_pages_are_found_by_what_they_quote_today() -> None:
    builders.go_live(
        ("claim", builders.claim(key="b-claim", text="鹦鹉要还。")),
        ("contact", builders.contact(name="鸵鸟热线")),
        ("faq", builders.faq(body="{claim:b-claim}打{contact:dial}。")),
    )
    assert places("鹦鹉") == ["faq/a-question"]
    builders.go_live(("claim", builders.claim(key="b-claim", text="企鹅要还。")))
    assert (places("鹦鹉"), places("企鹅")) == ([], ["faq/a-question"])
    builders.go_live(("contact", builders.contact(name="海燕热线")))
    assert (places("鸵鸟"), places("海燕")) == ([], ["contact/dial", "faq/a-question"])
    assert drift() == []


def test_what_is_scheduled_is_found_from_its_moment_on(clock: Any) -> None:
    builders.go_live(("article", builders.article(title="鹦鹉怎么办？")))
    builders.go_live(("article", builders.article(title="企鹅怎么办？")), starts_at=START, ends_at=END)
    both = ["article/a-guide", "article/a-guide/section-1"]
    for moment, old, new in (
        (START - MOMENT, both, []),
        (START, [], both),
        (END - MOMENT, [], both),
        (END, [], []),
    ):
        clock.move_to(moment)
        assert (places("鹦鹉"), places("企鹅")) == (old, new), moment
        assert drift() == []


def test_what_is_cancelled_is_never_found(clock: Any) -> None:
    builders.go_live(("faq", builders.faq(title="鹦鹉怎么办？")))
    builders.go_live(("faq", builders.faq(title="企鹅怎么办？")), starts_at=START)
    publishing.cancel("faq", "a-question")
    clock.move_to(START)
    assert (places("鹦鹉"), places("企鹅")) == (["faq/a-question"], [])
    assert drift() == []


def test_what_is_taken_off_is_not_found() -> None:
    builders.go_live(("faq", builders.faq(title="鹦鹉怎么办？")))
    publishing.take_off("faq", "a-question")
    assert places("鹦鹉") == []
    assert drift() == []


def test_what_was_refused_is_not_found() -> None:
    with pytest.raises(Refused):
        builders.go_live(("faq", builders.faq(title="鹦鹉怎么办？", related=["nowhere"])))
    assert places("鹦鹉") == []


def test_a_withdrawn_page_is_not_found() -> None:
    builders.go_live(("article", builders.article(title="鹦鹉怎么办？")))
    gone = {"reason": "鹦鹉过时了。", "instead": "/guides/"}
    builders.go_live(("article", builders.article(title="鹦鹉怎么办？", withdrawn=gone)))
    assert places("鹦鹉") == []
    assert drift() == []


def test_a_myth_that_turns_out_to_be_true_is_no_longer_one() -> None:
    builders.go_live(("claim", builders.myth(text="鹦鹉能解冻。")))
    builders.go_live(("claim", builders.claim(key="a-myth", text="鹦鹉能解冻。")))
    assert places("鹦鹉") == []


def test_what_runs_out_is_found_to_midnight_and_not_after(clock: Any) -> None:
    builders.go_live(
        ("claim", builders.claim(key="b-claim", text="鹦鹉要还。", expires_on=EXPIRES_ON)),
        ("claim", builders.myth(why="企鹅没有这回事。", expires_on=EXPIRES_ON)),
        ("article", builders.article(claims=["b-claim"], body="海燕。\n\n## 一\n\n{claim:b-claim}\n\n## 二\n\n鸵鸟。")),
        ("term", builders.term(meaning="大雁的意思。", claims=["b-claim"])),
    )
    clock.move_to(MIDNIGHT - MOMENT)
    assert text("article", "a-guide").startswith("先看清楚。")
    assert (places("鹦鹉"), places("企鹅")) == (["article/a-guide/section-1"], ["myth/a-myth"])
    assert places("大雁") == ["term/a-word"]
    clock.move_to(MIDNIGHT)
    assert text("article", "a-guide") == f"{IN_DOUBT}\n海燕。"
    assert text("article", "a-guide", "section-1") == "此说法已到期，正在核对"
    assert text("myth", "a-myth") == f"{IN_DOUBT}\n停下，不给钱。"
    assert text("term", "a-word") == IN_DOUBT
    assert [places(word) for word in ("鹦鹉", "企鹅", "大雁")] == [[], [], []]
    assert drift() == []
    sections = SearchEntry.objects.of("article", "a-guide").order_by("section")
    assert [each.section for each in sections] == ["", "", "section-1", "section-1", "section-2"]


def test_a_claim_that_is_scheduled_changes_the_pages_that_quote_it_at_its_moment(clock: Any) -> None:
    builders.go_live(
        ("claim", builders.claim(key="b-claim", text="鹦鹉要还。")), ("faq", builders.faq(body="{claim:b-claim}"))
    )
    new = builders.claim(key="b-claim", text="企鹅要还。", expires_on=EXPIRES_ON)
    builders.go_live(("claim", new), starts_at=START)
    for moment, expected in (
        (START - MOMENT, (["faq/a-question"], [])),
        (START, ([], ["faq/a-question"])),
        (MIDNIGHT, ([], [])),
    ):
        clock.move_to(moment)
        assert (places("鹦鹉"), places("企鹅")) == expected
        assert drift() == []


def test_what_is_over_does_not_pile_up(clock: Any) -> None:
    for i in range(5):
        clock.move_to(NOW + timedelta(days=i))
        builders.go_live(("faq", builders.faq(title=f"第{i}次？")), ends_at=NOW + timedelta(days=i, hours=1))
    assert SearchEntry.objects.of("faq", "a-question").count() == 1


def test_a_publication_leaves_other_entries_alone() -> None:
    before = set(SearchEntry.objects.values_list("pk", "digest"))
    builders.go_live(("faq", builders.faq()))
    assert len(set(SearchEntry.objects.values_list("pk", "digest")) ^ before) == 1


@pytest.mark.parametrize("changed_only", [False, True], ids=["anew", "changed"])
def test_whatever_is_wrong_is_told_and_mended(*, changed_only: bool) -> None:
    builders.go_live(("faq", builders.faq(title="鹦鹉怎么办？")), ("term", builders.term()))
    index.write((), instead_of=SearchEntry.objects.of("faq", "a-question").values_list("pk", flat=True))
    SearchEntry.objects.of("term", "a-word").update(digest="another")
    wrong = ["altered: term/a-word", "missing: faq/a-question", "missing: term/a-word", "surplus: term/a-word"]
    assert drift()[: len(wrong)] == wrong
    reindex(changed_only=changed_only)
    assert drift() == []
    assert places("鹦鹉") == ["faq/a-question"]


def test_what_is_no_longer_live_is_told_and_mended() -> None:
    builders.go_live(("faq", builders.faq(title="鹦鹉怎么办？")))
    Publication.objects.filter(kind="faq", key="a-question").delete()
    assert failed("search_reindex", "--check")[0] == "surplus: faq/a-question\n"
    assert said("search_reindex", "--changed") == "Search index: 0 entries written, 1 removed.\n"
    assert drift() == []


HARM = (
    "DELETE FROM guidance_searchindex",
    "DELETE FROM guidance_searchterm",
    "UPDATE guidance_searchindex SET heads = ''",
    "DROP TABLE guidance_searchindex",
)


def test_an_entry_that_was_altered_is_told_and_mended() -> None:
    SearchEntry.objects.of("flow", "huabei").update(url="/wrong/")
    assert drift() == ["altered: flow/huabei"]
    said("search_reindex", "--changed")
    assert drift() == []


@pytest.mark.parametrize("harm", HARM)
def test_tables_that_lost_something_are_mended_by_what_is_changed(harm: str) -> None:
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(harm)
    assert "1 findings" in failed("search_reindex", "--check")[1]
    said("search_reindex", "--changed")
    assert drift() == []


def test_entries_of_other_rules_are_told_and_made_anew() -> None:
    SearchEntry.objects.of("flow", "huabei").update(terms_version=0)
    words, why = failed("search_reindex", "--check")
    assert words == "1 entries were made by other rules for terms\n"
    assert "--changed" in why
    everything = SearchEntry.objects.count()
    assert said("search_reindex", "--changed") == f"Search index: {everything} entries written, {everything} removed.\n"
    assert drift() == []


def test_where_nothing_changed_nothing_is_written_or_said() -> None:
    before = list(SearchEntry.objects.values_list("pk", flat=True)), SiteStamp.objects.get().number
    assert said("search_reindex", "--changed") == ""
    assert (list(SearchEntry.objects.values_list("pk", flat=True)), SiteStamp.objects.get().number) == before


def test_an_index_made_anew_says_the_same_and_pages_are_made_anew() -> None:
    def everything() -> set[tuple[Any, ...]]:
        return set(SearchEntry.objects.values_list("kind", "key", "section", "digest", "starts_at", "ends_at"))

    before, stamp = everything(), SiteStamp.objects.get().number
    said("search_reindex")
    assert everything() == before
    assert SiteStamp.objects.get().number == stamp + 1
