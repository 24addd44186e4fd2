"""Draws from the posterior that an emulator implies, by many Metropolis chains side by side.

It is the check on the smoother: no linear update, no Gaussian form. Each chain keeps one value of
the parameters that the fit must not move, drawn from their prior, and walks over the others; the
last places of all chains are draws from p(learned | figures, kept) × prior(kept).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from calibration.emulator import Emulator
from calibration.study import Floats, Study

JUMP = 2.38
"""Best scale of a random walk in many dimensions, over the root of their number (Gelman, Roberts
and Gilks 1996)."""
NARROW_STEPS = 6
DRAWS_OF_A_CHAIN = 4


@dataclass(frozen=True)
class SamplingSettings:
    """Chains, the steps of each, and the steps between two draws of a chain."""

    chains: int = 500
    steps: int = 400
    between: int = 60
    seed: int = 1


def posterior_draws(study: Study, emulator: Emulator, settings: SamplingSettings) -> Floats:
    """Positions, (chains × `DRAWS_OF_A_CHAIN`, parameters).

    The emulator's outputs are those that the study reads. Figures miss the mean of the emulator
    by their own errors and by the emulator's noise.
    """
    chance = np.random.default_rng(settings.seed)
    precision = np.linalg.inv(study.covariance + emulator.noise)
    learned = np.flatnonzero(study.is_learned)
    places = chance.normal(size=(settings.chains, len(study.parameters)))

    def energy(positions: Floats) -> Floats:
        misfits = emulator.mean(positions) - study.observed
        prior = (positions[:, learned] ** 2).sum(axis=1)
        return 0.5 * (np.einsum("ij,jk,ik->i", misfits, precision, misfits) + prior)

    places[:, learned] = _near_the_mode(places, learned, emulator, precision, study)
    root = _step_root(places, learned, emulator, precision) * JUMP / np.sqrt(len(learned))
    kept: list[Floats] = []
    level = energy(places)
    total = settings.steps + DRAWS_OF_A_CHAIN * settings.between
    for step in range(total):
        proposed = places.copy()
        proposed[:, learned] += chance.normal(size=(len(places), len(learned))) @ root.T
        its_level = energy(proposed)
        is_taken = np.log(chance.random(len(places))) < level - its_level
        places[is_taken], level[is_taken] = proposed[is_taken], its_level[is_taken]
        since = step + 1 - settings.steps
        if since > 0 and since % settings.between == 0:
            kept.append(places.copy())
    return np.concatenate(kept)


def _near_the_mode(
    places: Floats, learned: Floats, emulator: Emulator, precision: Floats, study: Study
) -> Floats:
    """Learned coordinates after a few Gauss-Newton steps for each chain, spread by the Laplace
    approximation at the common centre."""
    raise NotImplementedError


_ = Callable
