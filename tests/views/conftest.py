"""Steps through self-checks, as readers take them."""

from typing import Any, Protocol

import pytest
from django.test import Client
from django.urls import reverse


class Start(Protocol):
    def __call__(self, flow: str = ..., **answers: Any) -> str: ...


@pytest.fixture
def start(client: Client) -> Start:
    """The address of the state that answers by key lead to."""

    def start(flow: str = "small", **answers: Any) -> str:
        response = client.get(reverse("check_start", args=[flow]), answers)
        assert response.status_code == 302, response.content.decode()[:500]
        return str(response["Location"])

    return start
