"""Shapes of the packed parameter records (see ``sim.engine.packed``).

Numbers that a behaviour reads as the tables give them are declared in its own file, and come
first. Listed here is what is computed from several parameters, or a row of a table each.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np

from sim.engine.packed_declared import declared_layout
from sim.population.layout import LATENT_CLASSES
from sim.vocabulary import (
    MAXIMUM_PATHWAYS,
    MAXIMUM_ROLES,
    MAXIMUM_ROLES_PER_PATHWAY,
    Contact,
    ExitReason,
)
from sim.world.numbers import Of

AGE_FACTOR_MONTHS = 12 * 80
Fields: TypeAlias = list[tuple[str, str] | tuple[str, str, tuple[int, ...]]]


class Shape(NamedTuple):
    """How many rows each table has."""

    territories: int
    pathways: int
    roles: int
    barriers: int
    job_types: int
    household_types: int
    education: int
    actions: int

    @property
    def details(self) -> int:
        """Width of the ledger's detail: job types, barriers, actions, reasons, places, roles."""
        labels = (self.job_types, self.barriers, self.actions, self.territories, self.roles)
        return max(*labels, self.pathways, len(ExitReason), len(Contact))


def national_dtype(shape: Shape) -> np.dtype[np.void]:
    """What is the same everywhere in the department, on one date."""
    barriers, jobs, kinds = shape.barriers, shape.job_types, shape.household_types
    scalars = (
        "refresh_days recent_job_decay_days reference_saturation reference_support reference_exit "
        "sanction_first_share sanction_first_months sanction_repeat_share sanction_repeat_months "
        "sanction_family_cap_share"
    )
    integers = (
        "seed is_history wage_full_time_cents minimum_paid_cents "
        "sanction_stages_before_deregistration sanction_repaid_on_remobilisation "
        "sanction_opens_procedure waiving_barriers other_minimum_barriers oriented_after_days"
    )
    barrier_fields = (
        "barrier_factor barrier_contact_speed barrier_sensitivity barrier_specificity "
        "barrier_other_minimum"
    )
    job_fields = (
        "job_edges job_mean_months job_low_months job_high_months job_rupture_first "
        "job_rupture_middle job_rupture_later job_part_time_share job_lock_in"
    )
    job_flags = (
        "job_form job_is_job job_is_durable job_is_salaried job_has_limited_places "
        "job_follows_up job_earns"
    )
    fields: Fields = [*declared_layout(Of.NATION)]
    fields += [(name, "f8") for name in scalars.split()]
    fields += [(name, "i8") for name in integers.split()]
    fields += [(name, "f8", (barriers,)) for name in barrier_fields.split()]
    fields += [("barrier_points", "i8", (barriers,))]
    fields += [("action_barrier", "i8", (shape.actions,)), ("action_speed", "f8", (shape.actions,))]
    for name in ("barrier_prevalence", "barrier_onset", "barrier_removal"):
        fields.append((name, "f8", (LATENT_CLASSES, barriers)))
    fields += [(name, "f8", (jobs,)) for name in job_fields.split()]
    fields += [(name, "i8", (jobs,)) for name in job_flags.split()]
    for name in ("household_edges", "household_factor", "increased_share"):
        fields.append((name, "f8", (kinds,)))
    for name in ("household_adults", "household_children"):
        fields.append((name, "i8", (kinds,)))
    fields.append(("break_even", "i8", (kinds, 2, 2)))
    for name in ("education_edges", "education_factor"):
        fields.append((name, "f8", (shape.education,)))
    # ``job_finding_rise``: the highest season over that of the month, 0 where that is nothing.
    for name in ("season", "inflow_season", "job_finding_rise"):
        fields.append((name, "f8", (12,)))
    fields.append(("age_factor", "f8", (AGE_FACTOR_MONTHS,)))
    for name in ("contact_weight", "contact_no_show", "contact_missed_share"):
        fields.append((name, "f8", (len(Contact),)))
    fields.append(("contact_priority", "i8", (len(Contact),)))
    for name in ("pathway_band", "pathway_public"):
        fields.append((name, "i8", (MAXIMUM_PATHWAYS,)))
    return np.dtype(fields)


def territory_dtype(shape: Shape) -> np.dtype[np.void]:
    """What a territory decides or undergoes."""
    integers = (
        "reassignment_wave interview_form intake_roles call_roles limit_roles holds_workshops "
        "workshop_roles"
    )
    scalars = "market inflow intake_no_show orientation_validity_days"
    fields: Fields = [*declared_layout(Of.TERRITORY)]
    fields += [(name, "f8") for name in scalars.split()]
    fields += [(name, "i8") for name in integers.split()]
    fields.append(("job_places", "i8", (shape.job_types,)))
    fields.append(("action_places", "i8", (shape.actions,)))
    fields.append(("case_work_minutes", "f8", (MAXIMUM_ROLES,)))
    return np.dtype(fields)


def organisation_dtype() -> np.dtype[np.void]:
    """How one pathway is run in one territory."""
    kinds = len(Contact)
    fields: Fields = [*declared_layout(Of.PATHWAY)]
    fields += [
        ("activity_effect", "f8"),  # on job finding, once the hours are reached
        ("role", "i8", (MAXIMUM_ROLES_PER_PATHWAY,)),
        ("roles", "i8"),
        ("interval", "i8", (kinds,)),
        ("shortest", "i8", (kinds,)),
        ("minutes", "i8", (kinds,)),
        ("attendance", "i8", (kinds,)),
        ("follow_up_days", "i8"),
        ("follow_up_weight", "i8"),
        ("review_days", "i8"),
    ]
    return np.dtype(fields)
