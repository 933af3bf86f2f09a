"""Pages of the desk that belong to no single draft."""

from django.contrib.admin import site
from django.urls import path

from guidance.admin import desk, transfer

urlpatterns = [
    path("", site.admin_view(desk.front)),
    path("desk/<slug:kind>/<slug:key>/", site.admin_view(desk.open_draft), name="desk_open"),
    path("desk/problems/", site.admin_view(desk.live_problems), name="desk_problems"),
    path("desk/publish/", site.admin_view(desk.publish_together), name="desk_publish"),
    path("export/", site.admin_view(transfer.export_page), name="desk_export"),
    path("import/", site.admin_view(transfer.import_page), name="desk_import"),
]
