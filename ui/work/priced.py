"""The money of finished runs as plain arrays, for the file of results, and back again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.experiments.experiment import Experiment
from sim.money.costs.causes import AllowanceFlows
from sim.money.costs.spending import Spending
from sim.money.costs.upratings import assumed_upratings
from sim.money.priced_runs import Effects, PricedRun, PricedRuns

Numbers = NDArray[np.float64]
FLOW_FIELDS = ("entitled_eur", "households", "withheld_eur", "first_entries")
EFFECT_FIELDS = ("in_job", "households", "same_people")
CAUSE = "out "
Arms = Sequence[Sequence[PricedRun]]


def upratings_of(experiment: Experiment) -> Mapping[date, float]:
    """The upratings that the tables assume after the last published amount."""
    return assumed_upratings(experiment.reference.base, experiment.reference.end)


def packed_money(runs: Arms) -> dict[str, NDArray[np.float32] | NDArray[np.float64]]:
    """Arrays by (scenario, replication, …)."""
    first = runs[0][0]
    found: dict[str, NDArray[np.float32] | NDArray[np.float64]] = {
        "money_eur": np.array([[one.spending.eur for one in of] for of in runs], dtype=np.float32),
        "money_entitled": np.array([[one.spending.entitled_eur for one in of] for of in runs]),
        "money_households": np.array([[one.spending.households for one in of] for of in runs]),
    }
    for name in FLOW_FIELDS:
        found[f"flow_{name}"] = np.array([[getattr(one.flows, name) for one in of] for of in runs])
    for cause in first.flows.out:
        found[f"{CAUSE}{cause}"] = np.array([[one.flows.out[cause] for one in of] for of in runs])
    for name in EFFECT_FIELDS:
        found[f"effect_{name}"] = np.array(
            [[getattr(one.effects, name) for one in of] for of in runs]
        )
    return found


def axes_of(runs: Arms) -> dict[str, list[str]]:
    """Names along the axes of the spending."""
    first = runs[0][0].spending
    return {
        "lines": list(first.lines),
        "months": list(first.months),
        "territories": list(first.territories),
        "funders": list(first.funders),
    }


def unpacked_money(
    kept: Mapping[str, NDArray[np.float64]],
    axes: Mapping[str, Sequence[str]],
    experiment: Experiment,
    is_cancelled: bool,
) -> PricedRuns:
    """The runs as the budget reads them."""
    arms, count = kept["money_eur"].shape[:2]
    causes = [name.removeprefix(CAUSE) for name in kept if name.startswith(CAUSE)]
    runs = tuple(
        tuple(_one(kept, axes, causes, arm, number) for number in range(count))
        for arm in range(arms)
    )
    return PricedRuns(
        experiment,
        runs,
        upratings_of(experiment),
        has_draws=experiment.draws is not None,
        is_fitted=experiment.draws is not None,
        is_cancelled=is_cancelled,
    )


def _one(
    kept: Mapping[str, NDArray[np.float64]],
    axes: Mapping[str, Sequence[str]],
    causes: Sequence[str],
    arm: int,
    number: int,
) -> PricedRun:
    spending = Spending(
        lines=tuple(axes["lines"]),
        months=tuple(axes["months"]),
        territories=tuple(axes["territories"]),
        funders=tuple(axes["funders"]),
        eur=kept["money_eur"][arm, number].astype(np.float64),
        entitled_eur=kept["money_entitled"][arm, number],
        households=kept["money_households"][arm, number],
    )
    flows = AllowanceFlows(
        **{name: kept[f"flow_{name}"][arm, number] for name in FLOW_FIELDS},
        out={cause: kept[f"{CAUSE}{cause}"][arm, number] for cause in causes},
    )
    effects = Effects(**{name: kept[f"effect_{name}"][arm, number] for name in EFFECT_FIELDS})
    return PricedRun(spending, flows, effects)
