"""A link to a draft for somebody who has no account: it shows the draft, to nobody else, for a week."""

from datetime import timedelta
from typing import Any

import hypothesis
import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from hypothesis import strategies as st

from guidance.models import (
    ArticleDraft,
    ClaimDraft,
    ContactDraft,
    Event,
    FaqDraft,
    FlowDraft,
    PhraseDraft,
    PinDraft,
    SourceDraft,
    SynonymDraft,
    TermDraft,
)
from guidance.services.preview import make_link
from tests import builders

pytestmark = pytest.mark.django_db

UNSEEN = "还没有人看过的一句话"
KINDS = [
    (ArticleDraft, builders.article(title="新的指南？", body=f"## 第一步\n\n{UNSEEN}。"), ["新的指南？", UNSEEN]),
    (FaqDraft, builders.faq(title="新的问题？", summary=f"{UNSEEN}。"), ["新的问题？", UNSEEN]),
    (ClaimDraft, builders.claim(key="new-claim", text=f"{UNSEEN}。"), [UNSEEN, "一部法律", "编辑部", "2027-11-22"]),
    (ClaimDraft, builders.myth(key="new-myth", why=f"{UNSEEN}。"), [UNSEEN, "交钱就能解冻", "一部法律"]),
    (
        TermDraft,
        builders.term(key="new-word", meaning=f"{UNSEEN}。"),
        [UNSEEN, "生词", "欠款要还。", "一部法律", "2027-11-22"],
    ),
    (ContactDraft, builders.contact(key="new-dial", purpose=f"{UNSEEN}。"), [UNSEEN, "95188", "看过。", "一部法律"]),
    (SourceDraft, builders.source(key="new-law", note=f"{UNSEEN}。"), [UNSEEN, "立法机关", "法规"]),
    (
        FlowDraft,
        builders.flow(key="new-flow", title="新的自查", summary=f"{UNSEEN}。"),
        [
            UNSEEN,
            "账单还清了吗？",
            "打开花呗页面看。",
            "有账单没还。",
            "因为e-paid。",
            "我想问一下原因。",
            "还看不出来",
        ],
    ),
    (SynonymDraft, builders.synonym(words=["冻结", "封"], typed=[UNSEEN]), [UNSEEN, "封", "已按 冻结 搜索"]),
    (PinDraft, builders.pin(queries=[UNSEEN], pages=["/check/huabei/", "/guides/gone/"]), [UNSEEN, "/guides/gone/"]),
    (
        PhraseDraft,
        builders.phrase(flow="huabei", question="stage", says=[f"{UNSEEN}{{天数}}"], at_least=8),
        [UNSEEN, "至少8天", "还清了", "还没还完"],
    ),
]


@pytest.fixture
def editor() -> Any:
    return get_user_model().objects.create_superuser("editor")


@pytest.fixture
def guide(editor: Any) -> Any:
    builders.go_live()
    return ArticleDraft().load(KINDS[0][1])


def link(draft: Any, user: Any) -> str:
    return f"/preview/{make_link(draft, user)[0]}/"


@pytest.mark.parametrize(("model", "document", "shown"), KINDS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_link_shows_the_draft_with_all_that_must_be_checked(
    client: Client,
    editor: Any,
    model: Any,
    document: dict[str, Any],
    shown: list[str],
) -> None:
    builders.go_live()
    response = client.get(link(model().load(document), editor))
    page = response.content.decode()
    assert response.status_code == 200
    assert "这是草稿，还没有发布，有效期到" in page
    assert [words for words in shown if words not in page] == []
    assert "以后，草稿又改过" not in page
    assert response.cookies == {}


def test_what_is_still_missing_is_no_reason_not_to_show_the_rest(client: Client, editor: Any) -> None:
    for model, document, _ in KINDS:
        draft = model().load(
            {"key": document["key"]} | {n: document[n] for n in ("slug", "status", "kind") if n in document}
        )
        assert client.get(link(draft, editor)).status_code == 200


def test_a_withdrawn_page_is_shown_as_readers_will_find_it(client: Client, editor: Any) -> None:
    withdrawn = {"reason": "规则改了。", "instead": "/guides/"}
    page = client.get(link(ArticleDraft().load(builders.article(withdrawn=withdrawn)), editor)).content.decode()
    assert "规则改了。" in page
    assert 'href="/guides/"' in page


def test_nobody_keeps_finds_or_passes_on_a_draft(client: Client, editor: Any, guide: Any) -> None:
    address = link(guide, editor)
    for url in (address, "/preview/nonsense/"):
        response = client.get(url)
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]
        assert '<meta name="robots" content="noindex' in response.content.decode()
        assert 'rel="canonical"' not in response.content.decode()
        assert not response.has_header("ETag")
    assert "Disallow: /preview/" in client.get("/robots.txt").content.decode()
    assert "/preview/" not in client.get("/sitemap.xml").content.decode()


def test_no_page_for_everybody_shows_a_draft(client: Client, editor: Any, guide: Any) -> None:
    assert UNSEEN in client.get(link(guide, editor)).content.decode()
    for url in ("/", "/guides/", "/search/?q=第一步", "/sitemap.xml", "/feed.xml", "/guides/a-guide/"):
        page = client.get(url).content.decode()
        assert UNSEEN not in page
        assert "新的指南" not in page


def test_a_change_is_seen_and_said(client: Client, editor: Any, guide: Any) -> None:
    address = link(guide, editor)
    client.get(address)
    guide.load(builders.article(body="改成了这一句。"))
    page = client.get(address).content.decode()
    assert "改成了这一句。" in page
    assert "以后，草稿又改过" in page


def test_a_link_ends_after_a_week(client: Client, editor: Any, guide: Any) -> None:
    address = link(guide, editor)
    now = timezone.now()
    with time_machine.travel(now + timedelta(days=7, minutes=-1), tick=False):
        assert client.get(address).status_code == 200
    with time_machine.travel(now + timedelta(days=7, minutes=1), tick=False):
        response = client.get(address)
    assert response.status_code == 410
    assert "这个预览链接已经过期" in response.content.decode()
    assert UNSEEN not in response.content.decode()
    assert response["Cache-Control"] == "no-store"


def test_a_link_ends_with_its_draft_and_with_whoever_made_it(client: Client, editor: Any, guide: Any) -> None:
    address = link(guide, editor)
    editor.is_active = False
    editor.save()
    assert client.get(address).status_code == 410
    editor.is_active = True
    editor.save()
    guide.delete()
    assert client.get(address).status_code == 410


def test_a_link_is_on_the_record(editor: Any, guide: Any) -> None:
    link(guide, editor)
    event = Event.objects.about("article", "a-guide").last()
    assert event is not None
    assert (event.action, event.actor) == ("preview", editor)


def test_a_link_cannot_be_written_to(client: Client, editor: Any, guide: Any) -> None:
    assert client.post(link(guide, editor)).status_code == 405


unchanged_database = hypothesis.settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
)


@unchanged_database
@hypothesis.given(st.data())
def test_no_other_link_opens_anything(client: Client, editor: Any, guide: Any, data: st.DataObject) -> None:
    token = make_link(guide, editor)[0]
    at = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters(categories=("L", "N")).filter(lambda letter: letter != token[at]))
    for changed in (token[:at] + other + token[at + 1 :], token[:at], other + token, token + other):
        response = client.get(f"/preview/{changed}/" if changed else "/preview/-/")
        assert response.status_code == 404
        assert "这个预览链接不完整" in response.content.decode()
