"""Content written to a folder: all of it, always the same, and good enough to begin a new site with."""

from pathlib import Path

import pytest

from guidance.models import DRAFTS, Publication, Revision
from guidance.services import live
from guidance.services.content import export, load
from guidance.services.files import read_folder
from guidance.services.publishing import says_the_same
from tests import builders

pytestmark = pytest.mark.django_db


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def empty_the_database() -> None:
    for model in (Publication, Revision, *DRAFTS.values()):
        model.objects.all().delete()
    live.forget()


def test_a_new_site_begun_with_the_written_files_has_the_same_content(tmp_path: Path) -> None:
    number = export(tmp_path / "here")
    before = {(p.kind, p.key): p.revision.payload for p in Publication.objects.select_related("revision")}
    empty_the_database()
    assert len(load(read_folder(tmp_path / "here")).published) == number == len(before)
    assert {(p.kind, p.key): p.revision.payload for p in Publication.objects.select_related("revision")} == before
    export(tmp_path / "there")
    assert files(tmp_path / "there") == files(tmp_path / "here")


def test_the_written_files_are_news_to_nobody(tmp_path: Path) -> None:
    export(tmp_path)
    loaded = load(read_folder(tmp_path))
    assert (loaded.published, loaded.kept) == ([], [])


def test_writing_twice_gives_the_same_files(tmp_path: Path) -> None:
    export(tmp_path)
    before = files(tmp_path)
    assert len(before) == export(tmp_path) == Publication.objects.count()
    assert files(tmp_path) == before


def test_what_an_editor_published_is_written_as_it_is_live(tmp_path: Path) -> None:
    builders.go_live(("article", builders.article(title="编辑改过的标题？", body="一行\r\n\r\n---\r\n\r\n又一行")))
    export(tmp_path)
    (entry,) = [entry for entry in read_folder(tmp_path) if (entry.kind, entry.key) == ("article", "a-guide")]
    assert says_the_same(Revision.objects.get(kind="article", key="a-guide"), entry.document)
    assert (entry.document["title"], entry.document["body"]) == ("编辑改过的标题？", "一行\n\n---\n\n又一行")


def test_a_draft_is_not_written(tmp_path: Path) -> None:
    builders.go_live()
    DRAFTS["article"]().load(builders.article(key="unpublished"))
    export(tmp_path)
    assert "articles/unpublished.md" not in files(tmp_path)


def test_files_of_documents_that_are_no_longer_live_go_and_all_others_stay(tmp_path: Path) -> None:
    builders.go_live(("article", builders.article()), ("term", builders.term()))
    export(tmp_path)
    before = files(tmp_path)
    others = ["README.md", "articles/notes.md", "articles/notes.txt", "articles/old.md/a.png", ".git/config"]
    for name in others:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"?")
    for name in ("long-gone", "a-guide"):
        (tmp_path / f"articles/{name}.yaml").write_text(f"key: {name}\n")
    Publication.objects.filter(kind="term", key="a-word").delete()
    export(tmp_path)
    after = files(tmp_path)
    assert before.keys() - after.keys() == {"terms/a-word.yaml"}
    assert after.keys() - before.keys() == set(others)
    assert {after[name] for name in others} == {b"?"}


def test_an_empty_database_empties_no_folder(tmp_path: Path) -> None:
    builders.go_live()
    export(tmp_path)
    before = files(tmp_path)
    Publication.objects.all().delete()
    with pytest.raises(LookupError):
        export(tmp_path)
    assert files(tmp_path) == before
