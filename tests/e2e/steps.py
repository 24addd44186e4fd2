"""What a visitor does in the browser, step by step."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "out" / "e2e"
AXE = OUT / "axe.min.js"
SERVER_LOG = OUT / "server.log"
LOCAL = re.compile(r"(https?|wss?)://127\.0\.0\.1(:\d+)?/|data:|blob:|about:")
MINUTE = 60_000
SCENARIO = "h1:has-text('Composer un scénario')"
READY = (
    "() => document.querySelector('[data-testid=stApp]')"
    "?.getAttribute('data-test-script-state') === 'notRunning'"
)
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 780}
PROJECTOR = {"width": 1920, "height": 1080}
PAGES = (
    "",
    "scenario",
    "comparer",
    "budget",
    "presenter",
    "une-annee",
    "une-personne",
    "mes-donnees",
    "explorer",
    "methode",
)
"""Addresses of the pages in the menu."""
TALLEST = 7000
TRIES = 6


class Visit:
    """A visitor with a session of their own; requests that leave the machine are noted."""

    def __init__(self, browser: Any, address: str, size: dict[str, int] | None = None) -> None:
        self.address = address
        self.size = size or WIDE
        self.context = browser.new_context(
            viewport=self.size, locale="fr-FR", accept_downloads=True
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(5 * MINUTE)
        self.strangers: list[str] = []
        self.link = ""
        """The address of the study, once it has a result."""
        self.page.on("request", self._note)

    def _note(self, request: Any) -> None:
        if not LOCAL.match(request.url):
            self.strangers.append(request.url)

    def open(self, path: str = "") -> None:
        """Go to an address of the app and wait until it is drawn."""
        self.page.goto(f"{self.address}/{path}")
        self.page.wait_for_selector("h1")
        self.settle()

    def settle(self) -> None:
        """Wait until the page no longer changes."""
        self.page.wait_for_timeout(400)
        self.page.wait_for_function(READY)
        self.page.wait_for_timeout(300)

    def go(self, name: str, heading: str) -> None:
        """Follow the menu (which is folded on a narrow screen)."""
        if self.size is NARROW:
            self.page.get_by_test_id("stExpandSidebarButton").click()
        self.page.get_by_test_id("stSidebarNavLink").filter(has_text=name).click()
        self.page.wait_for_selector(f'h1:has-text("{heading}")')
        self.settle()

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name).first.click()

    def press_until(self, name: str, selector: str, seconds: int = 20) -> None:
        """Press until the page shows what the button leads to: a slow machine may lose a click."""
        for _ in range(TRIES):
            self.press(name)
            try:
                self.page.wait_for_selector(selector, timeout=1000 * seconds)
            except Exception:
                continue
            self.settle()
            return
        raise AssertionError(f"{name} leads nowhere")

    def choose(self, label: str, option: str) -> None:
        """Choose in a list, which shows a part of its options until one is written."""
        field = self.page.get_by_role("combobox", name=label).first
        field.click()
        field.fill(option)
        self.page.get_by_role("option", name=option).first.click()
        self.settle()
        self.page.wait_for_timeout(1500)
        self.settle()

    def choose_scheme(self) -> None:
        """The Somme, with the reference that its scheme is compared with."""
        self.choose("Département", "Somme (80)")
        self.choose("Point de comparaison", "La Somme telle qu’elle était")

    def download(self, name: str) -> bytes:
        """The bytes of a download."""
        self.settle()
        with self.page.expect_download() as waiting:
            self.press(name)
        return Path(waiting.value.path()).read_bytes()

    def picture(self, name: str) -> None:
        """A screenshot of the whole page, as a build output."""
        height = self.page.evaluate(
            "() => document.querySelector('.stMainBlockContainer')?.scrollHeight ?? 900"
        )
        tall = {"width": self.size["width"], "height": max(900, min(int(height) + 90, TALLEST))}
        self.page.set_viewport_size(tall)
        self.page.wait_for_timeout(700)
        OUT.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(OUT / f"{name}_{self.size['width']}.png"))
        self.page.set_viewport_size(self.size)

    def close(self) -> None:
        """End the session."""
        self.context.close()
