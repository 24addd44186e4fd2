"""The ensemble smoother with multiple data assimilation (ES-MDA): Emerick and Reynolds 2013.

An ensemble drawn from the prior is simulated and moved towards the published figures several
times. At each pass the errors' covariance is inflated by the number of passes, so that together
the passes use the figures once. For a linear simulator with Gaussian errors and many members the
result is the exact posterior.

Parameters that the fit must not move (effects known from the literature) vary in the ensemble but
keep their prior. The others are fitted *given* them: what such a parameter explains is taken out
of outputs and positions by regression before their covariances are computed, and every member
meets its own value. Draws are then from p(learned | figures, literature) × prior(literature).

A member is never moved by a gain that it helped to estimate: the ensemble is cut into groups and
each group takes the gain of the others (Houtekamer and Mitchell 1998). With one gain for all, the
chance correlations of few members narrow the posterior.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from calibration.designs import prior_positions, stage_noise
from calibration.study import FitStudy, Floats

MOST_LOST = 0.1
WIDEST_SPREAD = 1.25


@dataclass(frozen=True)
class SmootherSettings:
    """How the smoother runs; ``spread`` multiplies the deviations of the final ensemble."""

    members: int = 500
    passes: int = 4
    groups: int = 10
    spread: float = 1.0
    seed: int = 1

    def __post_init__(self) -> None:
        if not 1.0 <= self.spread <= WIDEST_SPREAD:
            raise ValueError(f"a spread outside 1 to {WIDEST_SPREAD} hides a failing fit")
        if self.groups < 2 or self.members < 2 * self.groups:
            raise ValueError("each of two or more groups needs two members")


def smooth(
    study: FitStudy,
    settings: SmootherSettings,
    seed_covariance: Floats,
    simulate_pass: Callable[[int, Floats], Floats],
) -> Floats:
    """Positions of the posterior ensemble, (members, parameters).

    ``simulate_pass(number, positions)`` gives the outputs that the fit reads, (members, read).
    ``seed_covariance`` (read, read) is the noise of one run's seed. The outputs of the ensemble
    carry it once at each pass, so the errors' covariance holds only the rest of it.
    """
    share = 1.0 - 1.0 / settings.passes
    errors = study.covariance + share * seed_covariance
    positions = prior_positions(settings.members, len(study.parameters), settings.seed)
    for number in range(settings.passes):
        outputs = simulate_pass(number, positions)
        is_whole = np.isfinite(outputs).all(axis=1)
        if is_whole.mean() < 1.0 - MOST_LOST:
            raise ArithmeticError(f"pass {number}: {np.sum(~is_whole)} runs gave no figures")
        noise = stage_noise(settings.seed, number, outputs.shape)
        positions = moved(
            positions[is_whole], outputs[is_whole], noise[is_whole], study, errors, settings
        )
    return spread_out(positions, study, settings.spread)


def moved(
    positions: Floats,
    outputs: Floats,
    noise: Floats,
    study: FitStudy,
    errors: Floats,
    settings: SmootherSettings,
) -> Floats:
    """One pass: the positions after every group took the gain of the other groups.

    ``errors`` is the covariance of one use of the figures, before the inflation of the pass.
    """
    inflated = settings.passes * errors
    # Perturbations without a mean of their own leave the ensemble's mean exact.
    perturbations = (noise - noise.mean(axis=0)) @ np.linalg.cholesky(inflated).T
    misfits = study.observed + perturbations - outputs
    groups = np.arange(len(positions)) % settings.groups
    after = positions.copy()
    learned = np.flatnonzero(study.is_learned)
    for group in range(settings.groups):
        own, others = groups == group, groups != group
        gain = _gain(positions[others], outputs[others], study, inflated)
        after[np.ix_(own, learned)] += misfits[own] @ gain.T
    return after


def _gain(positions: Floats, outputs: Floats, study: FitStudy, inflated: Floats) -> Floats:
    """How far each learned coordinate moves for each output's misfit, (learned, read)."""
    given = np.column_stack([np.ones(len(positions)), positions[:, ~study.is_learned]])
    learned = _unexplained(positions[:, study.is_learned], given)
    outputs = _unexplained(outputs, given)
    freedom = len(positions) - given.shape[1]
    shared = learned.T @ outputs / freedom
    spread = outputs.T @ outputs / freedom
    # In units of each figure's error: outputs may be shares as well as thousands of households.
    scale = np.sqrt(np.diag(inflated))
    total = (spread + inflated) / np.outer(scale, scale)
    gain = np.linalg.solve(total, (shared / scale).T).T / scale
    return np.asarray(gain, dtype=np.float64)


def _unexplained(values: Floats, given: Floats) -> Floats:
    """The residuals of a linear regression on ``given``."""
    coefficients, *_ = np.linalg.lstsq(given, values, rcond=None)
    return np.asarray(values - given @ coefficients, dtype=np.float64)


def spread_out(positions: Floats, study: FitStudy, factor: float) -> Floats:
    """Deviations from the ensemble's mean, multiplied for the learned coordinates."""
    if factor == 1.0:
        return positions
    centre = positions.mean(axis=0)
    wider = centre + factor * (positions - centre)
    return np.where(study.is_learned, wider, positions)
