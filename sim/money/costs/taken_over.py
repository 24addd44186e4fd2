"""Who pays the allowance where the State took it over, for good or for a trial that ends.

What follows a trial is not in the law: it is a parameter, and a budget can be run either way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sim.parameters import Parameters
from sim.parameters.entry import dated_pairs
from sim.parameters.national import load_tables

STATE_PAYS = "costs.state_pays_allowance"
"""Where the tables say from when on the State pays the allowance of a department, by its code."""
TRIAL_END = "costs.trial_end_year"
"""Where they say the last year of a trial."""
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
    path = f"{TRIAL_END}.code_{parameters.code}"
    return parameters.whole(path) if path in parameters.paths() else None


@dataclass(frozen=True, slots=True)
class TakenOver:
    """From when on the State pays the allowance of a department; of a trial also its last year."""

    since: date
    trial_end_year: int | None


def taken_over(code: str) -> TakenOver | None:
    """What the national tables say of a department; None where it pays itself."""
    entries = load_tables().entries
    entry, end = (entries.get(f"{path}.code_{code}") for path in (STATE_PAYS, TRIAL_END))
    pairs = () if entry is None else dated_pairs(entry.value)
    since = next((day for day, is_state in pairs if is_state is True), None)
    if since is None:
        return None
    return TakenOver(since, None if end is None else int(str(end.value)))


def years_after_trial(parameters: Parameters, years: Iterable[int]) -> tuple[int, ...]:
    """Those of some years in which it is not known who pays."""
    last = trial_end_year(parameters)
    return () if last is None else tuple(year for year in years if year > last)
