"""The budget page offers note and workbook, with the figures that it shows."""

from __future__ import annotations

import io
from html import unescape
from typing import Any

import numpy as np
import openpyxl
import pytest
from app_worlds import finished, page, shown, small_study
from streamlit.testing.v1 import AppTest

from forecast.spending.budget_level import spending_outlook
from sim.language import Language
from sim.money.budget.table import TOTAL, cells
from sim.money.costs.entered import InsertionAmount
from sim.money.costs.spending import ALLOWANCE
from tests.pdf_pages import pages_of
from ui.own_data.insertion import keep_amounts, kept_amounts
from ui.pages.budget import marked
from ui.pages.budget_files import budget_paper, budget_workbook
from ui.reports.budget.note import note_bytes, note_content
from ui.reports.budget.views import thousands
from ui.reports.budget.workbook_frame import HEAD_ROW
from ui.spoken import text
from ui.spoken import words as export_heads
from ui.study import Draft
from ui.study.references import new_study
from ui.study.session import KEY
from ui.take_away.replay import about
from ui.take_away.tables import budget as budget_table
from ui.visitor import KEY as VISITOR
from ui.work.money import budget_of_run, monthly, spending_whole
from ui.work.places import new_owner
from ui.work.results import FullRun

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def run(app_folder: None) -> FullRun:
    return finished(small_study().model_copy(update={"months": 24, "replications": 2}))


def totals(found: FullRun) -> dict[tuple[int, int], float]:
    budget = budget_of_run(found)
    place = {name: position for position, name in enumerate(budget.names)}
    return {
        (place[cell.scenario], cell.year): cell.value for cell in cells(budget) if cell.row == TOTAL
    }


def test_the_workbook_has_the_totals_of_the_page(run: FullRun) -> None:
    book: Any = openpyxl.load_workbook(io.BytesIO(budget_workbook(run)), data_only=True)
    rows = list(book["Lignes"].iter_rows(min_row=HEAD_ROW + 1, values_only=True))
    titles = budget_paper(run, "fr").titles
    found = {
        (position, row[0]): row[rows[0].index(title)]
        for row in rows[1:]
        if row[4] == "Total"
        for position, title in enumerate(titles)
    }
    assert found == pytest.approx(totals(run))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_note_has_two_pages_and_the_same_figures(run: FullRun, language: Language) -> None:
    paper = budget_paper(run, language)
    assert pages_of(note_bytes(paper)) == 2
    content: Any = note_content(paper)
    funders = content["second"][1]
    gross = funders["rows"][-3]
    expected = [thousands(totals(run)[0, year], language) for year in paper.years]
    assert gross[1:] == expected
    assert "80 %" in str(content["first"][0]["rows"][1][0])


def test_the_command_prices_the_same_scenarios(run: FullRun) -> None:
    words = budget_paper(run, "fr").replay.split()
    assert words[:3] == ["caseload", "budget", run.study.reference]
    assert f"{run.study.file_stems[0]}.yaml" in words


