"""Files on their way into the drafts: shown first, all or none, nobody's work lost, nothing published."""

from typing import Any

import pytest

from guidance.models import DRAFTS, ArticleDraft, ClaimDraft, Event, FlowDraft, Publication, Revision, State
from guidance.services import live
from guidance.services.archive import BrokenArchiveError, ContentFile, pack, read_archive
from guidance.services.content import export_archive
from guidance.services.drafts import load
from guidance.services.importing import ChangedError, bring_in, findings, plan
from guidance.services.publishing import Entry, canonical_document, live_entries, publish
from tests import builders
from tests.archives import texts

pytestmark = pytest.mark.django_db
AT = "articles/a-guide.md"


@pytest.fixture
def editor(django_user_model: Any) -> Any:
    return django_user_model.objects.create_user("editor")


@pytest.fixture
def guide() -> ArticleDraft:
    """The draft of a guide that is live just so."""
    document = canonical_document("article", builders.article())
    builders.go_live(("article", document))
    return ArticleDraft(state=State.PUBLISHED).load(document)


def files(*documents: tuple[str, dict[str, Any]]) -> list[ContentFile]:
    packed: dict[str, str] = {}
    for kind, document in documents:
        packed |= texts({kind: document})
    return read_archive(pack(packed))


def changed_guide(**changes: Any) -> list[ContentFile]:
    return files(("article", builders.article(**{"title": "换了标题？"} | changes)))


def bring(incoming: list[ContentFile], *overwrite: str, user: Any = None) -> list[str]:
    return [item.name for item in bring_in(incoming, plan(incoming).fingerprint, overwrite, user, "试")]


def empty_the_database() -> None:
    for model in (Publication, Revision, *DRAFTS.values()):
        model.objects.all().delete()
    live.forget()


def test_what_was_exported_is_the_same_as_the_drafts() -> None:
    now = plan(read_archive(export_archive()))
    assert (now.new, now.changed, now.missing) == ([], [], [])
    assert len(now.same) == Publication.objects.current().count()


def test_an_empty_site_becomes_the_same_by_an_import() -> None:
    before = export_archive()
    empty_the_database()
    bring(read_archive(before))
    assert live_entries() == []
    assert export_archive(drafts=True) == before
    documents = [Entry(kind, d.to_document()) for kind, model in DRAFTS.items() for d in model.objects.all()]
    publish(documents)
    assert export_archive() == before


def test_an_import_changes_drafts_and_nothing_the_public_sees(guide: ArticleDraft, editor: Any) -> None:
    before = export_archive()
    assert bring(changed_guide(), user=editor) == [AT]
    guide.refresh_from_db()
    assert (guide.title, guide.state, guide.updated_by) == ("换了标题？", State.DRAFT, editor)
    assert export_archive() == before
    assert ("import", editor) in [(e.action, e.actor) for e in Event.objects.about("article", "a-guide")]


def test_the_changes_are_shown_field_by_field(guide: ArticleDraft) -> None:
    (item,) = plan(changed_guide()).changed
    assert [change.place for change in item.changes()] == ["title"]
    assert not item.contested


def test_drafts_that_the_files_do_not_name_stay(guide: ArticleDraft) -> None:
    other = ArticleDraft.objects.exclude(pk=guide.pk).first()
    assert other in plan(changed_guide()).missing
    bring(changed_guide())
    assert ArticleDraft.objects.filter(pk=other.pk).exists()  # type: ignore[union-attr]


def test_unpublished_work_is_kept_unless_its_file_is_named(guide: ArticleDraft, editor: Any) -> None:
    load(guide, dict(canonical_document("article", builders.article(summary="有人正在改。"))), editor)
    assert plan(changed_guide()).changed[0].contested
    assert bring(changed_guide()) == []
    assert ArticleDraft.objects.get(pk=guide.pk).summary == "有人正在改。"
    assert bring(changed_guide(), AT) == [AT]
    assert ArticleDraft.objects.get(pk=guide.pk).title == "换了标题？"


