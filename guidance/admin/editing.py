"""Saving rows that several people edit: nothing is overwritten unseen, nothing typed is lost, autosave included."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import HiddenInput
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils import timezone

from guidance.admin.content import said
from guidance.admin.pages import PagedAdmin
from guidance.admin.refresh import RefreshingAdmin
from guidance.admin.tolerant import TolerantAdmin
from guidance.admin.versioned import HIDDEN, VersionedForm, next_version
from guidance.engine.reading import one_newline
from guidance.models import Action, DocumentPart, Draft, State
from guidance.services.drafts import record, touched

AUTOSAVE = "_autosave"
LONGEST_ROW_NUMBER = 19  # digits; a database refuses to look for more
SENT_IN = "这份内容已经送审，没有自动保存。要改就点“保存”，改完重新送审。"
UNDECIDED = "这一页刚被改过，没有自动保存。看过两边的不同，点“保存”才保存。"


class EditingAdmin(RefreshingAdmin, PagedAdmin, TolerantAdmin):
    """Forms of drafts and of the rows inside them. `DraftForm` refuses what was written over an older version."""

    change_form_template = "admin/guidance/change_form.html"

    def draft_of(self, row: Any) -> Draft:
        """The draft that a row belongs to."""
        raise NotImplementedError

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Nothing beside a select leads away from what was typed; a flow that came with the address is settled."""
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "flow" and field is not None:
            given = request.GET.get("flow", "")
            settled = given.isdecimal() and len(given) < LONGEST_ROW_NUMBER and field.queryset.filter(pk=given).exists()
            field.widget = HiddenInput() if settled else field.widget.widget
        return field

    def save_related(self, request: HttpRequest, form: VersionedForm, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """The last step of a save: now the draft is whole. One that was only opened and saved is not touched."""
        super().save_related(request, form, formsets, change)
        if not change or form.has_changed() or any(formset.has_changed() for formset in formsets):
            row: DocumentPart = form.instance
            row.version = next_version(row.version, form.own_page if AUTOSAVE in request.POST else 0)
            row.save(update_fields=["version"])
            touched(self.draft_of(row), request.user)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        if request.method == "POST":
            request.POST = _as_stored(request.POST)  # type: ignore[assignment] # Django lets it be set
        if request.method != "POST" or object_id is None:
            row = self.get_object(request, object_id) if object_id else None
            if row is not None and self._only_reads(request, row):
                return self._content(request, row)
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            row = self._locked(object_id)
            if row is None:
                return self._gone(request)
            if AUTOSAVE in request.POST and (problem := self._problem_of_autosave(request, row)):
                return render(request, "admin/guidance/autosaved.html", {"problem": problem})
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _problem_of_autosave(self, request: HttpRequest, row: Any) -> str:
        """Why a page may not save itself now, in words; "" when it may."""
        if self.draft_of(row).state in (State.IN_REVIEW, State.APPROVED):
            return SENT_IN
        return "" if request.POST.get("page") else UNDECIDED

    def _saves_itself(self, form: VersionedForm, row: Any) -> bool:
        """Not over a conflict, and only what nobody waits for."""
        return bool(form["page"].value()) and self.draft_of(row).state in (State.DRAFT, State.RETURNED)

    def _only_reads(self, request: HttpRequest, row: Any) -> bool:
        return self.has_view_permission(request, row) and not self.has_change_permission(request, row)

    def _content(self, request: HttpRequest, row: Any) -> HttpResponse:
        """The row in words, in the place of its form."""
        draft = self.draft_of(row)
        context = {
            "title": str(row),
            "subtitle": "内容",
            "tabs": self.tabs(request, draft, "change"),
            "lines": said(draft, row),
        }
        return self.show(request, draft, "content", context)

    def _locked(self, object_id: str) -> Any:
        """The row, kept from others until it is saved; None when there is none."""
        rows = self.model._default_manager.select_for_update()  # noqa: SLF001 - its public name
        return rows.filter(pk=object_id).first() if object_id.isdecimal() else None

    def _gone(self, request: HttpRequest) -> HttpResponse:
        """Somebody deleted the row meanwhile: what was typed is shown, so that it can be kept."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        hidden = ("_", "csrf", *HIDDEN)
        typed = [(name, text) for name, text in request.POST.items() if not name.startswith(hidden) and text]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "这一行已经被别人删除",
            "typed": typed,
        }
        template = "autosaved" if AUTOSAVE in request.POST else "gone"
        context["problem"] = "这一行已经被别人删除，没有保存。请把写的内容复制出来。"
        return render(
            request, f"admin/guidance/{template}.html", context, status=200 if template == "autosaved" else 409
        )

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """An autosave that could not be made says so and changes nothing on the page."""
        conflict = getattr(context["adminform"].form, "conflict", None)
        if AUTOSAVE in request.POST:
            problem = (
                "别人刚改过这一页，没有自动保存。请点“保存”，会列出两边的不同。"
                if conflict
                else "还有一处没填好，暂时没有自动保存。"
            )
            return render(request, "admin/guidance/autosaved.html", {"problem": problem})
        if conflict:
            conflict.take_in([inline.formset for inline in context["inline_admin_formsets"]])
        original = kwargs.get("obj")
        draft = self.draft_of(original) if original else self._draft_to_be(context["adminform"].form)
        context["tabs"] = self.tabs(request, draft, "change") if draft else []
        context["belongs_to"] = draft if not original else None
        context["draft"] = self.draft_of(original) if original else None
        context["saves_itself"] = original is not None and self._saves_itself(context["adminform"].form, original)
        context["versions_url"] = self._draft_url(original, "versions") if original else ""
        context["problems_url"] = self.problems_url(original) if original else ""
        return super().render_change_form(request, context, *args, **kwargs)

    @staticmethod
    def _draft_to_be(form: Any) -> Draft | None:
        """The flow that a new row will belong to, when that is settled."""
        field = form.fields.get("flow")
        if field is None or not isinstance(field.widget, HiddenInput):
            return None
        found: Draft | None = field.queryset.filter(pk=form["flow"].value()).first()
        return found

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """An autosave leaves out rows that the page just added or will delete: those wait for the button."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if AUTOSAVE in request.POST and "data" in kwargs:
            data = kwargs["data"]
            data[f"{prefix}-TOTAL_FORMS"] = data.get(f"{prefix}-INITIAL_FORMS", "0")
            for name in [name for name in data if name.startswith(f"{prefix}-") and name.endswith("-DELETE")]:
                del data[name]
        return kwargs

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if AUTOSAVE not in request.POST:
            return super().response_change(request, obj)
        context = {"at": timezone.localtime(), "version": obj.version, "problems_url": self.problems_url(obj)}
        return render(request, "admin/guidance/autosaved.html", context)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return None if AUTOSAVE in request.POST else super().log_change(request, obj, message)

    def problems_url(self, row: Any) -> str:
        """Where the problems of the draft a row belongs to are listed."""
        return self._draft_url(row, "problems")

    def _draft_url(self, row: Any, name: str) -> str:
        draft = self.draft_of(row)
        return str(self.admin_site._registry[type(draft)].page_url(draft, name))  # type: ignore[attr-defined] # noqa: SLF001

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """What is used is not deleted: every use is shown, with the way to it."""
        row = self.get_object(request, object_id)
        uses = self.uses(row) if row is not None and self.has_delete_permission(request, row) else []
        if not uses:
            return super().delete_view(request, object_id, extra_context)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"不能删除“{row}”",
            "uses": uses,
            "back": self.page_url(row, "change") if isinstance(row, DocumentPart) else "",
        }
        return TemplateResponse(request, "admin/guidance/in_use.html", context, status=409)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        draft = self.draft_of(obj)
        if draft is obj:
            record(Action.DELETE, request.user, draft)
        super().delete_model(request, obj)
        if draft is not obj:
            touched(draft, request.user)

    def get_actions(self, request: HttpRequest) -> Any:
        """Deleting many at once would pass over where they are used."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def uses(self, row: Any) -> list[dict[str, str]]:
        """What would break without a row, each as words and url; empty when it may go."""
        raise NotImplementedError


def _as_stored(typed: QueryDict) -> QueryDict:
    """What was typed, with the ends of lines that texts are stored with: only what somebody changed has changed."""
    plain = typed.copy()
    for name, texts in typed.lists():
        plain.setlist(name, [one_newline(text) for text in texts])
    return plain
