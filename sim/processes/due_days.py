"""Days on which contacts of somebody in support fall due, and on which the office looks."""

from __future__ import annotations

from sim.compiled import rule

DAYS_BETWEEN_RHYTHMS = 42
"""How often those are looked at whose rhythm may have become shorter meanwhile."""

DAYS_BETWEEN_LOOKS = 7
"""How often a caseworker goes through those who may be seen before they are due."""


@rule
def earliest_day(due: int, interval_days: int, shortest_days: int) -> int:
    """First day on which spare minutes may bring a contact forward."""
    return due - (interval_days - shortest_days)


@rule
def next_look(earliest: int, due: int, looked_on: int) -> int:
    """Day on which the office looks (again) at a contact that may be brought forward.

    ``looked_on`` is the day whose minutes did not suffice for it, or 0: it is looked at a week
    later, and when it is due.
    """
    if earliest > looked_on:
        return earliest
    return min(due, looked_on + DAYS_BETWEEN_LOOKS)


@rule
def contract_due_day(today: int, due_days: int, signed_on: int, renewal_days: int) -> int:
    """When an engagement contract falls due for somebody who enters support today.

    A contract that still runs (``signed_on`` is 0 without one) is only renewed at its term.
    """
    soonest = today + due_days
    if signed_on > 0 and signed_on + renewal_days > soonest:
        return signed_on + renewal_days
    return soonest


@rule
def first_due_day(today: int, last_contact: int, interval_days: int, soonest_days: int) -> int:
    """When somebody who enters support today is due: sooner if no recent contact still counts.

    ``last_contact`` is 0 without any contact.
    """
    if last_contact > 0 and last_contact + interval_days > today:
        return last_contact + interval_days
    return today + min(soonest_days, interval_days)
