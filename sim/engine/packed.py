"""The one bridge from named parameters to the arrays that rules read inside a run.

``pack`` turns the parameters of one date into three tables: ``national`` (one record),
``territories`` (a record each) and ``organisation`` (territory x pathway). Every field is filled
here and nowhere else; shapes follow the tables, so a new pathway or barrier needs no code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from sim.engine.packed_layout import (
    AGE_FACTOR_MONTHS,
    LATENT_CLASSES,
    Shape,
    national_dtype,
    organisation_dtype,
    territory_dtype,
)
from sim.errors import Fault, InputError
from sim.parameters import Parameters
from sim.processes import allowance, barriers, entry, job_finding, jobs, support_effects
from sim.units import DAYS_PER_MONTH, PER_MILLE
from sim.vocabulary import NO_INDEX, Contact

CENTS = 100
LENGTH_FORMS = {
    "open": jobs.OPEN_ENDED,
    "exponential": jobs.EXPONENTIAL,
    "uniform": jobs.UNIFORM,
}
INTERVIEW_FORMS = {"fixed": 0, "exponential": 1}
LEVELS = {"low": 0, "middle": 1, "high": 2}
ATTENDANCE = {"first": 1, "second": 2, "all": 3}


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
    )


def pack(parameters: Parameters, when: date, seed: int, is_history: bool = False) -> Packed:
    """The records of ``parameters`` on the date ``when``.

    ``is_history`` packs the regime without offices, in which everyone has the reference
    intensity. Raises InputError when arrivals would exceed their bound.
    """
    shape = shape_of(parameters)
    national = np.zeros(1, national_dtype(shape))
    territories = np.zeros(shape.territories, territory_dtype(shape))
    organisation = np.zeros((shape.territories, shape.pathways), organisation_dtype())
    record = national[0]
    record["seed"] = seed
    record["is_history"] = is_history
    record["refresh_days"] = parameters.number(
        "history.refresh_days" if is_history else "calendar.refresh_days"
    )
    record["refresh_days_out"] = parameters.number(
        "history.refresh_days" if is_history else "calendar.refresh_days_out"
    )
    _fill_entry(record, parameters)
    _fill_barriers(record, parameters, shape)
    _fill_job_finding(record, parameters)
    _fill_jobs(record, parameters)
    _fill_benefit(record, parameters, when)
    _fill_allowance(record, parameters, when)
    _fill_contacts(record, parameters, when)
    for index, label in enumerate(parameters.labels("territories")):
        _fill_territory(territories[index], parameters, label)
        for position, pathway in enumerate(parameters.labels("pathways")):
            _fill_organisation(organisation[index, position], parameters, label, pathway)
    _check_arrivals(parameters, record, territories)
    return Packed(shape, national, territories, organisation)


def _column(parameters: Parameters, group: str, field: str) -> list[float]:
    return [
        _plain_number(parameters, f"{group}.{label}.{field}") for label in parameters.labels(group)
    ]


def _plain_number(parameters: Parameters, path: str) -> float:
    value = parameters.value(path)
    if isinstance(value, bool):
        return float(value)
    return parameters.number(path)


def _value_on(parameters: Parameters, path: str, when: date) -> float:
    value = parameters.value_on(path, when)
    if not isinstance(value, int | float):
        raise TypeError(f"{path} is not a number: {value!r}")
    return float(value)


def _cumulative(shares: list[float]) -> NDArray[np.float64]:
    edges = np.cumsum(np.asarray(shares, dtype=np.float64))
    edges[-1] = 1.0
    return edges


def _copy(record: NDArray[np.void], parameters: Parameters, prefix: str, fields: str) -> None:
    for field in fields.split():
        record[field] = parameters.number(f"{prefix}.{field}")


def _fill_entry(record: NDArray[np.void], parameters: Parameters) -> None:
    _copy(
        record,
        parameters,
        "population",
        "duties_share entry_age_under_25_share entry_age_at_25_share entry_age_youngest "
        "entry_age_older_mean_years entry_age_oldest pension_age_low pension_age_high",
    )
    record["frailty_log_sd"] = parameters.number("frailty.log_sd")
    record["exit_power"] = parameters.number("frailty.long_exit_power")
    record["instability_power"] = parameters.number("frailty.job_instability_power")
    record["stayer_share"] = parameters.number("stayers.share")
    record["stayer_exit"] = parameters.number("stayers.exit_multiplier")
    record["stayer_job_finding"] = parameters.number("stayers.job_finding_multiplier")
    record["stayer_leaving_hazard"] = parameters.number("stayers.leaving_hazard")
    record["stayer_leaving_contact_size"] = parameters.number("stayers.leaving_contact_size")
    record["education_edges"] = _cumulative(_column(parameters, "education", "share"))
    record["education_factor"] = _column(parameters, "education", "job_finding_factor")
    group = "household_types"
    record["household_edges"] = _cumulative(_column(parameters, group, "share"))
    record["household_factor"] = _column(parameters, group, "job_finding_factor")
    record["household_adults"] = _column(parameters, group, "adults")
    record["household_children"] = _column(parameters, group, "children")
    record["increased_share"] = _column(parameters, group, "increased_share")
    record["housing_support_share"] = parameters.number("allowance.housing_support_share")


def _fill_barriers(record: NDArray[np.void], parameters: Parameters, shape: Shape) -> None:
    group = "barriers"
    prevalence = np.asarray(_column(parameters, group, "prevalence"))
    relaxation = _column(parameters, group, "relaxation_hazard")
    speed = _column(parameters, group, "contact_speed")
    reference = _reference_saturation(parameters)
    correlation = (parameters.number("population.barrier_latent_correlation"))
    middles = norm.ppf((np.arange(LATENT_CLASSES) + 0.5) / LATENT_CLASSES)
    for barrier in range(shape.barriers):
        limit = norm.ppf(prevalence[barrier])
        given = norm.cdf((limit + np.sqrt(correlation) * middles) / np.sqrt(1.0 - correlation))
        given *= prevalence[barrier] / given.mean()
        for latent in range(LATENT_CLASSES):
            share = min(float(given[latent]), 1.0)
            record["barrier_prevalence"][latent, barrier] = share
            record["barrier_onset"][latent, barrier] = barriers.onset_hazard(
                relaxation[barrier], share
            )
            record["barrier_removal"][latent, barrier] = barriers.ordinary_removal_hazard(
                relaxation[barrier], share, speed[barrier], reference
            )
    exponent = (parameters.number("barrier_effects.exponent"))
    multipliers = _column(parameters, group, "job_finding_multiplier")
    record["barrier_factor"] = [entry.power(value, exponent) for value in multipliers]
    record["barrier_contact_speed"] = speed
    record["barrier_action_speed"] = _column(parameters, group, "action_speed")
    record["barrier_sensitivity"] = _column(parameters, group, "detection_sensitivity")
    record["barrier_specificity"] = _column(parameters, group, "detection_specificity")
    record["barrier_points"] = _column(parameters, group, "pathway_weight")
    record["barrier_other_minimum"] = _column(parameters, group, "other_minimum_factor")


def _reference_saturation(parameters: Parameters) -> float:
    return float(
        support_effects.saturation(
            (parameters.number("effects.reference_contacts_per_month")),
            (parameters.number("effects.contact_saturation_per_month")),
        )
    )


def _fill_job_finding(record: NDArray[np.void], parameters: Parameters) -> None:
    _copy(record, parameters, "job_finding", "base_hazard off_rsa_multiplier recent_job_boost")
    record["recent_job_decay_days"] = (
        (parameters.number("job_finding.recent_job_decay_months")) * DAYS_PER_MONTH
    )
    record["season"] = parameters.numbers("job_finding.season")
    declines = [
        (parameters.number(f"job_finding.decline_after_{age}")) for age in (30, 50, 60)
    ]
    record["age_factor"] = [
        job_finding.age_factor(month / 12.0, *declines) for month in range(AGE_FACTOR_MONTHS)
    ]
    _copy(
        record,
        parameters,
        "effects",
        "contact_size contact_saturation_per_month contact_half_life_days activity_size "
        "activity_saturation_hours long_exit_contact_size reference_contacts_per_month "
        "reference_activity_hours sanction_job_finding_multiplier "
        "sanction_no_show_multiplier follow_up_rupture_multiplier",
    )
    reached = _reference_saturation(parameters)
    hours = support_effects.saturation(
        float(record["reference_activity_hours"]), float(record["activity_saturation_hours"])
    )
    record["reference_saturation"] = reached
    record["reference_support"] = support_effects.relative_effect(
        float(record["contact_size"]), reached
    ) * support_effects.relative_effect(float(record["activity_size"]), hours)
    record["reference_exit"] = support_effects.relative_effect(
        float(record["long_exit_contact_size"]), reached
    )


def _fill_jobs(record: NDArray[np.void], parameters: Parameters) -> None:
    group = "job_types"
    record["job_edges"] = _cumulative(_column(parameters, group, "share"))
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
        record[target] = _column(parameters, group, field)
    record["wage_full_time_cents"] = round(CENTS * (parameters.number("wages.full_time_eur")))
    record["part_time_low"] = parameters.number("wages.part_time_low")
    record["part_time_high"] = parameters.number("wages.part_time_high")


def _fill_benefit(record: NDArray[np.void], parameters: Parameters, when: date) -> None:
    _copy(
        record,
        parameters,
        "benefit",
        "interruption_hazard long_exit_hazard other_minimum_hazard move_hazard "
        "internal_move_share reentry_interruption reentry_long_first reentry_long_middle "
        "reentry_long_later reentry_work_first reentry_deregistration",
    )
    record["declaration_lag_months"] = _value_on(parameters, "benefit.declaration_lag_months", when)
    record["unemployment_minimum_months"] = parameters.number("unemployment.minimum_months")
    record["unemployment_maximum_months"] = parameters.number("unemployment.maximum_months")
    record["unemployment_replacement"] = parameters.number("unemployment.replacement_share")


def _fill_allowance(record: NDArray[np.void], parameters: Parameters, when: date) -> None:
    base = CENTS * float(_value_on(parameters, "allowance.base_eur", when))
    second = (parameters.number("allowance.coefficient_second_person"))
    child = (parameters.number("allowance.coefficient_child"))
    third = (parameters.number("allowance.coefficient_third_child"))
    deductions = [(parameters.number(f"allowance.housing_deduction_{n}")) for n in (1, 2, 3)]
    record["minimum_paid_cents"] = round(
        CENTS * (parameters.number("allowance.minimum_paid_eur"))
    )
    for kind in range(len(parameters.labels("household_types"))):
        adults = int(record["household_adults"][kind])
        children = int(record["household_children"][kind])
        for increased in (0, 1):
            coefficient = allowance.scale_coefficient(
                adults,
                children,
                bool(increased),
                second,
                child,
                third,
                (parameters.number("allowance.increased_base")),
                (parameters.number("allowance.increased_child")),
            )
            deduction = allowance.housing_deduction_cents(
                base, adults + children, second, child, *deductions
            )
            for housed in (0, 1):
                record["break_even"][kind, housed, increased] = allowance.break_even_cents(
                    base, coefficient, deduction * housed
                )


def _fill_contacts(record: NDArray[np.void], parameters: Parameters, when: date) -> None:
    for kind in Contact:
        prefix = f"contact_types.{kind.name.lower()}"
        record["contact_priority"][kind] = parameters.number(f"{prefix}.priority")
        record["contact_weight"][kind] = parameters.number(f"{prefix}.weight")
        record["contact_no_show"][kind] = parameters.number(f"{prefix}.no_show_share")
        record["contact_missed_share"][kind] = parameters.number(f"{prefix}.missed_minutes_share")
    for field in (
        "breach_threshold",
        "application_share",
        "first_share",
        "first_months",
        "repeat_share",
        "repeat_months",
        "family_cap_share",
        "stages_before_deregistration",
        "deregistration_share",
        "repaid_on_remobilisation",
    ):
        record[f"sanction_{field}"] = _value_on(parameters, f"sanctions.{field}", when)
    for pathway, label in enumerate(parameters.labels("pathways")):
        level = LEVELS[(parameters.word(f"pathways.{label}.rule"))]
        record["pathway_of_level"][level] = pathway
    record["inflow_season"] = parameters.numbers("inflow.season")
    record["inflow_trend"] = parameters.number("inflow.trend_per_year")
    record["candidate_factor"] = parameters.number("inflow.candidate_factor")


def _fill_territory(record: NDArray[np.void], parameters: Parameters, label: str) -> None:
    prefix = f"territories.{label}"
    level = (parameters.number(f"{prefix}.market_level"))
    record["market"] = level * (parameters.number(f"{prefix}.event_factor"))
    elasticity = (parameters.number("inflow.market_elasticity"))
    multiplier = (parameters.number(f"{prefix}.inflow_multiplier"))
    record["inflow"] = multiplier * level**elasticity if multiplier > 0 else 0.0
    record["reassignment_wave"] = parameters.number(f"{prefix}.reassignment_wave")
    _copy(
        record,
        parameters,
        f"{prefix}.intake",
        "notification_days desks opening_minutes interview_minutes reinvitation_days",
    )
    record["interview_form"] = INTERVIEW_FORMS[
        (parameters.word(f"{prefix}.intake.interview_form"))
    ]
    roles = parameters.labels("roles")
    attending = parameters.words(f"{prefix}.intake.attending_roles")
    record["intake_roles"] = sum(1 << roles.index(role) for role in attending)
    channel = parameters.word(f"{prefix}.intake.channel")
    record["intake_no_show"] = parameters.number(f"channels.{channel}.no_show_share")
    record["orientation_validity_days"] = (
        (parameters.number(f"{prefix}.intake.orientation_validity_months")) * DAYS_PER_MONTH
    )
    record["employment_at_most"] = parameters.number(f"{prefix}.assessment.employment_at_most")
    record["social_at_least"] = parameters.number(f"{prefix}.assessment.social_at_least")
    record["review_margin_points"] = parameters.number(f"{prefix}.assessment.review_margin_points")
    record["priority_age_low"] = parameters.number(f"{prefix}.priority.age_low")
    record["priority_age_high"] = parameters.number(f"{prefix}.priority.age_high")
    for index, job in enumerate(parameters.labels("job_types")):
        if parameters.flag(f"job_types.{job}.has_limited_places"):
            record["job_places"][index] = parameters.number(f"{prefix}.places.{job}")
    for index, barrier in enumerate(parameters.labels("barriers")):
        record["action_places"][index] = parameters.number(f"{prefix}.action_places.{barrier}")


def _fill_organisation(
    record: NDArray[np.void], parameters: Parameters, territory: str, pathway: str
) -> None:
    prefix = f"territories.{territory}.pathways.{pathway}"
    roles = parameters.labels("roles")
    serving = parameters.words(f"pathways.{pathway}.roles")
    record["role"] = NO_INDEX
    for position, role in enumerate(serving):
        record["role"][position] = roles.index(role)
    record["roles"] = len(serving)
    for kind in Contact:
        name = kind.name.lower()
        attendance = "all"
        if kind in (Contact.CONTACT, Contact.APPOINTMENT):
            record["shortest"][kind] = parameters.number(f"{prefix}.{name}_shortest_days")
            record["interval"][kind] = parameters.number(f"{prefix}.{name}_interval_days")
            attendance = (parameters.word(f"{prefix}.{name}_attendance"))
        record["minutes"][kind] = parameters.number(f"{prefix}.{name}_minutes")
        mask = ATTENDANCE[attendance] if kind != Contact.FOLLOW_UP else ATTENDANCE["first"]
        record["attendance"][kind] = mask if len(serving) > 1 else ATTENDANCE["first"]
    for kind, field in (
        (Contact.CONTRACT, "contract_renewal_days"),
        (Contact.FOLLOW_UP, "follow_up_interval_days"),
    ):
        record["interval"][kind] = parameters.number(f"{prefix}.{field}")
        record["shortest"][kind] = record["interval"][kind]
    record["contract_due_days"] = parameters.number(f"{prefix}.contract_due_days")
    months = (parameters.number(f"{prefix}.follow_up_months"))
    record["follow_up_days"] = int(months * DAYS_PER_MONTH + 0.5)
    record["follow_up_weight"] = round(
        (parameters.number(f"{prefix}.follow_up_weight")) * PER_MILLE / 10
    )
    record["activity_hours"] = parameters.number(f"{prefix}.activity_hours")
    record["activity_effect"] = support_effects.relative_effect(
        parameters.number("effects.activity_size"),
        support_effects.saturation(
            float(record["activity_hours"]),
            parameters.number("effects.activity_saturation_hours"),
        ),
    )
    record["activity_ramp_days"] = parameters.number(f"{prefix}.activity_ramp_days")
    record["activity_places"] = parameters.number(f"{prefix}.activity_places")
    review = (parameters.number(f"{prefix}.review_months"))
    record["review_days"] = int(review * DAYS_PER_MONTH + 0.5)


def _check_arrivals(
    parameters: Parameters, record: NDArray[np.void], territories: NDArray[np.void]
) -> None:
    bound = float(record["candidate_factor"])
    peak = float(np.max(record["inflow_season"]))
    faults = [
        Fault(
            file="parameters",
            field=f"territories.{label}.inflow_multiplier",
            found=f"arrivals up to {peak * float(territories[index]['inflow']):.2f} x reference",
            accepted=f"at most {bound:g} x the reference rate in any month",
        )
        for index, label in enumerate(parameters.labels("territories"))
        if peak * float(territories[index]["inflow"]) > bound
    ]
    if faults:
        raise InputError(tuple(faults))
