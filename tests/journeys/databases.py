"""Databases of our own: files for SQLite, fresh databases on the server that DATABASE_URL names for PostgreSQL."""

import os
import shutil
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

POSTGRES = {"postgres", "postgresql", "psql", "pgsql"}


class Databases(Protocol):
    def create(self, name: str) -> str:
        """Make an empty database; gives its DATABASE_URL."""

    def copy(self, name: str, original: str) -> str:
        """Make a database with what `original` holds; gives its DATABASE_URL."""

    def drop(self, name: str) -> None: ...


def databases(folder: Path) -> Databases:
    """On the PostgreSQL server in the environment if there is one, else as files in `folder`."""
    url = os.environ.get("DATABASE_URL", "")
    return PostgresDatabases(url) if urlsplit(url).scheme in POSTGRES else SqliteDatabases(folder)


class SqliteDatabases:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self, name: str) -> str:
        return f"sqlite:///{self._path(name)}"

    def copy(self, name: str, original: str) -> str:
        shutil.copy(self._path(original), self._path(name))
        return self.create(name)

    def drop(self, name: str) -> None:
        self._path(name).unlink()

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.sqlite3"


class PostgresDatabases:
    def __init__(self, url: str) -> None:
        self.server = urlsplit(url)._replace(scheme="postgresql")

    def create(self, name: str) -> str:
        self._run("CREATE DATABASE {}", self._full(name))
        return self._url(name)

    def copy(self, name: str, original: str) -> str:
        self._run("CREATE DATABASE {} TEMPLATE {}", self._full(name), self._full(original))
        return self._url(name)

    def drop(self, name: str) -> None:
        self._run("DROP DATABASE {} WITH (FORCE)", self._full(name))

    def _full(self, name: str) -> str:
        return f"journeys_{os.getpid()}_{name}"

    def _url(self, name: str) -> str:
        return self.server._replace(path=f"/{self._full(name)}").geturl()

    def _run(self, command: str, *names: str) -> None:
        maintenance = self.server._replace(path="/postgres").geturl()
        with psycopg.connect(maintenance, autocommit=True) as connection:
            connection.execute(sql.SQL(command).format(*map(sql.Identifier, names)))
