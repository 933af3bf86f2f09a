"""What makes a page hard to use: axe's findings, sideways scrolling, targets too small for a thumb."""

from collections.abc import Iterable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

NARROW, WIDE = 320, 1280
TARGETS = "button, .button, .option label, .door"
THUMB = 44  # CSS pixels
AXE = Axe()
# What axe would fetch style sheets for is of no use at the desk, and the security policy forbids it.
ALL = {"preload": False, "resultTypes": ["violations"]}
COLOURS = ALL | {"runOnly": ["color-contrast", "link-in-text-block"]}  # the rest is the same in both looks
DESK_LOOKS = (NARROW, "light", COLOURS), (WIDE, "dark", ALL)

SMALL_TARGETS = """([selector, least]) => [...document.querySelectorAll(selector)]
  .filter((target) => target.checkVisibility())
  .map((target) => [target.innerText, target.getBoundingClientRect()])
  .filter(([, box]) => Math.min(box.width, box.height) < least - 0.01)
  .map(([text, box]) => `too small: ${text} ${box.width} × ${box.height}`)"""
TOO_WIDE = "() => document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth"
UNFOLD = "() => document.querySelectorAll('details').forEach((fold) => { fold.open = true; })"


def complaints(page: Page) -> list[str]:
    """All complaints about the page as it is, narrow and wide, light and dark, with every fold open."""
    page.evaluate(UNFOLD)
    found = []
    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 740})
        if page.evaluate(TOO_WIDE):
            found.append(f"scrolls sideways at {width}")
        found += page.evaluate(SMALL_TARGETS, [TARGETS, THUMB])
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found += [f"{width} {scheme}: {text}" for text in _violations(page)]
    return found


def desk_complaints(page: Page) -> list[str]:
    """What is wrong with a page for staff as it is, with every fold open."""
    expect(page.locator("#problems[hx-get], .htmx-request")).to_have_count(0)
    page.evaluate(UNFOLD)
    found = []
    for width, scheme, rules in DESK_LOOKS:
        page.set_viewport_size({"width": width, "height": 740})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        if page.evaluate(TOO_WIDE):
            found.append(f"{page.url} scrolls sideways at {width}")
        for rule in AXE.run(page, options=rules).response["violations"]:
            found += [f"{page.url} {width} {scheme}: {rule['id']} {node['html']}" for node in rule["nodes"]]
    return found


def visited(page: Page, addresses: Iterable[str]) -> list[str]:
    """The complaints about several pages for staff."""
    found = []
    for address in addresses:
        response = page.goto(address)
        assert response
        assert response.ok, address
        found += desk_complaints(page)
    return found


def _violations(page: Page) -> list[str]:
    violations = AXE.run(page).response["violations"]
    return [f"{each['id']} {node['html']}" for each in violations for node in each["nodes"]]
