"""What search engines read about a page, at an address of its own: no page here holds a script."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse


def linked_data(request: HttpRequest, page: dict[str, Any]) -> JsonResponse:
    """BreadcrumbList and Article of a guide or FAQ entry as JSON-LD."""
    address = request.build_absolute_uri
    places = [*page["crumbs"], {"title": page["title"], "url": page["url"]}]
    breadcrumbs = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": i, "name": place["title"], "item": address(place["url"])}
            for i, place in enumerate(places, 1)
        ],
    }
    article = {
        "@type": "Article",
        "headline": page["title"],
        "description": page["summary"],
        "inLanguage": "zh-CN",
        "url": address(page["url"]),
        "datePublished": page["published_on"],
        "dateModified": page["changed_on"],
        "isAccessibleForFree": True,
        "publisher": {"@type": "Organization", "name": settings.SITE_NAME, "url": address("/")},
    }
    data = {"@context": "https://schema.org", "@graph": [breadcrumbs, article]}
    options = {"ensure_ascii": False}
    return JsonResponse(data, json_dumps_params=options, content_type="application/ld+json")
