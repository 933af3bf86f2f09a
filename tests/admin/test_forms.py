"""The forms of all shipped drafts: opened and saved as they stand they change nothing; they ask the database little."""

from typing import Any

import pytest
from django.contrib.admin import site
from django.forms import ModelForm
from django.test import Client, RequestFactory
from django.urls import reverse

from guidance.models import (
    DRAFTS,
    AdviceDraft,
    ArticleDraft,
    CauseDraft,
    EvidenceDraft,
    FlowDraft,
    OptionDraft,
    PhraseDraft,
    PinDraft,
    QuestionDraft,
    ScenarioDraft,
    SynonymDraft,
    TermDraft,
)
from tests import builders
from tests.admin.controls import controls
from tests.staff import sign_in

pytestmark = pytest.mark.django_db

# Beside what is shipped: of everything that its controls can hold, something.
SMALL: dict[Any, dict[str, Any]] = {
    SynonymDraft: builders.synonym(),
    PinDraft: builders.pin(anywhere=True, pages=["/check/huabei/", "/glossary/#gone"]),
    PhraseDraft: builders.phrase(flow="huabei", question="stage", options=["paid", "gone"], at_least=0, at_most=30),
}
PARTS = (QuestionDraft, CauseDraft, EvidenceDraft, AdviceDraft, ScenarioDraft)


@pytest.fixture
def request_of_editor(admin_user: Any) -> Any:
    request = RequestFactory().get("/")
    request.user = admin_user
    return request


def form_of(request: Any, row: Any, data: Any = None) -> ModelForm:
    """The form of a row as the desk makes it."""
    form: Any = site._registry[type(row)].get_form(request, row, change=bool(row.pk))
    return form(data, instance=row)  # type: ignore[no-any-return]


def field_url(model: Any, row: Any, name: str) -> str:
    return reverse(f"admin:guidance_{model._meta.model_name}_field", args=[row.pk if row else 0, name])


@pytest.mark.parametrize("model", [*DRAFTS.values(), *PARTS], ids=lambda model: model.__name__)
def test_a_form_that_was_only_opened_and_saved_changes_nothing(request_of_editor: Any, model: Any) -> None:
    if model in SMALL:
        model().load(SMALL[model])
    rows = list(model.objects.all())
    assert rows
    for row in rows:
        before = row.to_document()
        form = form_of(request_of_editor, row, controls(form_of(request_of_editor, row).as_p()))
        assert form.is_valid(), (row, form.errors)
        assert form.changed_data == [], row
        assert form.save(commit=False).to_document() == before


def test_a_form_asks_the_same_few_things_however_much_there_is(
    request_of_editor: Any, django_assert_max_num_queries: Any
) -> None:
    flow = FlowDraft.objects.get(key="huabei")
    condition = []
    for i in range(100):
        question = QuestionDraft.objects.create(
            flow=flow, key=f"q{i}", text=f"第{i}题？", why="要问。", position=100 + i
        )
        OptionDraft.objects.bulk_create(
            OptionDraft(question=question, key=f"o{j}", label=f"选项{j}", position=j) for j in range(5)
        )
        condition += [[{"question": f"q{i}", "any_of": ["o1", "o2"]}]] if i % 4 == 0 else []
    evidence = EvidenceDraft.objects.create(flow=flow, key="e-many", cause="overdue", effect="supports", when=condition)
    form = form_of(request_of_editor, evidence)
    with django_assert_max_num_queries(3):
        page = form.as_p()
    assert len(page) < 700_000
    assert page.count("checked") == 50
    last = QuestionDraft.objects.get(key="q99")
    last.ask_when = condition
    form = form_of(request_of_editor, last)
    with django_assert_max_num_queries(2):
        form.as_p()


def test_a_guide_offers_the_claims_that_there_are(request_of_editor: Any) -> None:
    draft = ArticleDraft.objects.get(key="after-repaying")
    page = form_of(request_of_editor, draft).as_p()
    assert all(key in page for key in draft.claims)
    assert "（overdue-limits-use）</option>" in page


