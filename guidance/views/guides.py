"""Guides and FAQ: their lists in groups, and one page each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidance.views.article import answer, in_groups


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All guides, in groups."""
    return render(request, "guidance/guides/list.html", {"groups": in_groups("article")})


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """One guide."""
    return answer(request, "article", slug)


@require_safe
def guide_data(request: HttpRequest, slug: str) -> HttpResponse:
    """One guide for search engines."""
    return answer(request, "article", slug, as_data=True)


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Every question with its short answer, in groups."""
    return render(request, "guidance/guides/questions.html", {"groups": in_groups("faq")})


@require_safe
def question(request: HttpRequest, slug: str) -> HttpResponse:
    """One question."""
    return answer(request, "faq", slug)


@require_safe
def question_data(request: HttpRequest, slug: str) -> HttpResponse:
    """One question for search engines."""
    return answer(request, "faq", slug, as_data=True)
