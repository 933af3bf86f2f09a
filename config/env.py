"""Reads the environment: every variable may also be NAME_FILE, the path of a file that holds the value."""

from typing import Any

from config.variables import Variables

env = Variables()

# Several processes on one SQLite file: readers never wait (WAL), and a writer waits its turn instead of failing
# half-way (immediate transactions).
SQLITE_OPTIONS = {
    "timeout": 5,  # seconds a writer waits for another
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-8000;"  # bytes; KiB
    ),
}


def database(default: str) -> dict[str, Any]:
    """Django's settings for DATABASE_URL (sqlite:///path or postgres://…)."""
    settings: dict[str, Any] = env.db_url("DATABASE_URL", default=default)
    if settings["ENGINE"].endswith("sqlite3"):
        return settings | {"OPTIONS": SQLITE_OPTIONS}
    # Seconds: a database that does not answer must not keep readers waiting for what is already known.
    return settings | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "OPTIONS": {"connect_timeout": 3}}


def counters() -> dict[str, Any]:
    """Where tries to sign in are counted: Redis when REDIS_URL names one, else the database; all processes share it."""
    url = env.str("REDIS_URL", default="")
    if url:
        options = {"socket_connect_timeout": 1, "socket_timeout": 1}  # seconds
        return {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": url,
            "KEY_PREFIX": "counters",
            "OPTIONS": options,
        }
    # Far more entries than strangers can make before they expire, or they could push out what was counted.
    return {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_counter",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }


def page_cache() -> dict[str, Any]:
    """Where finished pages are kept: Redis when REDIS_URL names one, else the memory of each process."""
    url = env.str("REDIS_URL", default="")
    if url:
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url, "KEY_PREFIX": "pages"}
    return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}}
