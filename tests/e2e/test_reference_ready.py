"""The reference runs ahead while a visitor composes; the page says so, and the answer follows."""

from __future__ import annotations

import pytest
from steps import MINUTE, SCENARIO, Visit

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
STAFF = "Postes supplémentaires"
SAID = "text=Référence prête"


def test_a_reference_is_ready_before_the_run_that_needs_it(visit: Visit) -> None:
    visit.open()
    visit.choose("Département", "Meuse (55)")
    visit.press_until("Ouvrir : feuille blanche", SCENARIO)
    visit.page.wait_for_selector("text=Ce que l’aperçu montre", timeout=10 * MINUTE)
    visit.settle()
    before = visit.page.url
    slider = visit.page.get_by_role("slider", name=STAFF).first
    slider.focus()
    for _ in range(10):
        visit.page.keyboard.press("ArrowRight")
    visit.page.wait_for_function("before => window.location.href !== before", arg=before)
    visit.settle()
    visit.go("Comparer", "Comparer à la référence")
    assert not visit.page.locator(".answer").count(), "nothing was run by hand"
    visit.page.wait_for_selector(SAID, timeout=10 * MINUTE)
    visit.picture("reference_prete")
    visit.press_until("Lancer le calcul complet", "button:has-text('Arrêter'), .answer")
    visit.page.wait_for_selector(".answer", timeout=5 * MINUTE)
    visit.settle()
    assert "sous ces hypothèses" in visit.page.locator(".answer").first.inner_text()
    assert not visit.page.locator(SAID).count(), "said before the run only"
    assert not visit.strangers
