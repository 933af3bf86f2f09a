"""Export and import from the command line: what the desk does, for archives of any size."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from guidance.models import ArticleDraft, Event, State
from guidance.services.content import export_archive
from guidance.services.publishing import canonical_document
from tests import builders
from tests.archives import texts, zipped

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide() -> ArticleDraft:
    """The draft of a guide that is live just so."""
    document = canonical_document("article", builders.article())
    builders.go_live(("article", document))
    return ArticleDraft(state=State.PUBLISHED).load(document)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "new.zip"
    path.write_bytes(zipped(texts({"article": builders.article(title="导入的标题？")})))
    return path


def title(draft: ArticleDraft) -> str:
    return ArticleDraft.objects.get(pk=draft.pk).title


def said(capsys: pytest.CaptureFixture[str], *arguments: Any) -> str:
    call_command("import_content", *map(str, arguments))
    return capsys.readouterr().out


def test_what_is_live_is_written_as_a_file_or_a_folder_and_read_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("export_content", str(tmp_path / "all.zip"))
    call_command("export_content", str(tmp_path / "all"))
    assert (tmp_path / "all.zip").read_bytes() == export_archive()
    for source in ("all.zip", "all"):
        assert "0 new, 0 changed" in said(capsys, tmp_path / source)


def test_a_dry_run_names_every_change_and_makes_none(
    archive: Path, guide: ArticleDraft, capsys: pytest.CaptureFixture[str]
) -> None:
    words = said(capsys, archive)
    assert "articles/a-guide.md: changed" in words
    assert "标题" in words
    assert title(guide) == "怎么办？"


def test_a_draft_is_changed_only_when_told(
    archive: Path, guide: ArticleDraft, django_user_model: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    editor = django_user_model.objects.create_user("editor")
    assert "Loaded 1 drafts" in said(capsys, archive, "--apply", "--user", "editor")
    assert title(guide) == "导入的标题？"
    assert Event.objects.get(action="import").actor == editor


def test_unpublished_work_is_kept_unless_its_file_is_named(
    archive: Path, guide: ArticleDraft, capsys: pytest.CaptureFixture[str]
) -> None:
    ArticleDraft.objects.filter(pk=guide.pk).update(title="有人正在改？")
    assert "unpublished work, kept" in said(capsys, archive, "--apply")
    assert title(guide) == "有人正在改？"
    said(capsys, archive, "--apply", "--overwrite", "articles/a-guide.md")
    assert title(guide) == "导入的标题？"
    said(capsys, archive, "--apply")  # nobody's name is known, twice


def test_what_cannot_be_read_or_written_is_said_without_a_trace(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.zip").write_bytes(zipped({"claims/a-claim.yaml": "key: [\n"}))
    for arguments in (["bad.zip"], ["nothing.zip"], ["new.zip", "--apply", "--user", "nobody"]):
        with pytest.raises(CommandError):
            call_command("import_content", str(tmp_path / arguments[0]), *arguments[1:])
    with pytest.raises(CommandError, match=r"claims/a-claim\.yaml 第2行"):
        call_command("import_content", str(tmp_path / "bad.zip"))
    with pytest.raises(CommandError):
        call_command("export_content", str(tmp_path / "no/such/place.zip"))
