"""The money of a run: nothing lost between lines, funders, territories, months and years."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from sim.engine.packed import pack
from sim.engine.run import run_plan
from sim.errors import InputError
from sim.experiments.books import Books
from sim.experiments.experiment import Experiment, run_plan_of
from sim.money.budget.landing import landings, overruns
from sim.money.budget.table import (
    NET_ALLOWANCE,
    TOTAL,
    budget_of,
    cells,
    left_to_the_department,
)
from sim.money.cost_effectiveness import cost_effectiveness
from sim.money.costs.causes import (
    CAUSES,
    RETURN_TO_WORK,
    STRUCK_OFF,
    WITHHELD,
    difference_by_cause,
)
from sim.money.costs.entered import PaidMonth, Received
from sim.money.costs.spending import ALLOWANCE, OVERPAYMENTS, WRITE_OFFS
from sim.money.costs.unit_costs import DEPARTMENT, STATE
from sim.money.priced_runs import POPULATIONS, PricedRuns, priced_run, priced_runs
from sim.money.results_reached import EFFECTS, HOUSEHOLD_MONTHS, READ_AS
from sim.outcomes.table import ALL
from sim.policy import Scenario, load_scenario
from sim.vocabulary import Benefit, Stock
from tests.pdf_pages import pages_of
from ui.cli import budgeting
from ui.cli.app import app
from ui.cli.budget_answer import BudgetAnswer
from ui.cli.ending import CANCELLED
from ui.reports.budget.cost_views import results_view, saved_text
from ui.reports.budget.paper import paper_of
from ui.reports.budget.views import funders_view
from ui.reports.budget.workbook import workbook_bytes

MONTHS = 24
SHARE = 0.03
STRICT = {
    "sanctions.application_share": 1.0,
    "sanctions.breach_threshold": 1,
    "sanctions.deregistration_share": 1.0,
}
"""Every missed contact is sanctioned."""


def scenario(name: str, share: float = SHARE, months: int = MONTHS) -> Scenario:
    return load_scenario(name).scaled(share).with_months(months)


@pytest.fixture(scope="module")
def runs() -> PricedRuns:
    reference = scenario("somme_reference")
    strict = reference.with_changes(STRICT)
    return priced_runs(Experiment((reference, strict), seed=3, replications=2), workers=1)


@pytest.mark.slow
def test_bounds_hold_the_share_that_is_asked(runs: PricedRuns) -> None:
    nine, eight = cells(budget_of(runs)), cells(budget_of(runs, share=0.8))
    assert [cell.value for cell in nine] == [cell.value for cell in eight]
    budget = budget_of(runs, share=0.8)
    samples = np.arange(11.0)
    assert budget.bounds(samples) == pytest.approx((1.0, 9.0))
    totals = [(a, b) for a, b in zip(nine, eight, strict=True) if a.row == TOTAL]
    assert totals
    assert all(a.low < b.low <= b.high < a.high for a, b in totals)


def test_lines_funders_and_territories_sum_to_the_same_euro(runs: PricedRuns) -> None:
    budget = budget_of(runs)
    gross = {(c.scenario, c.row, c.year): c.value for c in cells(budget)}
    spending = runs.first
    by_funder = [cells(budget, funder=funder) for funder in spending.funders]
    by_place = [cells(budget, territory=place) for place in spending.territories]
    for parts in (by_funder, by_place):
        for of_one in zip(*parts, strict=True):
            whole = gross[of_one[0].scenario, of_one[0].row, of_one[0].year]
            assert sum(cell.value for cell in of_one) == pytest.approx(whole)
    for (name, row, year), value in gross.items():
        if row == TOTAL:
            lines = [r.name for r in budget.rows if not r.is_total or r.lines == (r.name,)]
            total = sum(gross[name, line, year] for line in lines)
            assert value == pytest.approx(total)


def test_the_allowance_is_paid_the_month_after_the_month_of_right(runs: PricedRuns) -> None:
    spending = runs.first
    paid = spending.eur[spending.lines.index(ALLOWANCE)].sum(axis=-1)
    assert paid[1:] == pytest.approx(spending.entitled_eur[:-1])
    assert (paid[0] > 0.0).all()


def test_overpayments_and_write_offs_are_shares_of_what_is_paid(runs: PricedRuns) -> None:
    base, spending = runs.experiment.reference.base, runs.first
    paid, claimed, given_up = (
        spending.eur[spending.lines.index(line)].sum()
        for line in (ALLOWANCE, OVERPAYMENTS, WRITE_OFFS)
    )
    assert claimed == pytest.approx(-base.number("costs.overpayment_claimed_share") * paid)
    part = base.number("costs.overpayment_written_off_share")
    assert given_up == pytest.approx(-part * claimed)


def test_a_part_of_a_department_is_brought_back_to_the_whole(runs: PricedRuns) -> None:
    stock = runs.experiment.reference.base.number("department.stock_households")
    assert runs.first.households[0].sum() == pytest.approx(stock / SHARE, rel=0.05)


def test_a_year_outside_the_run_is_named(runs: PricedRuns) -> None:
    with pytest.raises(InputError) as caught:
        budget_of(runs, years=[2024, 2031])
    (fault,) = caught.value.faults
    assert fault.field == "year"
    assert "2031" in fault.found
    assert fault.accepted == "a year from 2023 to 2024"


def test_upratings_raise_what_is_paid_after_the_last_published_amount() -> None:
    late = load_scenario("somme_today").scaled(0.01).with_months(36)
    books = Books.of(run_plan(run_plan_of(late), 3))
    latest = late.base.dated("allowance.base_eur")[-1][0]
    uprated = latest.replace(year=latest.year + 1)
    flat, raised = (
        priced_run(late, books, {uprated: share}, 0).spending.entitled_eur.sum(axis=1)
        for share in (0.0, 0.05)
    )
    month = (uprated.year - late.start.year) * 12 + uprated.month - late.start.month
    assert raised[:month] == pytest.approx(flat[:month])
    assert raised[month:] == pytest.approx(1.05 * flat[month:])


def test_months_paid_replace_the_simulated_ones_and_set_the_level(runs: PricedRuns) -> None:
    plain = budget_of(runs)
    simulated = [float(eur) for eur in plain.chosen(0, None, ALL).eur[:, 0].mean(axis=0)]
    paid = [PaidMonth(f"2023-{m + 1:02d}", 16_600, 1.1 * simulated[m]) for m in range(7)]
    budget = budget_of(runs, paid=paid)
    assert budget.level_ratio == pytest.approx(1.1, rel=0.01)
    found = landings(budget)
    for one in found:
        assert one.paid_eur == pytest.approx(sum(month.allowance_eur for month in paid))
        assert one.paid_eur + one.to_pay_eur == pytest.approx(one.landing_eur)
        assert one.low_eur < one.landing_eur < one.high_eur
    assert found[0].landing_eur == pytest.approx(1.1 * sum(simulated[:12]), rel=0.01)
    width = [one.high_eur - one.low_eur for one in landings(budget_of(runs, paid=paid[:2]))]
    assert found[0].high_eur - found[0].low_eur < width[0]


def test_paid_months_outside_the_run_are_named(runs: PricedRuns) -> None:
    with pytest.raises(InputError) as caught:
        budget_of(runs, paid=[PaidMonth("2022-12", 16_600, 8e6)])
    assert "2022-12, outside the run" in str(caught.value)


def test_the_probability_of_overrun_falls_with_the_appropriation(runs: PricedRuns) -> None:
    budget = budget_of(runs)
    expected = overruns(budget, 1e8, 2024)[0].expected_eur
    chances = [overruns(budget, expected * f, 2024)[0].probability for f in (0.5, 1.0, 1.5)]
    assert chances[0] == 1.0
    assert 0.2 < chances[1] < 0.8
    assert chances[2] == 0.0
    with pytest.raises(InputError):
        overruns(budget, -1.0)


def test_what_is_left_is_the_department_part_less_compensation(runs: PricedRuns) -> None:
    year = runs.first.years[0]
    day = runs.experiment.reference.start.replace(year=year)
    before = left_to_the_department(budget_of(runs))
    after = left_to_the_department(budget_of(runs, received=[Received(day, "TICPE", 5e7)]))
    for (name, one), eur in after.items():
        assert eur == pytest.approx(before[name, one] - (5e7 if one == year else 0.0))


def test_the_state_pays_where_it_took_the_allowance_over(runs: PricedRuns) -> None:
    reference = runs.experiment.reference
    path = "costs.allowance_funded_by"
    funders = reference.base.words("costs.funders")
    state = [float(name == STATE) for name in funders]
    taken_over = reference.with_variant({path: state})
    budget = budget_of(priced_runs(Experiment((taken_over,), seed=3, replications=1), workers=1))
    found = {c.row: c.value for c in cells(budget, funder=DEPARTMENT) if c.year == budget.years[0]}
    assert found[NET_ALLOWANCE] == 0.0
    assert found[TOTAL] > 0.0


def test_sanctions_save_apart_from_returns_to_work(runs: PricedRuns) -> None:
    for before, after in zip(*runs.runs, strict=True):
        parts = difference_by_cause(before.flows, after.flows)
        assert tuple(parts) == CAUSES
        whole = after.flows.entitled_eur.sum() - before.flows.entitled_eur.sum()
        assert sum(part.sum() for part in parts.values()) == pytest.approx(whole)
        assert parts[WITHHELD].sum() < 0.0
        assert parts[STRUCK_OFF].sum() < 0.0
        assert abs(parts[WITHHELD].sum() + parts[STRUCK_OFF].sum()) > 0.5 * abs(whole)
    (found,) = cost_effectiveness(runs, 0)
    both = found.allowance_by_cause[WITHHELD].mean + found.allowance_by_cause[STRUCK_OFF].mean
    assert found.sanctions.mean == pytest.approx(both)
    priced = found.cost.mean - found.sanctions.mean - found.repaid.mean
    assert found.price.mean == pytest.approx(priced)
    assert found.price.mean > found.cost.mean
    assert found.struck_off_years.mean > 0.0
    away = [a.effects.households - b.effects.households for b, a in zip(*runs.runs, strict=True)]
    months = -np.mean([one.sum() for one in away])
    expected = months - 12 * found.struck_off_years.mean
    assert found.results[-2].effect_name == HOUSEHOLD_MONTHS
    assert found.results[-2].effect.mean == pytest.approx(expected)


def test_what_each_cause_saves_is_told_together_in_one_line(runs: PricedRuns) -> None:
    (found,) = cost_effectiveness(runs, 0)
    assert tuple(found.saved) == (RETURN_TO_WORK, WITHHELD, STRUCK_OFF)
    for cause, one in found.saved.items():
        difference = found.allowance_by_cause[cause]
        assert one == (-difference.mean, -difference.high, -difference.low)
    line = saved_text(found)
    for words in ("sorties vers l’emploi", "sommes suspendues", "radiations"):
        assert words in line
    assert line in results_view(budget_of(runs), 1, found).note


def test_effects_on_the_stock_and_on_the_entrants_sum_to_those_of_all(runs: PricedRuns) -> None:
    (found,) = cost_effectiveness(runs, 0)
    assert not found.unknown
    gross = {
        one.effect_name: one.effect.mean for one in found.results if not one.is_net_of_displacement
    }
    assert tuple(gross) == EFFECTS
    for name in READ_AS:
        both = sum(found.effects_of[population][name].mean for population in POPULATIONS)
        assert both == pytest.approx(gross[name])
    rows = results_view(budget_of(runs), 1, found).rows
    assert len(rows) == 2 * len(EFFECTS) + 2 * len(READ_AS)


def test_the_sums_withheld_are_near_those_of_the_last_day() -> None:
    """The ledger holds shares and households; the state of the last day holds the sums."""
    strict = scenario("somme_reference", 0.1, 12).with_changes(STRICT)
    result = run_plan(run_plan_of(strict), 5)
    priced = priced_run(strict, Books.of(result), {}, 0)
    nation = pack(strict.base, strict.end, 5).national[0]
    homes = result.last.households
    held = homes[(homes["benefit"] == Benefit.PAID) & (homes["suspended_until"] > 0)]
    above = nation["break_even"][held["kind"], held["has_housing_support"], held["is_increased"]]
    full = np.maximum(above.astype(float) - held["declared_cents"], 0.0)
    exact = (full * held["suspended_per_mille"] / 1000.0).sum() / 100.0
    estimated = priced.flows.withheld_eur[-1] * strict.share
    assert len(held) > 50
    assert estimated == pytest.approx(exact, rel=0.2)
    assert result.ledger.stocks[Stock.SUSPENDED_HOUSEHOLDS, -1].sum() == pytest.approx(
        len(held), rel=0.1
    )


def test_the_workbook_has_formulas_and_charts_and_executes_no_name(runs: PricedRuns) -> None:
    budget = budget_of(runs)
    paper = paper_of(budget, replay='=HYPERLINK("http://x")')
    content = workbook_bytes(paper, cost_effectiveness(runs, 0))
    book = zipfile.ZipFile(BytesIO(content))
    sheets = [book.read(n).decode() for n in book.namelist() if n.startswith("xl/worksheets/s")]
    formulas = [text.split("</f>")[0] for sheet in sheets for text in sheet.split("<f>")[1:]]
    assert len(formulas) > 50
    assert not [formula for formula in formulas if "HYPERLINK" in formula]
    assert len([name for name in book.namelist() if name.startswith("xl/charts/chart")]) >= 3


def test_the_tables_say_the_same_in_both_languages(runs: PricedRuns) -> None:
    budget = budget_of(runs)
    answer = BudgetAnswer(budget, [], overruns(budget, 1e8, 2024), cost_effectiveness(runs, 0))
    french, english = answer.shown("fr"), answer.shown("en")
    assert len(french) == len(english) > 5
    for one, other in zip(french, english, strict=True):
        assert (len(one.heads), len(one.rows)) == (len(other.heads), len(other.rows))
        assert one.totals == other.totals
        assert (one.title, one.rows) != (other.title, other.rows)
        assert not re.search("[éèêàç]", "".join((other.title, other.unit, *other.heads)))


def call(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["budget", *words])
    return done.exit_code, done.output


@pytest.mark.slow
def test_the_command_writes_its_folder_and_one_object(tmp_path: Path) -> None:
    small = ("--share", "0.01", "--replications", "2", "--years", "2", "--workers", "1")
    note = tmp_path / "note.pdf"
    own = tmp_path / "own.csv"
    own.write_text("ligne;année;montant (k€)\nAccompagnement (postes);2024;5 200\n")
    files = ("--out", str(tmp_path / "b"), "--note", str(note), "--insertion", str(own))
    code, text = call("somme_plus14", *small, "--json", *files)
    assert code == 0, text
    record = json.loads(text.strip().splitlines()[-1])
    assert record["scenarios"] == ["somme_reference", "somme_plus14"]
    assert record["years"] == [2023, 2024]
    assert {"total", "net_allowance", "staff"} <= {row["row"] for row in record["rows"]}
    assert record["prices"][0]["results"][0]["effect_name"] == "job_within_12m"
    assert set(record["prices"][0]["saved"]) == {"return_to_work", "withheld", "struck_off"}
    assert set(record["prices"][0]["effects_of"]) == {"stock", "entrants"}
    (entered,) = record["insertion"]
    assert (entered["line"], entered["year"], entered["entered_eur"]) == ("staff", 2024, 5.2e6)
    assert entered["difference_eur"] == pytest.approx(5.2e6 - entered["model_eur"])
    assert f"--insertion {own}" in record["replay"]
    assert pages_of(note.read_bytes()) == 2
    written = {path.name for path in (tmp_path / "b").iterdir()}
    assert written == {
        "budget.xlsx",
        "budget.csv",
        "detail.csv",
        "mois.csv",
        "plan_cout_effet.png",
    }
    detail = (tmp_path / "b" / "detail.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    cents = sum(
        float(line.split(";")[4].replace(",", "."))
        for line in detail
        if line.startswith("somme_reference;2024") and "Allocation RSA" in line
    )
    (row,) = [
        row
        for row in record["rows"]
        if (row["scenario"], row["row"], row["year"]) == ("somme_reference", "allowance", 2024)
    ]
    assert cents == pytest.approx(row["value"], abs=1.0)
    lines = (tmp_path / "b" / "budget.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("scénario;territoire;financeur;ligne;année;montant_eur")
    assert all(len(line.split(";")) == 12 for line in lines)
    assert {line.rpartition(";")[2] for line in lines[1:]} == {"2023-04-30"}


@pytest.mark.slow
def test_a_request_to_stop_ends_the_runs_without_literature(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def stopped_the_second_time(*asked: Any, **options: Any) -> PricedRuns:
        calls.append(len(asked))
        if len(calls) == 2:
            options["cancel"].set()
        return priced_runs(*asked, **options)

    monkeypatch.setattr(budgeting, "priced_runs", stopped_the_second_time)
    small = ("--share", "0.01", "--replications", "1", "--years", "1", "--workers", "1")
    code, text = call("somme_plus14", *small, "--out", str(tmp_path / "b"))
    assert (code, len(calls)) == (CANCELLED, 2), text
    assert not (tmp_path / "b" / "budget.csv").exists()


PAID = "month,households,allowance_eur\n"
OWN = "line,period,amount,unit\n"


@pytest.mark.parametrize(
    ("option", "content", "what"),
    [
        ("--actuals", f"{PAID}2026-01,15900,8600000\n2026-03,15900,8600000\n", "no 2026-02"),
        ("--actuals", f"{PAID}2026-01,15900,8600\n", "0.54 euro a household"),
        ("--actuals", "month,allowance_eur\n2026-01,8600000\n", "no households"),
        ("--actuals", f"{PAID}2026-01,15900,-200000\n", "a regularisation goes into the months"),
        ("--compensation", "date,label,amount\n2026,TICPE,52300\n", "without a unit"),
        ("--insertion", f"{OWN}staff,2026,-4,meur\nstaff,2026,4,\n", "2 faults"),
        ("--series", "department,month,households\n"
         + "".join(f"55,2025-{month:02d},3300\n" for month in range(1, 13)),
         "80, the department of somme"),
    ],
)  # fmt: skip
def test_a_planners_files_are_refused_before_anything_runs(
    tmp_path: Path, option: str, content: str, what: str
) -> None:
    """A gap, thousands, no households, a negative month, no unit, another department."""
    file = tmp_path / "own.csv"
    file.write_text(content, encoding="utf-8")
    code, text = call("somme", option, str(file), "--lang", "en")
    assert code == 2
    assert what in text


def test_a_year_without_compensation_has_no_rest_on_the_screen(runs: PricedRuns) -> None:
    day = runs.experiment.reference.start.replace(year=runs.first.years[0])
    budget = budget_of(runs, received=[Received(day, "TICPE", 5e7)])
    view = funders_view(budget)
    by_line = {row[1]: row[2:] for row in view.rows}
    assert by_line["Compensation saisie"] == ("\u221250\u202f000", "non saisie")
    rest = by_line["Reste à charge du département"]
    assert rest[0] != rest[1] == "–"
    assert "n’est pas calculé" in view.note


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("somme", "--uprating", "25"), "uprating: found 25 %"),
        (("somme", "--uprating", "-11"), "uprating: found -11 %"),
        (("somme", "--first-year", "2019"), "year: found 2019, outside the run"),
        (("somme", "--appropriation", "1e8", "--appropriation-year", "2040"), "2040, outside"),
        (("nowhere",), "nowhere"),
        (("somme", "--note", "note.txt"), "note.txt"),
        (("somme", "--actuals", "no_such_file.csv"), "no such file"),
        (("somme", "--insertion", "no_such_file.csv"), "no such file"),
    ],
)
def test_bad_input_is_named_before_anything_runs(words: tuple[str, ...], what: str) -> None:
    code, text = call(*words)
    assert code == 2
    assert what in text
