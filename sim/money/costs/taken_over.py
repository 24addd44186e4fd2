"""Who pays the allowance where the State took it over, for good or for a trial that ends.

What follows a trial is not in the law: it is a parameter, and a budget can be run either way.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sim.parameters import Parameters

STATE_PAYS = "costs.state_pays_allowance"
"""Where the tables say from when on the State pays the allowance of a department, by its code."""
AFTER_TRIAL = "costs.state_pays_after_trial"


def state_pays(parameters: Parameters, day: date) -> bool:
    """Whether the State pays the allowance of the department on a day."""
    path = f"{STATE_PAYS}.code_{parameters.code}"
    if path not in parameters.paths() or parameters.value_on(path, day) is not True:
        return False
    last = trial_end_year(parameters)
    return last is None or day.year <= last or parameters.flag(AFTER_TRIAL)


def trial_end_year(parameters: Parameters) -> int | None:
    """The last year in which the State pays for a trial; None without a trial."""
    path = f"costs.trial_end_year.code_{parameters.code}"
    return parameters.whole(path) if path in parameters.paths() else None


def years_after_trial(parameters: Parameters, years: Iterable[int]) -> tuple[int, ...]:
    """Those of some years in which it is not known who pays."""
    last = trial_end_year(parameters)
    return () if last is None else tuple(year for year in years if year > last)
