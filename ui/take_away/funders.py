"""Who pays what a scenario costs more, funder by funder: the rows of the note."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from sim.money.cost_effectiveness import CostEffectiveness, Spread, cost_effectiveness
from sim.money.costs.unit_costs import DEPARTMENT
from ui.numbers import euros
from ui.reports.budget.names import funder_name
from ui.spoken import language, text
from ui.work.money import money_of
from ui.work.results import SHARE, FullRun


def costs_of(found: FullRun) -> tuple[CostEffectiveness, ...]:
    """What each scenario costs beside the reference, in the order of the study."""
    return cost_effectiveness(money_of(found), found.experiment.since, share=SHARE)


def funder_rows(costs: Sequence[CostEffectiveness]) -> list[list[str | list[str]]]:
    """A row for every funder that pays or saves anything under one of the scenarios, then all.

    A cell is an amount with the ends between which it lies, or a text alone.
    """
    by_scenario = [_by_funder(one) for one in costs]
    names = list(dict.fromkeys(name for one in by_scenario for name in one))
    paying = [name for name in names if any(_moves(one.get(name)) for one in by_scenario)]
    rows: list[list[str | list[str]]] = [
        [funder_name(name, language()), *(_written(one.get(name)) for one in by_scenario)]
        for name in paying
    ]
    return [*rows, [text("note.all_funders"), *(_written(one.cost) for one in costs)]]


def _by_funder(one: CostEffectiveness) -> Mapping[str, Spread]:
    return {DEPARTMENT: one.department, **one.others}


def _moves(one: Spread | None) -> bool:
    return one is not None and any(end != 0.0 for end in one)


def _written(one: Spread | None) -> str | list[str]:
    """The mean with its ends; one run has none."""
    if one is None or not _moves(one):
        return text("answer.nothing")
    mean = euros(one.mean, is_signed=True)
    if math.isnan(one.low):
        return mean
    low, high = (euros(end, is_signed=True) for end in (one.low, one.high))
    return [mean, text("options.interval", low=low, high=high)]
