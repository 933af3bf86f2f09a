"""Writing: what readers will see of a text while it is typed, what to mend in it, links for somebody outside."""

import re
from typing import Any

import hypothesis
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from hypothesis import strategies as st

from guidance.models import DRAFTS, AdviceDraft, ArticleDraft, FaqDraft, FlowDraft
from tests import builders
from tests.admin.controls import controls
from tests.staff import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(admin_client: Client) -> Client:
    return admin_client


@pytest.fixture
def guide() -> Any:
    builders.go_live(("article", builders.article()))
    return ArticleDraft().load(builders.article())


def address(model: Any, page: str, *row: Any) -> str:
    return reverse(f"admin:guidance_{model._meta.model_name}_{page}", args=row)


def shown(page: str) -> str:
    """The words of the article on a page, the reader's or the one in the phone."""
    found = re.search(r"<article>.*?</article>", page, re.DOTALL)
    assert found, page
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", found[0]))


def typed(client: Client, draft: Any, **changes: Any) -> str:
    form = controls(client.get(address(type(draft), "change", draft.pk)).content.decode(), **changes)
    response = client.post(address(type(draft), "preview", draft.pk), dict(form.lists()))
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize(
    ("model", "url"),
    [(ArticleDraft, "/guides/after-repaying/"), (FaqDraft, "/faq/due-date/")],
    ids=["guide", "question"],
)
def test_the_phone_shows_what_readers_get(editor: Client, client: Client, model: Any, url: str) -> None:
    draft = model.objects.get(slug=url.split("/")[2])
    phone = editor.get(address(model, "preview", draft.pk)).content.decode()
    assert shown(phone) == shown(Client().get(url).content.decode())


def test_a_change_looks_before_as_it_looks_after_publication(editor: Client, guide: Any) -> None:
    table = "| 天数 | 怎么办 |\n|---|---|\n| 一天 | 先还 |"
    text = f"## 先做\n\n1. **先看**页面。\n2. 拨{{contact:dial}}。\n\n{{claim:a-claim}}\n\n{table}"
    builders.go_live(("contact", builders.contact()))
    page = typed(editor, guide, body=text, title="改了以后？")
    assert "改了以后？" in page
    assert '<td data-label="天数">一天</td>' in page
    builders.go_live(("article", builders.article(body=text, title="改了以后？")))
    assert shown(page) == shown(Client().get("/guides/a-guide/").content.decode())


def test_typing_saves_and_publishes_nothing(editor: Client, guide: Any) -> None:
    assert "还没有保存的话" in typed(editor, guide, body="还没有保存的话。")
    guide.refresh_from_db()
    assert "还没有保存" not in guide.body
    assert "还没有保存" not in Client().get("/guides/a-guide/").content.decode()


def test_markup_of_others_is_shown_not_obeyed(editor: Client, guide: Any) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)> </template></textarea><style>*{}</style>"
    page = typed(editor, guide, body=evil, title=evil[:40], summary=evil)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    for tag in ("<script", "<img", "<style", "</textarea"):
        assert tag not in page
    assert page.count("</template>") == 1


def test_what_to_mend_stands_beside_the_text_and_leads_to_its_field(editor: Client, guide: Any) -> None:
    page = typed(editor, guide, body="有事打95599。", summary="先看清楚,再说。")
    assert "号码“95599”不在官方联系方式里" in page
    assert '<a href="#id_body">正文</a>' in page
    assert '<a href="#id_summary">' in page


def test_a_good_text_finds_nothing_to_mend(editor: Client, guide: Any) -> None:
    assert "没有发现要改的" in typed(editor, guide)


def test_what_was_cleared_is_gone_from_the_phone(editor: Client, guide: Any) -> None:
    page = typed(editor, guide, body="", title="")
    assert "打开支付宝看一看" not in page
    assert "（还没有标题）" in page
    assert "要改" in page


@pytest.mark.parametrize("huge", ["字" * 300_000, "**[" * 100_000, "> " * 100_000, "|a" * 100_000], ids=len)
def test_a_huge_text_is_answered(editor: Client, guide: Any, huge: str) -> None:
    assert "最多20000个" in typed(editor, guide, body=huge)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"slug": "不能当网址", "key": "也 不行"},
        {"slug": "after-repaying"},
        {"slug": ""},
        {"former_slugs": "不能 当网址\nafter-repaying"},
        {"group": "nowhere", "order": "x", "checked_on": "昨天", "review_by": ""},
    ],
    ids=["names", "the slug of another", "no slug", "bad addresses", "broken choices"],
)
def test_no_field_keeps_the_text_from_being_shown(editor: Client, guide: Any, nonsense: dict[str, str]) -> None:
    assert "照样看得到" in typed(editor, guide, body="照样看得到。", **nonsense)


