"""What a result costs: net euro against work of the same people and household-months avoided.

A ratio has no interval when the effect may be zero. Cost, effect and the probability that one
more unit costs less than stated thresholds are shown instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal, NamedTuple

import numpy as np
from scipy import special

from sim.experiments.literature import MEASURED, part_on_literature
from sim.money.budget.table import SHARE
from sim.money.costs.causes import (
    CAUSES,
    RETURN_TO_WORK,
    SANCTION_CAUSES,
    STRUCK_OFF,
    WITHHELD,
    difference_by_cause,
)
from sim.money.costs.price_doubts import doubts_of
from sim.money.costs.spending import ALLOWANCE_LINES, REPAID, group_of
from sim.money.costs.unit_costs import DEPARTMENT
from sim.money.priced_runs import POPULATIONS, PricedRuns
from sim.money.results_reached import (
    EFFECTS,
    FOUND_A_JOB,
    HOUSEHOLD_MONTHS,
    JOB_MONTHS,
    JOB_YEARS,
    LASTING_JOB,
    READ_AS,
    Floats,
    Pairs,
    job_years_of_all,
    known_effects,
    of_population,
    struck_off_years,
)

MOST_DOUBT = 0.05
"""With a greater probability of no effect a ratio has no interval."""
DISPLACEMENT = "effects.displacement_share"

THRESHOLDS_EUR: Mapping[str, tuple[float, ...]] = {
    FOUND_A_JOB: (5_000.0, 10_000.0, 20_000.0, 40_000.0),
    LASTING_JOB: (5_000.0, 10_000.0, 20_000.0, 40_000.0),
    JOB_MONTHS: (500.0, 1_000.0, 2_000.0, 4_000.0),
    HOUSEHOLD_MONTHS: (200.0, 500.0, 1_000.0, 2_000.0),
}
"""Net cost of one more unit, euro: stated for the reader, not judged."""

SAVED_BY = (RETURN_TO_WORK, WITHHELD, STRUCK_OFF)
"""Savings of the allowance that an answer tells together, each apart."""

WhyNoPrice = Literal["one_run", "holds_zero", "negative", "some_without", "saving"]


class Spread(NamedTuple):
    """A mean over replications with the ends of a share of them; NaN ends with one replication."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class PriceOfResult:
    """One result under one scenario, against the reference.

    ``ratio`` is None when the effect may be zero (``no_effect_probability`` above 5 %: its 90 %
    interval holds zero) or the cost may not be positive (``is_saving``: a ratio of a saving means
    nothing); ``why_no_price`` says which, and is None where there is a price.
    ``below[threshold]``: probability that a unit costs less.
    """

    effect_name: str
    is_net_of_displacement: bool
    effect: Spread
    no_effect_probability: float
    is_saving: bool
    ratio: Spread | None
    below: Mapping[float, float]
    why_no_price: WhyNoPrice | None


@dataclass(frozen=True)
class CostEffectiveness:
    """One scenario against the reference, over the months from the first change on.

    ``cost``: net gross euro of all funders; ``department`` and ``others`` are its two parts;
    ``spent``: what the support costs more; ``allowance_by_cause``: difference of the allowance (by
    month of right), savings negative; ``sanctions`` sums its two causes that are sanctions.
    ``price``: the cost without what sanctions save (sums paid back taken off), on which results are
    priced: money withheld pays for nobody's job. Ends of euro hold the doubts of unit costs.
    ``effects_of[population][effect]``: gross effects on the stock and on the entrants apart (their
    cost cannot be told apart); ``unknown``: results that runs of this length do not tell.
    ``samples``: price and effects by replication. ``share``: of the replications within the ends.
    """

    scenario: str
    months: int
    cost: Spread
    department: Spread
    others: Mapping[str, Spread]
    spent: Spread
    allowance_by_cause: Mapping[str, Spread]
    sanctions: Spread
    repaid: Spread
    struck_off_years: Spread
    price: Spread
    results: tuple[PriceOfResult, ...]
    effects_of: Mapping[str, Mapping[str, Spread]]
    unknown: tuple[str, ...]
    break_even_year: int | None
    cumulative: Mapping[int, float]
    displacement_share: float
    literature_share: float | None
    samples: Mapping[str, Floats]
    share: float

    @property
    def saved(self) -> dict[str, Spread]:
        """Allowance saved by each of `SAVED_BY`, euro, positive where the scenario pays less."""
        found = {cause: self.allowance_by_cause[cause] for cause in SAVED_BY}
        return {cause: Spread(-one.mean, -one.high, -one.low) for cause, one in found.items()}


