"""What stands around a document: addresses, links, sources, names and numbers have to fit what is live."""

from typing import Any

import pytest

from guidance.engine.problems import Problem
from guidance.models import Publication
from guidance.services.live import site
from guidance.services.publishing import Entry, Refused, check
from tests import builders

pytestmark = pytest.mark.django_db

Document = tuple[str, dict[str, Any]]
GONE = {"reason": "内容过时了。", "instead": "/guides/"}


def refused(*documents: Document) -> dict[tuple[str, str], list[Problem]]:
    """Why these documents are not published together."""
    with pytest.raises(Refused) as refusal:
        builders.go_live(*documents)
    return {at: list(problems) for at, problems in refusal.value.problems.items()}


def places(found: list[Problem]) -> list[str]:
    return [problem.place for problem in found]


def guide(key: str, **changes: Any) -> Document:
    return "article", builders.article(**{"key": key, "slug": key} | changes)


def moved(**changes: Any) -> Document:
    """A guide with a present and a former address; the same guide with `changes`."""
    return guide("moved", **{"slug": "moved-now", "former_slugs": ["moved-once"]} | changes)


def advising(body: str) -> Document:
    """A self-check that says this in its first advice."""
    document = builders.flow()
    document["advice"][0]["body"] = body
    return "flow", document


@pytest.mark.parametrize("taken", ["moved-now", "moved-once"])
@pytest.mark.parametrize(("place", "how"), [("slug", "{}"), ("former_slugs", ["{}"])])
def test_an_address_that_leads_to_a_guide_is_not_given_to_another(taken: str, place: str, how: Any) -> None:
    builders.go_live(moved())
    wish = how.format(taken) if isinstance(how, str) else [taken]
    (problem,) = refused(guide("second", **{place: wish}))["article", "second"]
    assert problem.place == place
    assert f"“{taken}”已经是“moved”的" in problem.message


def test_of_two_new_guides_with_one_address_both_are_told() -> None:
    found = refused(guide("one", slug="same"), guide("two", former_slugs=["same"]))
    assert places(found["article", "one"]) == ["slug"]
    assert places(found["article", "two"]) == ["former_slugs"]


def test_a_guide_whose_claim_turned_out_false_can_be_withdrawn() -> None:
    builders.go_live(("claim", builders.claim(key="false")), guide("wrong", body="{claim:false}", claims=["false"]))
    builders.go_live(("claim", builders.myth(key="false")))
    builders.go_live(guide("wrong", body="{claim:false}", claims=["false"], withdrawn=GONE))
    assert "wrong" not in site().guides.pages


def test_two_guides_that_link_to_each_other_can_be_withdrawn_together() -> None:
    one, two = guide("one", related=["two"]), guide("two", related=["one"])
    builders.go_live(one, two)
    builders.go_live(guide("one", related=["two"], withdrawn=GONE), guide("two", related=["one"], withdrawn=GONE))
    assert not {"one", "two"} & site().guides.pages.keys()


def test_a_withdrawn_guide_keeps_its_addresses() -> None:
    builders.go_live(moved(withdrawn=GONE))
    assert places(refused(guide("second", slug="moved-once"))["article", "second"]) == ["slug"]


def test_a_guide_and_a_question_may_have_the_same_name_in_their_addresses() -> None:
    builders.go_live(moved(), ("faq", builders.faq(slug="moved-now", former_slugs=["moved-once"])))
    assert site().guides.pages["moved-now"].kind == "article"
    assert site().questions.pages["moved-now"].kind == "faq"


def test_an_address_is_not_changed_without_a_way_from_the_old_one() -> None:
    builders.go_live(guide("a-guide"))
    (problem,) = refused(guide("a-guide", slug="new-name"))["article", "a-guide"]
    assert problem.place == "former_slugs"
    assert "请把“a-guide”加进曾用网址名" in problem.message
    builders.go_live(guide("a-guide", slug="new-name", former_slugs=["a-guide"]))
    assert site().guides.find("a-guide") is site().guides.pages["new-name"]


def test_an_address_that_was_public_is_never_dropped() -> None:
    builders.go_live(moved(slug="moved-once", former_slugs=[]))
    builders.go_live(moved())
    assert "“moved-once”" in refused(moved(former_slugs=[]))["article", "moved"][0].message


