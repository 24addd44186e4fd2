"""What has to be known of a spending outlook: assumptions with their source, what is left out."""

from __future__ import annotations

import numpy as np

from brought.series import month_text
from forecast.benchmarks import YEAR
from forecast.family_funds import la_reunion
from forecast.level import VERIFIED_MONTHS, beyond_verified
from forecast.spending.ahead import SpendingOutlook
from forecast.spending.base_amounts import upratings
from forecast.spending.ratio import PAID_LATER, Ratios
from forecast.spending.told import drift_ahead
from forecast.spread_check import NORMAL_90
from sim.money.costs.taken_over import taken_over
from sim.remarks import Both, Remark, remarked
from ui.reports.wording import number_text

PERCENT = 100.0


def spending_notes(outlook: SpendingOutlook, ratios: Ratios, until_year: int) -> list[Remark]:
    """The notes in the order in which a planner asks: who pays, level, amounts, what is not in it.

    They stand beside the table until ``until_year`` and in the object of ``--json``.
    """
    return [
        *state_pays_notes(outlook.department),
        *_of_level(outlook, until_year),
        *_missing(outlook),
        *_accounts(outlook),
        _uprating(outlook),
        _passage(ratios),
        _drift(outlook, ratios, until_year),
        remarked("spending_left_out"),
    ]


def state_pays_notes(code: str) -> list[Remark]:
    """Since when the State pays the allowance of a department, and to which year of a trial."""
    found = taken_over(code)
    if found is None:
        return []
    since = _day(found.since.isoformat())
    if found.trial_end_year is None:
        return [remarked("spending_state_pays", day=since)]
    return [remarked("spending_state_pays_trial", day=since, last=found.trial_end_year)]


def _of_level(outlook: SpendingOutlook, until_year: int) -> list[Remark]:
    """What is said of the level; that it is not verified, only where the years told go so far."""
    last = YEAR * (until_year + 1) - 1 - PAID_LATER
    is_verified = last - outlook.level.known.last_month <= VERIFIED_MONTHS
    return [note for note in outlook.level.notes if not (is_verified and note == beyond_verified())]


def _missing(outlook: SpendingOutlook) -> list[Remark]:
    if not outlook.missing:
        return []
    months = ", ".join(month_text(month) for month in outlook.missing)
    return [remarked("spending_missing", months=months)]


def _accounts(outlook: SpendingOutlook) -> list[Remark]:
    if not outlook.accounts:
        return []
    years = ", ".join(map(str, sorted(outlook.accounts)))
    return [remarked("spending_accounts", years=years)]


def _uprating(outlook: SpendingOutlook) -> Remark:
    law = outlook.law
    day = _day(upratings()[-1].day.isoformat())
    share = _percent(law.share)
    if not law.sd:
        return remarked("spending_uprating_stated", day=day, share=share)
    ends = (law.share - NORMAL_90 * law.sd, law.share + NORMAL_90 * law.sd)
    return remarked(
        "spending_uprating_drawn", day=day, share=share,
        low=_percent(ends[0]), high=_percent(ends[1]),
    )  # fmt: skip


def _passage(ratios: Ratios) -> Remark:
    shares, series = ratios.passage.shares, la_reunion()
    error = float(np.sqrt(np.diag(ratios.passage.errors).max()))
    texts = [number_text(share, "number") for share in PERCENT * shares]
    return remarked(
        "spending_passage",
        shares=", ".join(texts),
        months=len(shares),
        error=number_text(PERCENT * error, "number"),
        first=month_text(series.first_month),
        last=month_text(series.last_month),
    )


def _drift(outlook: SpendingOutlook, ratios: Ratios, until_year: int) -> Remark:
    drift = drift_ahead(ratios, outlook.months[outlook.months // YEAR <= until_year])
    ends = [drift.share_a_year + side * NORMAL_90 * drift.sd for side in (-1, 1)]
    years = ratios.years
    return remarked(
        "spending_drift", share=_percent(drift.share_a_year),
        low=_percent(ends[0]), high=_percent(ends[1]),
        first=str(years[0]), last=str(years[-1]),
    )  # fmt: skip


def _percent(share: float) -> Both:
    english = f"{PERCENT * share:+.1f}".replace("-", "\u2212")
    return Both(english, english.replace(".", ","))


def _day(written: str) -> Both:
    year, month, day = written.split("-")
    return Both(written, f"{day}/{month}/{year}")
