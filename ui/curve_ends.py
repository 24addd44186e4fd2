"""The marks of curves in time, on pages and in files: the change, and where and why they end."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.outcomes.definitions import outcome_definition
from ui.numbers import month_text
from ui.spoken import text
from ui.work.results import FullRun


class CurveEnds(NamedTuple):
    """What is said of the ends of curves; all empty where they run from the start to the end.

    ``last_month``: the last one that is drawn, such as ``2025-06``.
    """

    last_month: str
    sentences: tuple[str, ...]


def curve_ends(found: FullRun, outcome: str, place: str) -> CurveEnds:
    """The ends of the curves of all scenarios: they have a value where every replication has."""
    scenarios = range(1, len(found.experiment.scenarios))
    gaps = np.concatenate([found.compared(one, outcome, place).difference for one in scenarios])
    known = np.flatnonzero(~np.isnan(gaps).any(axis=0))
    months = found.axes.months[1:]
    if not len(known):
        return CurveEnds("", ())
    first, last = int(known[0]), int(known[-1])
    told = []
    is_early = last < len(months) - 1
    if is_early:
        told.append(_why_early(outcome, months[last], months[-1]))
    if first > 0:
        told.append(text("chart.begins", month=month_text(months[first])))
    if len(known) < last - first + 1:
        told.append(text("chart.breaks"))
    return CurveEnds(months[last] if is_early else "", tuple(told))


def effect_month(found: FullRun) -> str:
    """The month in which something first changes."""
    months = found.axes.months[1:]
    since = found.experiment.since
    return months[since] if 0 < since < len(months) else ""


def _why_early(outcome: str, month: str, last: str) -> str:
    definition = outcome_definition(outcome)
    frame = {"month": month_text(month), "last": month_text(last)}
    if definition.days_observed:
        return text("chart.ends_after_days", days=definition.days_observed, **frame)
    if definition.measure.months:
        return text("chart.ends_after_months", count=definition.measure.months, **frame)
    return text("chart.ends", **frame)
