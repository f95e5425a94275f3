"""Pages in a real browser: what axe says, and somebody at it."""

import os
from pathlib import Path
from typing import Any

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # what is right is told of each element else, which takes longer than to look
}
SHOTS = os.environ.get("GOVGAUGE_SHOTS", "")
"""A folder for pictures, when somebody wants to look at them."""
PATIENCE = 60_000
"""Milliseconds that a busy machine may take."""
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def barriers(page: Any) -> list[tuple[str, str]]:
    """What axe finds on a page, and whether it is wider than its screen."""
    from axe_playwright_python.base import AXE_SCRIPT  # noqa: PLC0415 - only where there is a browser

    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("rules => axe.run(rules).then(told => told.violations)", RULES)
    told = [(one["id"], one["nodes"][0]["html"]) for one in found]
    if page.evaluate("document.documentElement.scrollWidth") > page.viewport_size["width"]:
        told.append(("wider than the screen", page.url))
    return told


def come_to_read(shown: Any, texts: list[str]) -> None:
    """Wait until these places read so: an answer may have been written and not be on the page yet."""
    from playwright.sync_api import expect  # noqa: PLC0415 - only where there is a browser

    expect(shown).to_have_text(texts, timeout=PATIENCE)


class Visitor:
    """Somebody at a browser of their own; `faults` is what its console complained of."""

    def __init__(self, browser: Any, address: str) -> None:
        self.context = browser.new_context(viewport=WIDE)
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.address = address
        self.faults: list[str] = []
        self.page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def go(self, path: str) -> None:
        """Open a page, which must be that of the address."""
        self.page.goto(self.address + path)
        assert self.page.url == self.address + path, self.page.url

    def look(self, name: str, *, phone: bool = False) -> None:
        """No barrier here, on a phone neither; and pictures."""
        for size, ending in ((PHONE, "-phone"), (WIDE, "")) if phone else ((WIDE, ""),):
            self.page.set_viewport_size(size)
            found = barriers(self.page)
            assert found == [], f"{name}: {found}"
            if SHOTS:
                self.page.screenshot(path=Path(SHOTS) / f"{name}{ending}.png", full_page=True)
