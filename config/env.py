"""Reads the environment: every variable may also be NAME_FILE, the path of a file that holds the value."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config.variables import Variables

env = Variables()

# By kind of database, what Django's settings hold beside its address.
KINDS: dict[str, dict[str, Any]] = {
    # Several processes on one SQLite file: readers never wait (WAL), and a writer waits its turn instead of failing
    # half-way (immediate transactions).
    "sqlite3": {
        "OPTIONS": {
            "timeout": 5,  # seconds a writer waits for another
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-8000;"  # bytes; KiB
            ),
        }
    },
    # Seconds: a database that does not answer must not keep readers waiting for what is already known.
    "postgresql": {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "OPTIONS": {"connect_timeout": 3}},
}


def database(default: str) -> dict[str, Any]:
    """Django's settings for DATABASE_URL (sqlite:///path or postgres://…); raises ImproperlyConfigured for others."""
    try:
        settings: dict[str, Any] = env.db_url("DATABASE_URL", default=default)
        kind = KINDS[settings["ENGINE"].rpartition(".")[2]]
    except (KeyError, ValueError) as error:
        raise ImproperlyConfigured("Set DATABASE_URL to sqlite:///path or postgres://user@host/name.") from error
    return settings | kind


def counters() -> dict[str, Any]:
    """Where tries to sign in are counted: Redis when REDIS_URL names one, else the database; all processes share it."""
    # Far more entries than strangers can make before they expire, or they could push out what was counted.
    return _redis("counters") or {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_counter",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }


def page_cache() -> dict[str, Any]:
    """Where finished pages are kept: Redis when REDIS_URL names one, else the memory of each process."""
    return _redis("pages") or {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    }


def _redis(prefix: str) -> dict[str, Any]:
    """A cache at REDIS_URL with a prefix for its keys; nothing when none is named."""
    url = env.str("REDIS_URL", default="")
    if not url:
        return {}
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": url,
        "KEY_PREFIX": prefix,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},  # seconds; nobody waits longer for it
    }
