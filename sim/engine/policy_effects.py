"""What a change of parameters touches: whose lives, whose rhythm, who is taken in again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.engine.packed_numbers import Packed
from sim.vocabulary import Contact

OFFICE_FIELDS_OF_NATION = (
    "duties_share",
    "barrier_sensitivity",
    "barrier_specificity",
    "barrier_points",
    "break_even",
    "minimum_paid_cents",
    "wage_full_time_cents",
    "declaration_lag_months",
    "contact_weight",
    "contact_no_show",
    "contact_missed_share",
    "contact_priority",
    "early_contact_boost",
    "early_contact_half_life_days",
    "spare_time_contact_share",
    "rhythm_half_life_days",
    "spare_time_depth_share",
    "longest_contact_factor",
    "pathway_band",
    "pathway_public",
    "self_employed_share",
    "orientation_limit_days",
    "waiving_barriers",
    "oriented_after_days",
    "inflow_season",
    "inflow_trend",
)
"""Fields of the national record that no hazard of a life reads (sanctions are added below)."""
LIFE_FIELDS_OF_TERRITORY = ("market",)
LIFE_FIELDS_OF_ORGANISATION = ("activity_hours", "activity_ramp_days")
RHYTHM_FIELDS = ("interval", "shortest")


@dataclass(frozen=True)
class PolicyEffects:
    """By territory: lives whose hazards change, and waves of reassignment; by territory, pathway
    and kind of contact: rhythms that change.
    """

    hazards: NDArray[np.bool_]
    rhythms: NDArray[np.bool_]
    reassigned: NDArray[np.bool_]

    @classmethod
    def between(cls, old: Packed, new: Packed) -> PolicyEffects:
        """The effects of replacing ``old`` by ``new``."""
        territories = old.shape.territories
        hazards = np.zeros(territories, dtype=np.bool_)
        names = old.national.dtype.names or ()
        is_national = any(
            _differs(old, new, name)
            for name in names
            if name not in OFFICE_FIELDS_OF_NATION and not name.startswith("sanction_")
        )
        effects_of_sanctions = ("sanction_job_finding_multiplier",)
        is_national |= any(_differs(old, new, name) for name in effects_of_sanctions)
        hazards[:] = is_national
        for name in LIFE_FIELDS_OF_TERRITORY:
            hazards |= old.territories[name] != new.territories[name]
        for name in LIFE_FIELDS_OF_ORGANISATION:
            hazards |= (old.organisation[name] != new.organisation[name]).any(axis=1)
        rhythms = np.zeros(old.organisation["interval"].shape, dtype=np.bool_)
        for name in RHYTHM_FIELDS:
            rhythms |= old.organisation[name] != new.organisation[name]
        # Follow-up protects a contract for some intervals after a contact.
        hazards |= rhythms[:, :, Contact.FOLLOW_UP].any(axis=1)
        raised = new.territories["reassignment_wave"] > old.territories["reassignment_wave"]
        return cls(hazards | raised, rhythms, raised)


def _differs(old: Packed, new: Packed, name: str) -> bool:
    """Whether a field of the national record has another value."""
    return bool(old.national[name].tobytes() != new.national[name].tobytes())