def test_the_page_offers_both_and_marks_own_amounts(
    run: FullRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = new_owner()
    monkeypatch.setattr("ui.visitor.new_owner", lambda: owner)
    mine = InsertionAmount("staff", "2024", 1e6), InsertionAmount("staff", "2019", 1.0)
    keep_amounts(owner, "somme", (*mine, InsertionAmount("staff.gone", "2024", 5.0)))
    made = page("budget", run.study)
    assert not made.exception
    labels = [one.proto.label for one in made.get("download_button")]
    assert {text("budget.note"), text("budget.workbook")} <= set(labels)
    told = unescape(shown(made)).replace("\u00a0", " ")
    role = run.experiment.reference.base.label_text("roles", "social_worker", "fr")
    for line, words in (
        (text("budget_line_of.roles", label=role), "entered"),
        ("Accompagnement (postes)", "partly"),
        ("Total", "partly"),
    ):
        assert text(f"own_lines.{words}", line=line, years="2024") in told
    assert "(1 €) est sans effet" in told
    assert any("staff.gone" in one.value for one in made.warning), "a line that is no more"
    assert "est sans effet" in str(about(run, mine).iloc[-1, 1])


def test_a_row_names_the_years_entered_and_those_entered_in_part() -> None:
    named = marked("Total", {2023: "model", 2024: "entered", 2025: "partly", 2026: "entered"})
    assert named == "Total (vos montants, 2024, 2026 ; en partie, 2025)"
    assert marked("Total", {2024: "model"}) == "Total"


OWN_LINES = """
from ui.pages.budget_insertion import own_insertion, own_lines_of
from ui.study.session import study
from ui.work.money import budget_of_run
from ui.work.shared import results_of
found = results_of(study())
own = own_lines_of(found)
own_insertion(found, budget_of_run(found, own.used), own)
"""


def test_own_lines_take_the_place_of_the_models_part(run: FullRun) -> None:
    made = AppTest.from_string(OWN_LINES, default_timeout=60)
    made.session_state[KEY] = run.study
    made.session_state["lines are entered"] = True
    made.run()
    (area,) = made.text_area
    wrong = "ligne;période;montant (€)\nFêtes;2024;1\nAccompagnement (postes);2024;5\n"
    area.set_value(wrong + "Accompagnement (postes);2024;6\nx;;\n").run()
    assert not made.exception
    assert "à corriger" in made.error[0].value
    area.set_value(wrong + "Accompagnement (postes);2024-03;6\n").run()
    told = unescape(shown(made))
    assert "Fêtes" in told
    assert "Accompagnement (postes), 2024-03" in told
    assert "la ligne 3 compte déjà" in told
    assert "staff" not in told
    area.set_value("ligne;période;montant (€)\nAccompagnement (postes);2024;1 234 000\n").run()
    next(one for one in made.button if one.key == "use lines").click().run()
    assert "1 234" in unescape(shown(made)).replace("\u202f", " ")

    insertion = kept_amounts(made.session_state[VISITOR], "somme")
    assert insertion == (InsertionAmount("staff", "2024", 1_234_000.0),)
    paper = budget_paper(run, "fr", insertion)
    assert "--insertion lignes_insertion.csv" in paper.replay
    heads = export_heads("export.budget")
    table = budget_table(run, insertion)
    plain = budget_table(run)
    for one in (heads["difference"], heads["difference_low"]):
        assert list(table[one]) == list(plain[one])
    gap = table[heads["value"]] - plain[heads["value"]]
    staff = table[heads["line"]].str.startswith("Accompagnement") & (table[heads["year"]] == 2024)
    assert (gap[staff] != 0).all()
    origins = table[heads["origin"]]
    of_all = staff & (table[heads["line"]] == "Accompagnement (postes)")
    assert set(origins[of_all]) == {export_heads("export.origins")["entered"]}
    assert set(origins[table[heads["line"]] == "Total"]) == {
        export_heads("export.origins")[one] for one in ("model", "partly")
    }
    assert set(origins[table[heads["year"]] == 2023]) == {export_heads("export.origins")["model"]}
    assert (gap[table[heads["year"]] == 2023] == 0).all()

    next(one for one in made.button if one.key == "forget lines").click().run()
    assert not kept_amounts(made.session_state[VISITOR], "somme")


@pytest.fixture(scope="module")
def today(app_folder: None) -> FullRun:
    """A department as it is now, with more sanctions, over years that are forecast."""
    stricter = {"sanctions.application_share": 1.0, "sanctions.breach_threshold": 1}
    draft = Draft(key="strict", title="Plus strict", origin="meuse_today", values=stricter)
    study = new_study("meuse").with_draft(draft)
    return finished(study.model_copy(update={"months": 24, "replications": 2}))


def test_the_allowance_of_every_page_is_that_of_the_forecast(today: FullRun) -> None:
    """Curves and differences of the pages stand on the level of the table and of its documents."""
    outlook, budget = spending_outlook("55"), budget_of_run(today)
    assert budget.years == (2025, 2026)
    eur = monthly(today, 0, (ALLOWANCE,)).mean(axis=0)
    for year in budget.years:
        months = list(budget.months_of(year))
        assert eur[months].sum() == pytest.approx(outlook.expected(year), abs=1.0)
    gap = np.mean(spending_whole(today, 1) - spending_whole(today, 0))
    (*_, total) = (cell for cell in cells(budget) if cell.row == TOTAL)
    both = sum(
        c.difference for c in cells(budget) if c.row == TOTAL and c.scenario != "meuse_today"
    )
    assert total.difference != 0.0
    assert gap == pytest.approx(both, abs=1.0)


def test_the_workbook_stands_on_the_forecast(today: FullRun) -> None:
    paper = budget_paper(today, "fr")
    found = {year: paper.gross[0, ALLOWANCE, year].value for year in paper.years}
    expected = {year: spending_outlook("55").expected(year) for year in paper.years}
    assert found == pytest.approx(expected, abs=1.0)