def cost_effectiveness(
    runs: PricedRuns,
    since: int,
    literature_free: PricedRuns | None = None,
    share: float = SHARE,
) -> tuple[CostEffectiveness, ...]:
    """Every scenario against the first one, from month ``since`` of the run on.

    ``literature_free``: the first replications of the same scenarios in the same draws, without the
    effects of the literature (`sim.experiments.literature`). ``share``: of the
    simulations within the ends of every spread.
    """
    kept = 1.0 - runs.experiment.reference.base.number(DISPLACEMENT)
    found = []
    within, about_within = partial(spread, share=share), partial(about, share=share)
    for position in range(1, len(runs.runs)):
        pairs = list(zip(runs.runs[0], runs.runs[position], strict=True))
        table, doubted = _by_line(runs, pairs, since)
        effects = known_effects(pairs, since)
        by_cause = _by_cause(pairs, since)
        sanctions = np.sum([by_cause[cause] for cause in SANCTION_CAUSES], axis=0)
        lines, funders = runs.first.lines, runs.first.funders
        repaid = table[:, lines.index(REPAID)].sum(axis=-1)
        is_support = np.array([group_of(line) not in ALLOWANCE_LINES for line in lines])
        price = doubted.sum(axis=(1, 2)) - sanctions - repaid
        by_year = _by_year(pairs, since)
        paid_by = {
            name: about_within(table[..., place].sum(axis=1), doubted[..., place].sum(axis=1))
            for place, name in enumerate(funders)
            if np.abs(table[..., place]).max() > 0.0
        }
        found.append(
            CostEffectiveness(
                scenario=runs.experiment.names[position],
                months=len(runs.first.months) - since,
                cost=about_within(table.sum(axis=(1, 2)), doubted.sum(axis=(1, 2))),
                department=paid_by.pop(DEPARTMENT, Spread(0.0, 0.0, 0.0)),
                others=paid_by,
                spent=about_within(
                    table[:, is_support].sum(axis=(1, 2)), doubted[:, is_support].sum(axis=(1, 2))
                ),
                allowance_by_cause={cause: within(eur) for cause, eur in by_cause.items()},
                sanctions=within(sanctions),
                repaid=within(repaid),
                struck_off_years=within(
                    np.array([struck_off_years(b, a, since) for b, a in pairs])
                ),
                price=about_within(table.sum(axis=(1, 2)) - sanctions - repaid, price),
                results=tuple(
                    price_of(name, is_net, price, effect * (kept if is_net else 1.0), share)
                    for name, effect in effects.items()
                    for is_net in (False, True)
                ),
                effects_of={
                    population: {
                        name: within(of_population(name, population, pairs))
                        for name in READ_AS
                        if name in effects
                    }
                    for population in POPULATIONS
                },
                unknown=tuple(name for name in EFFECTS if name not in effects),
                break_even_year=break_even(by_year),
                cumulative=by_year,
                displacement_share=1.0 - kept,
                literature_share=_literature_share(runs, literature_free, position),
                samples={"cost": price, **effects, JOB_YEARS: job_years_of_all(pairs, since)},
                share=share,
            )
        )
    return tuple(found)


def price_of(
    name: str, is_net: bool, cost: Floats, effect: Floats, share: float = SHARE
) -> PriceOfResult:
    """The price of one result from costs and effects of the same replications.

    Whether it has a price is decided at 5 % on either side, whatever ``share`` is shown.
    """
    doubt = chance_below(effect, 0.0)
    mean = spread(effect, share)
    is_saving = bool(spread(cost).low <= 0.0) if len(cost) > 1 else bool(cost[0] <= 0.0)
    why = _why_no_price(effect, doubt, is_saving)
    ratio = None
    if why is None:
        ratios = cost / effect
        low, high = np.quantile(ratios, [0.5 - share / 2.0, 0.5 + share / 2.0])
        ratio = Spread(float(cost.mean() / effect.mean()), float(low), float(high))
    below = {
        threshold: 1.0 - chance_below(threshold * effect - cost, 0.0)
        for threshold in THRESHOLDS_EUR[name]
    }
    return PriceOfResult(name, is_net, mean, doubt, is_saving, ratio, below, why)


