"""Outcomes of small ledgers written by hand, with answers that can be counted on fingers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from sim.errors import InputError
from sim.events import EventLog
from sim.ledger import Ledger, LedgerShape, empty_ledger, fold
from sim.outcomes.definitions import outcome_definition, outcome_definitions
from sim.outcomes.measures import ParametersInForce
from sim.outcomes.table import Outcomes, outcomes_of
from sim.parameters import Parameters, load_department
from sim.units import MINUTES_PER_DAY, day_number, month_number
from sim.vocabulary import Contact, ExitReason, Record, Stock

START = date(2023, 1, 1)
MONTHS = 14
JANUARY = day_number(START)


@pytest.fixture(scope="module")
def parameters() -> Parameters:
    return load_department("somme")


def row(
    kind: Record,
    day: int,
    *,
    territory: int = 0,
    pathway: int = -1,
    detail: int = 0,
    value: int = 0,
    origin: int | None = None,
) -> list[int]:
    """A record ``day`` days after the start; ``origin`` too is counted from the start."""
    since = JANUARY + (day if origin is None else origin)
    time = (JANUARY + day) * MINUTES_PER_DAY
    return [time, 8, int(kind), territory, pathway, detail, value, since]


def ended(kind: Record, origin: int, days: int, **more: int) -> list[int]:
    return row(kind, origin + days, value=days, origin=origin, **more)


def ledger_of(parameters: Parameters, rows: list[list[int]], months: int = MONTHS) -> Ledger:
    shape = LedgerShape(
        first_month=month_number(START),
        months=months,
        territories=len(parameters.labels("territories")),
        pathways=len(parameters.labels("pathways")),
        details=max(len(parameters.labels("job_types")), len(ExitReason)),
    )
    return fold(EventLog(np.array(rows, dtype=np.int64).reshape(-1, 8)), shape)


def read(parameters: Parameters, ledger: Ledger, since: int = 0) -> Outcomes:
    return outcomes_of(ledger, [ParametersInForce(JANUARY, parameters)], since)


def outcomes(parameters: Parameters, rows: list[list[int]], since: int = 0) -> Outcomes:
    return read(parameters, ledger_of(parameters, rows), since)


def test_every_outcome_is_defined_in_both_languages() -> None:
    found = outcome_definitions()
    assert len(found) > 60
    for language in ("en", "fr"):
        labels = [getattr(definition.label, language) for definition in found.values()]
        assert len(set(labels)) == len(labels), language


def test_an_unknown_outcome_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="caseload_households"):
        outcome_definition("caseload")


def test_the_restricted_mean_counts_everybody(parameters: Parameters) -> None:
    start, end = Record.WAIT_FOR_ORIENTATION_STARTED, Record.WAIT_FOR_ORIENTATION_ENDED
    rows = [row(start, 3) for _ in range(4)]
    rows += [ended(end, 3, days) for days in (10, 20, 200)]
    rows += [ended(Record.ORIENTED, 3, days, pathway=0) for days in (10, 200)]
    found = outcomes(parameters, rows)
    month = "2023-01"
    assert found.one("wait_for_orientation_days_mean", month=month) == (10 + 20 + 180 + 180) / 4
    assert found.one("wait_for_orientation_days_median", month=month) == 20.0
    assert found.one("oriented_within_15_days_share", month=month) == 0.25
    assert found.one("oriented_within_42_days_share", month=month) == 0.25
    assert found.one("wait_for_orientation_days_mean_of_oriented") == (10 + 200) / 2


def test_a_median_beyond_the_horizon_is_the_horizon(parameters: Parameters) -> None:
    rows = [row(Record.WAIT_FOR_CASEWORKER_STARTED, 3, pathway=1) for _ in range(3)]
    rows.append(ended(Record.WAIT_FOR_CASEWORKER_ENDED, 3, 5, pathway=1))
    assert outcomes(parameters, rows).one("wait_for_caseworker_days_median") == 180.0


def test_cohorts_without_complete_exposure_have_no_value(parameters: Parameters) -> None:
    start = Record.WAIT_FOR_ORIENTATION_STARTED
    days = [(date(2023, month, 5) - START).days for month in range(1, 13)]
    found = outcomes(parameters, [row(start, day) for day in days]).frame()
    waits = found[found["outcome"] == "wait_for_orientation_days_mean"]
    # The run ends on 29 February 2024; 31 August 2023 + 180 days is the day before.
    assert waits["month"].max() == "2023-08"
    within = found[found["outcome"] == "oriented_within_15_days_share"]
    assert within["month"].max() == "2023-12"


def test_the_whole_period_sums_complete_cohorts_only(parameters: Parameters) -> None:
    start, end = Record.WAIT_FOR_ORIENTATION_STARTED, Record.WAIT_FOR_ORIENTATION_ENDED
    late = (date(2024, 2, 10) - START).days
    rows = [row(start, 3), ended(end, 3, 30), row(start, 40), ended(end, 40, 50)]
    rows += [row(start, late), ended(end, late, 1)]
    assert outcomes(parameters, rows).one("wait_for_orientation_days_mean") == 40.0
    assert outcomes(parameters, rows, since=1).one("wait_for_orientation_days_mean") == 50.0


def test_the_number_of_a_period_says_what_it_covers(parameters: Parameters) -> None:
    """Fourteen months from January 2023 on; cohorts need their days of observation."""
    found = outcomes(parameters, [], since=2)
    assert found.period("caseload_households") == "end of 2024-02"
    assert found.period("jobs_started") == "2023-03 to 2024-02"
    # Those of July end their 182 days at the end of January, those of August do not.
    assert found.period("job_rate_6m") == "2023-03 to 2023-08"
    assert outcomes(parameters, [], since=13).period("job_rate_6m") == "no month"


def test_unknown_names_get_the_near_ones_all_at_once(parameters: Parameters) -> None:
    with pytest.raises(InputError) as refused:
        outcomes(parameters, []).one("jobs_start", "coquelico", "2023-1")
    assert len(refused.value.faults) == 3
    text = str(refused.value)
    assert "jobs_started" in text
    assert "a month from 2022-12 to 2024-02" in text
    assert "coquelicot" in text


def test_ratios_are_never_averaged(parameters: Parameters) -> None:
    rows = [row(Record.COHORT_ENTERED, 3, territory=0, pathway=0)]
    rows += [row(Record.COHORT_ENTERED, 3, territory=1, pathway=1) for _ in range(3)]
    rows.append(ended(Record.FIRST_JOB_SINCE_SUPPORT, 3, 100, territory=0, pathway=0))
    found = outcomes(parameters, rows)
    first, second, *_ = parameters.labels("territories")
    assert found.one("job_rate_6m", first) == 1.0
    assert found.one("job_rate_6m", second) == 0.0
    assert found.one("job_rate_6m") == 0.25
    assert found.one("job_rate_3m") == 0.0


def test_six_months_are_26_weeks_and_a_year_365_days(parameters: Parameters) -> None:
    rows = [row(Record.COHORT_ENTERED, 3, pathway=0) for _ in range(4)]
    rows += [
        ended(Record.FIRST_JOB_SINCE_SUPPORT, 3, days, pathway=0) for days in (182, 183, 365, 366)
    ]
    found = outcomes(parameters, rows)
    assert found.one("job_rate_6m", month="2023-01") == 0.25
    assert found.one("job_rate_12m", month="2023-01") == 0.75


def test_contacts_due_are_in_thousandths_and_contracts_have_no_rhythm(
    parameters: Parameters,
) -> None:
    rows = [row(Record.CONTACT_DUE, 9, pathway=0, detail=Contact.CONTACT, value=2500)]
    rows += [row(Record.CONTACT_DUE, 9, pathway=0, detail=Contact.APPOINTMENT, value=1500)]
    kinds = (Contact.CONTACT, Contact.CONTACT, Contact.APPOINTMENT, Contact.CONTRACT)
    rows += [row(Record.CONTACT_HELD, 9, pathway=0, detail=kind, value=20) for kind in kinds]
    found = outcomes(parameters, rows)
    assert found.one("contacts_due") == 4.0
    assert found.one("contacts_held") == 3.0
    assert found.one("contacts_achieved_share") == 0.75
    assert found.one("appointments_achieved_share") == pytest.approx(1 / 1.5)


def test_exits_are_the_sum_of_their_reasons(parameters: Parameters) -> None:
    rows = [row(Record.EXIT, 9, detail=int(reason)) for reason in list(ExitReason)[1:]]
    found = outcomes(parameters, [*rows, row(Record.EXIT, 9, detail=int(ExitReason.WORK))])
    reasons = [name for name in found.axes.outcomes if name.startswith("exits_")]
    assert len(reasons) == len(ExitReason) - 1
    assert found.one("exits_work") == 2.0
    assert sum(found.one(name) for name in reasons) == found.one("exits") == len(rows) + 1


def test_training_is_no_job(parameters: Parameters) -> None:
    labels = parameters.labels("job_types")
    rows = [row(Record.JOB_STARTED, 9, detail=number) for number in range(len(labels))]
    jobs = [label for label in labels if parameters.flag(f"job_types.{label}.is_job")]
    assert 0 < len(jobs) < len(labels)
    assert outcomes(parameters, rows).one("jobs_started") == len(jobs)


def test_used_minutes_are_those_available_and_not_left(parameters: Parameters) -> None:
    rows = [row(Record.STAFF_MINUTES_AVAILABLE, 9, detail=role, value=300) for role in (0, 1)]
    rows += [row(Record.STAFF_MINUTES_LEFT, 9, detail=0, value=120)]
    found = outcomes(parameters, rows)
    assert found.one("staff_minutes_used") == 480.0
    assert found.one("staff_utilisation") == 0.8


def test_stocks_begin_on_the_eve_of_the_run(parameters: Parameters) -> None:
    ledger = ledger_of(parameters, [])
    ledger.stocks[Stock.HOUSEHOLDS, :, 0, 0] = np.arange(100, 100 + MONTHS + 1)
    found = read(parameters, ledger)
    assert found.one("caseload_households", month="2022-12") == 100.0
    assert found.one("caseload_households", month="2023-01") == 101.0
    assert found.one("caseload_households") == 100.0 + MONTHS


@pytest.mark.parametrize("months", range(1, 8))
def test_a_run_of_a_few_months_has_outcomes(parameters: Parameters, months: int) -> None:
    shape = replace(ledger_of(parameters, []).shape, months=months)
    found = read(parameters, empty_ledger(shape))
    assert np.isnan(found.one("in_job_six_months_later", month="2023-01"))
    assert found.one("jobs_started") == 0.0


def test_six_months_later_is_told_by_the_month_of_entry(parameters: Parameters) -> None:
    ledger = ledger_of(parameters, [])
    july = 7  # the stocks of the end of July are row 7: row 0 is the eve of January
    ledger.stocks[Stock.COHORT_SIX_MONTHS_AGO, july, 0, 1] = 8
    ledger.stocks[Stock.COHORT_IN_JOB, july, 0, 1] = 2
    found = read(parameters, ledger)
    assert found.one("in_job_six_months_later", month="2023-01") == 0.25
    assert np.isnan(found.one("in_job_six_months_later", month="2023-09"))


@pytest.mark.parametrize("months", range(1, 8))
def test_a_run_shorter_than_a_horizon_has_no_value_there(
    parameters: Parameters, months: int
) -> None:
    found = read(parameters, ledger_of(parameters, [], months))
    assert np.isnan(found.one("in_job_six_months_later"))
    assert np.isnan(found.one("job_rate_12m"))
    assert found.one("caseload_households") == 0.0


def test_posts_are_averaged_over_the_days_of_a_month(parameters: Parameters) -> None:
    territory = parameters.labels("territories")[0]
    role = parameters.labels("roles")[0]
    path = f"territories.{territory}.staff.{role}.additional_fte"
    later = parameters.patched({path: parameters.number(path) + 2.0}, origin="test")
    middle = ParametersInForce(day_number(date(2023, 4, 16)), later)
    timeline = [ParametersInForce(JANUARY, parameters), middle]
    found = outcomes_of(ledger_of(parameters, []), timeline)
    before = found.one("staff_fte", territory, "2023-03")
    assert found.one("staff_fte", territory, "2023-04") == pytest.approx(before + 1.0)
    assert found.one("staff_fte", territory, "2023-05") == pytest.approx(before + 2.0)
    yearly = parameters.number(f"roles.{role}.loaded_cost_eur_per_year")
    cost = found.one("staff_cost_eur", territory, "2023-05")
    assert cost - found.one("staff_cost_eur", territory, "2023-03") == pytest.approx(yearly / 6)


def test_people_without_a_pathway_count_in_all_only(parameters: Parameters) -> None:
    ledger = ledger_of(parameters, [])
    ledger.stocks[Stock.PERSONS, -1, 0, 0] = 5
    ledger.stocks[Stock.PERSONS, -1, 0, 1] = 7
    table = read(parameters, ledger).summary()
    persons = table[(table["outcome"] == "caseload_persons") & (table["territory"] == "all")]
    by_pathway = dict(zip(persons["pathway"], persons["value"], strict=True))
    assert by_pathway["all"] == 12.0
    assert by_pathway[parameters.labels("pathways")[0]] == 7.0


def test_a_reassignment_ends_the_observation_of_earlier_cohorts(parameters: Parameters) -> None:
    april = (date(2023, 4, 1) - START).days
    rows = [row(Record.COHORT_ENTERED, day, pathway=0) for day in (40, april, april + 40)]
    rows += [row(Record.COHORT_ENTERED, 40, territory=1, pathway=0)]
    rows += [row(Record.REASSIGNED, april, pathway=0)]
    found = outcomes(parameters, rows)
    first, second, *_ = parameters.labels("territories")
    assert np.isnan(found.one("job_rate_6m", first, "2023-02"))
    assert found.one("job_rate_6m", first, "2023-04") == 0.0
    assert found.one("job_rate_6m", second, "2023-02") == 0.0
    assert found.one("support_entries", first, "2023-02") == 1.0
