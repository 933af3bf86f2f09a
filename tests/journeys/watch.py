"""Everything that goes wrong in the browser while a test looks elsewhere."""

from collections.abc import Iterable

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

# A page with an error status is judged by its status, below.
STATUS_COMPLAINT = "Failed to load resource: the server responded with a status of"
# Requests of scripts are judged as requests, below; some are replaced by a later one.
HTMX_COMPLAINTS = "htmx:afterRequest,", "htmx:sendAbort,", "htmx:sendError,", "Response Status Error Code"
GONE = "net::ERR_ABORTED"  # the reader moved on before an icon had come
REPORT_VIOLATIONS = """
document.addEventListener('securitypolicyviolation', function (event) {
  window.reportViolation(event.violatedDirective + ' blocked ' + event.blockedURI + ' ' + event.sourceFile);
});
"""


class Watch:
    """Collects what the console, scripts, the network and the security policy complain about."""

    def __init__(self, context: BrowserContext, statuses: Iterable[int]) -> None:
        self.statuses = set(statuses)
        self.problems: list[str] = []
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)
        context.expose_binding("reportViolation", lambda _, text: self.problems.append(f"security policy: {text}"))
        context.add_init_script(REPORT_VIOLATIONS)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith((STATUS_COMPLAINT, *HTMX_COMPLAINTS)):
            self.problems.append(f"console {message.type}: {message.text}")

    def _error(self, error: WebError) -> None:
        self.problems.append(f"script error: {error.error}")

    def _failed(self, request: Request) -> None:
        if request.failure != GONE:
            self.problems.append(f"request failed: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.statuses:
            self.problems.append(f"status {response.status}: {response.url}")
