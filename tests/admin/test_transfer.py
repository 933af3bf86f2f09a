"""Export and import at the desk: one file out, the same file in; seen first, agreed to, and only into drafts."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guidance.models import ArticleDraft, Event, Publication, State
from guidance.services.archive import pack, read_archive
from guidance.services.content import export_archive
from guidance.services.publishing import canonical_document
from tests import builders
from tests.archives import texts
from tests.staff import sign_in

pytestmark = pytest.mark.django_db
EXPORT, IMPORT = "/admin/export/", "/admin/import/"


@pytest.fixture
def guide() -> ArticleDraft:
    """The draft of a guide that is live just so."""
    document = canonical_document("article", builders.article())
    builders.go_live(("article", document))
    return ArticleDraft(state=State.PUBLISHED).load(document)


def archive(**changes: Any) -> bytes:
    return pack(texts({"article": builders.article(**changes)}))


def upload(client: Client, data: bytes) -> Any:
    return client.post(IMPORT, {"archive": SimpleUploadedFile("content.zip", data)})


def agree(client: Client, page: Any, *overwrite: str) -> Any:
    sealed = re.search(r'name="carried" value="([^"]+)"', page.content.decode())
    assert sealed
    form = {"carried": sealed[1], "overwrite": list(overwrite)}
    return client.post(IMPORT, form, follow=True)


def text(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def staff(django_user_model: Any, *permissions: str) -> Client:
    user = django_user_model.objects.create_user("somebody", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    sign_in(client, user)
    return client


@pytest.mark.parametrize("page", [IMPORT, EXPORT])
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_page_needs_its_own_permission(django_user_model: Any, page: str, method: str) -> None:
    others = {"import_content", "export_content", "publish_revision"} - {f"{page.split('/')[2]}_content"}
    client = staff(django_user_model, *others)
    assert getattr(client, method)(page).status_code == 403
    assert "/admin/login/" in getattr(Client(), method)(page)["Location"]


def test_export_gives_what_is_live_and_is_recorded(django_user_model: Any) -> None:
    client = staff(django_user_model, "export_content")
    assert "导出" in text(client.get(EXPORT))
    assert not Event.objects.filter(action="export").exists()
    response = client.post(EXPORT, {"what": "live"})
    assert response.content == export_archive()
    assert response["Content-Disposition"] == 'attachment; filename="content.zip"'
    event = Event.objects.get(action="export")
    assert str(event.actor) == "somebody"
    assert str(len(read_archive(response.content))) in event.note


def test_drafts_are_exported_under_another_name(admin_client: Client, guide: ArticleDraft) -> None:
    ArticleDraft.objects.filter(pk=guide.pk).update(title="还没有公开？")
    response = admin_client.post(EXPORT, {"what": "drafts"})
    assert response.content == export_archive(drafts=True) != export_archive()
    assert "drafts.zip" in response["Content-Disposition"]


def test_nothing_live_gives_no_empty_file(admin_client: Client) -> None:
    Publication.objects.all().delete()
    page = text(admin_client.post(EXPORT, {"what": "live"}, follow=True))
    assert "没有可以导出的内容" in page


def test_importing_what_was_exported_has_nothing_to_do(admin_client: Client) -> None:
    page = text(upload(admin_client, export_archive()))
    assert "没有要导入的" in page
    assert 'name="carried"' not in page


def test_a_change_is_shown_and_taken_over_after_a_yes(django_user_model: Any, guide: ArticleDraft) -> None:
    client = staff(django_user_model, "import_content")
    shown = upload(client, archive(title="导入的标题？"))
    assert "导入的标题" in text(shown)
    assert ArticleDraft.objects.get(pk=guide.pk).title == "怎么办？"
    assert "已导入1篇" in text(agree(client, shown))
    assert ArticleDraft.objects.get(pk=guide.pk).title == "导入的标题？"
    assert "导入的标题" not in client.get("/guides/a-guide/").content.decode()


def test_all_shipped_content_fits_into_the_form_that_says_yes(admin_client: Client) -> None:
    everything = export_archive()
    ArticleDraft.objects.filter(key="overdue").delete()
    agreed = agree(admin_client, upload(admin_client, everything))
    assert "已导入1篇" in text(agreed)
    assert ArticleDraft.objects.filter(key="overdue").exists()


def test_unpublished_work_is_named_with_its_author_and_needs_a_tick(
    admin_client: Client,
    guide: ArticleDraft,
    django_user_model: Any,
) -> None:
    author = django_user_model.objects.create_user("author")
    ArticleDraft.objects.filter(pk=guide.pk).update(summary="有人正在改。", updated_by=author, state="in_review")
    shown = upload(admin_client, archive(title="导入的标题？"))
    page = text(shown)
    assert "author" in page
    assert "待审" in page
    assert "已导入0篇" in text(agree(admin_client, shown))
    assert ArticleDraft.objects.get(pk=guide.pk).summary == "有人正在改。"
    assert "已导入1篇" in text(agree(admin_client, shown, "articles/a-guide.md"))
    assert ArticleDraft.objects.get(pk=guide.pk).title == "导入的标题？"


def test_a_yes_to_what_has_changed_meanwhile_shows_it_anew(admin_client: Client, guide: ArticleDraft) -> None:
    shown = upload(admin_client, archive(title="导入的标题？"))
    ArticleDraft.objects.filter(pk=guide.pk).update(summary="刚刚改的。")
    again = agree(admin_client, shown)
    assert "又有人改了" in text(again)
    assert ArticleDraft.objects.get(pk=guide.pk).summary == "刚刚改的。"
    assert "已导入1篇" in text(agree(admin_client, again, "articles/a-guide.md"))


def test_a_yes_to_the_same_twice_changes_nothing(admin_client: Client, guide: ArticleDraft) -> None:
    shown = upload(admin_client, archive(title="导入的标题？"))
    agree(admin_client, shown)
    assert "已导入" not in text(agree(admin_client, shown))


def test_a_yes_that_was_tampered_with_or_is_somebody_elses_is_refused(
    admin_client: Client,
    django_user_model: Any,
    guide: ArticleDraft,
) -> None:
    shown = upload(admin_client, archive(title="导入的标题？"))
    for carried in ("", "x", "1.2.3:x"):
        page = text(admin_client.post(IMPORT, {"carried": carried}))
        assert "重新上传" in page
    other = staff(django_user_model, "import_content")
    assert "给别人看的" in text(agree(other, shown))
    assert ArticleDraft.objects.get(pk=guide.pk).title == "怎么办？"


def test_a_broken_file_is_named_and_nothing_is_offered(admin_client: Client) -> None:
    files = texts({"article": builders.article()})
    broken = {name: words.replace("order: 1", "order: 很多") for name, words in files.items()}
    page = text(upload(admin_client, pack(broken)))
    for words in ("没有导入，什么都没有改", "articles/a-guide.md", "第7行", "order"):
        assert words in page
    assert 'name="carried"' not in page


def test_an_address_that_would_be_taken_twice_is_said_in_the_preview(admin_client: Client, guide: ArticleDraft) -> None:
    shown = upload(admin_client, archive(slug="overdue"))
    assert "overdue”已经是" in text(shown)
    assert "什么都没有改" in text(agree(admin_client, shown))


def test_an_upload_without_a_file_says_so(admin_client: Client) -> None:
    assert "请先选择" in text(admin_client.post(IMPORT, {}))


def test_a_file_that_is_far_too_large_is_refused(admin_client: Client) -> None:
    assert "5 MB" in text(upload(admin_client, b"#" * 5_000_001))


def test_an_archive_too_large_for_the_form_is_shown_and_left_to_the_command(
    admin_client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("guidance.admin.transfer.CARRIED_CHARACTERS", 100)
    page = text(upload(admin_client, archive(title="导入的标题？")))
    assert "import_content" in page
    assert 'name="carried"' not in page


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200))
def test_any_upload_gets_an_answer(admin_client: Client, data: bytes) -> None:
    assert "什么都没有改" in text(upload(admin_client, data))
