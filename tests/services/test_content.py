"""The starting content: enters like everything else and never overwrites what people changed."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from guidance.models import ArticleDraft, FlowDraft, Publication, Revision
from guidance.services.content import STARTING_CONTENT, load
from guidance.services.files import BrokenFileError, read_file, read_folder
from guidance.services.live import site
from guidance.services.publishing import Entry, canonical_document, publish

pytestmark = pytest.mark.django_db


def shipped(kind: str, key: str) -> dict[str, Any]:
    return next(dict(e.document) for e in read_folder(STARTING_CONTENT) if (e.kind, e.key) == (kind, key))


def test_loading_again_publishes_nothing() -> None:
    before = Revision.objects.count()
    assert load(read_folder(STARTING_CONTENT)).published == []
    assert Revision.objects.count() == before


def test_every_draft_says_what_is_live() -> None:
    for pointer in Publication.objects.current().filter(kind="flow"):
        draft = FlowDraft.objects.get(key=pointer.key)
        assert canonical_document("flow", draft.to_document()) == pointer.revision.payload


def test_a_new_release_brings_new_words_where_nobody_edited() -> None:
    document = shipped("article", "after-repaying") | {"title": "还清以后呢？"}
    assert load([Entry("article", document)]).published == [("article", "after-repaying")]
    assert ArticleDraft.objects.get(key="after-repaying").title == "还清以后呢？"


def test_a_draft_that_was_edited_is_left_alone() -> None:
    ArticleDraft.objects.filter(key="after-repaying").update(title="编辑正在改？")
    document = shipped("article", "after-repaying") | {"title": "新版本的标题？"}
    assert load([Entry("article", document)]).kept == [("article", "after-repaying")]
    assert ArticleDraft.objects.get(key="after-repaying").title == "编辑正在改？"


def test_a_document_that_an_editor_published_is_left_alone(django_user_model: Any) -> None:
    editor = django_user_model.objects.create_user("editor")
    edited = shipped("article", "after-repaying") | {"title": "编辑发布的标题？"}
    publish([Entry("article", edited, editor)])
    assert load([Entry("article", shipped("article", "after-repaying"))]).kept == [("article", "after-repaying")]
    assert site().guides.pages["after-repaying"].value.title == "编辑发布的标题？"


def test_broken_yaml_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "sources" / "bad.yaml"
    path.parent.mkdir()
    path.write_text("key: [unclosed", encoding="utf-8")
    with pytest.raises(BrokenFileError, match=r"bad\.yaml"):
        read_folder(tmp_path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("list.yaml", "- a\n- b\n"),
        ("other.yaml", "key: something-else\n"),
        ("nohead.md", "只有正文"),
        ("other.md", "---\nkey: something-else\n---\n正文"),
        ("broken.md", "---\nkey: [unclosed\n---\n正文"),
    ],
)
def test_a_file_that_is_no_document_is_refused_by_name(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BrokenFileError, match=name):
        read_file(path)


def test_bytes_that_are_no_text_are_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "bytes.yaml"
    path.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(BrokenFileError, match="bytes"):
        read_file(path)


def test_a_document_read_from_its_live_form_is_the_same_document() -> None:
    for pointer in Publication.objects.current().select_related("revision"):
        again = yaml.safe_load(yaml.safe_dump(pointer.revision.payload, allow_unicode=True))
        assert canonical_document(pointer.kind, again) == pointer.revision.payload


def test_a_new_way_of_writing_the_same_down_is_no_edit() -> None:
    revision = Revision.objects.get(kind="source", key="editorial-practice")
    Revision.objects.filter(pk=revision.pk).update(payload=revision.payload | {"url": ""}, digest="older form")
    document = shipped("source", "editorial-practice")
    assert load([Entry("source", document)]).kept == []
    assert load([Entry("source", document | {"title": "换个标题"})]).published == [("source", "editorial-practice")]
