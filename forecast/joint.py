"""Households of all months ahead together: whole paths that keep each month's distribution."""

from __future__ import annotations

import numpy as np

from brought.series import Floats
from forecast.level import Level
from forecast.scores import LEVELS, Forecast


def paths(level: Level, count: int, seed: int) -> Floats:
    """``count`` equally likely paths of households, (path, month ahead).

    The ranks of a month's values follow those of the months around it (a Gaussian copula with the
    errors' correlation); the values of one month are the points of its own distribution.
    """
    assert level.correlation is not None
    return joined(level.forecast, level.correlation, count, seed)


def joined(forecast: Forecast, correlation: Floats, count: int, seed: int) -> Floats:
    """The paths of a forecast whose errors are correlated between months ahead like this."""
    drawn = normal_paths(correlation, count, seed)
    ranks = np.argsort(np.argsort(drawn, axis=0), axis=0)
    shares = (ranks + 0.5) / count
    columns = [
        np.interp(shares[:, ahead], LEVELS, np.sort(points))
        for ahead, points in enumerate(forecast.points)
    ]
    return np.stack(columns, axis=1)


def normal_paths(covariance: Floats, count: int, seed: int) -> Floats:
    """Normal draws with a covariance and mean 0, (draw, column): each with its opposite."""
    values, vectors = np.linalg.eigh(covariance)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    half = np.random.default_rng(seed).standard_normal((count // 2, len(covariance))) @ root.T
    return np.concatenate([half, -half])
