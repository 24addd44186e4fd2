"""The order of the day: the one list that both walkers follow and that the documentation prints.

Every stage covers all territories before the next one begins.
"""

from __future__ import annotations

ORDER_OF_THE_DAY: tuple[tuple[str, str], ...] = (
    (
        "policy dates",
        "Parameters that change today, or changed since the offices were last open, take effect.",
    ),
    (
        "lives since the last working day",
        "Barriers, job finding, job ends, exits and returns happen, each on its own date.",
    ),
    (
        "arrivals",
        "Households that enter the benefit for the first time join the caseload.",
    ),
    (
        "staff changes (leavers' portfolios)",
        "The portfolios of caseworkers who leave their post are redistributed.",
    ),
    (
        "calls",
        "Operators of a telephone platform answer who is ready, and orient or give an appointment.",
    ),
    (
        "intake sessions",
        "Territories that hold a session see the invited people, within desks and minutes.",
    ),
    (
        "limit of orientation",
        "Who waited longer than the law allows is oriented without a session, as minutes last.",
    ),
    (
        "pathway assignment",
        "People received by any of the three are assessed and assigned to a pathway.",
    ),
    (
        "portfolio assignment",
        "People who wait for a caseworker join a portfolio that has room, by priority and date.",
    ),
    (
        "workshops",
        "Territories that hold a workshop receive the people invited, within places and minutes.",
    ),
    (
        "contacts and appointments",
        "Caseworkers serve the contacts that are due until the minutes of the day are used.",
    ),
    (
        "contracts and sanctions",
        "Engagement contracts are signed or renewed and repeated breaches are dealt with.",
    ),
    (
        "books",
        "The events and minutes of the day are added to the ledger; a month is closed if it ends.",
    ),
)
"""Stages of a working day: (name, one sentence)."""