def _why_no_price(effect: Floats, doubt: float, is_saving: bool) -> WhyNoPrice | None:
    """The first reason why a result has no price; ``doubt``: the probability of no effect."""
    if len(effect) < 2:
        return "one_run"
    if doubt > MOST_DOUBT:
        return "negative" if spread(effect).high < 0.0 else "holds_zero"
    if not (effect > 0.0).all():
        return "some_without"
    return "saving" if is_saving else None


def chance_below(values: Floats, limit: float) -> float:
    """Probability of a value at or below a limit: a Student law with the spread of the values.

    With one replication nothing is known of the spread: NaN. Values that never vary are sure.
    """
    if len(values) < 2:
        return float("nan")
    deviation = float(values.std(ddof=1))
    if deviation == 0.0:
        return float(values[0] <= limit)
    return float(special.stdtr(len(values) - 1, (limit - values.mean()) / deviation))


def spread(values: Floats, share: float = SHARE) -> Spread:
    """Mean over replications and a share of them by the law of ``chance_below``.

    At 90 % both agree on zero: an effect that has no price may lie below it.
    """
    mean = float(values.mean())
    if len(values) < 2:
        return Spread(mean, float("nan"), float("nan"))
    reach = float(special.stdtrit(len(values) - 1, 0.5 + share / 2.0) * values.std(ddof=1))
    return Spread(mean, mean - reach, mean + reach)


def break_even(cumulative: Mapping[int, float]) -> int | None:
    """First year from whose end on the cumulative net cost stays at or below zero."""
    years = sorted(cumulative)
    found = None
    for year in reversed(years):
        if cumulative[year] > 0.0:
            break
        found = year
    return found


def _by_line(runs: PricedRuns, pairs: Pairs, since: int) -> tuple[Floats, Floats]:
    """Difference of euro by replication, line and funder: at the costs of the tables, and doubted.

    Each replication takes one point of the doubts of unit costs, evenly spread over all of them.
    """
    table = np.array(
        [
            (after.spending.eur - before.spending.eur)[:, since:].sum(axis=(1, 2))
            for before, after in pairs
        ]
    )
    factors = doubts_of(runs.experiment.reference.base, runs.first.lines).unit_costs
    points = np.arange(len(pairs)) * len(factors) // len(pairs)
    return table, table * factors[points][..., None]


def about(table: Floats, doubted: Floats, share: float = SHARE) -> Spread:
    """The mean at the costs of the tables, and the ends under the doubts of unit costs.

    A few replications take a few points of these doubts, which need not lie around the tables: the
    ends hold the mean all the same.
    """
    ends, mean = spread(doubted, share), float(table.mean())
    return Spread(mean, float(np.minimum(ends.low, mean)), float(np.maximum(ends.high, mean)))


def _by_cause(pairs: Pairs, since: int) -> dict[str, Floats]:
    """The difference of the allowance by cause and replication."""
    parts = [difference_by_cause(before.flows, after.flows) for before, after in pairs]
    return {cause: np.array([part[cause][since:].sum() for part in parts]) for cause in CAUSES}


def _by_year(pairs: Pairs, since: int) -> dict[int, float]:
    """Mean cumulative net cost of all funders at the end of each calendar year reached."""
    months = pairs[0][0].spending.months
    monthly = np.mean(
        [(a.spending.eur - b.spending.eur).sum(axis=(0, 2, 3)) for b, a in pairs], axis=0
    )
    monthly[:since] = 0.0
    cumulative = np.cumsum(monthly)
    return {int(month[:4]): float(cumulative[place]) for place, month in enumerate(months)}


def _literature_share(runs: PricedRuns, free: PricedRuns | None, position: int) -> float | None:
    """Part of the gain of jobs started that goes without the effects of the literature."""
    if free is None or not free.runs:
        return None
    gains, left = (_measured_gain(one, position) for one in (runs, free))
    return part_on_literature(MEASURED, gains, left)


def _measured_gain(runs: PricedRuns, position: int) -> Floats:
    """By replication."""
    pairs = zip(runs.runs[0], runs.runs[position], strict=True)
    return np.array([after.measured - before.measured for before, after in pairs])