def test_a_former_address_that_was_only_a_slip_can_be_dropped() -> None:
    builders.go_live(moved(former_slugs=["moved-once", "never-was"]))
    builders.go_live(moved(), guide("other", slug="never-was"))
    assert site().guides.find("never-was") is site().guides.pages["never-was"]


def test_a_guide_may_go_back_to_its_former_address() -> None:
    builders.go_live(moved())
    builders.go_live(moved(slug="moved-once", former_slugs=["moved-now"]))
    assert site().guides.find("moved-now") is site().guides.pages["moved-once"]


LINKING = {
    "by its key": (guide("linking", related=["moved"]), guide("linking")),
    "by its address": (guide("linking", body="见[这里](/guides/moved-now/)。"), guide("linking")),
    "by its former address": (guide("linking", body="见[这里](/guides/moved-once/#top)。"), guide("linking")),
    "from a question": (("faq", builders.faq(body="[见](/guides/moved-now/)")), ("faq", builders.faq())),
    "from a term": (("term", builders.term(guide="moved")), ("term", builders.term())),
    "from advice": (advising("见[这里](/guides/moved-now/)。"), advising("打开支付宝。")),
    "from a page withdrawn for it": (
        guide("linking", withdrawn={"reason": "合并了。", "instead": "/guides/moved-once/"}),
        guide("linking", withdrawn=GONE),
    ),
}


@pytest.mark.parametrize(("linking", "mended"), LINKING.values(), ids=LINKING)
def test_a_page_that_others_link_to_is_withdrawn_only_with_them(linking: Document, mended: Document) -> None:
    builders.go_live(moved(), linking)
    (problem,) = refused(moved(withdrawn=GONE))["article", "moved"]
    assert problem.place == "withdrawn"
    assert f"“{linking[1]['key']}”还链接到这一页" in problem.message
    builders.go_live(moved(withdrawn=GONE), mended)
    assert "moved-now" not in site().guides.pages


def test_everyone_who_links_to_a_withdrawn_page_is_named() -> None:
    builders.go_live(moved(), guide("one", related=["moved"]), ("term", builders.term(guide="moved")))
    found = refused(moved(withdrawn=GONE))["article", "moved"]
    assert sorted(problem.message.split("还")[0] for problem in found) == ["名词“a-word”", "指南“one”"]


@pytest.mark.parametrize(("linking", "mended"), LINKING.values(), ids=LINKING)
def test_nothing_new_leads_to_a_withdrawn_page(linking: Document, mended: Document) -> None:
    builders.go_live(moved(withdrawn=GONE))
    (problem,) = refused(linking)[linking[0], linking[1]["key"]]
    assert "已经撤下" in problem.message
    builders.go_live(mended)


@pytest.mark.parametrize(
    ("changes", "place", "named"),
    [
        ({"body": "见[这里](/nowhere/)。"}, "body", "/nowhere/"),
        ({"body": "见[这里](/guides/nowhere/)。"}, "body", "nowhere"),
        ({"body": "见[这里](/faq/a-guide/)。"}, "body", "a-guide"),
        ({"body": "见[这里](/check/nowhere/start?bill=paid)。"}, "body", "nowhere"),
        ({"body": "见[这里](/myths/#a-claim)。"}, "body", "a-claim"),
        ({"body": "见[这里](/glossary/#nowhere)。"}, "body", "nowhere"),
        ({"body": "见[这里](/contacts/#nowhere)。"}, "body", "nowhere"),
        ({"body": "打{contact:nowhere}。"}, "body", "nowhere"),
        ({"claims": ["a-myth"]}, "claims", "a-myth"),
        ({"related": ["a-question"]}, "related", "a-question"),
        ({"next_check": {"flow": "nowhere"}}, "next_check", "nowhere"),
        ({"withdrawn": {"reason": "过时了。", "instead": "/guides/nowhere/"}}, "withdrawn/instead", "nowhere"),
    ],
)
def test_nothing_leads_nowhere(changes: dict[str, Any], place: str, named: str) -> None:
    builders.go_live(("claim", builders.myth()), ("faq", builders.faq()))
    (problem,) = refused(guide("a-guide", **changes))["article", "a-guide"]
    assert problem.place == place
    assert f"“{named}”" in problem.message


