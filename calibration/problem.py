"""A calibration problem: what is unknown, what is published, and the simulator between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calibration.priors import Prior
from calibration.targets import Target
from sim.parameters.draws import Draws

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Problem:
    """``simulate(values, seed)`` gives the simulated figures of all ``targets``, in their order.

    ``values`` are in the order of ``priors``, in table units. The same values and seed give the
    same figures, in any process; ``simulate`` can be sent to another one. ``identity`` is the
    hash of everything that decides the result: engine, priors, targets, simulated population.
    ``shared`` are draws of another fit that this one starts from and does not learn: each draw
    of this problem is completed by one of them.
    """

    name: str
    priors: tuple[Prior, ...]
    targets: tuple[Target, ...]
    simulate: Callable[[Floats, int], Floats]
    identity: str
    shared: Draws | None = None
