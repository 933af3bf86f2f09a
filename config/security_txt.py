"""security.txt (RFC 9116): where to tell of a hole in this site, before anybody uses it."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

LASTS = timedelta(days=180)  # researchers trust nothing older than a year


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """The same all day, and never out of date while the site runs. Addresses are https even where the site is not."""
    here = f"https://{request.get_host()}"
    lines = [
        f"Contact: {settings.SECURITY_CONTACT or here + reverse('about')}",
        f"Expires: {_expires().isoformat()}",
        "Preferred-Languages: zh, en",
        f"Canonical: {here}{reverse('security_txt')}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def _expires() -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate() + LASTS, time.min))
