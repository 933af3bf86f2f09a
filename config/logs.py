"""Log lines without addresses: an address of a self-check holds a reader's answers."""

import logging


class WithoutAddress(logging.Filter):
    """Puts the route in the place of the path in Django's lines about a request, and forgets the request."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = record.__dict__.pop("request", None)
        path = getattr(request, "path", None)
        if path and isinstance(record.args, tuple):
            match = getattr(request, "resolver_match", None)
            route = f"/{match.route}" if match else "(no route)"
            record.args = tuple(route if argument == path else argument for argument in record.args)
        return True
