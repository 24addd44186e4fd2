"""Contacts: due dates, attendance, and what becomes of a contact that was not held."""

from __future__ import annotations

from sim.compiled import rule

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
def is_lapsed(due: int, today: int, interval_days: int) -> bool:
    """A contact not held within one interval of its due date is never held."""
    return today >= due + interval_days


@rule
def renewed_due(due: int, today: int, interval_days: int) -> int:
    """Due date after lapsing: whole intervals later, without backlog, within one of today."""
    return due + (today - due) // interval_days * interval_days


@rule
def no_show_probability(share: float, multiplier: float) -> float:
    """Chance that the person does not come, cut at one."""
    return min(1.0, share * multiplier)


@rule
def missed_minutes(minutes: int, share: float) -> int:
    """Minutes that a no-show costs the caseworker."""
    return int(minutes * share)


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
