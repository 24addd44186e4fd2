"""Which positions are simulated under which seeds: fixed by a few numbers alone."""

from __future__ import annotations

import numpy as np
from scipy.stats import norm, qmc

from calibration.study import Floats, Whole

SEED_BITS = 31
CENTRE_STAGE, BANK_STAGE, POSTERIOR_STAGE, TRUTH_STAGE, MEAN_STAGE = 101, 102, 103, 104, 105
"""Numbers that key the seeds of stages; the smoother's passes count from 0."""
EDGE = 1e-6
"""Sobol points are kept this far from 0 and 1: no position beyond 4.75 standard deviations."""


def prior_positions(count: int, parameters: int, seed: int) -> Floats:
    """A scrambled Sobol sample of the prior, (count, parameters), each coordinate N(0, 1)."""
    sequence = qmc.Sobol(parameters, scramble=True, seed=np.random.default_rng(seed))
    # Drawn to a power of two, as the sequence is balanced there; the first ones are used.
    points = sequence.random_base2(max(count - 1, 1).bit_length())[:count]
    return np.asarray(norm.ppf(np.clip(points, EDGE, 1.0 - EDGE)), dtype=np.float64)


def member_seeds(seed: int, stage: int, members: int) -> Whole:
    """The seed of each member of a stage, by its number alone."""
    states = [
        np.random.SeedSequence((seed, stage, member)).generate_state(1, np.uint32)[0]
        for member in range(members)
    ]
    return np.array(states, dtype=np.int64) >> (32 - SEED_BITS)


def stage_noise(seed: int, stage: int, shape: tuple[int, ...]) -> Floats:
    """Independent N(0, 1) numbers that belong to a stage."""
    return np.random.default_rng(np.random.SeedSequence((seed, stage))).normal(size=shape)
