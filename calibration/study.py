"""What a fit needs to know of a problem: arrays and two functions, no files and no simulator.

Parameters are met in two forms. A *position* is a vector of coordinates that are independent and
N(0, 1) under the prior; *values* are the same vector in the units of the parameter tables.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calibration.priors import Prior, from_normal
from calibration.problem import Problem
from calibration.targets import Target

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Booleans = NDArray[np.bool_]


@dataclass(frozen=True)
class FitStudy:
    """A problem as the statistics see it.

    ``to_values`` turns positions (members, parameters) into values of the same shape.
    ``simulate`` takes one vector of values and a seed and gives one vector of outputs, in the
    order of ``outputs``; it must depend on nothing else and may run in several threads at once.
    ``is_learned`` tells the parameters that the fit may move; the others keep their prior.
    ``read`` are the positions in ``outputs`` of what the fit reads; ``observed`` (read,) are the
    published figures and ``covariance`` (read, read) is that of their errors: of sampling, of
    definition and of the model's form. The noise of a simulation's own seed is not in it.
    """

    name: str
    identity: str
    parameters: tuple[str, ...]
    is_learned: Booleans
    to_values: Callable[[Floats], Floats]
    simulate: Callable[[Floats, int], Floats]
    outputs: tuple[str, ...]
    read: Whole
    observed: Floats
    covariance: Floats

    def __post_init__(self) -> None:
        if self.is_learned.shape != (len(self.parameters),):
            raise ValueError("is_learned needs one entry for each parameter")
        if self.observed.shape != self.read.shape:
            raise ValueError("each output that is read needs one observed figure")
        if self.covariance.shape != (len(self.read), len(self.read)):
            raise ValueError("the covariance of errors is square, one row for each figure")


def study_of(problem: Problem) -> FitStudy:
    """A problem of tables and figures as arrays; holdout and check figures are left outside.

    Priors from the literature are never learned. Definition errors within a correlation group are
    one and the same error, in proportion to each target's own.
    """
    targets = problem.targets
    read = np.array([n for n, target in enumerate(targets) if target.use == "fit"], dtype=np.int64)
    priors = problem.priors
    return FitStudy(
        name=problem.name,
        identity=problem.identity,
        parameters=tuple(prior.name for prior in priors),
        is_learned=np.array([is_learned(prior) for prior in priors]),
        to_values=lambda positions: from_normal(priors, positions),
        simulate=problem.simulate,
        outputs=tuple(target.id for target in targets),
        read=read,
        observed=np.array([targets[number].value for number in read]),
        covariance=error_covariance([targets[number] for number in read]),
    )


def is_learned(prior: Prior) -> bool:
    """Whether the fit may move a parameter."""
    return prior.is_fitted and prior.kind != "literature"


def error_covariance(targets: Sequence[Target]) -> Floats:
    """Covariance of the errors of figures, (targets, targets)."""
    own = [target.sampling_sd**2 + target.discrepancy_sd**2 for target in targets]
    definition = np.array([target.definition_sd for target in targets])
    groups = [target.correlation_group or target.id for target in targets]
    is_shared = np.array([[one == other for other in groups] for one in groups])
    return np.asarray(np.diag(own) + is_shared * np.outer(definition, definition))
