"""For whoever watches the process: is it alive, and can it serve content?"""

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

from guidance.models import SearchEntry
from guidance.services.live import site


def livez(request: HttpRequest) -> HttpResponse:
    """200 as soon as the process answers; touches nothing."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, all migrations ran, content is published and can be found; else 503, and why."""
    reason = _missing()
    return HttpResponse(f"{reason or 'ok'}\n", content_type="text/plain", status=503 if reason else 200)


def _missing() -> str:
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "migrations are missing"
        if not site().flows():
            return "no content is published"
        return "" if SearchEntry.objects.exists() else "the search index is empty: manage.py search_reindex"
    except Error:
        return "the database does not answer"
