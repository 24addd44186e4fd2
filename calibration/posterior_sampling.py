"""Draws from the posterior that an emulator implies, by many Metropolis chains side by side.

It is the check on the smoother: no linear update, no Gaussian form. Each chain keeps one value of
the parameters that the fit must not move, drawn from their prior, and walks over the others; late
places of all chains are draws from p(learned | figures, kept) × prior(kept).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calibration.emulator import Emulator
from calibration.study import FitStudy, Floats

JUMP = 2.38
"""Scale of a random walk, times the root of the number of coordinates (Gelman, Roberts and Gilks
1996)."""
NEWTON_STEPS = 6
LONGEST_STEP = 2.0
DRAWS_OF_A_CHAIN = 4


@dataclass(frozen=True)
class SamplingSettings:
    """Chains, the steps of each before its first draw, and the steps between two draws."""

    chains: int = 500
    steps: int = 400
    between: int = 60
    seed: int = 1


class Energy:
    """Minus the logarithm of the posterior's density of the learned coordinates, given the others.

    ``emulator`` is of the outputs that the study reads, in their order. Figures miss its mean by
    their own errors and by the emulator's noise.
    """

    def __init__(self, study: FitStudy, emulator: Emulator) -> None:
        self.study, self.emulator = study, emulator
        covariance = study.covariance + emulator.noise
        self._whitening = np.linalg.inv(np.linalg.cholesky(covariance))

    def at(self, positions: Floats) -> Floats:
        """The energy of every position."""
        misfits = self._misfits(positions)
        learned = positions[:, self.study.is_learned]
        return np.asarray(0.5 * ((misfits**2).sum(axis=1) + (learned**2).sum(axis=1)))

    def newton(self, positions: Floats) -> tuple[Floats, Floats]:
        """A Gauss-Newton step (members, learned), and the curvature there."""
        slopes = self.emulator.slope(positions)[:, :, self.study.is_learned]
        slopes = np.einsum("ij,mjk->mik", self._whitening, slopes)
        curvature = np.einsum("mij,mik->mjk", slopes, slopes) + np.eye(slopes.shape[2])
        learned = positions[:, self.study.is_learned]
        downhill = -np.einsum("mij,mi->mj", slopes, self._misfits(positions)) - learned
        steps = np.linalg.solve(curvature, downhill[:, :, None])[:, :, 0]
        lengths = np.sqrt((steps**2).mean(axis=1, keepdims=True))
        return steps / np.maximum(lengths / LONGEST_STEP, 1.0), curvature

    def _misfits(self, positions: Floats) -> Floats:
        misfits = self.emulator.mean(positions) - self.study.observed
        return np.asarray(misfits @ self._whitening.T)


def posterior_draws(study: FitStudy, emulator: Emulator, settings: SamplingSettings) -> Floats:
    """Positions, (chains × `DRAWS_OF_A_CHAIN`, parameters); the chains start near the mode."""
    chance = np.random.default_rng(settings.seed)
    energy = Energy(study, emulator)
    learned = np.flatnonzero(study.is_learned)
    places = chance.normal(size=(settings.chains, len(study.parameters)))
    places[:, learned] = 0.0
    for _ in range(NEWTON_STEPS):
        steps, curvature = energy.newton(places)
        places[:, learned] += steps
    # The lower root of a mean curvature's inverse: how far the posterior reaches.
    root = np.linalg.cholesky(np.linalg.inv(curvature.mean(axis=0)))
    noise = chance.normal(size=(settings.chains, len(learned)))
    places[:, learned] += noise @ root.T
    return _walk(places, energy, root * JUMP / np.sqrt(len(learned)), settings, chance)


def _walk(
    places: Floats,
    energy: Energy,
    root: Floats,
    settings: SamplingSettings,
    chance: np.random.Generator,
) -> Floats:
    """The chains' places after ``steps`` and at every ``between`` later ones."""
    learned = np.flatnonzero(energy.study.is_learned)
    level = energy.at(places)
    kept = []
    for step in range(1, settings.steps + DRAWS_OF_A_CHAIN * settings.between + 1):
        proposed = places.copy()
        proposed[:, learned] += chance.normal(size=(len(places), len(learned))) @ root.T
        its_level = energy.at(proposed)
        is_taken = np.log(chance.random(len(places))) < level - its_level
        places[is_taken], level[is_taken] = proposed[is_taken], its_level[is_taken]
        if step > settings.steps and (step - settings.steps) % settings.between == 0:
            kept.append(places.copy())
    return np.concatenate(kept)
