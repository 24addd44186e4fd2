"""Which pathways a territory offers, and which roles have something to do there."""

from __future__ import annotations

from sim.parameters.parameters import Parameters
from sim.parameters.rules_of_support import WORK_OF_A_TERRITORY


def pathways_in_use(parameters: Parameters, territory: str) -> tuple[str, ...]:
    """The pathways that somebody may be oriented to: those covered, and the last of each band.

    The last pathway of a band takes whoever is left (`sim.processes.assessment`).
    """
    labels = parameters.labels("pathways")
    last = {parameters.word(f"pathways.{one}.rule"): one for one in labels}
    return tuple(
        one
        for one in labels
        if one in last.values()
        or parameters.number(f"territories.{territory}.pathways.{one}.coverage_share") > 0.0
    )


def roles_of_pathways(parameters: Parameters, territory: str) -> tuple[str, ...]:
    """The roles that serve a pathway in use, in the order of the tables."""
    used = {
        role
        for pathway in pathways_in_use(parameters, territory)
        for role in parameters.words(f"pathways.{pathway}.roles")
    }
    return tuple(role for role in parameters.labels("roles") if role in used)


def roles_in_use(parameters: Parameters, territory: str) -> tuple[str, ...]:
    """The roles that serve a pathway in use, an intake, a telephone platform or a workshop."""
    used = set(roles_of_pathways(parameters, territory))
    for office in WORK_OF_A_TERRITORY:
        used |= set(parameters.words(f"territories.{territory}.{office}"))
    return tuple(role for role in parameters.labels("roles") if role in used)
