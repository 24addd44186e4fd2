"""One fit from its first run to its draws: runs at the centre, passes of the smoother, check runs.

Everything that was run is in the folder, so a fit that ended early, in whatever way, is taken up
where it was and comes to the same result.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from calibration.bank import Bank, run_bank
from calibration.designs import CENTRE_STAGE, MEAN_STAGE, POSTERIOR_STAGE, member_seeds
from calibration.runs import RunProgress, Watch, run_members
from calibration.smoother import SmootherSettings, smooth
from calibration.study import FitStudy, Floats

RUNS = "runs"
MEAN_RUNS = 20
"""Runs at the posterior mean under other seeds: their mean has little of the seeds' noise."""


@dataclass(frozen=True)
class FitSettings:
    """Runs of a fit: ``centre`` under other seeds at the prior's centre, the smoother's, as many
    ``checks`` of final draws, and prior runs for the ``bank``.
    """

    smoother: SmootherSettings = field(default_factory=SmootherSettings)
    centre: int = 100
    checks: int = 200
    bank: int = 0

    @property
    def runs(self) -> int:
        """All runs of the fit."""
        passes = self.smoother.passes * self.smoother.members
        checks = min(self.checks, self.smoother.members)
        return self.centre + passes + checks + MEAN_RUNS + self.bank

    def record(self) -> dict[str, object]:
        """For the card."""
        return asdict(self)


@dataclass(frozen=True)
class Fitted:
    """What a fit leaves.

    ``positions`` (draws, parameters) are the posterior; ``check_outputs`` (checks, outputs) are
    runs of its first draws, ``mean_outputs`` (runs, outputs) runs at its mean, ``prior_outputs``
    (members, outputs) those of the first pass, at ``prior_positions``; ``seed_covariance``
    (read, read) is the noise of one run's seed.
    """

    positions: Floats
    check_outputs: Floats
    mean_outputs: Floats
    prior_positions: Floats
    prior_outputs: Floats
    seed_covariance: Floats
    bank: Bank | None


def fit(
    study: FitStudy,
    settings: FitSettings,
    folder: Path,
    *,
    workers: int | None = None,
    on_progress: Callable[[RunProgress], None] | None = None,
    cancel: threading.Event | None = None,
) -> Fitted:
    """Run or take up a fit in ``folder``; raises `runs.Interrupted` when cancelled.

    Draws depend on the study and the settings alone: linear algebra runs on one thread, for its
    sums change in their last bit with the number of threads.
    """
    watch = Watch(settings.runs, on_progress)
    seed = settings.smoother.seed
    passes: dict[int, tuple[Floats, Floats]] = {}

    def simulated(name: str, stage: int, positions: Floats) -> Floats:
        seeds = member_seeds(seed, stage, len(positions))
        return run_members(
            study, name, positions, seeds, folder / RUNS,
            workers=workers, watch=watch, cancel=cancel,
        )  # fmt: skip

    def of_pass(number: int, positions: Floats) -> Floats:
        outputs = simulated(f"pass-{number + 1}", number, positions)
        passes[number] = positions, outputs
        return outputs[:, study.read]

    with threadpool_limits(limits=1):
        centre = np.zeros((settings.centre, len(study.parameters)))
        at_centre = simulated("centre", CENTRE_STAGE, centre)
        noise = covariance_of(at_centre[:, study.read])
        positions = smooth(study, settings.smoother, noise, of_pass)
    checks = simulated("posterior", POSTERIOR_STAGE, positions[: settings.checks])
    mean = np.tile(positions.mean(axis=0), (MEAN_RUNS, 1))
    at_mean = simulated("mean", MEAN_STAGE, mean)
    bank = None
    if settings.bank:
        bank = run_bank(
            study, settings.bank, folder / RUNS,
            seed=seed, workers=workers, watch=watch, cancel=cancel,
        )  # fmt: skip
    return Fitted(positions, checks, at_mean, *passes[0], noise, bank)


def covariance_of(outputs: Floats) -> Floats:
    """Covariance over runs, those without figures left out; raises ArithmeticError below ten."""
    whole = outputs[np.isfinite(outputs).all(axis=1)]
    if len(whole) < 10:
        raise ArithmeticError("the prior's centre gives no figures")
    return np.atleast_2d(np.cov(whole.T))
