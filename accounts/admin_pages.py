"""What the admin of staff has beside its list and its form: one-time links, starting a sign-in anew."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from accounts import resets, staff
from accounts.invitations import expires, is_unused
from accounts.models import REASON_LENGTH, StaffUser, one_plain_line
from accounts.proof import FACTORS

View = Callable[[HttpRequest, StaffUser], HttpResponse]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="为什么要重置（写进操作记录）",
        max_length=REASON_LENGTH,
        validators=[one_plain_line],
        error_messages={"required": "请写原因，另一位管理员要看。"},
    )


class StaffPages(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        mine = [
            path(f"<path:object_id>/{name}/", self._opened(view), name=f"accounts_staffuser_{name}")
            for name, view in {"link": self._link, "reset": self._reset}.items()
        ]
        return mine + super().get_urls()

    def get_queryset(self, request: HttpRequest) -> Any:
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
        found = super().get_queryset(request).select_related("reset_request__asked_by").prefetch_related("groups")
        return found.annotate(enrolled=Exists(factors))

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Nobody guesses at a stored password by filtering the list."""
        return not lookup.startswith("password") and super().lookup_allowed(lookup, value, request)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        try:
            return super().changelist_view(request, extra_context)
        except (OverflowError, ValueError, DataError):  # what Django lets through: too large a number, the year 0
            if not request.GET:
                raise
            messages.warning(request, "地址里的筛选条件不对，这里列出全部。")
            return HttpResponseRedirect(request.path)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        return super().get_object(request, object_id, from_field or None)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """The form names where it is sent: after proving it again, it is shown at another address."""
        try:
            return super().changeform_view(request, object_id, form_url or request.path, extra_context)
        except IntegrityError:
            messages.error(request, "没有保存：别人刚刚用了这个用户名。请换一个，再保存。")
            return HttpResponseRedirect(request.path)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        user = kwargs.get("obj")
        if user is not None:
            context |= self._standing(request, user)
        return super().render_change_form(request, context, *args, **kwargs)

    def show_link(self, request: HttpRequest, user: StaffUser, link: str) -> HttpResponse:
        """Shown in the answer itself: it is not kept, and cannot be called up again."""
        context = {
            "link": request.build_absolute_uri(link),
            "until": expires(),
            "change_url": self._url(user, "change"),
            "can_have_another": is_unused(user),
        }
        return self._page(request, user, "link", context | {"title": "邀请链接"})

    def _standing(self, request: HttpRequest, user: StaffUser) -> dict[str, Any]:
        """What can be done about the sign-in of somebody."""
        may = self.has_change_permission(request, user)
        unused = is_unused(user)
        return {
            "link_url": self._url(user, "link") if may and unused and user.is_active else "",
            "reset_url": self._url(user, "reset") if may and not unused else "",
            "asked": resets.standing(user),
        }

    def _opened(self, view: View) -> Any:
        """A page of one person, for whoever may change that one."""

        def opened(request: HttpRequest, object_id: str) -> HttpResponse:
            user = self.get_object(request, object_id)
            if not self.has_change_permission(request, user):
                raise PermissionDenied
            if user is None:
                raise Http404
            try:
                return view(request, user)
            except staff.Refused as refused:
                messages.error(request, str(refused))
                return HttpResponseRedirect(self._url(user, view.__name__.strip("_")))

        return self.admin_site.admin_view(opened)

    def _link(self, request: HttpRequest, user: StaffUser) -> HttpResponse:
        """A new link; opening the address makes none."""
        if request.method != "POST":
            return HttpResponseRedirect(self._url(user, "change"))
        return self.show_link(request, user, staff.welcome_again(user, request.user))

    def _reset(self, request: HttpRequest, user: StaffUser) -> HttpResponse:
        step, number = request.POST.get("step"), request.POST.get("request", "")
        form = ReasonForm(request.POST if step == "ask" else None)
        if step == "confirm":
            return self.show_link(request, user, resets.confirm(user, request.user, number))
        if step == "cancel":
            resets.cancel(user, request.user, number)
            messages.success(request, "已取消，什么都没有改。")
            return HttpResponseRedirect(request.path)
        if form.is_valid():
            resets.ask(user, request.user, form.cleaned_data["reason"])
            messages.success(request, "已提出。另一位管理员确认以后才会重置。")
            return HttpResponseRedirect(request.path)
        return self._page(request, user, "reset", self._reset_context(request, user) | {"form": form})

    def _reset_context(self, request: HttpRequest, user: StaffUser) -> dict[str, Any]:
        asked = resets.standing(user)
        return {
            "title": "重置登录",
            "asked": asked,
            "mine": asked is not None and asked.asked_by_id == request.user.pk,
            "own": user.pk == request.user.pk,
            "unused": is_unused(user),
            "others": resets.others(user, request.user),
            "reason_length": REASON_LENGTH,
            "change_url": self._url(user, "change"),
        }

    def _page(self, request: HttpRequest, user: StaffUser, name: str, context: dict[str, Any]) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "person": user}
        return TemplateResponse(request, f"admin/accounts/staffuser/{name}.html", shared | context)

    def _url(self, user: StaffUser, name: str) -> str:
        return reverse(f"admin:accounts_staffuser_{name}", args=[user.pk])
