"""What can be done with drafts from their list: check them, publish them."""

from collections.abc import Iterable

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from guidance.engine.problems import Problem
from guidance.models import DRAFTS, Draft
from guidance.services.publishing import Entry, Refused, Release, check, publish

NOTE_LENGTH = 200  # characters
SHOWN = 20  # problems in one message; the rest is counted


class ReasonForm(ActionForm):
    """Beside the list of actions: why something is published; readers see it in the feed of changes."""

    note = forms.CharField(label="为什么改（读者会看到）", required=False, max_length=NOTE_LENGTH)


def entries_of(drafts: Iterable[Draft]) -> list[Entry]:
    return [Entry(draft.KIND, draft.to_document()) for draft in drafts]


@admin.action(description="检查所选草稿", permissions=["view"])
def check_drafts(modeladmin: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet[Draft]) -> None:
    """Show every problem of each draft; changes nothing."""
    for (kind, key), problems in check(entries_of(queryset)).items():
        if problems:
            _tell(request, kind, key, problems)
        else:
            modeladmin.message_user(request, f"“{key}”没有发现问题。", messages.SUCCESS)


@admin.action(description="发布所选草稿", permissions=["change"])
def publish_drafts(modeladmin: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet[Draft]) -> None:
    """Publish the drafts together, or none of them and say why."""
    try:
        with transaction.atomic():  # the rows of one draft are read as one
            note = request.POST.get("note", "").strip()  # its length was checked by ReasonForm
            revisions = publish(entries_of(queryset), Release(author=request.user, note=note))
    except Refused as refused:
        modeladmin.message_user(request, "没有发布：先改好下面的问题。", messages.ERROR)
        for (kind, key), problems in refused.problems.items():
            _tell(request, kind, key, problems)
        return
    for revision in revisions:
        modeladmin.message_user(request, f"已发布：{revision}。", messages.SUCCESS)
    if not revisions:
        modeladmin.message_user(request, "内容和线上一样，没有新版本。", messages.INFO)


def tell_problems(request: HttpRequest, draft: Draft) -> None:
    """Say what to mend in a draft that was just saved; the draft stays as it was written."""
    for (kind, key), problems in check(entries_of([draft])).items():
        _tell(request, kind, key, problems)


def _tell(request: HttpRequest, kind: str, key: str, problems: Iterable[Problem]) -> None:
    found = list(problems)
    labels = {field.name: field.verbose_name for field in DRAFTS[kind]._meta.fields}  # noqa: SLF001 - its public name
    for problem in found[:SHOWN]:
        level = messages.ERROR if problem.blocks else messages.WARNING
        name, _, inside = problem.place.partition("/")
        place = " ".join(part for part in (str(labels.get(name, name)) or "整体", inside) if part)
        messages.add_message(request, level, f"“{key}”的{place}：{problem.message}")
    if len(found) > SHOWN:
        messages.add_message(request, messages.WARNING, f"“{key}”还有{len(found) - SHOWN}个问题没有列出。")
