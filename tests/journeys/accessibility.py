"""What makes a page hard to use: axe's findings, sideways scrolling, targets too small for a thumb."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NARROW, WIDE = 320, 1280
TARGETS = "button, .button, .option label, .door"
THUMB = 44  # CSS pixels
AXE = Axe()

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


def _violations(page: Page) -> list[str]:
    violations = AXE.run(page).response["violations"]
    return [f"{each['id']} {node['html']}" for each in violations for node in each["nodes"]]
