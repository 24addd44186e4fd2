"""What the figures taught about each parameter, and which parameter moves which figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from SALib.analyze import sobol as sobol_analysis
from SALib.sample import sobol as sobol_sample

from calibration.emulator import Emulator
from calibration.priors import Prior
from calibration.study import Floats, is_learned
from sim.parameters.draws import BADGES

LEARNED, PARTLY = 0.5, 0.2
"""Contractions above which a parameter is called known from data, and from both."""
DATA, MIXED, LITERATURE, ASSUMPTION = BADGES
SOBOL_POINTS = 1024


def contraction(positions: Floats) -> Floats:
    """1 minus the posterior's standard deviation over the prior's (1), by parameter.

    Below zero by chance, or where figures that disagree widened a parameter.
    """
    return np.asarray(1.0 - positions.std(axis=0, ddof=1))


def badge(prior: Prior, contracted: float) -> str:
    """Where the knowledge of a parameter comes from, by what the fit added to its prior."""
    if is_learned(prior) and contracted > LEARNED:
        return DATA
    if is_learned(prior) and contracted >= PARTLY:
        return MIXED
    return ASSUMPTION if prior.kind == "assumption" else LITERATURE


def path_badges(
    priors: Sequence[Prior], contractions: Floats, paths: Sequence[str]
) -> Mapping[str, str]:
    """The badge of every path: that of the least known prior that drives it.

    A path without a prior of its own belongs to a simplex of shares and follows its members.
    """
    badges = [badge(prior, float(one)) for prior, one in zip(priors, contractions, strict=True)]
    found = {}
    for path in paths:
        own = [one for prior, one in zip(priors, badges, strict=True) if path in prior.paths]
        if not own:
            own = [
                one
                for prior, one in zip(priors, badges, strict=True)
                if prior.simplex and _belongs(path, prior.simplex)
            ]
        if not own:
            raise ValueError(f"no prior drives {path}")
        found[path] = max(own, key=BADGES.index)
    return found


def _belongs(path: str, simplex: str) -> bool:
    before, after = simplex.split("*")
    return path.startswith(before) and path.endswith(after)


@dataclass(frozen=True)
class Indices:
    """Shares of each output's variance over the prior, seeds included: (outputs, parameters).

    ``first`` is what a parameter explains alone, ``total`` with all it interacts with;
    ``noise`` (outputs,) is the share of seeds and of what the emulator does not follow.
    """

    parameters: tuple[str, ...]
    outputs: tuple[str, ...]
    first: Floats
    total: Floats
    noise: Floats

    def record(self, most: int = 5) -> dict[str, object]:
        """For the card: the parameters that move each output most, by their total share."""
        found: dict[str, object] = {}
        for number, output in enumerate(self.outputs):
            order = np.argsort(-self.total[number])[:most]
            found[output] = {
                "noise": round(float(self.noise[number]), 3),
                "total": {
                    self.parameters[n]: round(float(self.total[number, n]), 3) for n in order
                },
            }
        return found


def sobol_indices(
    emulator: Emulator, parameters: tuple[str, ...], outputs: tuple[str, ...], seed: int = 1
) -> Indices:
    """Sobol indices of the emulator's outputs (Saltelli 2010, by SALib)."""
    problem = {
        "num_vars": len(parameters),
        "names": list(parameters),
        "bounds": [[0.0, 1.0]] * len(parameters),
        "dists": ["norm"] * len(parameters),
    }
    positions = sobol_sample.sample(problem, SOBOL_POINTS, calc_second_order=False, seed=seed)
    means = emulator.mean(positions)
    first = np.zeros((len(outputs), len(parameters)))
    total = np.zeros_like(first)
    own = means.var(axis=0)
    noise = np.diag(emulator.noise)
    for number in range(len(outputs)):
        if own[number] == 0.0:
            continue
        scaled = (means[:, number] - means[:, number].mean()) / np.sqrt(own[number])
        result = sobol_analysis.analyze(
            problem, scaled, calc_second_order=False, num_resamples=2, seed=seed
        )
        first[number], total[number] = result["S1"], result["ST"]
    explained = own / np.maximum(own + noise, np.finfo(float).tiny)
    return Indices(
        parameters,
        outputs,
        first * explained[:, None],
        total * explained[:, None],
        np.asarray(1.0 - explained),
    )
