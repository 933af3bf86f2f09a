"""Template words of the help center."""

from datetime import date
from typing import Any

from django import template
from django.db import Error
from django.urls import reverse

from guidance.services.live import site

register = template.Library()


@register.inclusion_tag("shared/_contact_link.html")
def contact(key: str) -> dict[str, Any]:
    """An official contact from the one registry, as a link to dial or to read more."""
    return {"contact": site().contacts.get(key)}


@register.simple_tag
def guide_url(key: str) -> str:
    """The address of a guide today, wherever it moved; the list of guides when it is gone."""
    try:
        guide = site().guides.by_key.get(key)
    except Error:  # the frame stands around the page that tells of it, too
        guide = None
    return reverse("guide", args=[guide.value.slug]) if guide else reverse("guides")


@register.filter
def zh_date(value: str | date) -> str:
    """2026-11-22 as 2026年11月22日."""
    if not value:
        return ""
    day = value if isinstance(value, date) else date.fromisoformat(value)
    return f"{day.year}年{day.month}月{day.day}日"
