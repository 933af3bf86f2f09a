"""For whoever watches the process: is it alive, and can it serve content?"""

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

from guidance.services.live import site


def livez(request: HttpRequest) -> HttpResponse:
    """200 as soon as the process answers; touches nothing."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, all migrations ran and content is published; else 503 with the reason."""
    reason = _missing()
    return HttpResponse(f"{reason or 'ok'}\n", content_type="text/plain", status=503 if reason else 200)


def _missing() -> str:
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "migrations are missing"
        return "" if site().flows() else "no content is published"
    except Error:
        return "the database does not answer"
