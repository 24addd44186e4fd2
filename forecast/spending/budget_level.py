"""The level of a budget: the spending forecast over the months of a run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from threadpoolctl import threadpool_limits

from brought.series import month_text
from forecast.benchmarks import YEAR
from forecast.family_funds import la_reunion
from forecast.panel import Figures, Panel, current_panel
from forecast.spending.accounts import shipped_accounts
from forecast.spending.ahead import SpendingOutlook, spending_of_department
from forecast.spending.base_amounts import Upratings, stated
from forecast.spending.ratio import PAID_LATER, Ratios
from forecast.spending.scored import ratios_known
from sim.money.budget.level import LevelPaths
from sim.money.costs.entered import PaidMonth
from sim.parameters.imported import kept_while_imported
from sim.parameters.rules import STOCK
from sim.policy import Scenario


def budget_level(
    reference: Scenario, paid: Sequence[PaidMonth] = (), uprating: float | None = None
) -> LevelPaths | None:
    """The allowance of the months of a reference without change, as `caseload forecast` gives it.

    None where the run begins before the last published figure (a past that is simulated as it
    was), and where no figure of the department is published.
    """
    if not has_level(reference):
        return None
    own = _own(current_panel(), reference)
    outlook = spending_outlook(reference.base.code, tuple(paid), uprating, own=own)
    months, eur = outlook.months, outlook.eur
    start = _month(reference.start)
    if start < months[0]:
        # Months of the run before the year of the first month paid: what is published tells them.
        before = spending_outlook(reference.base.code, (), uprating, own=own)
        is_before = before.months < months[0]
        months = np.concatenate([before.months[is_before], months])
        eur = np.concatenate([before.eur[:, is_before], eur], axis=1)
    labels = tuple(month_text(int(month)) for month in months)
    missing = tuple(month_text(month) for month in outlook.missing)
    of_run = [month_text(start + ahead) for ahead in range(reference.months)]
    return LevelPaths(labels, eur, missing, uprating is None).on(of_run)


def has_level(reference: Scenario) -> bool:
    """Whether all months of a run are paid after the last published figure of its department."""
    panel, code = current_panel(), reference.base.code
    if code not in panel.departments or code not in shipped_accounts().departments:
        return False
    own = _own(panel, reference)
    last = panel.figures(code).last_month if own is None else own[0]
    return _month(reference.start) >= last + PAID_LATER


def spending_outlook(
    code: str,
    paid: tuple[PaidMonth, ...] = (),
    uprating: float | None = None,
    today: date | None = None,
    own: tuple[int, tuple[float, ...]] | None = None,
) -> SpendingOutlook:
    """The spending forecast of a department from all that is published; ``uprating`` is a share.

    ``own``: households counted by the department, from a month on; later than what is published,
    or twelve of them.
    """
    day = None if today is None else _month(today)
    return _kept(code, paid, uprating, day, own)


@kept_while_imported(16)
def _kept(
    code: str,
    paid: tuple[PaidMonth, ...],
    uprating: float | None,
    today: int | None,
    own: tuple[int, tuple[float, ...]] | None,
) -> SpendingOutlook:
    """It takes seconds, and pages ask again.

    On one thread: the matrices are small, and more threads would only wait for each other.
    """
    panel, law = current_panel(), stated(uprating)
    counted = None
    if own is not None:
        first, households = own
        counted = Figures(code, first + np.arange(len(households)), np.array(households))
    with threadpool_limits(limits=1):
        return spending_of_department(panel, ratios_of_today(law), code, law, paid, today, counted)


def ratios_of_today(law: Upratings) -> Ratios:
    """The ratios from all that is published."""
    return ratios_known(shipped_accounts(), law, la_reunion().last_month)


def _own(panel: Panel, reference: Scenario) -> tuple[int, tuple[float, ...]] | None:
    """The stock that the user gave, where it is later than what is published."""
    day = reference.stock_as_of
    if day is None or _month(day) <= panel.figures(reference.base.code).last_month:
        return None
    stock = reference.base.number(STOCK) / reference.share
    return _month(day), (stock,)


def _month(day: date) -> int:
    return YEAR * day.year + day.month - 1
