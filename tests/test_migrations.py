"""The desk's migration on a site that was already public: what readers saw they still see, and old links hold."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from guidance.models import Publication, Revision
from guidance.services import live
from guidance.services.publishing import canonical_document
from tests import builders

BEFORE, AFTER = [("guidance", "0002_library")], [("guidance", "0003_desk")]

DOCUMENTS = [
    ("source", builders.source()),
    ("claim", builders.claim()),
    ("flow", builders.flow()),
    ("flow", builders.flow(title="第二版")),
    ("article", builders.article()),
    ("article", builders.article(title="第二版？")),
    ("term", builders.term()),
]


def migrate(target: list[tuple[str, str]]) -> Any:
    """Move the tables to a state; gives the models as they are there."""
    executor = MigrationExecutor(connection)
    executor.migrate(target)
    return MigrationExecutor(connection).loader.project_state(target).apps


@pytest.fixture
def old(transactional_db: None) -> Iterator[Any]:
    """The models of before, with nothing in them; afterwards the tables are those of today."""
    for model in (Publication, Revision):
        model.objects.all().delete()
    yield migrate(BEFORE)
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())


def published(old: Any) -> None:
    """Revisions one minute after each other, live where no newer one is, and drafts that say the newest."""
    revision, pointer = old.get_model("guidance", "Revision"), old.get_model("guidance", "Live")
    at = timezone.now() - timedelta(days=3)
    for i, (kind, document) in enumerate(DOCUMENTS):
        payload = canonical_document(kind, document)
        number = revision.objects.filter(kind=kind, key=payload["key"]).count() + 1
        made = revision.objects.create(kind=kind, key=payload["key"], number=number, payload=payload, digest=str(i))
        moment = at + timedelta(minutes=i)
        revision.objects.filter(pk=made.pk).update(published_at=moment)
        pointer.objects.update_or_create(kind=kind, key=payload["key"], defaults={"revision": made})
        draft = old.get_model("guidance", f"{kind}draft").objects
        draft.get_or_create(key=payload["key"])
        draft.filter(key=payload["key"]).update(updated_at=moment)


def test_what_was_public_is_public_with_its_numbers_and_times(old: Any) -> None:
    published(old)
    times = dict(old.get_model("guidance", "Revision").objects.values_list("pk", "published_at"))
    migrate(AFTER)
    live.forget()
    current = {(p.kind, p.key): p.revision.number for p in Publication.objects.current().select_related("revision")}
    assert current == {
        ("source", "a-law"): 1,
        ("claim", "a-claim"): 1,
        ("flow", "small"): 2,
        ("article", "a-guide"): 2,
        ("term", "a-word"): 1,
    }
    assert dict(Publication.objects.values_list("revision_id", "starts_at")) == times
    assert live.site().guides.pages["a-guide"].value.title == "第二版？"
    assert live.version("small", 1).value.title == "小自查"  # type: ignore[union-attr]


def test_drafts_that_are_as_they_were_published_say_so_and_edited_ones_do_not(old: Any) -> None:
    published(old)
    edited = old.get_model("guidance", "TermDraft").objects
    edited.filter(key="a-word").update(updated_at=timezone.now(), meaning="正在改。")
    old.get_model("guidance", "SourceDraft").objects.create(key="never-public")
    now = migrate(AFTER)

    def states(model: str) -> dict[str, str]:
        return dict(now.get_model("guidance", model).objects.values_list("key", "state"))

    assert states("ArticleDraft")["a-guide"] == states("FlowDraft")["small"] == "published"
    assert states("TermDraft")["a-word"] == states("SourceDraft")["never-public"] == "draft"
    assert states("SourceDraft")["a-law"] == "published"
