"""How many replications: enough for the half-width of one outcome's interval, and no more.

The rule is that of K. Hoad, S. Robinson and R. Davies, Automated selection of the number of
replications for a discrete-event simulation (Journal of the Operational Research Society 61, 2010):
replications are added until the half-width is small enough and stays so over a few more of them,
because early intervals can be narrow by chance.
"""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.errors import Fault, InputError
from sim.experiments.experiment import Experiment
from sim.experiments.intervals import half_width
from sim.experiments.runner import Progress, Replication, Results, run_experiment
from sim.parameters import Parameters
from sim.search.naming import COMMAND_LINE, PERCENT, WRITTEN_NUMBER, SoughtOutcome, find_outcome

FIRST = 3
AHEAD = 5
"""Replications over which the half-width must stay small enough; in per cent of them above 100."""
MANY = 100

_WRITTEN = re.compile(rf"^(.+?)\s*=\s*({WRITTEN_NUMBER})\s*(%|pt)?\s*$")


@dataclass(frozen=True)
class Precision:
    """The half-width that is wanted of the interval of a mean (or of a mean paired difference).

    It is in the unit of the outcome, or a part of the mean when ``is_relative``.
    """

    outcome: SoughtOutcome
    half_width: float
    is_relative: bool

    def is_met(self, values: NDArray[np.float64]) -> bool:
        """Whether these replications alone are enough; those without a value do not count."""
        known = values[~np.isnan(values)]
        if len(known) < FIRST:
            return False
        limit = self.half_width * (abs(float(np.mean(known))) if self.is_relative else 1.0)
        return self.width_of(known) <= limit

    def width_of(self, values: NDArray[np.float64]) -> float:
        """Half of the interval of these replications of the outcome or of its difference."""
        return half_width(values, self.outcome.definition.fewest_replications)


@dataclass(frozen=True)
class Stop:
    """Why replications ended: how many were enough (None: all of them were not), at what width."""

    precision: Precision
    enough: int | None
    half_widths: tuple[float, ...]
    """Of the outcome, or of its difference to the reference for every other scenario."""


def read_precision(text: str, parameters: Parameters) -> Precision:
    """A precision in words; raises `InputError`.

    ``wait_for_orientation_days_mean=1`` is one day, ``caseload_households=0.5%`` a part of the
    mean, ``job_rate_6m=2pt`` two points of a share.
    """
    written = _WRITTEN.match(text)
    if written is None:
        accepted = "an outcome and a half-width: caseload_households=50, or =0.5%, or =2pt (points)"
        raise InputError([Fault(COMMAND_LINE, "--precision", repr(text), accepted)])
    outcome = find_outcome(written[1], parameters)
    value, mark = float(written[2].replace(",", ".")), written[3]
    unit = outcome.definition.unit
    if mark == "pt" and unit != "share":
        found, accepted = f"points of an outcome in {unit}", f"a number in {unit}, or %"
        raise InputError([Fault(COMMAND_LINE, "--precision", found, accepted)])
    if value <= 0.0:
        accepted = "a half-width above zero"
        raise InputError([Fault(COMMAND_LINE, "--precision", written[2], accepted)])
    return Precision(outcome, value / PERCENT if mark else value, mark == "%")


def replications_needed(
    values: NDArray[np.float64], is_met: Callable[[NDArray[np.float64]], bool]
) -> int | None:
    """The first number of replications that is enough and stays so; None when more are needed.

    ``values`` are the replications so far, in order.
    """
    met_since = None
    for count in range(FIRST, len(values) + 1):
        if not is_met(values[:count]):
            met_since = None
            continue
        met_since = count if met_since is None else met_since
        if count - met_since >= look_ahead(met_since):
            return met_since
    return None


def look_ahead(count: int) -> int:
    """Over how many more replications the half-width must stay small enough."""
    return AHEAD if count <= MANY else math.ceil(AHEAD * count / MANY)


def run_to_precision(
    experiment: Experiment,
    precision: Precision,
    *,
    workers: int | None = None,
    is_logging: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
    on_finished: Callable[[Replication], None] | None = None,
    cancel: threading.Event | None = None,
) -> tuple[Results, Stop]:
    """Run replications, at most those of the experiment, until the precision is met.

    The result is that of an experiment with this number of replications, whatever the number of
    threads: only the first replications, without a gap, decide. ``on_finished`` may also be told
    of a few later ones, which the results leave out.
    """
    done: dict[int, Replication] = {}
    stop = threading.Event() if cancel is None else cancel
    decided: list[int] = []

    def note(replication: Replication) -> None:
        if on_finished is not None:
            on_finished(replication)
        done[replication.number] = replication
        if decided or stop.is_set():
            return
        whole = _without_gap(done)
        needed = [
            replications_needed(series, precision.is_met)
            for series in _series(experiment, whole, precision)
        ]
        known = [count for count in needed if count is not None]
        if len(known) == len(needed):
            decided.append(max(known))
            stop.set()

    results = run_experiment(
        experiment,
        workers=workers,
        is_logging=is_logging,
        on_progress=on_progress,
        on_finished=note,
        cancel=stop,
    )
    if decided:
        kept = decided[0] + look_ahead(decided[0])
        results = replace(
            results,
            experiment=replace(experiment, replications=kept),
            replications=results.replications[:kept],
            is_cancelled=False,
        )
    widths = tuple(
        precision.width_of(series)
        for series in _series(experiment, results.replications, precision)
    )
    return results, Stop(precision, decided[0] if decided else None, widths)


def _without_gap(done: dict[int, Replication]) -> list[Replication]:
    """The first replications up to the first one that is not finished yet."""
    whole: list[Replication] = []
    while len(whole) in done:
        whole.append(done[len(whole)])
    return whole


def _series(
    experiment: Experiment, replications: Sequence[Replication], precision: Precision
) -> list[NDArray[np.float64]]:
    """The numbers that must be precise: the outcome, or its difference for each other scenario."""
    name, place = precision.outcome.definition.name, precision.outcome.territory
    values = np.array(
        [[one.one(name, place) for one in replication.outcomes] for replication in replications]
    ).reshape(len(replications), len(experiment.scenarios))
    if len(experiment.scenarios) == 1:
        return [values[:, 0]]
    return [values[:, i] - values[:, 0] for i in range(1, values.shape[1])]
