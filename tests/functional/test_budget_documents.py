"""Workbook and note of a budget print the figures of the answer, and of each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from sim.experiments.experiment import Experiment
from sim.money.budget.landing import landings, overruns
from sim.money.budget.table import TOTAL, budget_of
from sim.money.cost_effectiveness import cost_effectiveness
from sim.money.costs.entered import InsertionAmount, PaidMonth, Received
from sim.money.costs.posted_costs import posted_lines
from sim.money.costs.spending import ALLOWANCE_LINES
from sim.money.priced_runs import PricedRuns, priced_runs
from sim.outcomes.table import ALL
from sim.policy import load_scenario
from tests.pdf_pages import pages_of
from ui.reports.budget.note import note_bytes, note_content
from ui.reports.budget.paper import Paper, paper_of
from ui.reports.budget.remarks import budget_remarks
from ui.reports.budget.views import interval, thousands
from ui.reports.budget.workbook import workbook_bytes
from ui.reports.budget.workbook_frame import HEAD_ROW
from ui.reports.remarks import remark_text

pytestmark = pytest.mark.slow

HEADS = HEAD_ROW + 1
"""The row of heads, counted from one."""
FIGURE = re.compile(r"[+\u2212-]?\d[\d\u202f]*(?:,\d+)?")
CREDITS = 60e6


@cache
def runs() -> PricedRuns:
    names = ("somme_reference", "somme_plus14")
    both = tuple(load_scenario(name).scaled(0.02).with_months(36) for name in names)
    return priced_runs(Experiment(both, seed=3, replications=2), workers=1)


@cache
def paper() -> Paper:
    """Nine months paid, compensation of the first year alone, an appropriation, own lines."""
    plain = budget_of(runs())
    simulated = [float(eur) for eur in plain.chosen(0, None, ALL).eur[:, 0].mean(axis=0)]
    first = plain.years[0]
    start = runs().first.months.index(f"{first}-01")
    paid = [PaidMonth(f"{first}-{m + 1:02d}", 16_600, 1.1 * simulated[start + m]) for m in range(9)]
    budget = budget_of(
        runs(),
        paid=paid,
        received=[Received(date(first, 7, 1), "TICPE", 3e7)],
        insertion=[
            InsertionAmount("staff.social_worker", str(first), 4.1e6),
            InsertionAmount("staff.job_counsellor", str(first), 1.9e6),
            InsertionAmount("insertion", f"{first + 1}-03", 0.4e6),
        ],
    )
    found = overruns(budget, CREDITS)
    return paper_of(budget, landings(budget), found, "caseload budget somme_plus14")


@cache
def sheets(*, is_read: bool = True) -> Any:
    content = workbook_bytes(paper(), cost_effectiveness(runs(), 0))
    return openpyxl.load_workbook(BytesIO(content), data_only=is_read)


def listed(name: str) -> list[dict[str, Any]]:
    """The rows of a list by its heads."""
    rows = list(sheets()[name].iter_rows(min_row=HEADS, values_only=True))
    heads = [str(head) for head in rows[0]]
    return [dict(zip(heads, row, strict=False)) for row in rows[1:]]


def test_every_line_of_the_workbook_is_that_of_the_answer() -> None:
    found = [row for row in listed("Lignes") if isinstance(row["Exercice"], int)]
    assert len(found) == len(paper().years) * len(paper().lines)
    keys = {line.label: line.key for line in paper().lines}
    reference, other = paper().titles
    for row in found:
        year, key = row["Exercice"], keys[row["Ligne"]]
        before, after = (paper().gross[position, key, year] for position in (0, 1))
        assert row[reference] == pytest.approx(before.value)
        assert row[f"bas\n{reference}"] == pytest.approx(before.low)
        assert row[f"haut\n{reference}"] == pytest.approx(before.high)
        assert row[other] == pytest.approx(after.value)
        assert row[f"écart\n{other}"] == pytest.approx(after.difference)


def test_formulas_sum_what_they_say() -> None:
    """Sub-totals, totals and differences, computed here from the cells that they name."""
    formulas, values = (sheets(is_read=is_read)["Lignes"] for is_read in (False, True))
    checked = 0
    for row in formulas.iter_rows(min_row=HEADS + 1):
        for cell in row:
            text = str(cell.value)
            if text.startswith("=SUM("):
                spans = text[5:-1].split(",")
                cells = [one for span in spans for one in each(values, span)]
                expected = sum(one.value for one in cells)
            elif re.fullmatch(r"=[A-Z]+\d+-[A-Z]+\d+", text):
                own, base = (values[name].value for name in text[1:].split("-"))
                expected = own - base
            else:
                continue
            assert values[cell.coordinate].value == pytest.approx(expected, abs=0.01)
            checked += 1
    sums = sum(bool(line.members) for line in paper().lines)
    assert checked == len(paper().years) * (len(paper().lines) + 2 * sums) > 50


def each(sheet: Any, span: str) -> Iterator[Any]:
    found = sheet[span]
    for row in found if isinstance(found, tuple) else ((found,),):
        yield from row


def test_the_calendar_fills_what_is_known_and_leaves_the_rest() -> None:
    first, plan, later = paper().years
    (allowance,) = [
        row
        for row in listed("Calendrier")
        if row["Scénario"] == paper().titles[0] and str(row["Ligne"]).startswith("Allocation RSA")
    ]
    assert (allowance["Chapitre"], allowance["Fonction"], allowance["Article"]) == (
        "017", "447", "651",
    )  # fmt: skip
    assert allowance[f"{first}\nBP voté"] == CREDITS
    own = {year: paper().own[0, "allowance", year].value for year in paper().years}
    assert allowance[f"{first}\nAtterrissage prévu"] == pytest.approx(own[first])
    assert allowance[f"{first}\nSolde prévu"] == pytest.approx(CREDITS - own[first])
    assert allowance[f"{plan}\nBP proposé"] == pytest.approx(own[plan])
    assert allowance[f"{plan}\nÉvolution"] == pytest.approx(own[plan] / own[first] - 1.0)
    assert allowance[f"{later}\nPrévision"] == pytest.approx(own[later])
    for head in (f"{first}\nDM (à saisir)", f"{plan}\nDM (à saisir)", f"{plan}\nCA (à saisir)"):
        assert allowance[head] is None
    (total,) = [
        row
        for row in listed("Calendrier")
        if row["Scénario"] == paper().titles[0] and row["Ligne"] == "Total"
    ]
    assert not total[f"{first}\nSolde prévu"], "credits of one line say nothing of the total"


def test_compensation_that_was_not_entered_is_said_on_its_year() -> None:
    rows = [row for row in listed("Synthèse") if row["Scénario"] == paper().titles[0]]
    by_line = {row["Ligne"]: row for row in rows}
    first, *others = map(str, paper().years)
    left = by_line["Reste à charge du département"]
    assert left[first] == pytest.approx(paper().left(0, int(first)))
    for year in others:
        assert by_line["Compensation saisie"][year] == "non saisie"
        assert left[year] == "–"


def test_the_lines_that_can_be_entered_are_those_of_a_run() -> None:
    others = set(runs().first.lines) - set(ALLOWANCE_LINES)
    assert set(posted_lines(runs().experiment.reference.base)) == others


def test_own_lines_stand_beside_those_of_the_model() -> None:
    *lines, total, month = paper().entered
    assert [(row.entered_eur, row.months, row.summed) for row in (*lines, total, month)] == [
        (4.1e6, 12, 0), (1.9e6, 12, 0), (6.0e6, None, 2), (0.4e6, 1, 0),
    ]  # fmt: skip
    plain = paper_of(budget_of(runs()))
    for position in (0, 1):
        for key in ("staff.social_worker", "staff.job_counsellor"):
            own, model = (one.own[position, key, paper().years[0]] for one in (paper(), plain))
            reference = plain.own[0, key, paper().years[0]].value
            entered = 4.1e6 if key == "staff.social_worker" else 1.9e6
            assert own.value == pytest.approx(entered + model.value - reference)
            assert own.difference == pytest.approx(model.difference)
            if position == 0:
                assert (own.low, own.high) == pytest.approx((entered, entered))
    assert total.model_eur == pytest.approx(sum(row.model_eur for row in lines))
    rows = list(sheets()["Synthèse"].iter_rows(values_only=True))
    for row in (*lines, total, month):
        told = (row.label, row.year, row.months, row.entered_eur, row.model_eur)
        assert any(
            found[:5] == pytest.approx(told, abs=0.01)
            and found[5] == pytest.approx(row.difference_eur)
            for found in rows
            if isinstance(found[4], int | float) and found[0] == row.label
        )


def test_amounts_are_numbers_and_pages_are_set() -> None:
    book = sheets(is_read=False)
    assert len(book.sheetnames) <= 7  # one of eight pages is the second one of the lines
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth or 1) == 1
        assert (sheet.page_setup.fitToHeight or 1) == (2 if sheet.title == "Lignes" else 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.auto_filter.ref
        assert sheet.freeze_panes
        assert sheet.print_title_rows
        for row in sheet.iter_rows(values_only=True):
            texts = [one for one in row if isinstance(one, str) and not one.startswith("=")]
            assert not [one for one in texts if re.fullmatch(r"[\d\u202f ,]{5,}", one)]


def test_every_figure_of_the_note_is_one_of_the_workbook() -> None:
    """In thousands of euro, as the note writes them; shares in per cent."""
    written = set()
    for sheet in sheets():
        for row in sheet.iter_rows(values_only=True):
            for one in row:
                if isinstance(one, int | float):
                    whole = thousands(float(one))
                    written |= {whole, f"+{whole}", f"{100.0 * one:.1f}".replace(".", ",")}
    content: Any = note_content(paper())
    count = 0
    for one in (*content["first"], *content["second"]):
        for row in one["rows"]:
            for text in row[one["words"] :]:
                for figure in FIGURE.findall(text):
                    assert figure in written, (one["title"], row)
                    count += 1
    assert count > 100


def test_own_lines_that_are_far_unused_or_too_small_are_told() -> None:
    """The scenario with fewer posts takes more than nothing away from the other one."""
    scenarios = runs().experiment.scenarios[::-1]
    reverse = replace(
        runs(), experiment=Experiment(scenarios, seed=3, replications=2), runs=runs().runs[::-1]
    )
    first, _, last = reverse.first.years
    budget = budget_of(
        reverse,
        insertion=[
            InsertionAmount("staff", str(first), 5_200.0),
            InsertionAmount("staff", str(first - 9), 5.2e6),
            InsertionAmount("staff.social_worker", str(last), 0.0),
        ],
    )
    far, unused, *below = (remark_text(one, "fr") for one in budget_remarks(budget))
    assert far.startswith(
        f"le montant saisi pour « Accompagnement (postes) » en {first}, 5\u202f200"
    )
    assert "est-il en euros" in far
    assert f"en {first - 9} (5\u202f200\u202f000" in unused
    assert "est sans effet" in unused
    assert len(below) == 2
    assert f"en {last} plus que le montant saisi" in below[1]


def test_the_quantiles_of_each_year_stand_in_every_document() -> None:
    rows = list(sheets()["Synthèse"].iter_rows(values_only=True))
    content: Any = note_content(paper())
    (note,) = (one for one in content["first"] if one["title"].startswith("Allocation par"))
    years = paper().years
    assert [one.year for one in paper().quantiles] == [*years, *years]
    for place, one in enumerate(paper().quantiles):
        assert list(one.quantiles_eur) == sorted(one.quantiles_eur)
        title = paper().titles[place // len(years)]
        (found,) = [
            row for row in rows
            if row[:2] == (title, one.year) and row[3] == pytest.approx(one.quantiles_eur[0])
        ]  # fmt: skip
        assert found[4:8] == pytest.approx(one.quantiles_eur[1:])
        if one.year == years[0]:
            assert found[8:10] == pytest.approx((CREDITS, one.probability))
        if place < len(years):
            expected = [thousands(eur) for eur in (one.expected_eur, *one.quantiles_eur)]
            assert note["rows"][place] == [str(one.year), *expected]


def test_the_note_tells_the_answer() -> None:
    content: Any = note_content(paper())
    plan = paper().plan_year
    assert plan == paper().years[1]
    own = paper().own[0, TOTAL, plan]
    assert thousands(own.value) in content["answer"][0]
    assert interval(own.low, own.high, "fr") in content["answer"][0]
    (lines,) = (one for one in content["second"] if one["title"].startswith("Budget proposé"))
    assert lines["rows"][-1][2] == thousands(own.value)
    assert "non saisie" in str(content["second"])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_note_has_two_pages(language: Any) -> None:
    budget = budget_of(runs())
    made = note_bytes(paper_of(budget, replay="caseload budget somme_plus14", language=language))
    assert pages_of(made) == 2
