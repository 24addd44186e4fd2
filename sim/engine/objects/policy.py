"""Policy dates: lives are settled under the old rules, then the new ones hold."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.agents.department import Department
from sim.agents.household import Household
from sim.vocabulary import Benefit, Support


def settle_lives(department: Department, changed: NDArray[np.bool_], day: int) -> None:
    """Bring every life of the changed territories to ``day`` under the rules in force."""
    for household in _living_in(department, changed):
        if household.settled < day:
            household.settle(float(day))
        household.disturb()


def resume_lives(department: Department, changed: NDArray[np.bool_], day: int) -> None:
    """New slow factors and dates for every life of the changed territories."""
    for household in _living_in(department, changed):
        household.resume(float(day))


def _living_in(department: Department, territories: NDArray[np.bool_]) -> Iterator[Household]:
    """Households of some territories that have not left for good."""
    for household in department.households:
        if household.benefit != Benefit.GONE and territories[household.office.territory]:
            yield household


def reorganise(department: Department, changed: NDArray[np.bool_], day: int) -> None:
    """Loads are weighed anew; ``changed`` rhythms (by territory, pathway, kind) hold at once."""
    for caseworker in department.caseworkers:
        caseworker.load = 0
    for person in department.beneficiaries:
        if person.is_supported:
            for follower in person.caseworkers:
                if follower is not None:
                    follower.load += person.weight
            person.follow_new_rhythms(changed[person.office.territory, person.pathway], day)


def reorganise_intake(department: Department, day: int) -> None:
    """Who waits for orientation follows the new rules of intake."""
    for person in department.beneficiaries:
        if person.support == Support.WAITING_ORIENTATION:
            person.follow_new_intake(day)


def reassign(department: Department, waves: NDArray[np.bool_], day: int) -> None:
    """Territories whose new organisation takes everyone in again."""
    for office in department.offices:
        if waves[office.territory]:
            office.take_everyone_in_again(day)
