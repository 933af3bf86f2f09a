"""Commands that people type."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command

from guidance.models import ArticleDraft, Publication, SiteStamp
from guidance.services.coverage import ROWS
from guidance.services.files import file_text
from guidance.services.live import site
from tests import builders
from tests.commands import failed, said

pytestmark = pytest.mark.django_db


def test_without_staff_the_welcome_tells_how_to_make_one_and_names_no_password() -> None:
    words = said("welcome", "--port", "8123")
    assert "http://127.0.0.1:8123/" in words
    assert "create_staff" in words


def test_with_staff_the_welcome_is_only_the_address(admin_user: Any) -> None:
    assert "create_staff" not in said("welcome")


def test_content_that_is_refused_names_the_document_and_the_place(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "bad.yaml").write_text("key: bad\ntitle: 只有标题\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"source/bad publisher"):
        call_command("load_content", str(tmp_path))


def test_a_broken_content_file_stops_the_loading(tmp_path: Path) -> None:
    folder = tmp_path / "flows"
    folder.mkdir()
    (folder / "bad.yaml").write_text("key: [", encoding="utf-8")
    with pytest.raises(CommandError, match=r"bad\.yaml"):
        call_command("load_content", str(tmp_path))


def test_the_coverage_names_every_id_of_the_brief_with_a_place() -> None:
    *rows, summary = said("claim_coverage").splitlines()
    assert [row.split()[0] for row in rows] == ROWS
    assert [row for row in rows if row.split()[1] == "-"] == []
    assert summary == f"{len(ROWS)} ids, each with a home."


def only_these(*origin: str) -> None:
    """A site whose claims come from all rows of the brief: b-claim from `origin`, c-claim from all others."""
    Publication.objects.all().delete()
    SiteStamp.objects.filter(pk=1).update(number=1000)
    builders.go_live(
        ("claim", builders.claim(key="b-claim", origin=list(origin))),
        ("claim", builders.claim(key="c-claim", origin=[row for row in ROWS if row not in origin])),
        ("article", builders.article(body="{claim:c-claim}")),
        ("faq", builders.faq(body="{claim:b-claim}")),
    )


def test_the_coverage_fails_by_id_once_the_last_page_no_longer_mentions_a_claim() -> None:
    only_these("S1-28", "F-10")
    assert "each with a home" in said("claim_coverage")
    builders.go_live(("faq", builders.faq()))
    words, why = failed("claim_coverage")
    assert "S1-28  -\n" in words
    assert "S1-27  article/a-guide\n" in words
    assert why == "without a home: S1-28, F-10; unknown: -"


def test_the_coverage_fails_on_an_id_that_the_brief_does_not_have() -> None:
    only_these("S0-01", "S0-99")
    assert failed("claim_coverage")[1] == "without a home: -; unknown: S0-99"


def test_places_beyond_a_few_are_counted() -> None:
    only_these("S0-01")
    more = [builders.article(key=f"g-{i}", slug=f"g-{i}", body="{claim:b-claim}") for i in range(4)]
    builders.go_live(*(("article", document) for document in more))
    assert "S0-01  article/g-0, article/g-1, article/g-2, article/g-3 (+1)\n" in said("claim_coverage")


@pytest.mark.parametrize("arguments", [[], ["--live"]], ids=["files", "live"])
def test_nothing_is_to_be_mended_in_the_shipped_content(arguments: list[str]) -> None:
    assert said("check_content", *arguments) == f"{Publication.objects.count()} documents checked, 0 findings.\n"


def test_a_bad_file_is_named_with_the_place_and_the_fix(tmp_path: Path) -> None:
    builders.go_live()
    for kind, document in (("sources", builders.source()), ("claims", builders.claim())):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / f"{document['key']}.yaml").write_text(yaml.safe_dump(document), encoding="utf-8")
    folder = tmp_path / "articles"
    folder.mkdir()
    head = "key: bad\nslug: bad\ntitle: 怎么办？\nsummary: 先看,再问。\ngroup: status\norder: 1\n"
    dates = "checked_on: 2026-11-22\nreview_by: 2027-11-22\n"
    body = "打95599问。{claim:a-claim}"
    (folder / "bad.md").write_text(f"---\n{head}{dates}---\n\n{body}\n", encoding="utf-8")
    words, why = failed("check_content", str(tmp_path))
    comma, number = words.splitlines()
    assert comma.startswith("warn article/bad summary: ")
    assert comma.endswith("建议改成“，”")
    assert number.startswith("fail article/bad body: 号码“95599”")
    assert "建议改用 {contact:标识}" in number
    assert why.startswith("2 findings in 3 documents")


def test_files_are_checked_as_if_nothing_else_were_there(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "a-claim.yaml").write_text(yaml.safe_dump(builders.claim()), encoding="utf-8")
    builders.go_live()
    assert "来源“a-law”不存在" in failed("check_content", str(tmp_path))[0]


def test_a_folder_without_documents_is_no_success(tmp_path: Path) -> None:
    assert "no documents" in failed("check_content", str(tmp_path / "nowhere"))[1]


def test_a_site_that_was_edited_still_takes_what_it_can_of_an_update(tmp_path: Path) -> None:
    builders.go_live(("article", builders.article(key="ours", slug="wanted")))
    for key, slug in (("theirs", "wanted"), ("fine", "fine")):
        path = tmp_path / "articles" / f"{key}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(file_text("article", builders.article(key=key, slug=slug)), encoding="utf-8")
    assert "Nothing was loaded" in failed("load_content", str(tmp_path))[1]
    assert "fine" not in site().guides.pages
    said("load_content", str(tmp_path), "--keep-going")
    assert "fine" in site().guides.pages
    assert site().guides.pages["wanted"].value.key == "ours"


def test_an_update_never_takes_an_address_from_a_draft(tmp_path: Path) -> None:
    builders.go_live()
    ArticleDraft().load(builders.article(key="ours", slug="wanted"))
    path = tmp_path / "articles" / "theirs.md"
    path.parent.mkdir()
    path.write_text(file_text("article", builders.article(key="theirs", slug="wanted")), encoding="utf-8")
    assert "草稿“ours”" in failed("load_content", str(tmp_path))[1]
    said("load_content", str(tmp_path), "--keep-going")
    assert "wanted" not in site().guides.pages


def test_what_only_reads_badly_does_not_fail_the_check(tmp_path: Path) -> None:
    builders.go_live(("article", builders.article(summary="先看,再问。")))
    words = said("check_content", "--live").splitlines()
    assert [line for line in words if line.startswith("warn article/a-guide summary: ")]
    assert not [line for line in words if line.startswith("fail")]


def test_a_file_that_cannot_be_read_is_named_by_the_check(tmp_path: Path) -> None:
    folder = tmp_path / "terms"
    folder.mkdir()
    (folder / "bad.yaml").write_text("key: [", encoding="utf-8")
    assert "bad.yaml" in failed("check_content", str(tmp_path))[1]


def test_everything_that_is_live_is_written_to_a_folder(tmp_path: Path) -> None:
    builders.go_live(("article", builders.article()))
    words = said("export_content", str(tmp_path / "new"))
    assert words == f"Wrote {Publication.objects.count()} documents to {tmp_path / 'new'}.\n"
    assert len(list((tmp_path / "new").glob("*/*"))) == Publication.objects.count()
    written = (tmp_path / "new" / "articles" / "a-guide.md").read_text(encoding="utf-8")
    assert written.endswith(builders.article()["body"] + "\n")
