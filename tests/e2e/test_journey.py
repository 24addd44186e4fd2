"""The whole journey of a visitor in a real browser."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from steps import MINUTE, SCENARIO, Visit

from tests.pdf_pages import pages_of

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
STOP = "button:has-text('Arrêter le calcul')"
COMPLETE = ".badge.count:not(:has-text('interrompu'))"
"""A run that was stopped shows an answer too, from the replications that it had finished."""
STAFF = "Postes supplémentaires, Travailleur social du Département"


@pytest.fixture(scope="module")
def visit(browser: Any, address: str) -> Iterator[Visit]:
    made = Visit(browser, address)
    yield made
    made.close()


def test_a_department_is_chosen_and_the_page_speaks_french(visit: Visit) -> None:
    visit.open()
    assert visit.page.evaluate("document.documentElement.lang") == "fr"
    visit.choose_scheme()
    assert visit.page.get_by_text("Somme : les derniers chiffres publiés").is_visible()
    visit.picture("accueil")


def value_of(slider: Any) -> str:
    """What a slider stands at."""
    return str(slider.evaluate("one => one.value ?? one.getAttribute('aria-valuetext')"))


def test_the_staff_slider_moves_by_fourteen_and_the_preview_follows(visit: Visit) -> None:
    visit.press_until("Ouvrir : feuille blanche", SCENARIO)
    visit.page.wait_for_selector("text=Ce que l’aperçu montre", timeout=10 * MINUTE)
    visit.settle()
    before = visit.page.locator(".st-key-preview").inner_text()
    slider = visit.page.get_by_role("slider", name=STAFF)
    slider.focus()
    # A key that falls into the drawing of an answer may be lost: then one more is pressed.
    for _ in range(2 * 14):
        if value_of(slider) == "14":
            break
        slider.press("ArrowRight")
        visit.settle()
    visit.page.wait_for_function(
        "before => document.querySelector('.st-key-preview')?.innerText !== before", arg=before
    )
    visit.settle()
    assert value_of(slider) == "14"
    assert "etude=" in visit.page.url
    visit.picture("scenario")


def test_a_run_is_cancelled_and_leaves_no_process(visit: Visit) -> None:
    visit.page.get_by_role("tab", name="Durée et précision").click()
    visit.page.get_by_test_id("stRadioOption").filter(has_text="50").click()
    visit.settle()
    visit.picture("duree")
    visit.go("Comparer", "Comparer à la référence")
    visit.press_until("Lancer le calcul complet", STOP)
    visit.press("Arrêter le calcul")
    visit.page.wait_for_selector("text=Le calcul a été arrêté", timeout=2 * MINUTE)
    assert visit.page.get_by_role("button", name="Lancer le calcul complet").is_visible()


def test_a_full_run_shows_its_progress_and_its_answer(visit: Visit) -> None:
    visit.press_until("Lancer le calcul complet", f"{STOP}, {COMPLETE}")
    visit.page.wait_for_selector(f"[role=progressbar], {COMPLETE}")
    visit.page.wait_for_selector(COMPLETE, timeout=15 * MINUTE)
    visit.page.wait_for_selector(".answer")
    visit.settle()
    said = visit.page.locator(".answer").first.inner_text()
    assert "sous ces hypothèses" in said
    assert "8 simulations sur 10" in said
    # The page is drawn again when the part that rests on literature is known.
    visit.page.wait_for_function("() => document.querySelectorAll('table.options').length > 1")
    visit.page.wait_for_function("() => document.querySelectorAll('.js-plotly-plot').length === 4")
    visit.link = visit.page.url.partition("?")[2]
    visit.picture("comparer")


def test_a_note_a_workbook_and_a_series_are_taken_away(visit: Visit) -> None:
    note = visit.download("Note à signer, avec annexe (PDF)")
    assert note.startswith(b"%PDF-1.7")
    assert b"/StructTreeRoot" in note
    assert b"pdfuaid" in note
    assert pages_of(note) == 3
    book = zipfile.ZipFile(io.BytesIO(visit.download("Classeur Excel")))
    assert len([name for name in book.namelist() if "worksheets/sheet" in name]) == 9
    series = visit.download("Série (CSV)").decode("utf-8-sig")
    assert series.splitlines()[0].count(";") >= 5
    assert visit.download("Image (PNG)").startswith(b"\x89PNG")
    assert b"<svg" in visit.download("Image (SVG)")[:400]


def test_the_budget_opens_with_the_same_run(visit: Visit) -> None:
    visit.go("Budget", "Budget")
    assert visit.page.get_by_text("Allocation, nette des indus").first.is_visible()
    visit.picture("budget")


def test_one_life_is_shown_under_its_banner(visit: Visit) -> None:
    visit.go("Une personne", "Une personne")
    visit.page.wait_for_selector("ol.life")
    assert visit.page.get_by_text("Personne fictive : ne décrit").is_visible()
    visit.picture("personne")


def test_a_shared_link_opens_the_same_study_for_somebody_else(
    visit: Visit, browser: Any, address: str
) -> None:
    link = visit.page.url.partition("?")[2]
    other = Visit(browser, address)
    other.open(f"comparer?{link}")
    other.page.wait_for_selector(".answer", timeout=2 * MINUTE)
    assert "Mon scénario" in other.page.locator(".answer").inner_text()
    other.go("Explorer", "Explorer")
    other.page.get_by_role("tab", name="Mes calculs").click()
    assert other.page.get_by_text("Aucun calcul pour l’instant").is_visible()
    other.close()


def test_the_history_survives_a_new_page(visit: Visit) -> None:
    visit.open("explorer")
    visit.page.get_by_role("tab", name="Mes calculs").click()
    # The tab of the experiments has the same word, hidden.
    visit.page.locator("text=terminé >> visible=true").first.wait_for(timeout=MINUTE)
    visit.picture("explorer")


def test_a_good_and_a_bad_file_are_read_and_refused(visit: Visit) -> None:
    visit.open("mes-donnees")
    uploader = visit.page.locator("input[type=file]").first
    good = "mois;foyers\n" + "".join(f"2023-{month:02d};16{month}00\n" for month in range(1, 10))
    uploader.set_input_files(
        {"name": "foyers.csv", "mimeType": "text/csv", "buffer": good.encode("cp1252")}
    )
    visit.page.wait_for_selector("text=9 lignes lues")
    visit.press("Garder sur cette machine")
    visit.page.wait_for_selector("text=La série est gardée")
    visit.settle()
    visit.open("mes-donnees")
    assert visit.page.get_by_text("foyers", exact=False).first.is_visible()
    visit.picture("donnees")
    bad = "nom;prenom;nir\nDupont;Anne;285058002112345\n"
    visit.page.locator("input[type=file]").first.set_input_files(
        {"name": "liste.csv", "mimeType": "text/csv", "buffer": bad.encode()}
    )
    visit.page.wait_for_selector("text=Fichier refusé")


def test_english_is_a_switch_away(visit: Visit) -> None:
    visit.open()
    visit.page.get_by_role("radio", name="English").click()
    visit.page.wait_for_selector('h1:has-text("Which means")')
    assert visit.page.evaluate("document.documentElement.lang") == "en"
    visit.page.get_by_role("radio", name="Français").click()
    visit.page.wait_for_selector('h1:has-text("Quels moyens")')


def test_what_weighs_most_is_measured_and_told(visit: Visit) -> None:
    visit.open(f"explorer?{visit.link}")
    visit.page.get_by_role("tab", name="Ce qui pèse le plus").click()
    visit.press_until("Mesurer ce qui pèse", "button:has-text('Arrêter la mesure')")
    visit.press("Arrêter la mesure")
    visit.page.wait_for_selector("text=La mesure a été arrêtée", timeout=2 * MINUTE)
    visit.press_until("Mesurer ce qui pèse", "button:has-text('Arrêter la mesure'), .answer")
    visit.page.wait_for_selector(".answer:visible", timeout=15 * MINUTE)
    visit.settle()
    assert "pèse" in visit.page.locator(".answer:visible").inner_text()
    assert visit.page.get_by_text("Facteur", exact=True).first.is_visible()


def test_an_experiment_is_shown_and_taken_away(visit: Visit) -> None:
    visit.open("explorer")
    visit.page.get_by_role("tab", name="Expériences").click()
    assert visit.page.get_by_text("Des postes en plus").first.is_visible()
    lines = visit.download("Cet indicateur (CSV)").decode("utf-8-sig").splitlines()
    assert len(lines) > 10
    assert lines[0].startswith("expérience;")
    assert visit.download("Cet indicateur (Excel)").startswith(b"PK")


def test_no_request_left_the_machine(visit: Visit) -> None:
    assert not visit.strangers
