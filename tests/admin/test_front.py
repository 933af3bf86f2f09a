"""Publishing from the desk's front page: several drafts together, and nothing that was typed is lost."""

from typing import Any

import pytest
from django.urls import reverse

from guidance.models import State
from guidance.services.live import site
from tests import builders
from tests.staff import PUBLISHER, WRITER, desk_of, edited_guide, staff, standing, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafts() -> list[Any]:
    """A guide and a question, both approved."""
    writer = staff(WRITER)
    guide = edited_guide(writer)
    builders.go_live(("faq", builders.faq()))
    question = written("faq", builders.faq(title="改过的问题？"), writer)
    return [standing(draft, State.APPROVED) for draft in (guide, question)]


def publish(**typed: Any) -> str:
    client = desk_of(staff(PUBLISHER))
    return str(client.post(reverse("desk_publish"), typed, follow=True).content.decode())


def test_what_is_ticked_is_published_together(drafts: list[Any]) -> None:
    page = publish(draft=["article/a-guide", "faq/a-question"], note="写清楚了")
    assert "已发布：指南“改过的标题？”第2版、常见问题“改过的问题？”第2版" in page
    assert site().guides.pages["a-guide"].value.title == "改过的标题？"
    assert site().questions.pages["a-question"].value.title == "改过的问题？"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"draft": [], "note": "写清楚了"}, "先勾选"),
        ({"draft": ["faq/a-question"], "note": "写清楚了", "starts_at": "明天"}, "时间要写成"),
        ({"draft": ["faq/a-question"], "note": "写清楚了", "starts_at": "2020-01-01T08:00"}, "已经过了"),
    ],
    ids=["nothing ticked", "no time", "past"],
)
def test_a_refusal_keeps_what_was_typed_and_ticked(drafts: list[Any], typed: dict[str, Any], words: str) -> None:
    page = publish(**typed)
    assert words in page
    assert 'value="写清楚了"' in page
    assert ('value="faq/a-question" checked' in page) is bool(typed["draft"])
    assert 'value="article/a-guide" checked' not in page
    assert site().questions.pages["a-question"].number == 1
