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

    Raises `ValueError` when there is no spell.
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
    reasons and Kaplan–Meier's survival add up to 1. Raises `ValueError` when there is no spell.
    """
    lasting, is_censored = _read(days, censored)
    is_of_reason = np.array([one == reason for one in reasons], dtype=np.bool_)
    of_reason = _counts(lasting, ~is_censored & is_of_reason)
    survival = kaplan_meier(lasting, is_censored)
    before = np.concatenate([[1.0], survival[:-1]])
    incidence: Floats = np.cumsum(before * of_reason / _at_risk(lasting))
    return incidence


def _read(
    days: Iterable[int], censored: Iterable[bool]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    lasting = np.fromiter(days, dtype=np.int64)
    if not len(lasting):
        raise ValueError("no spell: nothing survives or ends")
    return lasting, np.fromiter(censored, dtype=np.bool_)


def _counts(lasting: NDArray[np.int64], chosen: NDArray[np.bool_]) -> Floats:
    """How many of the chosen spells last exactly so many days."""
    return np.bincount(lasting[chosen], minlength=int(lasting.max()) + 1).astype(np.float64)


def _at_risk(lasting: NDArray[np.int64]) -> Floats:
    """How many spells last at least so many days."""
    at_least: Floats = np.cumsum(np.bincount(lasting)[::-1])[::-1].astype(np.float64)
    return at_least
