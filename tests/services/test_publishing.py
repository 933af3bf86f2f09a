"""Publishing: all or nothing, numbered, checked, and never changed again."""

import pytest

from guidance.models import Publication, Revision, SiteStamp
from guidance.services.live import site, version
from guidance.services.publishing import Entry, Refused, publish
from tests import builders

pytestmark = pytest.mark.django_db


def stamp() -> int:
    return SiteStamp.objects.get(pk=1).number


def test_what_is_published_is_what_readers_see() -> None:
    builders.go_live(("article", builders.article(title="新的标题？")))
    assert site().guides.pages["a-guide"].value.title == "新的标题？"


def test_each_publication_gets_the_next_number_and_raises_the_stamp() -> None:
    builders.go_live(("article", builders.article()))
    before = stamp()
    (revision,) = builders.go_live(("article", builders.article(title="改过的标题？")))
    assert (revision.number, stamp()) == (2, before + 1)


def test_publishing_the_same_again_changes_nothing() -> None:
    builders.go_live(("article", builders.article()))
    before = stamp()
    assert builders.go_live(("article", builders.article())) == []
    assert stamp() == before


def test_one_bad_document_keeps_the_good_ones_back_too() -> None:
    with pytest.raises(Refused) as refused:
        builders.go_live(("article", builders.article()), ("article", builders.article(key="b", slug="b", title="")))
    assert [problem.place for problem in refused.value.problems["article", "b"]] == ["title"]
    assert not Publication.objects.filter(kind="article", key="a-guide").exists()


def test_a_reference_to_nothing_is_refused_with_its_place() -> None:
    with pytest.raises(Refused) as refused:
        builders.go_live(("article", builders.article(body="看 {claim:nowhere} 和[这里](/guides/nowhere/)。")))
    problems = refused.value.problems["article", "a-guide"]
    assert [(problem.place, "nowhere" in problem.message) for problem in problems] == [("body", True), ("body", True)]


def test_documents_published_together_may_refer_to_each_other() -> None:
    builders.go_live(
        ("article", builders.article(related=["b-guide"])),
        ("article", builders.article(key="b-guide", slug="b-guide", related=["a-guide"])),
    )
    assert {"a-guide", "b-guide"} <= site().guides.pages.keys()


def test_a_flow_whose_scenario_fails_is_not_published() -> None:
    document = builders.flow()
    document["scenarios"][0]["primary"] = "fine"
    with pytest.raises(Refused) as refused:
        builders.go_live(("flow", document))
    assert "不符合预期" in refused.value.problems["flow", "small"][0].message
    assert site().flow("small") is None


def test_a_published_key_cannot_be_dropped() -> None:
    builders.go_live(("flow", builders.flow()))
    document = builders.flow()
    document["questions"][0]["options"][0]["key"] = "owing"
    document["evidence"][0]["when"] = [[{"question": "bill", "any_of": ["owing"]}]]
    document["scenarios"] = []
    with pytest.raises(Refused) as refused:
        builders.go_live(("flow", document))
    assert any("bill.unpaid" in problem.message for problem in refused.value.problems["flow", "small"])


def test_a_revision_never_changes() -> None:
    builders.go_live(("article", builders.article()))
    revision = Revision.objects.get(kind="article", key="a-guide")
    revision.note = "悄悄改掉"
    with pytest.raises(TypeError):
        revision.save()


def test_older_versions_of_a_flow_stay_readable() -> None:
    builders.go_live(("flow", builders.flow()))
    builders.go_live(("flow", builders.flow(title="新名字")))
    assert [version("small", number).value.title for number in (1, 2)] == ["小自查", "新名字"]  # type: ignore[union-attr]
    assert version("small", 3) is None


def test_the_author_and_the_note_are_kept(django_user_model: type) -> None:
    editor = django_user_model.objects.create_user("editor")  # type: ignore[attr-defined]
    builders.go_live(("article", builders.article()), author=editor, note="第一次发布")
    revision = Revision.objects.get(kind="article", key="a-guide")
    assert (revision.author, revision.note) == (editor, "第一次发布")


def test_an_entry_without_a_key_is_refused() -> None:
    with pytest.raises(Refused):
        publish([Entry("source", {})])


def test_two_guides_cannot_have_one_address() -> None:
    builders.go_live(("article", builders.article()))
    with pytest.raises(Refused) as refused:
        builders.go_live(("article", builders.article(key="b-guide")))
    assert [problem.place for problem in refused.value.problems["article", "b-guide"]] == ["slug"]


def test_the_same_document_twice_in_one_publication_is_refused() -> None:
    with pytest.raises(Refused):
        publish([Entry("source", {"key": "dup"}), Entry("source", builders.source(key="dup"))])


def test_a_guide_cannot_lead_to_an_answer_that_is_not_there() -> None:
    wrong = {"flow": "small", "answers": {"bill": "nonsense"}}
    with pytest.raises(Refused) as refused:
        builders.go_live(("flow", builders.flow()), ("article", builders.article(next_check=wrong)))
    assert [problem.place for problem in refused.value.problems["article", "a-guide"]] == ["next_check/answers"]


def test_nothing_rests_on_a_claim_that_is_not_to_be_believed() -> None:
    refuted = builders.myth(key="myth")
    with pytest.raises(Refused) as refused:
        builders.go_live(("claim", refuted), ("article", builders.article(body="{claim:myth}")))
    assert [problem.place for problem in refused.value.problems["article", "a-guide"]] == ["body"]


def test_a_link_outlives_a_return_to_an_older_version() -> None:
    builders.go_live(("flow", builders.flow()))
    builders.go_live(("flow", builders.flow(title="第二版")))
    builders.go_live(("flow", builders.flow()))
    assert site().flow("small").value.title == "小自查"  # type: ignore[union-attr]
    assert version("small", 2).value.title == "第二版"  # type: ignore[union-attr]
