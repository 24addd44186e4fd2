"""The two tables of a simulated department: households and their adults (beneficiaries).

One row holds all of one household or person, so that advancing a life touches neighbouring
memory; a column is a field view (``people["pathway"]``). Times with fractions are days from the
epoch; whole days fit 16 bits (the calendar ends in 2048); money is integer cents.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.vocabulary import Contact, HouseholdClock, PersonClock

LATENT_CLASSES = 5
"""Classes of equal size in which the barriers of a person are alike."""

EARNINGS_MONTHS = 5
"""Months of resources that a declaration can look back on, the present one included."""

NEVER_DAY = 32767
"""A day that no run reaches, in the 16 bits of a day."""


def household_dtype() -> np.dtype[np.void]:
    """One row per household."""
    clocks = len(HouseholdClock)
    return np.dtype(
        [
            # What every step of a life reads comes first: it then lies in few lines of memory.
            ("settled", "f8"),  # lives are known up to this time
            ("first", "i4"),  # row of the first adult
            ("quiet_until", "i2"),  # nothing but job finding can happen before this day
            ("pension_day", "i2"),
            ("since", "i2"),  # day of the last change of ``benefit``
            ("below_since", "i2"),  # resources below the scale since; NEVER_DAY while above
            ("next_declaration", "i2"),  # day, NEVER_DAY without resources to declare
            ("suspended_until", "i2"),  # day, 0 when not suspended
            ("members", "i1"),
            ("territory", "i1"),
            ("kind", "i1"),  # row of household_types
            ("benefit", "i1"),  # vocabulary.Benefit
            ("reason", "i1"),  # vocabulary.ExitReason
            ("refresh_phase", "i1"),
            ("read_at", "f8"),  # time up to which ``clock`` is known
            ("clock", "f8", (clocks,)),  # what remains of each threshold
            ("exit_frailty", "f4"),  # frailty factor of the long exit, a constant
            ("id", "i8"),
            ("paid_mask", "i8"),  # months paid at month end, bit 0 = ``mask_month``
            ("earnings", "i4", (EARNINGS_MONTHS,)),  # cents by month, 0 = ``earnings_month``
            ("declared_cents", "i4"),  # monthly resources on which the allowance is computed
            ("withheld_cents", "i4"),  # suspended sums that remobilisation may pay back
            ("fired", "u2", (clocks,)),
            ("mask_month", "i2"),  # last month in ``paid_mask``
            ("entered_on", "i2"),  # day of the first entry
            ("earnings_month", "i2"),
            ("accrued_on", "i2"),  # day up to which earnings are counted
            ("suspended_per_mille", "i2"),
            ("year_mask", "i2"),  # paid at each of the last 15 year-ends
            ("phase", "i1"),  # of the quarterly declaration, 0-2
            ("has_housing_support", "i1"),
            ("is_increased", "i1"),
            ("stage", "i1"),  # of the ladder of sanctions
        ]
    )


def person_dtype(barriers: int) -> np.dtype[np.void]:
    """One row per adult; ``barriers`` is the number of rows of the barrier table."""
    clocks = PersonClock.BARRIERS + barriers
    return np.dtype(
        [
            # What every step of a life reads comes first: it then lies in few lines of memory.
            ("job_hazard", "f8"),  # job finding on RSA, as of the last refresh
            ("saturation", "f8"),  # contact effect reached, as of the last refresh
            ("contact_level", "f8"),  # achieved contacts per month, as of ``contact_on``
            ("reached_months", "f8"),  # saturation x months since the clocks were read
            ("clock", "f8", (PersonClock.BARRIERS,)),  # what remains of each threshold
            ("job_end", "f8"),  # planned end; NEVER when open-ended or without job
            ("frailty", "f4"),  # a constant, rounded once
            ("instability", "f4"),  # factor of the contract rupture hazard
            ("barriers", "u2"),
            ("birth", "i2"),  # day, negative before 1960
            ("last_job_end", "i2"),
            ("contact_on", "i2"),
            ("activity_since", "i2"),
            ("benefit_until", "i2"),  # unemployment benefit; 0 without
            ("job_start", "i2"),
            ("follow_up_held_on", "i2"),
            ("job", "i1"),  # row of job_types, -1 without
            ("pathway", "i1"),
            ("education", "i1"),
            ("is_stayer", "i1"),
            ("latent", "i1"),
            ("support", "i1"),  # vocabulary.Support
            ("barrier_clock", "f4", (barriers,)),  # a few readings a year: single precision does
            ("worked_mask", "i8"),  # months with a job, bit 0 = ``mask_month``
            ("lasting_mask", "i8"),  # months in which a lasting job began
            ("seen_mask", "i8"),  # months with a contact held
            ("household", "i4"),
            ("income_cents", "i4"),  # monthly: wage, or unemployment benefit without a paid job
            ("worked_days", "i4"),  # accumulated towards unemployment benefit
            ("fired", "u2", (clocks,)),
            ("seen", "u2"),  # barriers noted by the last assessment
            ("on_action", "u2"),  # actions in which a place is held
            ("due", "i2", (len(Contact),)),
            ("invitations", "u2"),  # to intake sessions, held or missed
            ("attempts", "u2"),  # contacts at which attendance was decided
            ("mask_month", "i2"),
            ("waiting_since", "i2"),
            ("ready_on", "i2"),
            ("ready_minute", "i2"),
            ("oriented_on", "i2"),
            ("support_since", "i2"),
            ("cohort_on", "i2"),
            ("contract_on", "i2"),
            ("review_on", "i2"),
            ("met_on", "i2"),  # last contact held with a caseworker, the day after; 0 without
            ("follow_up_until", "i2"),
            ("workshop_on", "i2"),  # first day of the next invitation; 0 without
            ("assessments", "i1"),
            ("breaches", "i1"),
            ("member", "i1"),
            ("cohort_pathway", "i1"),
            ("cohort_flags", "i1"),  # 1: first job recorded, 2: first durable job recorded
            ("postponed", "i1"),  # bit set per kind of contact already counted as postponed
            ("has_duties", "i1"),
            ("is_self_employed", "i1"),
            ("call", "i1"),  # vocabulary.Call
            ("calls", "i1"),  # tried so far, up to 100
            ("workshops_missed", "i1"),  # since the orientation
        ]
    )


POST_DTYPE = np.dtype(
    [
        ("load", "i8"),  # hundredths of a person
        ("capacity", "i8"),
        ("reserve", "i8"),  # of a vacancy, held by colleagues
        ("minutes", "i8"),  # left today
        ("on_contacts", "i8"),  # minutes of today spent on contacts of any kind
        ("on_promises", "i8"),  # of these on contracts, follow-up and those who wait
        ("territory", "i8"),
        ("role", "i8"),
    ]
)
"""One row per staff post."""


def empty_households(rows: int) -> NDArray[np.void]:
    """Room for ``rows`` households."""
    return np.zeros(rows, household_dtype())


def empty_people(rows: int, barriers: int) -> NDArray[np.void]:
    """Room for ``rows`` adults."""
    return np.zeros(rows, person_dtype(barriers))
