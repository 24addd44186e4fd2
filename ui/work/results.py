"""Results of a run on disk, and as the tables that pages, charts and files read."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.experiments.experiment import Experiment
from sim.experiments.runner import Replication, Results
from sim.experiments.why import Why, why
from sim.money.priced_runs import PricedRuns
from sim.outcomes.table import ALL, OutcomeAxes, Outcomes
from ui.study import Study, experiment_of
from ui.work.extras import Extras
from ui.work.kept_files import write_kept
from ui.work.places import run_folder
from ui.work.priced import axes_of, packed_money, unpacked_money
from ui.work.run_files import RESULTS, RunState, read_left, read_state

Numbers = NDArray[np.float64]
FLOWS = ("oriented", "switched", "started")
SHARE = 0.8
"""Of the simulations within what is told: eight in ten."""
ENOUGH_FOR_QUANTILES = 10
"""Below this many replications the smallest and largest are shown instead."""


@dataclass(frozen=True)
class Comparison:
    """One outcome of one place in the reference and in a scenario, replication by replication.

    Arrays of ``reference`` and ``value`` are (replication, month).
    """

    months: tuple[str, ...]
    reference: Numbers
    value: Numbers

    @cached_property
    def difference(self) -> Numbers:
        """Paired differences by (replication, month)."""
        return self.value - self.reference

    @property
    def last(self) -> int | None:
        """The last month in which both have a value."""
        known = np.flatnonzero(~np.isnan(self.difference).all(axis=0))
        return int(known[-1]) if len(known) else None


def spread(values: Numbers, within: float = SHARE) -> tuple[Numbers, Numbers]:
    """Where ``within`` of the replications lie (all of them when they are few), along axis 0."""
    known = values[:, None] if values.ndim == 1 else values
    share = within if len(values) >= ENOUGH_FOR_QUANTILES else 1.0
    found = np.full((2, known.shape[1]), np.nan)
    is_known = ~np.isnan(known).any(axis=0)
    if is_known.any() and len(values):
        found[:, is_known] = np.quantile(
            known[:, is_known], [0.5 - share / 2.0, 0.5 + share / 2.0], axis=0
        )
    return (found[0], found[1]) if values.ndim > 1 else (found[0, :1], found[1, :1])


@dataclass(frozen=True)
class FullRun:
    """A finished (or cancelled) run with the study that it answers."""

    study: Study
    results: Results
    state: RunState
    flows: dict[str, Numbers]
    observed: dict[str, float]
    money: PricedRuns | None = None
    """None in a preview."""
    without: Numbers | None = None
    """Whole-period outcomes of the first replications without the effects of literature:
    (scenario, replication, outcome, territory); None when they were not run."""
    is_preview: bool = False
    part: float = 1.0
    """Below 1: a first look at so much of the department that full runs simulate. Delays, shares
    and intensities are near those of the whole; counts and money are those of the part."""
    why: tuple[Why, ...] = ()
    """What holds each scenario back in each territory, in a preview in those that are looked at."""

    @property
    def experiment(self) -> Experiment:
        """What was run."""
        return self.results.experiment

    @property
    def count(self) -> int:
        """Finished replications."""
        return len(self.results.replications)

    @property
    def axes(self) -> OutcomeAxes:
        """Names along the axes of the outcomes."""
        return self.results.replications[0].outcomes[0].axes

    def values(self, scenario: int, outcome: str, place: str = ALL) -> Numbers:
        """By (replication, month), the eve of the run left out."""
        axes = self.axes
        row, column = axes.outcomes.index(outcome), axes.territories.index(place)
        return np.stack(
            [one.outcomes[scenario].values[row, 1:, column, 0] for one in self.results.replications]
        )

    def whole(self, scenario: int, outcome: str, place: str = ALL) -> Numbers:
        """The number of the whole period by replication."""
        return np.array(
            [one.outcomes[scenario].one(outcome, place) for one in self.results.replications]
        )

    @property
    def count_without(self) -> int:
        """Replications that were run again without the effects of literature."""
        return 0 if self.without is None else self.without.shape[1]

    def effect_pairs(self, scenario: int, outcome: str, place: str) -> tuple[Numbers, Numbers]:
        """Differences by replication, and those of the first without the effects of literature."""
        if self.without is None:
            return np.empty(0), np.empty(0)
        row, column = self.axes.outcomes.index(outcome), self.axes.territories.index(place)
        left = self.without[scenario, :, row, column] - self.without[0, :, row, column]
        both = self.whole(scenario, outcome, place) - self.whole(0, outcome, place)
        return both, left

    def compared(self, scenario: int, outcome: str, place: str = ALL) -> Comparison:
        """A scenario beside the reference, month by month."""
        return Comparison(
            self.axes.months[1:],
            self.values(0, outcome, place),
            self.values(scenario, outcome, place),
        )


def write_results(
    identity: str,
    results: Results,
    extras: Extras,
    without: Numbers | None,
    name: str = RESULTS,
) -> None:
    """Keep the outcomes (all pathways together), the money and the extras of a run in a file."""
    money = extras.money(results.seeds)
    more = {} if without is None else {"without": without}
    first = results.replications[0].outcomes[0]
    values = [[o.values[..., 0] for o in r.outcomes] for r in results.replications]
    whole = [[o.whole[..., 0] for o in r.outcomes] for r in results.replications]
    about = {
        "outcomes": first.axes.outcomes,
        "months": first.axes.months,
        "territories": first.axes.territories,
        "since": first.since,
        "share": results.experiment.reference.share,
        "numbers": [replication.number for replication in results.replications],
        "seeds": [replication.seed for replication in results.replications],
        "cpu_seconds": [replication.cpu_seconds for replication in results.replications],
        "money": axes_of(money),
        "why": [one.record() for one in why(results, first.axes.territories[1:])],
        "observed": {name: float(np.mean(found)) for name, found in extras.observed.items()},
    }
    arrays: dict[str, NDArray[Any]] = {
        "about": np.frombuffer(json.dumps(about).encode("utf-8"), dtype=np.uint8),
        "values": np.array(values, dtype=np.float32),
        "whole": np.array(whole, dtype=np.float64),
        **{name: extras.mean(name) for name in FLOWS},
        **packed_money(money),
        **more,
    }
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    write_kept(run_folder(identity) / name, buffer.getvalue())


def arrays_of(content: memoryview) -> dict[str, NDArray[Any]]:
    """What a file of results holds; raises what its reading raises."""
    with np.load(io.BytesIO(content), allow_pickle=False) as kept:
        return dict(kept)


def read_results(identity: str, study: Study) -> FullRun | None:
    """The results of a run, told with the names of a study; None when there are none that hold."""
    state = read_state(identity)
    kept = None if state is None else read_left(identity, RESULTS, arrays_of)
    return None if state is None or kept is None else full_run(study, state, kept)


def full_run(study: Study, state: RunState, kept: Mapping[str, NDArray[Any]]) -> FullRun:
    """The results in a file (`arrays_of`), told with the names of a study."""
    about = json.loads(kept["about"].tobytes().decode("utf-8"))
    values, whole = kept["values"].astype(np.float64), kept["whole"]
    others = {name: kept[name] for name in kept if name not in ("about", "values")}
    axes = OutcomeAxes(
        tuple(about["outcomes"]), tuple(about["months"]), tuple(about["territories"]), (ALL,)
    )
    replications = tuple(
        Replication(
            number,
            seed,
            tuple(
                Outcomes(
                    axes, values[row, arm][..., None], whole[row, arm][..., None], about["since"]
                )
                for arm in range(values.shape[1])
            ),
            (),
            seconds,
        )
        for row, (number, seed, seconds) in enumerate(
            zip(about["numbers"], about["seeds"], about["cpu_seconds"], strict=True)
        )
    )
    whole_experiment = experiment_of(study)
    part = about["share"] / whole_experiment.reference.share
    experiment = whole_experiment.scaled(part)
    is_cancelled = len(replications) < experiment.replications
    return FullRun(
        study,
        Results(experiment, replications, is_cancelled, state.seconds),
        state,
        {name: others[name] for name in FLOWS},
        dict(about["observed"]),
        unpacked_money(others, about["money"], experiment, is_cancelled),
        others.get("without"),
        part=part,
        why=tuple(Why.of(one) for one in about["why"]),
    )
