"""The addresses of the site."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from config.health import livez, readyz
from config.security_txt import security_txt

urlpatterns = [
    path("livez", livez),
    path("readyz", readyz),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("security.txt", RedirectView.as_view(pattern_name="security_txt")),
    path("staff/", include("accounts.urls")),
    path("admin/", include("guidance.admin.urls")),
    path("admin/", admin.site.urls),
    path("", include("guidance.urls")),
]

handler400 = "guidance.views.errors.bad_request"
handler403 = "guidance.views.errors.forbidden"
handler429 = "accounts.views.too_many"  # asked for by allauth
handler404 = "guidance.views.errors.not_found"
handler500 = "guidance.views.errors.server_error"
