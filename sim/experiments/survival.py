"""Survival of spells: Kaplan–Meier, and the cumulative incidence of one reason among others.

Both take the columns ``days``, ``censored`` and ``reason`` of a table of spells
(`sim.experiments.spell_table`) and answer day by day from day 0 on. A spell that is censored on a
day is still at risk on that day.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def kaplan_meier(days: Iterable[int], censored: Iterable[bool]) -> Floats:
    """The share of spells that last longer than so many days, 0 first, up to the longest.

    Raises `ValueError` when there is no spell, days are no whole numbers from 0 on, or the columns
    are not of one length.
    """
    lasting, is_censored = _read(days, censored)
    ended, at_risk = _counts(lasting, ~is_censored), _at_risk(lasting)
    survival: Floats = np.cumprod(1.0 - ended / at_risk, dtype=np.float64)
    return survival


def cumulative_incidence(
    days: Iterable[int], censored: Iterable[bool], reasons: Iterable[object], reason: str
) -> Floats:
    """The share of spells that ended for a reason within so many days (Aalen–Johansen).

    Spells that ended for another reason can no longer end for this one. The incidences of all
    reasons and Kaplan–Meier's survival add up to 1. A column of categories may have any of them as
    its reason, others one that a spell has. Raises `ValueError` for another reason, and as
    `kaplan_meier`.
    """
    lasting, is_censored = _read(days, censored)
    is_of_reason = _of_reason(reasons, reason)
    _check_length("reasons", len(is_of_reason), len(lasting))
    of_reason = _counts(lasting, ~is_censored & is_of_reason)
    survival = kaplan_meier(lasting, is_censored)
    before = np.concatenate([[1.0], survival[:-1]])
    incidence: Floats = np.cumsum(before * of_reason / _at_risk(lasting))
    return incidence


def _read(
    days: Iterable[int], censored: Iterable[bool]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    found = np.asarray(list(days), dtype=np.float64)
    if not len(found):
        raise ValueError("no spell: nothing survives or ends")
    is_a_day = (found >= 0.0) & (found == np.floor(found)) & np.isfinite(found)
    if not is_a_day.all():
        raise ValueError(f"days are whole numbers from 0 on, not {found[~is_a_day][0]:g}")
    is_censored = np.fromiter(censored, dtype=np.bool_)
    _check_length("censored", len(is_censored), len(found))
    return found.astype(np.int64), is_censored


def _check_length(column: str, length: int, spells: int) -> None:
    if length != spells:
        raise ValueError(f"{column} has {length} values for {spells} days: one for each spell")


def _of_reason(reasons: Iterable[object], reason: str) -> NDArray[np.bool_]:
    """Which spells have a reason; raises `ValueError` for one that they cannot have."""
    given = list(reasons)
    dtype = getattr(reasons, "dtype", None)
    words = getattr(dtype, "categories", given)
    known = sorted({one for one in words if isinstance(one, str)})
    if reason not in known:
        raise ValueError(f"no spell ends for {reason!r}; reasons are {', '.join(known) or 'none'}")
    return np.array([one == reason for one in given], dtype=np.bool_)


def _counts(lasting: NDArray[np.int64], chosen: NDArray[np.bool_]) -> Floats:
    """How many of the chosen spells last exactly so many days."""
    return np.bincount(lasting[chosen], minlength=int(lasting.max()) + 1).astype(np.float64)


def _at_risk(lasting: NDArray[np.int64]) -> Floats:
    """How many spells last at least so many days."""
    at_least: Floats = np.cumsum(np.bincount(lasting)[::-1])[::-1].astype(np.float64)
    return at_least