def test_a_new_guide_is_shown_before_it_is_ever_saved(editor: Client) -> None:
    response = editor.post(address(ArticleDraft, "preview_new"), {"body": "第一句话。"})
    assert response.status_code == 200
    assert "第一句话。" in response.content.decode()
    assert not ArticleDraft.objects.filter(body="第一句话。").exists()


def test_advice_is_shown_as_a_result_shows_it(editor: Client) -> None:
    builders.go_live()
    flow = FlowDraft().load(builders.flow())
    advice = AdviceDraft.objects.get(flow=flow, key="pay")
    response = editor.post(
        address(AdviceDraft, "preview", advice.pk),
        {"key": "pay", "kind": "do_now", "title": "先还", "body": "打95599。"},
    )
    page = response.content.decode()
    assert "现在先做" in page
    assert "打95599。" in page
    assert "号码“95599”不在官方联系方式里" in page
    assert '<a href="#id_body">' in page


@pytest.mark.parametrize("body", ["", "{claim:nowhere}"])
def test_new_advice_needs_no_flow_to_be_shown(editor: Client, body: str) -> None:
    assert editor.post(address(AdviceDraft, "preview_new"), {"body": body}).status_code == 200


@pytest.mark.parametrize("kind", DRAFTS)
def test_every_kind_can_be_looked_at(editor: Client, kind: str) -> None:
    model = DRAFTS[kind]
    for draft in model.objects.all()[:3]:
        page = editor.get(address(model, "preview", draft.pk))
        assert page.status_code == 200
        assert '<template shadowrootmode="open">' in page.content.decode()


def test_the_form_offers_what_can_be_quoted(editor: Client, guide: Any) -> None:
    page = editor.get(address(ArticleDraft, "change", guide.pk)).content.decode()
    assert '<option value="a-claim">a-claim：欠款要还。</option>' in page
    toolbar = page.partition('class="writing__tools"')[2].partition("<textarea")[0]
    assert "repay-plan" in toolbar
    assert "myth-" not in toolbar


def test_a_stranger_sees_no_preview(client: Client, guide: Any) -> None:
    for url in (address(ArticleDraft, "preview", guide.pk), address(ArticleDraft, "link", guide.pk)):
        assert "/admin/login/" in client.get(url)["Location"]
        assert "/admin/login/" in client.post(url)["Location"]
    assert "/admin/login/" in client.post(address(ArticleDraft, "preview_new"))["Location"]


def test_a_link_is_made_shown_once_and_opens_for_a_stranger(editor: Client, guide: Any) -> None:
    url = address(ArticleDraft, "link", guide.pk)
    assert "testserver/preview/" not in editor.get(url).content.decode()
    made = re.search(r'value="http://testserver(/preview/[^"]+)"', editor.post(url).content.decode())
    assert made
    assert made[1] not in editor.get(url).content.decode()
    assert "生成过的链接" in editor.get(url).content.decode()
    assert "打开支付宝看一看" in Client().get(made[1]).content.decode()


def test_who_may_only_look_makes_no_links(client: Client, guide: Any) -> None:
    reader = get_user_model().objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_articledraft"))
    sign_in(client, reader)
    url = address(ArticleDraft, "link", guide.pk)
    assert "生成预览链接" not in client.get(url).content.decode()
    assert client.post(url).status_code == 403
    assert client.get(address(ArticleDraft, "preview", guide.pk)).status_code == 200


pieces = st.sampled_from(
    ["{claim:a-claim}", "{contact:x}", "[a](", "**", "\n\n| a |\n|---|\n", "## ", "<b>", "解冻", "3天", "\x00"]
)
anything = hypothesis.settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
)


@anything
@hypothesis.given(st.lists(st.one_of(pieces, st.text(max_size=20)), max_size=12).map("".join))
def test_any_text_is_answered(editor: Client, guide: Any, text: str) -> None:
    response = editor.post(
        address(ArticleDraft, "preview", guide.pk), {"body": text.encode("utf-8", "replace").decode()}
    )
    assert response.status_code == 200
    assert "<template data-page>" in response.content.decode()
