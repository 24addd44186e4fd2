"""Named parameters of one date as the records that rules read, without what needs computing.

Three tables: ``national`` (one record), ``territories`` (a record each) and ``organisation``
(territory x pathway). Numbers that behaviours declare are copied, all else is computed here and in
`sim.engine.packed_classes`; shapes follow the tables, so a new pathway or barrier needs no code.
All that can be refused is read here: a check of a scenario needs no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.engine.packed_declared import fill_declared
from sim.engine.packed_layout import Shape, national_dtype, organisation_dtype, territory_dtype
from sim.engine.packed_offices import fill_organisation, fill_territory
from sim.engine.packed_people import (
    fill_actions,
    fill_barriers,
    fill_entry,
    fill_job_finding,
    fill_jobs,
)
from sim.engine.packed_rights import (
    fill_allowance,
    fill_contacts,
    fill_pathways,
    fill_sanctions,
)
from sim.parameters import Parameters
from sim.world.numbers import Of


@dataclass(frozen=True)
class Packed:
    """The parameters of one date as records; ``shape`` gives the sizes of the tables."""

    shape: Shape
    national: NDArray[np.void]
    territories: NDArray[np.void]
    organisation: NDArray[np.void]

    def equals(self, other: Packed) -> bool:
        """Whether every field has the same value."""
        pairs = (
            (self.national, other.national),
            (self.territories, other.territories),
            (self.organisation, other.organisation),
        )
        return all(a.tobytes() == b.tobytes() for a, b in pairs)


def shape_of(parameters: Parameters) -> Shape:
    """Sizes of the tables."""
    return Shape(
        territories=len(parameters.labels("territories")),
        pathways=len(parameters.labels("pathways")),
        roles=len(parameters.labels("roles")),
        barriers=len(parameters.labels("barriers")),
        job_types=len(parameters.labels("job_types")),
        household_types=len(parameters.labels("household_types")),
        education=len(parameters.labels("education")),
        actions=len(parameters.labels("actions")),
    )


def packed_numbers(parameters: Parameters, when: date, is_history: bool = False) -> Packed:
    """The records of the date ``when``, the barriers of the latent classes still empty.

    Raises `InputError` for a path that no table has.
    """
    shape = shape_of(parameters)
    national = np.zeros(1, national_dtype(shape))
    territories = np.zeros(shape.territories, territory_dtype(shape))
    organisation = np.zeros((shape.territories, shape.pathways), organisation_dtype())
    record = national[0]
    fill_declared(record, Of.NATION, parameters, when)
    record["is_history"] = is_history
    record["refresh_days"] = parameters.number(
        "history.refresh_days" if is_history else "calendar.refresh_days"
    )
    record["oriented_after_days"] = parameters.number("history.oriented_after_days")
    fill_entry(record, parameters)
    fill_barriers(record, parameters)
    fill_actions(record, parameters, when)
    fill_job_finding(record, parameters)
    fill_jobs(record, parameters, when)
    fill_allowance(record, parameters, when)
    fill_contacts(record, parameters)
    fill_sanctions(record, parameters, when)
    fill_pathways(record, parameters)
    for index, label in enumerate(parameters.labels("territories")):
        below = f"territories.{label}."
        fill_declared(territories[index], Of.TERRITORY, parameters, when, below)
        fill_territory(territories[index], parameters, label)
        for position, pathway in enumerate(parameters.labels("pathways")):
            row, within = organisation[index, position], f"{below}pathways.{pathway}."
            fill_declared(row, Of.PATHWAY, parameters, when, within)
            fill_organisation(row, parameters, label, pathway)
    return Packed(shape, national, territories, organisation)