def test_the_options_of_a_question_come_when_it_is_picked(admin_client: Client, request_of_editor: Any) -> None:
    row = EvidenceDraft.objects.filter(flow__key="huabei").first()
    form = form_of(request_of_editor, row)
    data = controls(form.as_p(), **{"when-1-0-question": "signal"})
    page = admin_client.post(field_url(EvidenceDraft, row, "when"), data).content.decode()
    assert 'name="when-1-0-options" value="overdue"' in page
    assert 'name="when-2-0-question"' in page
    assert "<form" not in page


def test_a_new_row_knows_the_questions_of_the_self_check_that_was_picked_for_it(admin_client: Client) -> None:
    flow = FlowDraft.objects.get(key="who-is-this")
    page = admin_client.post(field_url(EvidenceDraft, None, "when"), {"flow": flow.pk}).content.decode()
    assert 'value="who"' in page
    for nonsense in ("", "x", "999999999999999999999"):
        answer = admin_client.post(field_url(EvidenceDraft, None, "when"), {"flow": nonsense})
        assert answer.status_code == 200
        assert 'value="who"' not in answer.content.decode()


def test_the_answers_of_a_self_check_come_when_it_is_picked(admin_client: Client) -> None:
    page = admin_client.post(field_url(ArticleDraft, None, "next_check"), {"next_check": "huabei"}).content.decode()
    assert 'value="signal.overdue"' in page


def test_only_fields_of_rows_that_are_there_are_given_again(admin_client: Client, client: Client) -> None:
    row = EvidenceDraft.objects.first()
    assert admin_client.post(field_url(EvidenceDraft, row, "reason")).status_code == 404
    assert admin_client.post(field_url(EvidenceDraft, row, "nowhere")).status_code == 404
    assert admin_client.get(field_url(EvidenceDraft, row, "when")).status_code == 405
    gone = reverse("admin:guidance_evidencedraft_field", args=[10**9, "when"])
    assert admin_client.post(gone).status_code == 404
    assert Client().post(field_url(EvidenceDraft, row, "when")).status_code == 302


def test_somebody_who_may_only_look_gets_no_controls(client: Client, django_user_model: Any) -> None:
    sign_in(client, django_user_model.objects.create_user("looker", password="x", is_staff=True))
    assert client.post(field_url(EvidenceDraft, EvidenceDraft.objects.first(), "when")).status_code == 403
    assert client.post(field_url(EvidenceDraft, None, "when")).status_code == 403


def test_what_was_picked_is_still_there_when_another_field_is_wrong(request_of_editor: Any) -> None:
    row = EvidenceDraft.objects.filter(flow__key="huabei").first()
    changes = {"reason": "", "when-0-0-question": "shop-say", "cause": "cash-out"}
    form = form_of(request_of_editor, row, controls(form_of(request_of_editor, row).as_p(), **changes))
    assert not form.is_valid()
    assert "请勾选选项" in str(form.errors["when"])
    page = form.as_p()
    assert '<option value="shop-say" selected>' in page
    assert "付款方式里没有花呗" in page
    assert '<option value="cash-out" selected>' in page


def test_a_key_that_is_gone_is_kept_and_marked(request_of_editor: Any) -> None:
    row = TermDraft.objects.get(key="limited")
    row.guide, row.claims = "nowhere", ["gone"]
    page = form_of(request_of_editor, row).as_p()
    assert "nowhere（不存在）" in page
    assert "gone（不存在）" in page
    form = form_of(request_of_editor, row, controls(page))
    assert form.is_valid(), form.errors
    assert form.changed_data == []


def test_former_addresses_cannot_be_typed(request_of_editor: Any) -> None:
    row = ArticleDraft.objects.get(key="after-repaying")
    row.former_slugs = ["before"]
    page = form_of(request_of_editor, row).as_p()
    assert "<li>before</li>" in page
    form = form_of(request_of_editor, row, controls(page, former_slugs="typed"))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["former_slugs"] == ["before"]
