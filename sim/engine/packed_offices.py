"""Packing what territories decide: intake, orientation, rhythm, limited places."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import plain
from sim.parameters import Parameters
from sim.processes import support_effects
from sim.units import DAYS_PER_MONTH
from sim.vocabulary import NO_INDEX, Contact
from sim.world.codes import FULL_WEIGHT

INTERVIEW_FORMS = {"fixed": 0, "exponential": 1}
ATTENDANCE = {"first": 1, "second": 2, "all": 3}


def fill_territory(record: NDArray[np.void], parameters: Parameters, label: str) -> None:
    """One territory: market, intake, rule of orientation, limited places."""
    prefix = f"territories.{label}"
    level = parameters.number(f"{prefix}.market_level")
    record["market"] = level * parameters.number(f"{prefix}.event_factor")
    elasticity = parameters.number("inflow.market_elasticity")
    multiplier = parameters.number(f"{prefix}.inflow_multiplier")
    record["inflow"] = multiplier * level**elasticity if multiplier > 0 else 0.0
    record["reassignment_wave"] = parameters.number(f"{prefix}.reassignment_wave")
    fill_intake(record, parameters, f"{prefix}.intake")
    fill_workshop(record, parameters, f"{prefix}.workshop")
    for index, role in enumerate(parameters.labels("roles")):
        minutes = parameters.number(f"{prefix}.staff.{role}.case_work_minutes")
        record["case_work_minutes"][index] = minutes
    for index, job in enumerate(parameters.labels("job_types")):
        if parameters.flag(f"job_types.{job}.has_limited_places"):
            record["job_places"][index] = parameters.number(f"{prefix}.places.{job}")
    for index, action in enumerate(parameters.labels("actions")):
        record["action_places"][index] = parameters.number(f"{prefix}.action_places.{action}")


def fill_intake(record: NDArray[np.void], parameters: Parameters, prefix: str) -> None:
    """Notification or calls, sessions, what the legal limit of orientation takes."""
    record["interview_form"] = INTERVIEW_FORMS[parameters.word(f"{prefix}.interview_form")]
    record["intake_roles"] = _roles(parameters, f"{prefix}.attending_roles")
    record["call_roles"] = _roles(parameters, f"{prefix}.call_roles")
    record["limit_roles"] = _roles(parameters, f"{prefix}.limit_roles")
    channels = [parameters.word(f"{prefix}.channel")]
    if record["call_roles"]:
        known = parameters.labels("channels")
        after_a_call = [c for c in known if parameters.flag(f"channels.{c}.after_a_call")]
        channels = after_a_call + channels
    record["intake_no_show"] = parameters.number(f"channels.{channels[0]}.no_show_share")
    record["orientation_validity_days"] = (
        parameters.number(f"{prefix}.orientation_validity_months") * DAYS_PER_MONTH
    )


def fill_workshop(record: NDArray[np.void], parameters: Parameters, prefix: str) -> None:
    """The collective workshop after orientation."""
    record["workshop_roles"] = _roles(parameters, f"{prefix}.attending_roles")
    record["holds_workshops"] = bool(parameters.words(f"{prefix}.weekdays"))


def _roles(parameters: Parameters, path: str) -> int:
    """The roles that a parameter names, as a set of bits."""
    roles = parameters.labels("roles")
    return sum(1 << roles.index(role) for role in parameters.words(path))


def fill_organisation(
    record: NDArray[np.void], parameters: Parameters, territory: str, pathway: str
) -> None:
    """How one pathway is run in one territory."""
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
            attendance = parameters.word(f"{prefix}.{name}_attendance")
        record["minutes"][kind] = parameters.number(f"{prefix}.{name}_minutes")
        mask = ATTENDANCE[attendance] if kind != Contact.FOLLOW_UP else ATTENDANCE["first"]
        record["attendance"][kind] = mask if len(serving) > 1 else ATTENDANCE["first"]
    for kind, field in (
        (Contact.CONTRACT, "contract_renewal_days"),
        (Contact.FOLLOW_UP, "follow_up_interval_days"),
    ):
        record["interval"][kind] = parameters.number(f"{prefix}.{field}")
        record["shortest"][kind] = record["interval"][kind]
    months = parameters.number(f"{prefix}.follow_up_months")
    record["follow_up_days"] = int(months * DAYS_PER_MONTH + 0.5)
    record["follow_up_weight"] = round(
        parameters.number(f"{prefix}.follow_up_weight") * FULL_WEIGHT
    )
    record["activity_effect"] = plain(support_effects.relative_effect)(
        parameters.number("effects.activity_size"),
        plain(support_effects.saturation)(
            float(record["activity_hours"]),
            parameters.number("effects.activity_saturation_hours"),
        ),
    )
    review = parameters.number(f"{prefix}.review_months")
    record["review_days"] = int(review * DAYS_PER_MONTH + 0.5)
