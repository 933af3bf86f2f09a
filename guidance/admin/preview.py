"""Writing: Markdown with a toolbar, what readers will see beside it as it is typed, and links for somebody outside."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import ModelForm, Script, Textarea
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.safestring import SafeString

from guidance.admin.pages import PagedAdmin
from guidance.documents.claim import REFUTED
from guidance.engine.problems import Problem
from guidance.markup import inside
from guidance.models import Action, AdviceDraft, Draft, Event
from guidance.services.live import site
from guidance.services.preview import LIFE, make_link, marked
from guidance.views.preview import advice_html, document_html

TEXTS = ("body",)  # the fields that are Markdown
WORDS = 24  # characters of a claim in the list to pick from
SHOWN = 20  # findings beside a text; the rest is counted


class MarkdownWidget(Textarea):
    """A textarea for Markdown; the toolbar and the phone beside it appear where scripts run.

    preview: where the typed form is sent, from the address of the form; "" shows no phone.
    """

    template_name = "admin/guidance/widgets/markdown.html"

    class Media:
        css = {"all": ["desk/text.css"]}
        js = [Script("desk/text.js", type="module")]

    def __init__(self, attrs: Any = None, preview: str = "../preview/") -> None:
        super().__init__(attrs)
        self.preview = preview

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        current = site()
        claims = [(claim.key, claim.text[:WORDS]) for claim in current.claims.values() if claim.status != REFUTED]
        contacts = [(contact.key, contact.name) for contact in current.contacts.values()]
        more = {"preview": self.preview, "claims": sorted(claims), "contacts": contacts}
        return super().get_context(name, value, attrs) | more

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        return render_to_string(template_name, context)  # from the project's templates, not from the forms' own


class WritingAdmin(PagedAdmin):
    """Forms with Markdown; what is typed has a preview before and after the first save."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in TEXTS:
            kwargs["widget"] = MarkdownWidget()
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_preview_new"
        new = path("preview/", self.admin_site.admin_view(self._preview_new), name=name)
        return [new, *super().get_urls()]

    def _preview_new(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request) or request.method != "POST":
            raise PermissionDenied
        return typed(self, request, None)


def preview_page(modeladmin: PagedAdmin, request: HttpRequest, draft: Draft) -> HttpResponse:
    """The page that readers would get of the stored draft; sent the form beside it, what is typed there."""
    if request.method == "POST":
        return typed(modeladmin, request, draft)
    page = inside(document_html(request, draft.KIND, draft.to_document()))
    return modeladmin.show(request, draft, "preview", {"page": page, "link_url": modeladmin.page_url(draft, "link")})


def preview_advice(modeladmin: PagedAdmin, request: HttpRequest, advice: Any) -> HttpResponse:
    """The same for one piece of advice; it has no page of its own to show."""
    if request.method != "POST":
        raise PermissionDenied
    return typed(modeladmin, request, advice)


def typed(modeladmin: PagedAdmin, request: HttpRequest, row: Any) -> HttpResponse:
    """What readers would see of the form that was sent, and what to mend in it; nothing is saved."""
    form = modeladmin.get_form(request, row, change=row is not None)(request.POST, request.FILES, instance=row)
    seen, problems = _seen(request, _filled(form))
    problems.sort(key=lambda problem: problem.place.partition("/")[0] not in TEXTS)  # of the text beside it first
    begun = row is not None or set(form.changed_data) - {"flow"}
    found = [_finding(problem, form) for problem in problems if begun]
    context = {"page": inside(seen), "findings": found[:SHOWN], "more": len(found[SHOWN:])}
    return render(request, "admin/guidance/_preview.html", context)


def _filled(form: ModelForm) -> Any:
    """The row that a form stands for, whether or not it could be saved so."""
    form.is_valid()
    row = form.instance
    texts = {field.name for field in row._meta.fields if isinstance(field, models.CharField | models.TextField)}  # noqa: SLF001 - its public name
    for name in texts & form.errors.keys():
        setattr(row, name, form[name].data or "")
    return row


def _seen(request: HttpRequest, row: Any) -> tuple[SafeString, list[Problem]]:
    """What readers would see of a row, and every problem, its place inside the row."""
    if not isinstance(row, AdviceDraft):
        document = row.to_document()
        return document_html(request, row.KIND, document), marked(row.KIND, document)
    document, number = _with_advice(row)
    inside = f"advice/{number}/"
    problems = [problem for problem in marked("flow", document) if problem.place.startswith(inside)]
    mine = [Problem(problem.place.removeprefix(inside), problem.message, problem.level) for problem in problems]
    return advice_html(request, document, number), mine


def _with_advice(row: AdviceDraft) -> tuple[dict[str, Any], int]:
    """The flow of a piece of advice with that as it is typed, and which one it is."""
    flow = row.flow if row.flow_id else None
    document = flow.to_document() if flow else {}
    keys = [each.pk for each in flow.advice.all()] if flow else []
    number = keys.index(row.pk) if row.pk in keys else len(keys)
    advice = document.get("advice", [])
    return document | {"advice": [*advice[:number], row.to_document(), *advice[number + 1 :]]}, number


def _finding(problem: Problem, form: ModelForm) -> dict[str, Any]:
    """A problem in words, with the field that it is in and where that stands on the page."""
    name = problem.place.partition("/")[0]
    field = form[name] if name in form.fields else None
    return {
        "message": problem.message,
        "blocks": problem.blocks,
        "label": field.label if field else "",
        "id": (field.id_for_label or field.auto_id) if field else "",
    }


def link_page(modeladmin: PagedAdmin, request: HttpRequest, draft: Draft) -> HttpResponse:
    """Makes links to the draft for somebody who has no account, each shown once; and tells which were made."""
    may_change = modeladmin.has_change_permission(request, draft)
    context: dict[str, Any] = {"days": LIFE.days, "may_change": may_change}
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        token, until = make_link(draft, request.user)
        context |= {"link": request.build_absolute_uri(reverse("preview", args=[token])), "until": until}
    made = Event.objects.about(draft.KIND, draft.key).filter(action=Action.PREVIEW)
    return modeladmin.show(request, draft, "link", context | {"made": made.order_by("-pk")[:SHOWN]})
