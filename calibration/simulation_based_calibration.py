"""Simulation-based calibration: does a fit know how much it does not know (Talts et al. 2018).

A truth is drawn from the prior, simulated, and given errors as the published figures have them;
the fit must then find it. Over many truths a central 90 % interval holds the truth in 90 % of the
cases and the rank of the truth among the draws is uniform, or the fit says too much or too little.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.stats import kstest

from calibration.emulator import Emulator
from calibration.posterior_sampling import SamplingSettings, posterior_draws
from calibration.smoother import SmootherSettings, smooth
from calibration.study import Booleans, FitStudy, Floats

LOW, HIGH = 0.05, 0.95
POOLED_GOAL = (0.87, 0.93)
SINGLE_GOAL = (0.84, 0.96)
FALSE_DISCOVERIES = 0.05

Fit = Callable[[FitStudy, int], Floats]
"""Positions of draws for a study whose figures are those of one truth, and the truth's number."""


@dataclass(frozen=True)
class Verdict:
    """What the truths say: ``ranks`` and ``is_inside`` are (truths, parameters).

    ``errors`` are those of the posterior means, in standard deviations of the prior.
    """

    parameters: tuple[str, ...]
    is_learned: Booleans
    ranks: Floats
    is_inside: Booleans
    errors: Floats

    @property
    def coverage(self) -> Floats:
        """Share of truths inside the 90 % interval, by parameter."""
        return np.asarray(self.is_inside.mean(axis=0))

    @property
    def pooled(self) -> float:
        """The same over all learned parameters."""
        return float(self.is_inside[:, self.is_learned].mean())

    @property
    def pooled_error(self) -> float:
        """Standard error of the pooled share: truths are independent, parameters are not."""
        by_truth = self.is_inside[:, self.is_learned].mean(axis=1)
        return float(by_truth.std(ddof=1) / np.sqrt(len(by_truth)))

    @property
    def outside_goal(self) -> tuple[str, ...]:
        """Learned parameters whose share is outside the goal."""
        low, high = SINGLE_GOAL
        return tuple(
            name
            for name, share, is_learned in zip(
                self.parameters, self.coverage, self.is_learned, strict=True
            )
            if is_learned and not low <= share <= high
        )

    @property
    def not_uniform(self) -> tuple[str, ...]:
        """Learned parameters whose ranks are not uniform (Benjamini and Hochberg at 5 %)."""
        names = [
            name for name, is_in in zip(self.parameters, self.is_learned, strict=True) if is_in
        ]
        learned = self.ranks[:, self.is_learned].T
        chances = np.array([float(kstest(ranks, "uniform").pvalue) for ranks in learned])
        order = np.argsort(chances)
        bounds = FALSE_DISCOVERIES * np.arange(1, len(chances) + 1) / len(chances)
        passed = np.flatnonzero(chances[order] <= bounds)
        count = int(passed[-1]) + 1 if len(passed) else 0
        return tuple(names[number] for number in order[:count])

    def record(self) -> dict[str, object]:
        """For the calibration card."""
        shares = zip(self.parameters, self.coverage, self.is_learned, strict=True)
        root_mean_square = float(np.sqrt((self.errors[:, self.is_learned] ** 2).mean()))
        return {
            "truths": len(self.ranks),
            "coverage_90": round(self.pooled, 4),
            "coverage_90_standard_error": round(self.pooled_error, 4),
            "coverage_90_by_parameter": {
                name: round(float(share), 4) for name, share, is_in in shares if is_in
            },
            "outside_goal": list(self.outside_goal),
            "ranks_not_uniform": list(self.not_uniform),
            "root_mean_square_error_in_prior_sd": round(root_mean_square, 4),
            "goal": {"pooled": list(POOLED_GOAL), "each": list(SINGLE_GOAL)},
        }


def check_fit(
    study: FitStudy,
    truths: Floats,
    outputs: Floats,
    fit: Fit,
    seed: int = 1,
    on_truth: Callable[[int], None] | None = None,
) -> Verdict:
    """Fit every truth; ``truths`` (truths, parameters) and what their runs gave (truths, outputs).

    The figures of a truth are its outputs plus errors with the study's covariance.
    """
    root = np.linalg.cholesky(study.covariance)
    noise = np.random.default_rng(seed).normal(size=(len(truths), len(study.read)))
    observed = outputs[:, study.read] + noise @ root.T
    ranks, is_inside, errors = [], [], []
    for number, (truth, figures) in enumerate(zip(truths, observed, strict=True)):
        draws = fit(replace(study, observed=figures), number)
        low, high = np.quantile(draws, [LOW, HIGH], axis=0)
        below = (draws < truth).sum(axis=0)
        ranks.append((below + 0.5) / (len(draws) + 1.0))
        is_inside.append((low <= truth) & (truth <= high))
        errors.append(draws.mean(axis=0) - truth)
        if on_truth is not None:
            on_truth(number)
    return Verdict(
        study.parameters,
        study.is_learned,
        np.array(ranks),
        np.array(is_inside),
        np.array(errors),
    )


def by_smoother(emulator: Emulator, settings: SmootherSettings) -> Fit:
    """The smoother on an emulator whose noise stands for that of seeds."""

    def fit(study: FitStudy, number: int) -> Floats:
        of_truth = replace(settings, seed=settings.seed + number)
        chance = np.random.default_rng((settings.seed, number))
        return smooth(
            study, of_truth, emulator.noise, lambda _, places: emulator.draw(places, chance)
        )

    return fit


def by_chains(emulator: Emulator, settings: SamplingSettings) -> Fit:
    """Metropolis chains on an emulator."""

    def fit(study: FitStudy, number: int) -> Floats:
        return posterior_draws(study, emulator, replace(settings, seed=settings.seed + number))

    return fit
