"""The site with one more address, whose view breaks."""

from typing import Any

from django.http import HttpRequest
from django.urls import path

from config import urls

handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404
handler500 = urls.handler500


def breaks(request: HttpRequest) -> Any:
    raise ZeroDivisionError


urlpatterns = [path("broken/", breaks), *urls.urlpatterns]
