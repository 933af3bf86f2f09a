"""Who is frightened now is at a number or an action after two taps."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewPage

NUMBER = re.compile(r"^tel:\d{3,}$")


@pytest.mark.parametrize("door", [0, 1], ids=["asked for money", "being collected"])
def test_a_number_to_call_is_two_taps_away(new_page: NewPage, door: int, *, javascript: bool) -> None:
    page = new_page(javascript=javascript)
    page.goto("/")
    page.locator(".doors a").nth(door).click()
    number = page.locator("main a[href^='tel:']").first
    expect(number).to_be_visible()
    expect(number).to_have_attribute("href", NUMBER)
    expect(number).to_be_enabled()
    expect(page.get_by_role("heading", name="现在就做")).to_be_visible()
