"""The settings of production; only the finished static files lie elsewhere, so that nobody rebuilds them meanwhile."""

from config.env import env
from config.settings import *  # noqa: F403

STATIC_ROOT = env.str("STATIC_ROOT")
# Many sites at once share one PostgreSQL and what it can hold, so none of them keeps a connection.
DATABASES["default"]["CONN_MAX_AGE"] = 0
