"""axe-core on every page: no serious and no critical violation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from steps import AXE, MINUTE, SCENARIO, Visit

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
PAGES = ("", "scenario", "comparer", "budget", "une-personne", "mes-donnees", "explorer", "methode")
GRAVE = ("serious", "critical")


@pytest.fixture(scope="module")
def visit(browser: Any, address: str) -> Iterator[Visit]:
    """A visitor with a finished run, so that every page shows its results."""
    made = Visit(browser, address)
    made.open()
    made.choose("Département", "Somme (80)")
    made.press_until("Ouvrir : recruter", SCENARIO)
    made.page.wait_for_selector("text=Ce que l'aperçu montre", timeout=10 * MINUTE)
    made.go("Comparer", "Comparer à la référence")
    if not made.page.locator(".answer").count():
        made.press_until("Lancer le calcul complet", "button:has-text('Arrêter'), .answer")
    made.page.wait_for_selector(".answer", timeout=15 * MINUTE)
    made.settle()
    yield made
    made.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_grave_violation(visit: Visit, path: str) -> None:
    assert AXE.is_file(), "axe-core is missing: run tests/e2e/prepare"
    link = visit.page.url.partition("?")[2]
    visit.open(f"{path}?{link}")
    visit.page.wait_for_timeout(1500)
    visit.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = visit.page.evaluate("async () => (await axe.run()).violations")
    grave = [
        (one["id"], one["impact"], [node["html"][:160] for node in one["nodes"][:3]])
        for one in found
        if one["impact"] in GRAVE
    ]
    assert not grave, "\n".join(map(str, grave))
