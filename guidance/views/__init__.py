"""Public pages: functions, one file a page family; each is pure in what is live, the date and the address."""

from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """What the frame around every page shows."""
    return {
        "site_name": settings.SITE_NAME,
        "icp": settings.ICP_NUMBER,
        "operator": settings.SITE_OPERATOR,
        "site_contact": settings.SITE_CONTACT,
        "origin": origin(request),
    }


def origin(request: HttpRequest) -> str:
    """Scheme and host of this site as the reader reached it; "" for a host that is not ours."""
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return ""  # the page that says so has a frame, too
