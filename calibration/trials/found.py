"""What the trials say of the effects: many runs inside the model, an emulator, weights.

The runs are kept in a file (positions and readings), from which everything else is computed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from calibration.designs import member_seeds, prior_positions
from calibration.emulator import Emulator, fit_emulator
from calibration.priors import from_normal, values_of
from calibration.study import Floats
from calibration.trials.declared import WORLD, Figure, Trial, declared
from calibration.trials.observed import observe
from sim.experiments.threads import in_threads
from sim.files import write_atomically
from sim.policy import load_scenario
from sim.version import engine_version

FILE = Path("docs/calibration/trials.json")
STAGE, SEED, POPULATIONS = 106, 1, 4
WIDTH = 1.5
"""Runs reach so many times as far as the prior: what is learned lies off its middle."""
DRAWS = 100_000
TWO_SIDED = 1.645
"""Standard errors on either side of a 90 % interval."""


@dataclass(frozen=True)
class Runs:
    """Runs of all trials: positions (runs, priors) in prior standard deviations, readings by name.

    The readings are named ``trial.group.reading``, (runs,) each. ``engine`` and ``day`` say which
    text of the engine ran them, and when.
    """

    positions: Floats
    readings: Mapping[str, Floats]
    engine: str
    day: str

    def write(self, file: Path) -> None:
        """Keep them, to six digits."""
        told = {
            "engine": self.engine,
            "day": self.day,
            "positions": np.round(self.positions, 6).tolist(),
            "readings": {name: np.round(v, 6).tolist() for name, v in self.readings.items()},
        }
        write_atomically(file, (json.dumps(told, indent=0) + "\n").encode("ascii"))

    @classmethod
    def read(cls, file: Path) -> Runs:
        """Those of a file."""
        told = json.loads(file.read_text(encoding="ascii"))
        readings = {name: np.array(values) for name, values in told["readings"].items()}
        return cls(np.array(told["positions"]), readings, told["engine"], told["day"])


@dataclass(frozen=True)
class Spread:
    """Median, 5 and 95 % of something uncertain."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Floats, weights: Floats | None = None) -> Spread:
        """Of draws, weighted ones too."""
        order = np.argsort(values)
        weight = np.ones(len(values)) if weights is None else weights
        reached = np.cumsum(weight[order]) / weight.sum()
        at = [min(int(np.searchsorted(reached, p)), len(values) - 1) for p in (0.5, 0.05, 0.95)]
        return cls(*(float(values[order][place]) for place in at))


@dataclass(frozen=True)
class Met:
    """A published figure beside what the model gives before and after learning from the trials.

    ``low`` and ``high`` are the published interval widened by the transfer error.
    """

    trial: str
    figure: Figure
    low: float
    high: float
    before: Spread
    after: Spread

    @property
    def is_met(self) -> bool:
        """Whether the median of the model lies inside the widened interval."""
        return self.low <= self.after.median <= self.high


@dataclass(frozen=True)
class Found:
    """By prior, what was believed and what is after the trials; the figures; independent draws."""

    before: Mapping[str, Spread]
    after: Mapping[str, Spread]
    figures: tuple[Met, ...]
    correlation: float
    """Between the first two: the size of the effect and its saturation."""
    effective_draws: float
    noise: Mapping[str, float]
    """Standard deviation of what the emulator does not follow, by reading."""


