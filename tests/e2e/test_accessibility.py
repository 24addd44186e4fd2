"""axe-core on every page, in both languages: no serious and no critical violation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from steps import AXE, MINUTE, PAGES, SCENARIO, Visit

from ui.pages.explore import TABS
from ui.spoken import LANGUAGE_KEY, wordings
from ui.texts import LANGUAGES

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
GRAVE = ("serious", "critical")
SEARCHES = (("goal", "Chercher", "Arrêter"), ("weigh", "Mesurer ce qui pèse", "Arrêter la mesure"))
"""Tab of Explore, the button that asks, the button that stops."""


@pytest.fixture(scope="module")
def visit(browser: Any, address: str) -> Iterator[Visit]:
    """A visitor with a finished run, so that every page shows its results."""
    made = Visit(browser, address)
    made.open()
    made.choose_scheme()
    made.press_until("Ouvrir : portefeuilles", SCENARIO)
    made.page.wait_for_selector("text=Ce que l’aperçu montre", timeout=10 * MINUTE)
    made.go("Comparer", "Comparer à la référence")
    if not made.page.locator(".answer").count():
        made.press_until("Lancer le calcul complet", "button:has-text('Arrêter'), .answer")
    made.page.wait_for_selector(".answer", timeout=15 * MINUTE)
    made.settle()
    yield made
    made.close()


@pytest.fixture(scope="module")
def explored(visit: Visit) -> Visit:
    """The same visitor with the answers of both searches of Explore."""
    visit.open(address_of(visit, "explorer", "fr"))
    for tab, ask, stop in SEARCHES:
        visit.page.get_by_role("tab", name=tab_name(tab, "fr")).click()
        if not visit.page.locator(".answer:visible").count():
            visit.press_until(ask, f"button:has-text('{stop}'):visible, .answer:visible")
        visit.page.wait_for_selector(".answer:visible", timeout=15 * MINUTE)
        visit.settle()
    return visit


def address_of(visit: Visit, path: str, language: str) -> str:
    """A page with the study of the present address, in a language."""
    asked = visit.page.url.partition("?")[2].split("&")
    kept = [part for part in asked if part and not part.startswith(f"{LANGUAGE_KEY}=")]
    name = dict(wordings("app.language_names")[language])[language]
    return f"{path}?{'&'.join([*kept, f'{LANGUAGE_KEY}={name}'])}"


def tab_name(tab: str, language: str) -> str:
    return wordings(f"explore.tab_{tab}")[language]


def grave_violations(visit: Visit) -> str:
    """What axe-core finds on the page as it is, a line for each rule."""
    assert AXE.is_file(), "axe-core is missing: run tests/e2e/prepare"
    visit.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = visit.page.evaluate("async () => (await axe.run()).violations")
    grave = [
        (one["id"], one["impact"], [node["html"][:160] for node in one["nodes"][:3]])
        for one in found
        if one["impact"] in GRAVE
    ]
    return "\n".join(map(str, grave))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_grave_violation(visit: Visit, path: str, language: str) -> None:
    visit.open(address_of(visit, path, language))
    visit.page.wait_for_timeout(1000)
    assert visit.page.evaluate("document.documentElement.lang") == language
    assert not grave_violations(visit)


@pytest.mark.parametrize("language", LANGUAGES)
def test_explore_with_its_answers_has_no_grave_violation(explored: Visit, language: str) -> None:
    explored.open(address_of(explored, "explorer", language))
    assert explored.page.evaluate("document.documentElement.lang") == language
    for tab in TABS:
        explored.page.get_by_role("tab", name=tab_name(tab, language)).click()
        explored.settle()
        if tab in ("goal", "weigh"):
            explored.page.wait_for_selector(".answer:visible", timeout=MINUTE)
        explored.picture(f"explorer_{tab}_{language}")
        assert not grave_violations(explored), tab
