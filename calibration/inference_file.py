"""A fit as NetCDF in the layout of InferenceData, which ArviZ and xarray read.

One group for each role; samples have the dimensions (chain, draw) with one chain, figures one
dimension of their own. ``h5netcdf`` alone writes it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from calibration.fitting import Fitted
from calibration.priors import from_normal
from calibration.problem import Problem
from calibration.study import Floats
from sim.files import write_atomically


def write_inference(file: Path, problem: Problem, fitted: Fitted) -> None:
    """Prior, posterior, what both predict, the figures and the errors of their comparison."""

    def parameters(positions: Floats) -> dict[str, Floats]:
        values = from_normal(problem.priors, positions)
        return {prior.name: values[:, n] for n, prior in enumerate(problem.priors)}

    def figures(outputs: Floats) -> dict[str, Floats]:
        return {target.id: outputs[:, n] for n, target in enumerate(problem.targets)}

    samples = {
        "posterior": parameters(fitted.positions),
        "posterior_predictive": figures(fitted.check_outputs),
        "prior": parameters(fitted.prior_positions),
        "prior_predictive": figures(fitted.prior_outputs),
    }
    constants = {
        "observed_data": {target.id: target.value for target in problem.targets},
        "constant_data": {f"sd of {target.id}": target.sd for target in problem.targets},
    }
    attributes = {"name": problem.name, "identity": problem.identity}
    write_atomically(file, _content(samples, constants, attributes))


def _content(
    samples: Mapping[str, Mapping[str, Floats]],
    constants: Mapping[str, Mapping[str, float]],
    attributes: Mapping[str, str],
) -> bytes:
    # Only a fit needs the library.
    import h5netcdf

    content = io.BytesIO()
    with h5netcdf.File(content, "w") as whole:
        whole.attrs.update(attributes)
        for name, variables in samples.items():
            group = _group(whole, name, attributes)
            _index(group, "chain", 1)
            _index(group, "draw", len(next(iter(variables.values()))))
            for variable, values in variables.items():
                group.create_variable(variable, ("chain", "draw"), data=values[None, :])
        for name, figures in constants.items():
            group = _group(whole, name, attributes)
            for variable, value in figures.items():
                axis = f"{variable}_dim_0"
                _index(group, axis, 1)
                group.create_variable(variable, (axis,), data=np.array([value]))
    return content.getvalue()


def _group(whole: Any, name: str, attributes: Mapping[str, str]) -> Any:
    group = whole.create_group(name)
    group.attrs.update(attributes)
    return group


def _index(group: Any, name: str, length: int) -> None:
    group.dimensions[name] = length
    group.create_variable(name, (name,), data=np.arange(length))
