"""The calibration card: what was fitted to what, what came out, and what it is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from calibration.fitting import FitSettings, Fitted
from calibration.priors import Prior, from_normal
from calibration.problem import Problem
from calibration.sensitivity import badge, contraction
from calibration.study import Floats, is_learned
from calibration.targets import Target
from sim.version import made_with

FORMAT = 1
LIBRARIES = ("numpy", "numba", "scipy", "SALib")
LOW, MIDDLE, HIGH = 0.05, 0.50, 0.95
FARTHEST_PRIOR = 0.01
"""A figure outside the prior's central 98 % cannot be reached by moving parameters a little."""


def card_of(
    problem: Problem,
    fitted: Fitted,
    settings: FitSettings,
    key: str,
    seconds: float,
    checks: Mapping[str, object],
) -> dict[str, object]:
    """The whole card as plain values; ``checks`` are further records, each under its name."""
    errors = np.random.default_rng(settings.smoother.seed)
    targets = [
        target_record(target, fitted.prior_outputs[:, n], fitted.check_outputs[:, n], errors)
        for n, target in enumerate(problem.targets)
    ]
    return {
        "format": FORMAT,
        "name": problem.name,
        "identity": problem.identity,
        "key": key,
        "date": date.today().isoformat(),
        "versions": versions(),
        "settings": settings.record(),
        "runs": settings.runs,
        "draws": len(fitted.positions),
        "seconds": round(seconds, 1),
        "summary": summary_of(targets),
        "parameters": [
            parameter_record(prior, problem.priors, number, fitted.positions)
            for number, prior in enumerate(problem.priors)
        ],
        "targets": targets,
        "at_posterior_mean": mean_record(problem.targets, fitted.mean_outputs),
        **checks,
    }


def versions() -> dict[str, str]:
    """What the numbers were made with."""
    return made_with(LIBRARIES)


def parameter_record(
    prior: Prior, priors: Sequence[Prior], number: int, positions: Floats
) -> dict[str, object]:
    """A parameter before and after the fit, in its own unit."""
    contracted = float(contraction(positions)[number])
    at_quantiles = np.zeros((3, len(priors)))
    at_quantiles[:, number] = (-1.6448536269514722, 0.0, 1.6448536269514722)
    values = from_normal(priors, positions)[:, number]
    return {
        "name": prior.name,
        "paths": list(prior.paths),
        "unit": prior.unit,
        "kind": prior.kind,
        "is_learned": is_learned(prior),
        "source": list(prior.source),
        "note": prior.note,
        "prior": _named(from_normal(priors, at_quantiles)[:, number]),
        "posterior": _spread(values),
        "contraction": round(contracted, 3),
        "badge": badge(prior, contracted),
    }


def target_record(
    target: Target, before: Floats, after: Floats, chance: np.random.Generator
) -> dict[str, object]:
    """A figure and what the simulator gives for it before and after the fit.

    The predictive interval is that of the published figure: simulated figures with the errors of
    the comparison added, many times each.
    """
    whole = after[np.isfinite(after)]
    repeated = np.repeat(whole, 20)
    predicted = repeated + target.sd * chance.normal(size=len(repeated))
    is_known = len(whole) > 0
    interval = _spread(predicted) if is_known else None
    prior = before[np.isfinite(before)]
    prior_errors = target.sd * chance.normal(size=20 * len(prior))
    reach = np.repeat(prior, 20) + prior_errors
    is_reached = len(prior) > 0 and bool(
        np.quantile(reach, FARTHEST_PRIOR) <= target.value <= np.quantile(reach, 1 - FARTHEST_PRIOR)
    )
    return {
        "id": target.id,
        "use": target.use,
        "value": target.value,
        "unit": target.unit,
        "sd": target.sd,
        "source": target.source,
        "note": target.note,
        "prior": _spread(prior) if len(prior) else None,
        "posterior": _spread(whole) if is_known else None,
        "predictive": interval,
        "is_within_prior": is_reached,
        "is_inside": interval is not None
        and bool(interval["low"] <= target.value <= interval["high"]),
        "deviation_in_sd": float(whole.mean() - target.value) / target.sd if is_known else None,
    }


def mean_record(targets: Sequence[Target], outputs: Floats) -> dict[str, object]:
    """What runs at the posterior mean give (runs, outputs), and their distance to the figures.

    χ² is the sum over fitted figures of ((mean of the runs - published) / error)².
    """
    figures = np.array([column[np.isfinite(column)].mean() for column in outputs.T])
    deviations = [
        (figures[n] - target.value) / target.sd
        for n, target in enumerate(targets)
        if target.use == "fit"
    ]
    return {
        "runs": len(outputs),
        "chi_square": round(float(np.sum(np.square(deviations))), 2),
        "figures": {target.id: round(float(figures[n]), 4) for n, target in enumerate(targets)},
    }


def summary_of(targets: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """How many figures of each use are inside, and the sum of squares of those fitted."""
    found: dict[str, object] = {}
    for use in ("fit", "holdout", "check"):
        own = [target for target in targets if target["use"] == use]
        found[use] = len(own)
        found[f"{use}_inside"] = sum(bool(target["is_inside"]) for target in own)
    deviations = [target["deviation_in_sd"] for target in targets if target["use"] == "fit"]
    found["chi_square_of_predictive_mean"] = round(
        sum(float(str(one)) ** 2 for one in deviations if one is not None), 2
    )
    found["not_within_prior"] = [str(one["id"]) for one in targets if not one["is_within_prior"]]
    return found


def _spread(values: Floats) -> dict[str, float]:
    low, middle, high = np.quantile(values, [LOW, MIDDLE, HIGH])
    return {"low": float(low), "median": float(middle), "high": float(high)}


def _named(values: Floats) -> dict[str, float]:
    low, middle, high = sorted(float(value) for value in values)
    return {"low": low, "median": middle, "high": high}
