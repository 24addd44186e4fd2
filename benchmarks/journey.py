"""``python -m benchmarks.journey``: a director's way from the first page to the note, timed.

In a real browser, on a whole department: home, four options (posts, portfolios, orientation, all
three), one run, the answer with its reason and cost, the note. A clock is read at each step; a
machine does the clicks, so what is timed is what a person waits for. Screenshots go to ``--out``.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from benchmarks.app_server import ARGUMENTS, CHROMIUM, ROOT, serving

sys.path.insert(0, str(ROOT / "tests" / "e2e"))
import steps
from steps import MINUTE, SCENARIO, Visit

SETTLED = "() => document.querySelectorAll('table.options').length > 1"
"""The page is drawn again when the part that rests on literature is known."""
FIRST, COMPLETE = "table.options, .answer", ".badge.count:not(:has-text('interrompu'))"
POSTS, PLACES, INVITATION = 14, 50, 5
OPTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Recruter 14 postes", ("posts",)),
    ("Portefeuilles de 50", ("places",)),
    ("Orientation en 15 jours", ("invitation",)),
    ("Les trois ensemble", ("posts", "places", "invitation")),
)


@dataclass
class Clock:
    """Seconds of each step, since the one before."""

    since: float = field(default_factory=time.monotonic)
    steps: list[tuple[str, float]] = field(default_factory=list)

    def step(self, name: str) -> None:
        """What has just been reached."""
        now = time.monotonic()
        self.steps.append((name, now - self.since))
        self.since = now
        print(f"  {name}: {self.steps[-1][1]:.1f} s", flush=True)


def typed(visit: Visit, label: str, value: int) -> None:
    """Write a number into every field whose label begins so, and leave each."""
    fields = visit.page.get_by_role("spinbutton", name=label)
    for position in range(fields.count()):
        one = fields.nth(position)
        one.fill(str(value))
        one.press("Enter")
        visit.settle()


def set_up(visit: Visit, title: str, levers: tuple[str, ...]) -> None:
    """The levers of one option, on the scenario page."""
    name = visit.page.get_by_role("textbox", name="Nom du scénario")
    name.fill(title)
    name.press("Enter")
    visit.settle()
    if "posts" in levers:
        visit.page.get_by_role("tab", name="Moyens").click()
        one = visit.page.get_by_role("spinbutton", name="Postes supplémentaires").first
        one.fill(str(POSTS))
        one.press("Enter")
        visit.settle()
    visit.page.get_by_role("tab", name="Organisation").click()
    if "places" in levers:
        typed(visit, "Portefeuille maximal", PLACES)
    if "invitation" in levers:
        one = visit.page.get_by_role("spinbutton", name="Délai entre l’ouverture du droit")
        one.first.fill(str(INVITATION))
        one.first.press("Enter")
        visit.settle()


def walked(visit: Visit, department: str, clock: Clock) -> None:
    """The whole way."""
    visit.open()
    clock.step("first page")
    visit.choose("Département", department)
    visit.picture("1_home")
    clock.step("department chosen")
    visit.press_until("Ouvrir : feuille blanche", SCENARIO)
    visit.page.wait_for_selector("text=Ce que l’aperçu montre", timeout=10 * MINUTE)
    visit.settle()
    clock.step("scenario page with its preview")
    for position, (title, levers) in enumerate(OPTIONS):
        if position:
            visit.press("Autre scénario")
            visit.settle()
        set_up(visit, title, levers)
    visit.picture("2_scenario")
    clock.step("four options set")
    visit.press("Lancer le calcul complet")
    visit.page.wait_for_selector(FIRST, timeout=30 * MINUTE)
    clock.step("first results")
    visit.picture("3_first_results")
    visit.page.wait_for_selector(COMPLETE, timeout=30 * MINUTE)
    visit.page.wait_for_function(SETTLED, timeout=30 * MINUTE)
    clock.step("full results")
    visit.settle()
    visit.picture("4_answer")
    note = visit.download("Note à signer, avec annexe (PDF)")
    (steps.OUT / "note.pdf").write_bytes(note)
    clock.step("note downloaded")


def main() -> None:
    """Serve the app for each department and walk through it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("departments", nargs="*", default=["Somme (80)"])
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "journey")
    asked = parser.parse_args()
    with sync_playwright() as playwright, TemporaryDirectory() as data:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        asked.out.mkdir(parents=True, exist_ok=True)
        with serving({"CASELOAD_APP_DATA": data}, asked.out / "server.log") as found:
            for department in asked.departments:
                print(department)
                steps.OUT = asked.out / department.partition(" ")[0].lower()
                steps.OUT.mkdir(parents=True, exist_ok=True)
                visit, clock = Visit(browser, found.address), Clock()
                walked(visit, department, clock)
                visit.close()
                print(f"  in all {sum(seconds for _, seconds in clock.steps):.0f} s")
        browser.close()


if __name__ == "__main__":
    main()
