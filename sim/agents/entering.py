"""A household opens rights for the first time: what it carries is drawn, its clocks start."""

from __future__ import annotations

from bisect import bisect_right

from sim.agents.beneficiary import Beneficiary
from sim.agents.chronicle import MONTH_OF
from sim.agents.household import Household
from sim.agents.office import Office
from sim.agents.person import rounded_to_store
from sim.population.layout import NEVER_DAY
from sim.processes.entry import (
    birth_day,
    entry_age_years,
    frailty,
    latent_class,
    pension_age_years,
    power,
    refresh_phase,
)
from sim.units import DAYS_PER_YEAR
from sim.vocabulary import Decision, Record
from sim.world.sets import toggled

MONTHS_BETWEEN_DECLARATIONS = 3.0


def enter_household(office: Office, identity: int, time: float) -> Household:
    """A household of ``office`` that opens rights at ``time``; the department does not list it."""
    nation = office.department.nation
    household = Household(office.department, identity, office)
    _draw_traits(household)
    day, month = int(time), MONTH_OF[int(time)]
    household.settled = household.read_at = time
    household.since = household.entered_on = household.accrued_on = day
    household.agenda_day = day
    household.mask_month = month - 1
    household.earnings_month = month
    for clock in range(len(household.clock)):
        household.restart_clock(clock)
    for member in range(nation.household_adults[household.kind]):
        household.adults.append(_enter_adult(household, member, time))
    exit_factor = 0.0
    for adult in household.adults:
        exit_factor += power(adult.frailty, nation.exit_power)
    household.exit_frailty = rounded_to_store(exit_factor / len(household.adults))
    household.pension_day = _pension_day(household)
    household.note(Record.FIRST_ENTRY, time, value=len(household.adults))
    household.open_support(time)
    household.refresh(time)
    return household


def _draw_traits(household: Household) -> None:
    """Composition, housing, and the phases of the household's own calendar."""
    nation = household.department.nation
    drawn = household.luck.chance(Decision.HOUSEHOLD_TYPE)
    household.kind = bisect_right(nation.household_edges, drawn)
    phase = household.luck.chance(Decision.DECLARATION_PHASE) * MONTHS_BETWEEN_DECLARATIONS
    household.phase = int(phase)
    household.refresh_phase = refresh_phase(household.identity)
    housed = household.luck.chance(Decision.HOUSING_SUPPORT)
    household.has_housing_support = housed < nation.housing_support_share
    increased = household.luck.chance(Decision.INCREASED_AMOUNT)
    household.is_increased = increased < nation.increased_share[household.kind]


def _pension_day(household: Household) -> int:
    """The household leaves for a pension at an age of its first adult."""
    nation = household.department.nation
    drawn = household.luck.chance(Decision.PENSION_AGE)
    age_years = pension_age_years(drawn, nation.pension_age_low, nation.pension_age_high)
    return min(int(household.adults[0].birth + age_years * DAYS_PER_YEAR), NEVER_DAY)


def _enter_adult(household: Household, member: int, time: float) -> Beneficiary:
    """Draw what one adult carries."""
    person = Beneficiary(household, member)
    nation = household.department.nation
    person.birth = birth_day(time, _drawn_age_years(person))
    drawn = frailty(person.luck.chance(Decision.FRAILTY), nation.frailty_log_sd)
    person.frailty = rounded_to_store(drawn)
    person.instability = rounded_to_store(power(person.frailty, -nation.instability_power))
    person.is_stayer = person.luck.chance(Decision.CLASS) < nation.stayer_share
    person.has_duties = person.luck.chance(Decision.DUTIES) < nation.duties_share
    drawn = person.luck.chance(Decision.SELF_EMPLOYED)
    person.is_self_employed = drawn < nation.self_employed_share
    drawn = person.luck.chance(Decision.EDUCATION)
    person.education = bisect_right(nation.education_edges, drawn)
    classes = len(nation.barrier_prevalence)
    person.latent = latent_class(person.luck.chance(Decision.LATENT), classes)
    for barrier, prevalence in enumerate(nation.barrier_prevalence[person.latent]):
        if person.luck.chance(Decision.BARRIER_STATE + barrier) < prevalence:
            person.barriers = toggled(person.barriers, barrier)
    for clock in range(len(person.fired)):
        person.restart_clock(clock)
    person.mask_month = MONTH_OF[int(time)]
    return person


def _drawn_age_years(person: Beneficiary) -> float:
    nation = person.model.nation
    return entry_age_years(
        person.luck.chance(Decision.AGE_GROUP),
        person.luck.chance(Decision.AGE),
        nation.entry_age_under_25_share,
        nation.entry_age_at_25_share,
        nation.entry_age_youngest,
        nation.entry_age_older_mean_years,
        nation.entry_age_oldest,
    )
