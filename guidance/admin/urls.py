"""Pages of the desk that belong to no single draft."""

from django.contrib.admin import site
from django.urls import path

from guidance.admin import desk

urlpatterns = [
    path("", site.admin_view(desk.front)),
    path("desk/problems/", site.admin_view(desk.live_problems), name="desk_problems"),
    path("desk/publish/", site.admin_view(desk.publish_together), name="desk_publish"),
]