@pytest.mark.parametrize("state", [State.IN_REVIEW, State.APPROVED, State.RETURNED])
def test_a_draft_on_its_way_is_kept_unless_its_file_is_named(guide: ArticleDraft, state: State) -> None:
    ArticleDraft.objects.filter(pk=guide.pk).update(state=state)
    assert bring(changed_guide()) == []


def test_a_draft_that_nobody_ever_published_is_kept() -> None:
    ClaimDraft().load(builders.claim(text="还没有发布过。"))
    assert bring(files(("claim", builders.claim()))) == []


def test_a_draft_that_says_what_an_older_version_said_loses_nothing(guide: ArticleDraft) -> None:
    builders.go_live(("article", builders.article(title="第二版？")))
    assert bring(changed_guide()) == [AT]


def test_a_draft_with_something_unreadable_in_it_is_never_called_the_same(guide: ArticleDraft) -> None:
    ArticleDraft.objects.filter(pk=guide.pk).update(related={"not": "a list"})
    (item,) = plan(files(("article", builders.article()))).changed
    assert item.contested


def test_a_change_made_here_meanwhile_stops_the_import(guide: ArticleDraft, editor: Any) -> None:
    incoming = changed_guide()
    seen = plan(incoming).fingerprint
    load(guide, dict(canonical_document("article", builders.article(summary="刚刚改的。"))), editor)
    with pytest.raises(ChangedError) as stopped:
        bring_in(incoming, seen, [AT], editor, "")
    assert stopped.value.plan.changed[0].contested
    assert ArticleDraft.objects.get(pk=guide.pk).summary == "刚刚改的。"


def test_an_address_that_another_draft_has_stops_the_whole_import(guide: ArticleDraft) -> None:
    taken = ArticleDraft.objects.exclude(pk=guide.pk).first()
    assert taken is not None
    incoming = [*files(("source", builders.source(key="new-law"))), *changed_guide(slug=taken.slug)]
    with pytest.raises(BrokenArchiveError, match=f"第3行 slug：.*{taken.slug}"):
        bring(incoming)
    assert not DRAFTS["source"].objects.filter(key="new-law").exists()
    assert ArticleDraft.objects.get(pk=guide.pk).title == "怎么办？"


def test_two_guides_may_exchange_their_addresses(guide: ArticleDraft) -> None:
    other = canonical_document("article", builders.article(key="b-guide", slug="b-guide"))
    builders.go_live(("article", other))
    ArticleDraft(state=State.PUBLISHED).load(other)
    bring(files(("article", builders.article(slug="b-guide")), ("article", other | {"slug": "a-guide"})))
    assert dict(ArticleDraft.objects.filter(key__in=["a-guide", "b-guide"]).values_list("key", "slug")) == {
        "a-guide": "b-guide",
        "b-guide": "a-guide",
    }


def test_what_stands_in_the_way_of_publishing_is_said_with_its_line_and_does_not_stop_the_import() -> None:
    builders.go_live()
    incoming = files(("article", builders.article(body="开头。\n\n{claim:nowhere}")))
    found = findings(plan(incoming))[AT]
    assert [(line, where) for line, where, problem in found if "nowhere" in problem.message] == [(16, "正文")]
    assert bring(incoming) == [AT]


def test_a_self_check_is_taken_over_with_all_its_rows() -> None:
    document = canonical_document("flow", builders.flow())
    FlowDraft().load(document)
    after = document | {"questions": list(reversed(document["questions"])), "advice": document["advice"][1:]}
    bring(files(("flow", after)), "flows/small.yaml")
    assert canonical_document("flow", FlowDraft.objects.get(key="small").to_document()) == after


def test_a_self_check_with_two_rows_of_one_key_becomes_just_what_the_file_says() -> None:
    document = canonical_document("flow", builders.flow())
    FlowDraft().load(document | {"advice": [*document["advice"], document["advice"][0]]})
    bring(files(("flow", document)), "flows/small.yaml")
    assert canonical_document("flow", FlowDraft.objects.get(key="small").to_document()) == document
