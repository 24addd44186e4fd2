"""Packing what belongs to people: entry, barriers, job finding, occupations."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.compiled import plain
from sim.engine.packed_layout import AGE_FACTOR_MONTHS
from sim.engine.packed_reading import column, cumulative, number_on
from sim.parameters import Parameters
from sim.processes import entry, job_finding, jobs, support_effects
from sim.units import CENTS_PER_EUR, DAYS_PER_MONTH

KEPT_AGE_FACTORS = 16
LENGTH_FORMS = {
    "open": jobs.OPEN_ENDED,
    "exponential": jobs.EXPONENTIAL,
    "uniform": jobs.UNIFORM,
}


def fill_entry(record: NDArray[np.void], parameters: Parameters) -> None:
    """What people carry at their first entry."""
    record["education_edges"] = cumulative(column(parameters, "education", "share"))
    record["education_factor"] = column(parameters, "education", "job_finding_factor")
    group = "household_types"
    entrants = np.multiply(
        column(parameters, group, "share"), column(parameters, group, "entry_factor")
    )
    record["household_edges"] = cumulative(list(entrants / entrants.sum()))
    record["household_factor"] = column(parameters, group, "job_finding_factor")
    record["household_adults"] = column(parameters, group, "adults")
    record["household_children"] = column(parameters, group, "children")
    record["increased_share"] = column(parameters, group, "increased_share")


def fill_barriers(record: NDArray[np.void], parameters: Parameters) -> None:
    """Barriers: detection and effects; `sim.engine.packed_classes` fills what a class has."""
    group = "barriers"
    exponent = parameters.number("barrier_effects.exponent")
    multipliers = column(parameters, group, "job_finding_multiplier")
    record["barrier_factor"] = [
        plain(entry.power)(value, exponent) if value > 0.0 else float(exponent == 0.0)
        for value in multipliers
    ]
    record["barrier_contact_speed"] = column(parameters, group, "contact_speed")
    record["barrier_sensitivity"] = column(parameters, group, "detection_sensitivity")
    record["barrier_specificity"] = column(parameters, group, "detection_specificity")
    record["barrier_points"] = column(parameters, group, "pathway_weight")
    record["barrier_other_minimum"] = column(parameters, group, "other_minimum_factor")
    record["other_minimum_barriers"] = sum(
        1 << barrier
        for barrier, factor in enumerate(record["barrier_other_minimum"])
        if factor != 1.0
    )


def fill_actions(record: NDArray[np.void], parameters: Parameters, when: date) -> None:
    """Actions: the barrier that each treats and how fast; barriers that waive activity."""
    barriers = parameters.labels("barriers")
    for index, action in enumerate(parameters.labels("actions")):
        treated = parameters.word(f"actions.{action}.barrier")
        record["action_barrier"][index] = barriers.index(treated)
        record["action_speed"][index] = parameters.number(f"actions.{action}.speed")
    if parameters.value_on("law.activity_waivers", when):
        record["waiving_barriers"] = sum(
            1 << index
            for index, label in enumerate(barriers)
            if parameters.flag(f"barriers.{label}.waives_activity")
        )


def reference_saturation(parameters: Parameters) -> float:
    """How far the reference intensity of contacts reaches, between 0 and 1."""
    return float(
        plain(support_effects.saturation)(
            parameters.number("effects.reference_contacts_per_month"),
            parameters.number("effects.contact_saturation_per_month"),
        )
    )


@lru_cache(maxsize=KEPT_AGE_FACTORS)
def _age_factors(*declines: float) -> tuple[float, ...]:
    """Job finding by age in months; the same at every date of a plan."""
    months = range(AGE_FACTOR_MONTHS)
    return tuple(plain(job_finding.age_factor)(month / 12.0, *declines) for month in months)


def fill_job_finding(record: NDArray[np.void], parameters: Parameters) -> None:
    """Job finding and the effects of support, relative to the reference intensity."""
    record["recent_job_decay_days"] = (
        parameters.number("job_finding.recent_job_decay_months")
    ) * DAYS_PER_MONTH
    season = np.asarray(parameters.numbers("job_finding.season"))
    record["season"] = season
    record["job_finding_rise"] = np.divide(
        season.max(), season, out=np.zeros_like(season), where=season > 0.0
    )
    declines = [parameters.number(f"job_finding.decline_after_{age}") for age in (30, 50, 60)]
    record["age_factor"] = _age_factors(*declines)
    reached = reference_saturation(parameters)
    hours = plain(support_effects.saturation)(
        parameters.number("effects.reference_activity_hours"),
        float(record["activity_saturation_hours"]),
    )
    record["reference_saturation"] = reached
    record["reference_support"] = plain(support_effects.relative_effect)(
        float(record["contact_size"]), reached
    ) * plain(support_effects.relative_effect)(float(record["activity_size"]), hours)
    record["reference_exit"] = plain(support_effects.relative_effect)(
        float(record["long_exit_contact_size"]), reached
    )


def fill_jobs(record: NDArray[np.void], parameters: Parameters, when: date) -> None:
    """Occupations: shares, lengths, ruptures, pay on the date."""
    group = "job_types"
    record["job_edges"] = cumulative(column(parameters, group, "share"))
    forms = [parameters.word(f"{group}.{label}.length_form") for label in parameters.labels(group)]
    record["job_form"] = [LENGTH_FORMS[form] for form in forms]
    for target, field in (
        ("job_mean_months", "length_mean_months"),
        ("job_low_months", "length_low_months"),
        ("job_high_months", "length_high_months"),
        ("job_rupture_first", "rupture_hazard_first"),
        ("job_rupture_middle", "rupture_hazard_middle"),
        ("job_rupture_later", "rupture_hazard_later"),
        ("job_part_time_share", "part_time_share"),
        ("job_lock_in", "lock_in_multiplier"),
        ("job_is_job", "is_job"),
        ("job_is_durable", "is_durable"),
        ("job_is_salaried", "is_salaried"),
        ("job_has_limited_places", "has_limited_places"),
        ("job_follows_up", "follows_up"),
        ("job_earns", "earns"),
    ):
        record[target] = column(parameters, group, field)
    full_time_eur = parameters.number("wages.full_time_eur") * number_on(
        parameters, "wages.index", when
    )
    record["wage_full_time_cents"] = round(CENTS_PER_EUR * full_time_eur)
