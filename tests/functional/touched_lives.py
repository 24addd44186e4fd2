"""Interventions of every kind, between two working days, on some of the people of a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from sim import Beneficiary, DepartmentModel
from sim.agents.view_sets import PeopleSet

EVERY_DAYS = 7
SHARE_OF_PEOPLE = 0.15


def may(person: Beneficiary, what: str) -> bool:
    """Whether an act fits where the person stands; what the others do is refused."""
    if what in ("end_occupation", "lose_contract"):
        return person.job is not None
    if what in ("orient", "start_support"):
        return bool(person.support == NEEDED[what])
    if what == "switch_pathway":
        return person.support in ("waiting_caseworker", "supported")
    if what in ("leave_rsa", "be_sanctioned"):
        return person.is_on_rsa
    return what != "enter_rsa" or not person.is_on_rsa


NEEDED = {"orient": "waiting_orientation", "start_support": "waiting_caseworker"}
ACTS: Mapping[str, Callable[[Beneficiary], object]] = {
    "change": lambda one: one.change(frailty=2.0 * one.frailty, has_housing_support=True),
    "meet": lambda one: one.meet(2.0),
    "find_occupation": lambda one: one.find_occupation(),
    "end_occupation": lambda one: one.end_occupation(),
    "lose_contract": lambda one: one.lose_contract(),
    "gain_barrier": lambda one: one.gain_barrier("health"),
    "lift_barrier": lambda one: one.lift_barrier("mobility"),
    "leave_class_of_stayers": lambda one: one.leave_class_of_stayers(),
    "orient": lambda one: one.orient(),
    "start_support": lambda one: one.start_support(),
    "switch_pathway": lambda one: one.switch_pathway("employment"),
    "leave_rsa": lambda one: one.household.leave_rsa("interruption"),
    "enter_rsa": lambda one: one.household.enter_rsa(),
    "be_sanctioned": lambda one: one.be_sanctioned(),
}
"""By name; a move is apart, since it leads to other territories."""


def touch(people: PeopleSet, number: int) -> Counter[str]:
    """Each of some people meets the acts that their own chance gives them."""
    done: Counter[str] = Counter()
    for person in list(people):
        for what, act in ACTS.items():
            is_drawn = person.chance(what, number) < SHARE_OF_PEOPLE
            if is_drawn and person.is_here and may(person, what):
                act(person)
                done[what] += 1
    return done


def live(model: DepartmentModel, people: PeopleSet) -> Counter[str]:
    """Live to the end; a week after the first day, and every week, people are touched."""
    done: Counter[str] = Counter()
    while model.running:
        model.step()
        if model.steps % EVERY_DAYS == 0 and model.running:
            done += touch(people, model.steps)
    return done
