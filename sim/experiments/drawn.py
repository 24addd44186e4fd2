"""Which draws of parameters the replications of an experiment play in."""

from __future__ import annotations

from sim.experiments.experiment import Experiment
from sim.parameters.draws import SHARED
from sim.remarks import Remark, remarked

IDENTITY_SHOWN = 12
"""So many characters of the identity of a fit tell it from others."""


def drawn(experiment: Experiment) -> Remark:
    """Whose draws, how many of them, of which fit; or that the values of the tables hold."""
    draws = experiment.draws
    if draws is None:
        return Remark("central_values")
    return remarked(
        "drawn_national" if draws.department == SHARED else "drawn_own",
        used=min(len(draws), experiment.replications),
        shipped=len(draws),
        fit=draws.identity[:IDENTITY_SHOWN],
    )


def draws_record(experiment: Experiment) -> dict[str, object] | None:
    """The draws as a manifest holds them; None without draws."""
    draws = experiment.draws
    if draws is None:
        return None
    return {
        "department": draws.department,
        "identity": draws.identity,
        "shipped": len(draws),
        "of_replications": [experiment.draw_of(n) for n in range(experiment.replications)],
    }
