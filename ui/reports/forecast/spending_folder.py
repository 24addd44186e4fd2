"""A spending outlook as files and as an object: what is written and what other programs read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from brought.series import month_text
from forecast.spending.ahead import SpendingOutlook
from forecast.spending.ratio import Ratios
from forecast.spending.told import OVER, SpendingMonth, SpendingYear, drift_ahead
from sim.errors import Fault, InputError
from sim.files import write_atomically
from sim.money.budget.level import by_share
from sim.money.costs.taken_over import taken_over
from sim.remarks import Remark
from sim.version import engine_version, package_version
from ui.reports.budget.files import FILES, csv_text
from ui.reports.remarks import remark_text
from ui.texts import at, said

YEARS_FILE, MONTHS_FILE = "depenses.csv", "mois.csv"
OWN_FILES = frozenset({YEARS_FILE, MONTHS_FILE})
UNITS: Mapping[str, str] = {
    "…_eur": "gross euro of the allowance, all funders, by month of payment",
    "quantiles_eur": "by probability that the spending is not above it",
    "exceeded_eur": "the appropriation that the year exceeds with the probability `odds`",
    "probability, odds": "share from 0 to 1",
    "households": "households of the month of right, the month before the payment",
}


@dataclass(frozen=True)
class Appropriation:
    """A sum of a year and the probability that the year costs more."""

    year: int
    eur: float
    probability: float


@dataclass(frozen=True)
class SpendingAnswer:
    """Everything that is shown, written and given to other programs."""

    place: str
    outlook: SpendingOutlook
    ratios: Ratios
    years: Sequence[SpendingYear]
    months: Sequence[SpendingMonth]
    odds: float
    appropriation: Appropriation | None
    notes: Sequence[Remark]


def check_spending_folder(folder: Path) -> None:
    """Refuse a folder that holds anything else than an earlier answer; raises `InputError`."""
    accepted = "a new folder, an empty one, or the folder of an earlier forecast"
    if folder.exists() and not folder.is_dir():
        raise InputError([Fault("command line", "out", f"the file {folder}", accepted)])
    there = {path.name for path in folder.iterdir()} if folder.exists() else set()
    if there - OWN_FILES:
        strangers = ", ".join(sorted(there - OWN_FILES)[:3])
        raise InputError([Fault("command line", "out", f"{folder} with {strangers}", accepted)])


def write_spending(folder: Path, answer: SpendingAnswer) -> None:
    """Years and months as French CSV."""
    states = {**at("spending_csv.states", FILES), OVER: said("forecast_report.not_observed", FILES)}
    years = [
        (
            one.year, one.expected_eur, *one.quantiles_eur,
            "" if one.account_eur is None else one.account_eur,
            one.months_paid, one.paid_eur, " ".join(one.missing), one.missing_eur,
            one.months_to_pay, one.to_pay_eur, one.exceeded_eur,
        )
        for one in answer.years
    ]  # fmt: skip
    months = [
        (
            one.month, one.month_of_right, states[one.state], one.households,
            one.mean_amount_eur, one.expected_eur, *one.quantiles_eur,
        )
        for one in answer.months
    ]  # fmt: skip
    for name, heads, rows in (
        (YEARS_FILE, "years", years), (MONTHS_FILE, "months", months)
    ):  # fmt: skip
        words = [
            str(head).format(odds=f"{100 * answer.odds:g}")
            for head in at(f"spending_csv.{heads}", FILES)
        ]
        write_atomically(folder / name, csv_text(words, rows).encode())


def spending_record(answer: SpendingAnswer, replay: str, folder: Path | None) -> dict[str, object]:
    """The object of ``--json``."""
    outlook, known = answer.outlook, answer.outlook.level.known
    law, passage = outlook.law, answer.ratios.passage
    drift = drift_ahead(answer.ratios, outlook.months)
    state = taken_over(outlook.department)
    return {
        "command": "forecast",
        "quantity": "spending",
        "department": outlook.department,
        "last_known_month": month_text(known.last_month),
        "last_known_households": float(known.households[-1]),
        "last_known_age_months": outlook.level.age_months,
        "state_pays_since": None if state is None else state.since.isoformat(),
        "state_pays_until_year": None if state is None else state.trial_end_year,
        "folder": None if folder is None else str(folder),
        "replay": replay,
        "units": dict(UNITS),
        "sources": [said("forecast_report.source", "en"), said("spending_ahead.source", "en")],
        "notes": [remark_text(note, "en") for note in answer.notes],
        "upratings": {"share_each_april": law.share, "sd": law.sd},
        "passage": {"shares": list(map(float, passage.shares)), "noise": passage.noise},
        "ratio": {"drift_a_year": drift.share_a_year, "sd": drift.sd},
        "odds": answer.odds,
        "appropriation": None
        if answer.appropriation is None
        else {
            "year": answer.appropriation.year,
            "eur": answer.appropriation.eur,
            "probability": answer.appropriation.probability,
        },
        "years": [_year_record(one) for one in answer.years],
        "months": [_month_record(one) for one in answer.months],
        "versions": {"rsa-caseload": package_version(), "engine": engine_version()},
    }


def _year_record(one: SpendingYear) -> dict[str, object]:
    return {
        "year": one.year,
        "expected_eur": one.expected_eur,
        "quantiles_eur": by_share(one.quantiles_eur),
        "account_eur": one.account_eur,
        "months_paid": one.months_paid,
        "paid_eur": one.paid_eur,
        "missing": list(one.missing),
        "missing_eur": one.missing_eur,
        "months_to_pay": one.months_to_pay,
        "to_pay_eur": one.to_pay_eur,
        "exceeded_eur": one.exceeded_eur,
    }


def _month_record(one: SpendingMonth) -> dict[str, object]:
    return {
        "month": one.month,
        "month_of_right": one.month_of_right,
        "state": one.state,
        "households": one.households,
        "mean_amount_eur": one.mean_amount_eur,
        "expected_eur": one.expected_eur,
        "quantiles_eur": by_share(one.quantiles_eur),
    }
