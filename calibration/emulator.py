"""A quadratic emulator of a study's outputs, learned from a bank of runs.

Each output is a sum of Hermite polynomials of the position, to the second degree and with every
product of two coordinates: they are orthonormal under the prior, so coefficients are comparable
and one ridge penalty fits all. The penalty of each output is the one with the least error on runs
left out. What is left then (the simulator's own noise, and what a quadratic cannot follow) is the
emulator's noise, with its covariance across outputs; being that of runs left out it is not too
small, as that of the runs fitted would be.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calibration.study import Floats, Whole

PENALTIES = np.geomspace(1.0, 1e5, 21)
"""Against sums of squares of the order of the number of runs. Smaller ones would let more features
than runs follow every run, and the error on runs left out would be that of rounding."""
SMALLEST_REST = 1e-9
SECOND_DEGREE, PRODUCTS = 0.3, 0.1
"""Scales of these features in the penalty: what acts alone is larger than what acts together."""


@dataclass(frozen=True)
class Emulator:
    """Coefficients (features, outputs) and the covariance (outputs, outputs) of the noise.

    ``explained`` (outputs,) is the share of variance predicted on runs left out.
    """

    coefficients: Floats
    noise: Floats
    explained: Floats

    def mean(self, positions: Floats) -> Floats:
        """Expected outputs, (members, outputs)."""
        return features(positions) @ self.coefficients

    def slope(self, positions: Floats) -> Floats:
        """Derivatives of the expected outputs, (members, outputs, parameters)."""
        parameters = positions.shape[1]
        first, second = np.triu_indices(parameters, k=1)
        linear = self.coefficients[1 : 1 + parameters]
        squares = self.coefficients[1 + parameters : 1 + 2 * parameters]
        pairs = np.zeros((parameters, parameters, self.coefficients.shape[1]))
        pairs[first, second] = pairs[second, first] = self.coefficients[1 + 2 * parameters :]
        pairs[np.arange(parameters), np.arange(parameters)] = np.sqrt(2.0) * squares
        slopes = linear + np.tensordot(positions, pairs, axes=1)
        return np.asarray(slopes.swapaxes(1, 2), dtype=np.float64)

    def only(self, outputs: Whole) -> Emulator:
        """The emulator of some outputs."""
        noise = self.noise[np.ix_(outputs, outputs)]
        return Emulator(self.coefficients[:, outputs], noise, self.explained[outputs])

    def draw(self, positions: Floats, chance: np.random.Generator) -> Floats:
        """Outputs with noise, as of one run for each member."""
        root = _root(self.noise)
        return self.mean(positions) + chance.normal(size=(len(positions), len(root))) @ root.T


def features(positions: Floats) -> Floats:
    """1, x, (x² - 1) / √2 and every product of two coordinates, (members, features)."""
    members, parameters = positions.shape
    first, second = np.triu_indices(parameters, k=1)
    return np.concatenate(
        [
            np.ones((members, 1)),
            positions,
            (positions * positions - 1.0) * np.sqrt(0.5),
            positions[:, first] * positions[:, second],
        ],
        axis=1,
    )


def fit_emulator(positions: Floats, outputs: Floats) -> Emulator:
    """Fit every output; runs without figures are left out. Raises ValueError below 50 runs."""
    is_whole = np.isfinite(outputs).all(axis=1)
    positions, outputs = positions[is_whole], outputs[is_whole]
    if len(positions) < 50:
        raise ValueError(f"an emulator needs 50 runs, found {len(positions)}")
    centre, scale = outputs.mean(axis=0), outputs.std(axis=0)
    scale = np.where(scale > 0.0, scale, 1.0)
    design = features(positions)
    # The constant is taken out of both sides, so the penalty does not pull the mean.
    means = design[:, 1:].mean(axis=0)
    scales = _penalty_scales(positions.shape[1])
    left, singular, right = np.linalg.svd((design[:, 1:] - means) * scales, full_matrices=False)
    scaled = (outputs - centre) / scale
    projected = left.T @ scaled
    best = np.full(outputs.shape[1], np.inf)
    residuals = np.empty_like(scaled)
    slopes = np.empty((design.shape[1] - 1, outputs.shape[1]))
    for penalty in PENALTIES:
        kept = singular**2 / (singular**2 + penalty)
        leverage = np.minimum((left**2) @ kept + 1.0 / len(left), 1.0 - SMALLEST_REST)
        left_out = (scaled - left @ (kept[:, None] * projected)) / (1.0 - leverage)[:, None]
        error = (left_out**2).mean(axis=0)
        is_better = error < best
        best[is_better] = error[is_better]
        residuals[:, is_better] = left_out[:, is_better]
        weights = (singular / (singular**2 + penalty))[:, None] * projected
        slopes[:, is_better] = (scales[:, None] * (right.T @ weights))[:, is_better]
    coefficients = np.vstack([centre - (means @ slopes) * scale, slopes * scale])
    noise = np.cov((residuals * scale).T).reshape(len(centre), len(centre))
    return Emulator(coefficients, noise, 1.0 - best)


def _penalty_scales(parameters: int) -> Floats:
    """The scale of every feature but the constant, (features - 1,)."""
    pairs = parameters * (parameters - 1) // 2
    sizes = (parameters, parameters, pairs)
    return np.repeat((1.0, SECOND_DEGREE, PRODUCTS), sizes)


def _root(covariance: Floats) -> Floats:
    """A square root that also exists where an output has no noise."""
    values, vectors = np.linalg.eigh(covariance)
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0)), dtype=np.float64)
