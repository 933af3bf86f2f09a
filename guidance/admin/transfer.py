"""All content out of the desk as one ZIP file, and back into the drafts: shown first, taken over after a yes."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.admin import site as admin_site
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from guidance.models import Action
from guidance.services.archive import ARCHIVE_BYTES, BrokenArchiveError, pack, read_archive
from guidance.services.audit import record
from guidance.services.content import content_files
from guidance.services.files import FileProblem
from guidance.services.importing import ChangedError, Plan, bring_in, findings, plan, taken_addresses

SEAL = Signer(salt="guidance.import")
# The archive comes back with the answer to “import this?”, so that nothing is kept here in between. Below Django's
# limits on a form, 2.5 MB and 1000 fields, with room for the rest of it.
CARRIED_CHARACTERS = 2_300_000
TICKS = 900
SHOWN = 200  # problems of files on one page; the rest is counted


def export_page(request: HttpRequest) -> HttpResponse:
    """Asks what to export; answers a POST with the file."""
    _permit(request, "guidance.export_content")
    if request.method == "POST":
        drafts = request.POST.get("what") == "drafts"
        try:
            files = content_files(drafts=drafts)
        except LookupError:
            messages.error(request, "现在没有可以导出的内容。")
            return HttpResponseRedirect(request.path)
        name = "drafts" if drafts else "content"
        record(Action.EXPORT, request.user, f"导出{'草稿' if drafts else '线上内容'}，共{len(files)}篇")
        headers = {"Content-Disposition": f'attachment; filename="{name}.zip"'}
        return HttpResponse(pack(files), content_type="application/zip", headers=headers)
    context = {**admin_site.each_context(request), "title": "导出内容"}
    return render(request, "admin/guidance/export.html", context)


def import_page(request: HttpRequest) -> HttpResponse:
    """Takes a file and shows what it would change; takes the yes and changes the drafts."""
    _permit(request, "guidance.import_content")
    if request.method != "POST":
        return _page(request, {})
    try:
        return _confirmed(request) if "carried" in request.POST else _shown(request)
    except BrokenArchiveError as error:
        more = len(error.problems) - SHOWN
        return _page(request, {"problems": error.problems[:SHOWN], "more": max(more, 0)})


def _permit(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def _page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    frame = {**admin_site.each_context(request), "title": "导入内容", "megabytes": ARCHIVE_BYTES // 1_000_000}
    return render(request, "admin/guidance/import.html", frame | context)


def _shown(request: HttpRequest) -> HttpResponse:
    upload = request.FILES.get("archive")
    if upload is None:
        raise _refused("请先选择一个 ZIP 文件")
    if (upload.size or 0) > ARCHIVE_BYTES:
        raise _refused(f"文件超过 {ARCHIVE_BYTES // 1_000_000} MB")
    data = upload.read()
    return _dry_run(request, plan(read_archive(data)), urlsafe_b64encode(data).decode())


def _dry_run(request: HttpRequest, now: Plan, archive: str) -> HttpResponse:
    """The page that says what would change, with the archive in it, sealed together with what it was compared to."""
    chosen = now.chosen([item.name for item in now.items])
    found = findings(now)
    small = len(archive) <= CARRIED_CHARACTERS and sum(item.contested for item in chosen) <= TICKS
    context = {
        "plan": now,
        "groups": [_group("新的", "new", now.new, found), _group("有改动", "changed", now.changed, found)],
        "taken": list(taken_addresses(now, chosen)),
        "too_large": not small,
        "carried": SEAL.sign(f"{request.user.pk}.{now.fingerprint}.{archive}") if chosen and small else "",
    }
    return _page(request, context)


def _group(title: str, name: str, items: Sequence[Any], found: dict[str, Any]) -> dict[str, Any]:
    rows = [{"item": item, "findings": found[item.name], "changes": item.changes()} for item in items]
    return {"title": title, "name": name, "rows": rows}


def _confirmed(request: HttpRequest) -> HttpResponse:
    seen, archive = _unsealed(request)
    files = read_archive(urlsafe_b64decode(archive))
    overwrite = request.POST.getlist("overwrite")
    try:
        loaded = bring_in(files, seen, overwrite, request.user, "导入压缩包")
    except ChangedError as error:
        messages.warning(request, "没有导入：你看过之后，这里的草稿又有人改了。下面是现在的对比，请再看一遍。")
        return _dry_run(request, error.plan, archive)
    messages.success(request, f"已导入{len(loaded)}篇草稿。它们还没有公开：送审并通过之后才会发布。")
    return HttpResponseRedirect(request.path)


def _unsealed(request: HttpRequest) -> tuple[str, str]:
    """The fingerprint and the archive that were shown to this very user."""
    try:
        user, seen, archive = SEAL.unsign(request.POST["carried"]).split(".")
    except (BadSignature, ValueError):
        raise _refused("确认的内容不完整，请重新上传") from None
    if user != str(request.user.pk):
        raise _refused("这份对比是给别人看的，请自己重新上传")
    return seen, archive


def _refused(message: str) -> BrokenArchiveError:
    return BrokenArchiveError([FileProblem("", 0, "", message)])
