"""How gunicorn serves the site: one process with threads, so that SQLite has one writer and pages one cache."""

import os

from gunicorn.http import message  # type: ignore[import-untyped]

worker_class = "gthread"
# More processes are safe on PostgreSQL; each then keeps its own pages unless REDIS_URL is set.
workers = int(os.environ.get("WEB_WORKERS") or 1)
threads = 8
timeout = 30  # seconds
keepalive = 5
# Bytes, above the site's own limits for query strings, which answer in Chinese. gunicorn knows only less than its
# constant or no limit at all, so the constant goes up, too.
limit_request_line = message.MAX_REQUEST_LINE = 72 * 1024
# No header of a request changes what its address or scheme is; what a proxy may say is settled in settings.py.
forwarder_headers = ""
secure_scheme_headers: dict[str, str] = {}
accesslog = None  # addresses hold answers, so they are not logged
loglevel = "error"  # its warnings quote addresses too
control_socket_disable = True  # nothing steers it from outside
