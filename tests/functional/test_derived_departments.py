"""Every department can be had by its code or its name, made from published statistics by rules."""

from __future__ import annotations

from datetime import date
from statistics import median

import numpy as np
import pytest

from sim.engine.run import run_plan
from sim.errors import InputError
from sim.experiments.experiment import run_plan_of
from sim.parameters import Parameters, known_departments, load_department, published_figures
from sim.parameters.department import is_derived
from sim.parameters.derivation import document, people
from sim.parameters.derivation.carried import carried_stock, starting_households
from sim.parameters.derivation.drawn import department_draws
from sim.parameters.derivation.offices import rules_of_offices
from sim.parameters.derivation.statistics import (
    Figure,
    latest_stock,
    names_by_code,
    stocks_by_month,
    surveyed,
)
from sim.parameters.rules import STOCK
from sim.policy import load_scenario
from sim.policy.remarks import remarks
from sim.policy.today import today_names
from sim.vocabulary import Record, Stock

SHARE = 0.02
SHORT_PAST = {"history.years": 8, "history.warm_up_months": 4}
MONTHS = 3


def test_all_departments_are_known_by_code_and_by_name() -> None:
    known = known_departments()
    assert set(known) == set(names_by_code()) - {"976"}
    assert len(known) == 100
    for written in ("29", "finistere", "Finistère", " FINISTERE "):
        assert load_department(written).code == "29"
    assert load_department("2a").department == "corse_du_sud"
    assert load_department("La Réunion").code == "974"


def test_a_hand_written_file_stands_for_its_department() -> None:
    assert load_department("Somme") is load_department("80")
    assert not is_derived("somme")
    assert is_derived("finistere")


def test_where_the_law_differs_nothing_is_made() -> None:
    for written in ("976", "Mayotte"):
        with pytest.raises(InputError, match="Mayotte, whose amounts of the RSA"):
            load_department(written)
    with pytest.raises(InputError, match="Mayotte"):
        load_scenario("976_reference")


@pytest.mark.parametrize("name", today_names())
def test_the_reference_of_today_starts_from_the_latest_stock_and_runs(name: str) -> None:
    scenario = load_scenario(name)
    latest, at_start = latest_stock(scenario.base.code), starting_households(scenario.base.code)
    assert scenario.base.number(STOCK) == pytest.approx(at_start, rel=0.01)
    assert scenario.stock_as_of == latest.as_of < scenario.start
    small = scenario.scaled(SHARE).with_variant(SHORT_PAST).with_months(MONTHS)
    run = run_plan(run_plan_of(small), 1)
    stock = run.ledger.stocks[Stock.HOUSEHOLDS].sum(axis=(1, 2))
    expected = SHARE * at_start
    assert stock[0] == pytest.approx(expected, rel=0.01, abs=3.0)
    assert stock[-1] == pytest.approx(expected, rel=0.35)
    assert run.ledger.flows[Record.CONTACT_HELD, ..., 0].sum() > 0


def test_an_old_figure_is_carried_by_what_moved_the_others() -> None:
    """The Morbihan has no figure since October 2020: the median department kept 90 % of its own."""
    carried = carried_stock("56")
    assert carried is not None
    assert carried.published.as_of == date(2020, 10, 31)
    ratios = []
    for code in names_by_code():
        known = {one.as_of: one.value for one in stocks_by_month(code)}
        if date(2020, 10, 31) in known and date(2024, 12, 31) in known:
            ratios.append(known[date(2024, 12, 31)] / known[date(2020, 10, 31)])
    assert carried.count == len(ratios) > 80
    assert carried.households == pytest.approx(carried.published.value * median(ratios))
    assert carried.low < carried.households < carried.high < carried.published.value
    assert carried_stock("29") is None
    draws = department_draws("morbihan")
    assert draws is not None
    drawn = draws.values[:, draws.paths.index(STOCK)]
    inside = np.mean((drawn >= carried.low) & (drawn <= carried.high))
    assert inside == pytest.approx(0.9, abs=0.05)


def test_the_country_is_the_sum_of_its_departments() -> None:
    """Nothing that carries a figure has seen the country's own: the sum is a check."""
    country = float(published_figures()["F0146"].value) - latest_stock("976").value
    codes = (load_department(name).code for name in known_departments())
    assert sum(map(starting_households, codes)) == pytest.approx(country, rel=0.002)


def test_a_carried_start_is_told() -> None:
    told = remarks(load_scenario("56_reference"))
    assert "stock_carried" in {one.key for one in told}
    own = load_scenario("56_reference").restarted(14000, date(2026, 9, 30))
    assert "stock_carried" not in {one.key for one in remarks(own)}


def entries_of(parameters: Parameters) -> list[str]:
    return [path for path in parameters.paths() if parameters.entry(path).origin == "derivation"]


def test_each_derived_value_has_a_source_a_doubt_and_a_reason() -> None:
    parameters = load_department("29")
    paths = entries_of(parameters)
    assert len(paths) > 30
    for path in paths:
        entry = parameters.entry(path)
        assert entry.source
        assert entry.note
        assert entry.uncertainty.interval is not None or entry.uncertainty.none_because
    assert parameters.entry(STOCK).as_of == date(2024, 12, 31)
    shares = [parameters.number(f"household_types.{one}.share") for one in
              parameters.labels("household_types")]  # fmt: skip
    assert sum(shares) == pytest.approx(1.0, abs=1e-9)


def test_what_others_published_is_doubted_more_than_what_is_known_here() -> None:
    """The Hautes-Pyrénées answered the survey, the Jura never said who goes to employment."""
    own, of_others = load_department("65"), load_department("39")
    path = "territories.{}.staff.job_counsellor.fte"

    def width(parameters: Parameters) -> float:
        known = parameters.entry(path.format(parameters.department)).uncertainty
        assert known.low is not None
        assert known.high is not None
        return known.high / known.low

    assert width(of_others) > width(own)
    note = of_others.entry(path.format("jura")).note
    assert "mean of" in note


@pytest.mark.parametrize("code", ["19", "51", "83"])
def test_posts_follow_who_is_simulated_where_no_rule_sends_so_few(code: str) -> None:
    """The Corrèze sent nobody to the employment service; the model sends 17 % at least."""
    parameters = load_department(code)
    fewest = min(document.assessment_rules()) / 100.0
    assert surveyed("to_pole_emploi_share", code).value / 100.0 < fewest
    staff = f"territories.{parameters.department}.staff"
    each = {role: rule["persons"] for role, rule in rules_of_offices()["staff"].items()}
    served = {role: parameters.number(f"{staff}.{role}.fte") * each[role] for role in each}
    assert served["job_counsellor"] / sum(served.values()) == pytest.approx(fewest, rel=0.03)
    assert "beyond every rule" in parameters.entry(f"{staff}.job_counsellor.fte").note


def test_an_older_figure_is_doubted_more() -> None:
    fresh, old = (Figure(1000.0, date(year, 12, 31), "assumption") for year in (2024, 2020))
    on = date(2025, 1, 1)
    low = [people.STOCK_DOUBT.range_of(1000.0, [one], on)["low"] for one in (fresh, old)]
    assert float(str(low[0])) > float(str(low[1]))


def test_the_files_read_are_those_that_are_kept_beside_a_run() -> None:
    assert all(file.is_file() for file in document.read_files())
