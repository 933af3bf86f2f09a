"""The public addresses."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path
from django.views.generic import RedirectView

from guidance.views import article, check, feedback, finders, pages, preview, reference, search

GUIDE, QUESTION, DATA = {"kind": "article"}, {"kind": "faq"}, {"as_data": True}
STATE = "check/<slug:flow>/<str:code>/"

urlpatterns = [
    path("", pages.home, name="home"),
    path("guides/", article.index, GUIDE, name="guides"),
    path("guides/<slug:slug>.jsonld", article.answer, GUIDE | DATA, name="guide_data"),
    path("guides/<slug:slug>/", article.answer, GUIDE, name="guide"),
    path("faq/", article.index, QUESTION, name="questions"),
    path("faq/<slug:slug>.jsonld", article.answer, QUESTION | DATA, name="question_data"),
    path("faq/<slug:slug>/", article.answer, QUESTION, name="question"),
    path("myths/", reference.myths, name="myths"),
    path("glossary/", reference.glossary, name="glossary"),
    path("contacts/", reference.contacts, name="contacts"),
    path("search/", search.results, name="search"),
    path("search/suggest/", search.suggestions, name="search_suggest"),
    path("search.json", search.as_data, name="search_data"),
    path("opensearch.xml", search.description, name="opensearch"),
    path("about/", pages.about, name="about"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("preview/<str:token>/", preview.shared, name="preview"),
    path("robots.txt", finders.robots),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": finders.PagesSitemap}}, name="sitemap"),
    path("feed.xml", finders.feed, name="feed"),
    path("favicon.ico", RedirectView.as_view(url="/static/favicon.svg")),
    path("feedback/<slug:kind>/<slug:key>/<int:number>/", feedback.ask, name="feedback"),
    path("feedback/<slug:kind>/<slug:key>/thanks/", feedback.thanks, name="feedback_thanks"),
    path("check/", check.index, name="checks"),
    path("check/<slug:flow>.json", check.describe, name="check_describe"),
    path("check/<slug:flow>/", check.landing, name="check"),
    path("check/<slug:flow>/start", check.start, name="check_start"),
    path("check/<slug:flow>/open", check.open_code, name="check_open"),
    path("check/<slug:flow>/<str:code>.json", check.state_json, name="check_json"),
    path(STATE, check.state, name="check_state"),
    path(f"{STATE}next", check.next_step, name="check_next"),
    path(f"{STATE}change/<slug:question>/", check.change, name="check_change"),
    path(f"{STATE}compare/", check.compare, name="check_compare"),
    # What chat apps and people leave behind a code: /check/huabei/1abcd/，帮我看看
    path(f"{STATE}<path:rest>", check.mended, name="check_mended"),
    path("check/<slug:flow>/<str:code>", check.state, name="check_state_bare"),
]
