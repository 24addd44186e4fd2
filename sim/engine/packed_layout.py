"""Shapes of the packed parameter records (see ``sim.engine.packed``)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.population.layout import LATENT_CLASSES
from sim.vocabulary import MAXIMUM_PATHWAYS, MAXIMUM_ROLES_PER_PATHWAY, Contact, ExitReason

AGE_FACTOR_MONTHS = 12 * 80


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
        "refresh_days duties_share entry_age_under_25_share entry_age_at_25_share "
        "entry_age_youngest entry_age_older_mean_years entry_age_oldest pension_age_low "
        "pension_age_high frailty_log_sd exit_power instability_power stayer_share stayer_exit "
        "stayer_job_finding stayer_leaving_hazard stayer_leaving_contact_size "
        "housing_support_share base_hazard off_rsa_multiplier recent_job_boost "
        "recent_job_decay_days contact_size contact_saturation_per_month "
        "contact_half_life_days activity_size activity_saturation_hours long_exit_contact_size "
        "reference_contacts_per_month reference_activity_hours reference_saturation "
        "reference_support reference_exit sanction_job_finding_multiplier "
        "sanction_no_show_multiplier follow_up_rupture_multiplier part_time_low part_time_high "
        "interruption_hazard long_exit_hazard other_minimum_hazard move_hazard "
        "internal_move_share reentry_interruption reentry_long_first reentry_long_middle "
        "reentry_long_later reentry_work_first reentry_deregistration "
        "unemployment_minimum_months unemployment_maximum_months unemployment_replacement "
        "sanction_application_share sanction_first_share sanction_first_months "
        "sanction_repeat_share sanction_repeat_months sanction_family_cap_share "
        "sanction_deregistration_share inflow_trend candidate_factor "
        "self_employed_share"
    )
    integers = (
        "seed is_history wage_full_time_cents minimum_paid_cents declaration_lag_months "
        "sanction_breach_threshold sanction_stages_before_deregistration "
        "sanction_repaid_on_remobilisation sanction_opens_procedure orientation_limit_days "
        "waiving_barriers other_minimum_barriers oriented_after_days"
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
    fields: list[tuple[str, str] | tuple[str, str, tuple[int, ...]]] = []
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
    scalars = "market inflow intake_no_show orientation_validity_days priority_age_low "
    scalars += "priority_age_high interview_minutes call_unreached_share call_orients_share "
    scalars += "workshop_weight workshop_no_show"
    integers = (
        "reassignment_wave notification_days desks opening_minutes reinvitation_days "
        "interview_form intake_roles employment_at_most social_at_least "
        "review_margin_points call_roles call_minutes recall_days limit_roles holds_workshops "
        "workshop_roles workshop_places workshop_after_days workshop_minutes "
        "workshop_reinvitation_days workshop_invitations"
    )
    fields: list[tuple[str, str] | tuple[str, str, tuple[int, ...]]] = []
    fields += [(name, "f8") for name in scalars.split()]
    fields += [(name, "i8") for name in integers.split()]
    fields.append(("job_places", "i8", (shape.job_types,)))
    fields.append(("action_places", "i8", (shape.actions,)))
    return np.dtype(fields)


def organisation_dtype() -> np.dtype[np.void]:
    """How one pathway is run in one territory."""
    kinds = len(Contact)
    return np.dtype(
        [
            ("activity_hours", "f8"),
            ("activity_ramp_days", "f8"),
            ("activity_effect", "f8"),  # on job finding, once the hours are reached
            ("coverage_share", "f8"),
            ("role", "i8", (MAXIMUM_ROLES_PER_PATHWAY,)),
            ("roles", "i8"),
            ("interval", "i8", (kinds,)),
            ("shortest", "i8", (kinds,)),
            ("minutes", "i8", (kinds,)),
            ("attendance", "i8", (kinds,)),
            ("contract_due_days", "i8"),
            ("follow_up_days", "i8"),
            ("follow_up_weight", "i8"),
            ("activity_places", "i8"),
            ("review_days", "i8"),
        ]
    )
