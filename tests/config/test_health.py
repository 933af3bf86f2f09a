"""Alive, and ready."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from guidance.models import Publication


def test_alive_needs_nothing(client: Client) -> None:
    response = client.get("/livez")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_with_database_migrations_and_content(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_not_ready_without_content(client: Client) -> None:
    Publication.objects.all().delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert b"no content" in response.content


@pytest.mark.django_db
def test_not_ready_while_the_database_is_away(client: Client) -> None:
    def away(*args: Any) -> None:
        raise OperationalError

    with connection.execute_wrapper(away):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert b"database" in response.content


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'guidance'")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert b"migrations" in response.content