def run_trials(points: int, share: float = 1.0) -> Runs:
    """Run every trial at so many positions, in a few populations of each in turn."""
    trials, priors = declared().trials, declared().priors
    tables = load_scenario(WORLD).base
    positions = WIDTH * prior_positions(points, len(priors), SEED)
    seeds = member_seeds(SEED, STAGE, POPULATIONS)
    values = from_normal(priors, positions)
    readings: dict[str, Floats] = {}

    def work(item: tuple[int, Trial]) -> dict[str, float]:
        point, trial = item
        effects = values_of(priors, values[point], tables)
        return observe(trial, effects, int(seeds[point % POPULATIONS]), share)

    def keep(item: tuple[int, Trial], found: dict[str, float]) -> None:
        for name, value in found.items():
            column = readings.setdefault(f"{item[1].name}.{name}", np.full(points, np.nan))
            column[item[0]] = value

    in_threads(work, [(point, trial) for point in range(points) for trial in trials], keep)
    known = dict(sorted(readings.items()))
    return Runs(positions, known, engine_version(), date.today().isoformat())


def learn(runs: Runs) -> Found:
    """Weigh draws of the priors by how well the emulated trials meet the published figures."""
    declaration = declared()
    shown = [(trial, figure) for trial in declaration.trials for figure in trial.figures]
    names = [f"{trial.name}.{figure.group}.{figure.reading}" for trial, figure in shown]
    emulator = fit_emulator(
        runs.positions / WIDTH, np.stack([runs.readings[name] for name in names], axis=1)
    )
    positions = np.random.default_rng(SEED).normal(size=(DRAWS, runs.positions.shape[1]))
    expected = emulator.mean(positions / WIDTH)
    weights = _weights(expected, [figure for _, figure in shown])
    values = from_normal(declaration.priors, positions)
    by_prior = list(zip(declaration.priors, values.T, strict=True))
    return Found(
        before={prior.name: Spread.of(column) for prior, column in by_prior},
        after={prior.name: Spread.of(column, weights) for prior, column in by_prior},
        figures=tuple(
            Met(trial.name, figure, *_widened(figure), Spread.of(draws), Spread.of(draws, weights))
            for (trial, figure), draws in zip(shown, expected.T, strict=True)
        ),
        correlation=_correlation(positions[:, :2], weights),
        effective_draws=float(weights.sum() ** 2 / (weights**2).sum()),
        noise=_noise(names, emulator),
    )


def _weights(expected: Floats, figures: Sequence[Figure]) -> Floats:
    """Likelihood of each draw; figures of one trial share its transfer error.

    A trial counts once whatever the number of its figures: their errors of transfer are one.
    """
    transfer = declared().transfer_sd ** 2
    owners = [trial.name for trial in declared().trials for _ in trial.figures]
    fitted = [place for place, figure in enumerate(figures) if figure.is_fitted]
    covariance = np.diag([figures[place].standard_error ** 2 for place in fitted])
    for row, one in enumerate(fitted):
        for column, other in enumerate(fitted):
            if owners[one] == owners[other] and _is_of_jobs(figures[one], figures[other]):
                covariance[row, column] += transfer
    misses = expected[:, fitted] - [figures[place].value for place in fitted]
    distance = np.einsum("ij,jk,ik->i", misses, np.linalg.inv(covariance), misses)
    return np.asarray(np.exp(-0.5 * (distance - distance.min())))


def _is_of_jobs(one: Figure, other: Figure) -> bool:
    """Whether two figures are of the same thing: exits without a job are another than jobs."""
    return (one.reading == "exit_hazard") == (other.reading == "exit_hazard")


def _widened(figure: Figure) -> tuple[float, float]:
    """The published interval with the error of transfer; of days, as they were published."""
    transfer = 0.0 if figure.reading == "more_days_in_job" else declared().transfer_sd
    half = TWO_SIDED * float(np.hypot(figure.standard_error, transfer))
    return figure.value - half, figure.value + half


def _correlation(pairs: Floats, weights: Floats) -> float:
    return float(
        np.cov(pairs.T, aweights=weights)[0, 1]
        / np.sqrt(np.prod(np.diag(np.cov(pairs.T, aweights=weights))))
    )


def _noise(names: Sequence[str], emulator: Emulator) -> dict[str, float]:
    return dict(zip(names, np.sqrt(np.diag(emulator.noise)).tolist(), strict=True))
