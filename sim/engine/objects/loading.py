"""Between a ``State`` of arrays and a department of objects, both ways."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.agents.beneficiary import Beneficiary
from sim.agents.caseworker import Caseworker
from sim.agents.department import Department
from sim.agents.household import Household
from sim.agents.office import Office
from sim.engine.staffing import Post
from sim.engine.state import REMEMBERED_DAYS, State
from sim.population.layout import empty_households, empty_people
from sim.vocabulary import NO_INDEX, Benefit, Call, ExitReason, Support

PLACES = ("jobs_held", "actions_held", "activities_held", "supported", "followed")
"""Counts of an office, in the order of ``State.places``."""

HOUSEHOLD_LINKS = ("id", "first", "members", "territory")
PERSON_LINKS = ("household", "member", "post")
"""Columns that are links between objects, or an identity; all others are attributes."""

KINDS: dict[str, type] = {
    "benefit": Benefit,
    "reason": ExitReason,
    "support": Support,
    "is_stayer": bool,
    "has_duties": bool,
    "is_self_employed": bool,
    "call": Call,
    "is_increased": bool,
    "has_housing_support": bool,
}
"""Types of the attributes that are not plain numbers."""


def open_offices_and_posts(department: Department, territories: int, posts: Sequence[Post]) -> None:
    """One office per territory, one caseworker per post of the roster; all of them empty."""
    department.offices = [Office(department, territory) for territory in range(territories)]
    for row, post in enumerate(posts):
        caseworker = Caseworker(department, row, post.territory, post.role)
        department.caseworkers.append(caseworker)
        department.offices[post.territory].caseworkers.append(caseworker)


def load(department: Department, state: State, posts: tuple[Post, ...]) -> None:
    """Fill the offices of a department, whose rules are in force, with the people of a state."""
    rows, loads = state.on_roster(posts)
    for caseworker, load_of_post in zip(department.caseworkers, loads.tolist(), strict=True):
        caseworker.load = load_of_post
    for office in department.offices:
        _load_office(office, state)
    _load_households(department, state)
    _load_people(department, state, rows)


def _load_office(office: Office, state: State) -> None:
    territory = office.territory
    for name, places in zip(PLACES, state.places[:, territory].tolist(), strict=True):
        setattr(office, name, places)
    office.desks = state.desks[territory].tolist()
    office.next_candidate_time = float(state.arrival_time[territory])
    office.next_candidate_number = int(state.arrival_number[territory])
    office.candidate_hazard = float(state.arrival_hazard[territory])


def _load_households(department: Department, state: State) -> None:
    table = state.households
    rows = zip(table["id"].tolist(), table["territory"].tolist(), strict=True)
    for identity, territory in rows:
        household = Household(department, identity, department.offices[territory])
        department.households.append(household)
    _set_attributes(department.households, table, HOUSEHOLD_LINKS)
    for household, day in zip(department.households, state.agenda.tolist(), strict=True):
        household.agenda_day = day


def _load_people(department: Department, state: State, rows_of_posts: NDArray[np.int16]) -> None:
    table = state.people
    beneficiaries: list[Beneficiary] = []
    rows = zip(table["household"].tolist(), table["member"].tolist(), strict=True)
    for row, member in rows:
        household = department.households[row]
        household.adults.append(Beneficiary(household, member))
        beneficiaries.append(household.adults[-1])
    _set_attributes(beneficiaries, table, PERSON_LINKS)
    days, posts = state.office.tolist(), rows_of_posts.tolist()
    for person, day, held in zip(beneficiaries, days, posts, strict=True):
        person.office_day = day
        person.caseworkers = [
            None if post == NO_INDEX else department.caseworkers[post] for post in held
        ]
        if person.household.benefit == Benefit.GONE:
            person.remove()


def _set_attributes(things: Sequence[Any], table: NDArray[np.void], links: Iterable[str]) -> None:
    for name in table.dtype.names or ():
        if name not in links:
            kind = KINDS.get(name)
            for thing, value in zip(things, table[name].tolist(), strict=True):
                setattr(thing, name, value if kind is None else kind(value))


def dump(department: Department, day: int, posts: tuple[Post, ...]) -> State:
    """The present state of a department as arrays, without those who left for good long ago."""
    households = [home for home in department.households if _is_remembered(home, day)]
    people = [adult for home in households for adult in home.adults]
    offices = department.offices
    loads = [caseworker.load for caseworker in department.caseworkers]
    places = [[getattr(office, name) for office in offices] for name in PLACES]
    hazards = [office.candidate_hazard for office in offices]
    return State(
        day=day,
        households=_household_table(households),
        people=_people_table(people, households, len(department.nation.barrier_factor)),
        agenda=np.array([household.agenda_day for household in households], dtype=np.int16),
        office=np.array([person.office_day for person in people], dtype=np.int16),
        posts=posts,
        post_loads=np.array(loads, dtype=np.int64),
        places=np.array(places, dtype=np.int64),
        desks=np.array([office.desks for office in offices], dtype=np.int64),
        arrival_time=np.array([office.next_candidate_time for office in offices]),
        arrival_number=np.array([o.next_candidate_number for o in offices], dtype=np.int64),
        arrival_hazard=np.array(hazards, dtype=np.float64),
    )


def _is_remembered(household: Household, day: int) -> bool:
    return household.benefit != Benefit.GONE or household.since >= day - REMEMBERED_DAYS


def _household_table(households: Sequence[Household]) -> NDArray[np.void]:
    table = empty_households(len(households))
    members = np.array([len(household.adults) for household in households], dtype=np.int64)
    table["id"] = [household.identity for household in households]
    table["members"] = members
    table["first"] = np.cumsum(members) - members
    table["territory"] = [household.office.territory for household in households]
    _get_attributes(households, table, HOUSEHOLD_LINKS)
    return table


def _people_table(
    people: Sequence[Beneficiary], households: Sequence[Household], barriers: int
) -> NDArray[np.void]:
    table = empty_people(len(people), barriers)
    rows = range(len(households))
    table["household"] = [row for row in rows for _ in households[row].adults]
    table["member"] = [person.member for person in people]
    if people:
        table["post"] = [
            [NO_INDEX if caseworker is None else caseworker.row for caseworker in caseworkers]
            for caseworkers in (person.caseworkers for person in people)
        ]
        _get_attributes(people, table, PERSON_LINKS)
    return table


def _get_attributes(things: Sequence[Any], table: NDArray[np.void], links: Iterable[str]) -> None:
    if not things:
        return
    for name in table.dtype.names or ():
        if name not in links:
            table[name] = [getattr(thing, name) for thing in things]