def test_whatever_is_live_may_be_linked_to() -> None:
    lines = [
        "[一](/faq/a-question/)",
        "[二](/check/small/start?bill=paid)",
        "[三](/myths/#a-myth)",
        "[四](/glossary/#a-word)",
        "[五](/contacts/#dial)",
        "[六](/guides/moved-once/)",
        "{contact:dial}",
    ]
    rest = [("claim", builders.myth()), ("contact", builders.contact()), ("term", builders.term())]
    builders.go_live(*rest, ("faq", builders.faq()), ("flow", builders.flow()), moved())
    builders.go_live(guide("a-guide", body="\n\n".join(lines)))
    assert "a-guide" in site().guides.pages


def test_a_claim_is_not_surer_than_its_best_source() -> None:
    talk = ("source", builders.source(key="talk", kind="experience"))
    news = ("source", builders.source(key="news", kind="press"))
    bold = builders.claim(key="bold", confidence="official", sources=["talk", "news"])
    (problem,) = refused(talk, news, ("claim", bold))["claim", "bold"]
    assert problem.place == "confidence"
    assert "请改成“媒体”" in problem.message
    builders.go_live(talk, news, ("claim", bold | {"confidence": "press"}))
    builders.go_live(("claim", bold | {"sources": ["a-law", "talk"]}))


def test_a_page_that_would_be_reviewed_later_than_its_claim_is_told_the_right_day() -> None:
    builders.go_live(("claim", builders.claim(key="soon", review_by="2027-02-22")))
    late = builders.article(body="{claim:soon}")
    (problem,) = check([Entry("article", late)])["article", "a-guide"]
    assert (problem.place, problem.blocks) == ("review_by", False)
    assert "改成2027-02-22" in problem.message
    assert check([Entry("article", late | {"review_by": "2027-02-22"})]) == {("article", "a-guide"): []}


def test_a_page_that_rests_on_what_is_overdue_is_told_to_look_at_that_first() -> None:
    builders.go_live(("claim", builders.claim(key="old", text="旧说法。", review_by="2026-11-01")))
    (problem,) = check([Entry("article", builders.article(body="{claim:old}"))])["article", "a-guide"]
    assert problem.message == "它依据的“旧说法。”已经到了核对日，请先核对那一条"


@pytest.mark.parametrize("names", [{"name": "生词"}, {"names": ["生词"]}, {"names": ["别名"]}, {"name": "别名"}])
def test_a_word_is_explained_once(names: dict[str, Any]) -> None:
    builders.go_live(("term", builders.term(names=["别名"])))
    second = builders.term(key="b-word", name="另一个词") | names
    (problem,) = refused(("term", second))["term", "b-word"]
    assert problem.place == "names"
    assert "“a-word”" in problem.message
    builders.go_live(("term", builders.term(names=["别名"], meaning="说得更清楚。")))


def numbered(number: str) -> list[tuple[Document, str]]:
    words = f"打{number}问。"
    return [
        (guide("a-guide", body=words), "body"),
        (guide("a-guide", withdrawn={"reason": words, "instead": "/guides/"}), "withdrawn/reason"),
        (("faq", builders.faq(summary=words)), "summary"),
        (advising(words), "advice/0/body"),
        (("claim", builders.claim(key="b-claim", text=words)), "text"),
        (("term", builders.term(meaning=words)), "meaning"),
        (("claim", builders.myth(text=words)), "text"),
    ]


@pytest.mark.parametrize(("document", "place"), numbered("95599"))
def test_a_number_that_is_not_registered_is_not_published_anywhere(document: Document, place: str) -> None:
    kind, content = document
    (problem,) = refused(document)[kind, content["key"]]
    assert problem.place == place
    assert "号码“95599”不在官方联系方式里" in problem.message
    assert not Publication.objects.filter(kind=kind, key=content["key"]).exists()


@pytest.mark.parametrize(("document", "_"), numbered("95599"))
def test_a_number_may_be_registered_in_the_same_publication(document: Document, _: str) -> None:
    bank = ("contact", builders.contact(key="bank", number="95599"))
    assert [revision.key for revision in builders.go_live(bank, document)][-1] == document[1]["key"]
