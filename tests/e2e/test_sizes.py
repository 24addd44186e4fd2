"""Every page with results on a telephone and on a projector: nothing runs over the edge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from steps import MINUTE, NARROW, PAGES, PROJECTOR, SCENARIO, WIDE, Visit

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
TABS = ("Ce qui pèse le plus", "Qualité du modèle", "Expériences", "Mes calculs")
STRAY = """() => {
  const stray = [];
  for (const one of document.querySelectorAll('.stMainBlockContainer *')) {
    const box = one.getBoundingClientRect();
    if (!box.width || box.right <= window.innerWidth + 1) continue;
    let inside = one.parentElement;
    while (inside && !['auto', 'scroll', 'hidden'].includes(getComputedStyle(inside).overflowX))
      inside = inside.parentElement;
    const frame = inside?.closest('.stMainBlockContainer') && inside.getBoundingClientRect();
    if (frame && frame.right <= window.innerWidth + 1) continue;
    stray.push(one.tagName + '.' + String(one.className).slice(0, 60));
  }
  return stray.slice(0, 5);
}"""
"""What sticks out of the window without standing in a frame that scrolls by itself."""


@pytest.fixture(scope="module")
def link(browser: Any, address: str) -> str:
    """The address of a study with a finished run and a finished weighing."""
    made = Visit(browser, address)
    made.open()
    made.choose_scheme()
    made.press_until("Ouvrir : portefeuilles", SCENARIO)
    made.page.wait_for_selector("text=Ce que l’aperçu montre", timeout=10 * MINUTE)
    made.settle()
    made.go("Comparer", "Comparer à la référence")
    if not made.page.locator(".answer").count():
        made.press_until("Lancer le calcul complet", "button:has-text('Arrêter'), .answer")
    made.page.wait_for_selector(".answer", timeout=15 * MINUTE)
    made.settle()
    made.go("Explorer", "Explorer")
    made.page.get_by_role("tab", name="Ce qui pèse le plus").click()
    made.settle()
    if not made.page.locator(".answer:visible").count():
        made.press_until("Mesurer ce qui pèse", "button:has-text('Arrêter la mesure'), .answer")
    made.page.wait_for_selector(".answer:visible", timeout=15 * MINUTE)
    made.settle()
    found = made.page.url.partition("?")[2]
    made.close()
    return found


@pytest.fixture(params=[NARROW, WIDE, PROJECTOR], ids=["telephone", "desk", "projector"])
def visit(request: Any, browser: Any, address: str) -> Iterator[Visit]:
    made = Visit(browser, address, request.param)
    yield made
    made.close()


def fits(visit: Visit, what: str) -> None:
    width, room = visit.page.evaluate(
        "() => [document.documentElement.scrollWidth, window.innerWidth]"
    )
    assert width <= room, what
    assert not visit.page.evaluate(STRAY), what


def test_no_page_runs_over_the_edge(visit: Visit, link: str) -> None:
    for path in PAGES:
        visit.open(f"{path}?{link}")
        if path in ("comparer", "budget"):
            visit.page.wait_for_selector(".js-plotly-plot")
        visit.page.wait_for_timeout(1000)
        fits(visit, path)
        visit.picture(path or "accueil")


def test_no_tab_of_explore_runs_over_the_edge(visit: Visit, link: str) -> None:
    visit.open(f"explorer?{link}")
    for tab in TABS:
        visit.page.get_by_role("tab", name=tab).click()
        visit.settle()
        visit.page.wait_for_timeout(800)
        fits(visit, tab)
        visit.picture(f"explorer_{TABS.index(tab)}")


def test_on_a_narrow_window_the_menu_folds_and_a_series_is_kept(browser: Any, address: str) -> None:
    visit = Visit(browser, address, NARROW)
    visit.open()
    visit.go("Mes données", "Mes données")
    series = visit.page.get_by_role("textbox", name="… ou collez le tableau")
    series.fill("mois;foyers\n2025-11;16580\n2025-12;16604\n")
    visit.page.locator("h1").click()
    visit.press_until("Garder sur cette machine", "button:has-text('Supprimer')")
    assert visit.page.locator("[aria-label='Déplier le menu']").is_visible()
    fits(visit, "mes-donnees")
    visit.close()
