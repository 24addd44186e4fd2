"""The pictures of the French guide, of a whole department: `make guide-pictures`.

The steps are those of the journey (`test_journey.py`), without its small share. Pictures are made
small: they go with the source.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import sync_playwright

from benchmarks.app_server import ARGUMENTS, CHROMIUM, serving

sys.path.insert(0, str(Path(__file__).parent))
from steps import MINUTE, SCENARIO, Visit

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
STAFF = "Postes supplémentaires, Travailleur social du Département"
COMPLETE = ".badge.count:not(:has-text('interrompu'))"
POSTS = 14
WIDTH, COLOURS = 1000, 48


def kept(visit: Visit, name: str, height: int) -> None:
    """The upper part of a page as a small picture."""
    visit.page.set_viewport_size({"width": visit.size["width"], "height": height})
    visit.page.wait_for_timeout(1500)
    taken = Image.open(io.BytesIO(visit.page.screenshot()))
    size = (WIDTH, round(height * WIDTH / taken.width))
    small = taken.convert("RGB").resize(size, Image.Resampling.LANCZOS).quantize(COLOURS)
    FOLDER.mkdir(exist_ok=True)
    small.save(FOLDER / f"app_{name}.png", optimize=True)
    visit.page.set_viewport_size(visit.size)


def walked(visit: Visit) -> None:
    """From the first page to the budget, with fourteen posts more."""
    visit.open()
    visit.choose_scheme()
    kept(visit, "accueil", 1190)
    visit.press_until("Ouvrir : feuille blanche", SCENARIO)
    visit.page.wait_for_selector("text=Ce que l’aperçu montre", timeout=10 * MINUTE)
    slider = visit.page.get_by_role("slider", name=STAFF)
    slider.focus()
    for _ in range(POSTS):
        visit.page.keyboard.press("ArrowRight")
    visit.settle()
    visit.page.wait_for_timeout(MINUTE / 2)
    visit.settle()
    kept(visit, "scenario", 1000)
    visit.go("Comparer", "Comparer à la référence")
    visit.press("Lancer le calcul complet")
    visit.page.wait_for_selector(COMPLETE, timeout=60 * MINUTE)
    visit.page.wait_for_selector("table.options")
    visit.page.wait_for_timeout(MINUTE / 2)
    visit.settle()
    kept(visit, "comparer", 1500)
    visit.go("Budget", "Budget")
    visit.settle()
    kept(visit, "budget", 1000)


def main() -> None:
    """Serve the app, walk through it and keep the pictures."""
    with (
        TemporaryDirectory() as data,
        serving({"CASELOAD_APP_DATA": data}, Path(data, "server.log")) as found,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        visit = Visit(browser, found.address)
        walked(visit)
        visit.close()
        browser.close()
    for file in sorted(FOLDER.glob("app_*.png")):
        print(f"{file.name}: {file.stat().st_size / 1024:.0f} kB")


if __name__ == "__main__":
    main()
