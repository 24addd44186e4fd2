"""Staff posts: which exist, and what the parameters of a date say of them.

A full-time equivalent is split in posts of one and a last fractional post. A post is known by
its territory, its role, whether it is an additional one, and its number: added posts take new
numbers and removals take the highest ones. What happens to a post is keyed by that identity
(``sim.engine.post_luck``), so it never depends on other posts or on people.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.parameters import Parameters
from sim.randomness import key_of
from sim.vocabulary import post_id

PERSON_HUNDREDTHS = 100
ROUNDING = 1e-9
"""Absorbs binary fractions (0.29 x 100) before a quantity is cut to a whole number."""


@dataclass(frozen=True, slots=True, order=True)
class Post:
    """The identity of one post; ``territory`` and ``role`` are indices of the tables.

    The field order is the row order of a roster: base posts before additional ones.
    """

    is_additional: bool
    territory: int
    role: int
    number: int

    def key(self, seed: int) -> int:
        """The key of the post's chance under a seed."""
        who = post_id(self.territory, self.role, self.is_additional, self.number)
        return int(key_of(seed, who))


@dataclass(frozen=True, slots=True)
class PostTerms:
    """What the parameters of a date say of one post; shares are between 0 and 1."""

    fte_share: float
    contact_minutes_per_day: float
    portfolio_cap: float
    sickness_hazard: float
    sickness_mean_days: float
    leave_weeks: int
    turnover_hazard: float
    recruitment_delay_days: float
    replacement_delay_days: float
    learning_months: float
    learning_start_share: float

    @property
    def is_funded(self) -> bool:
        """Whether the post exists at that date."""
        return self.fte_share > 0.0

    def productivity(self, months_since_hired: int) -> float:
        """Share of a full caseworker's work, rising by monthly steps while the holder learns."""
        if months_since_hired >= self.learning_months:
            return 1.0
        learned = months_since_hired / self.learning_months
        return self.learning_start_share + (1.0 - self.learning_start_share) * learned

    def minutes(self, productivity: float) -> int:
        """Minutes for contacts and intake on a day of presence."""
        return _whole(self.contact_minutes_per_day * self.fte_share * productivity)

    def capacity(self, productivity: float) -> int:
        """Portfolio capacity, in hundredths of a person."""
        return _whole(PERSON_HUNDREDTHS * self.portfolio_cap * self.fte_share * productivity)


def roster(parameters_by_date: Sequence[tuple[date, Parameters]]) -> tuple[Post, ...]:
    """Every post that exists at any of the dates, in row order."""
    each = {id(parameters): parameters for _, parameters in parameters_by_date}
    return tuple(sorted({post for parameters in each.values() for post in _funded(parameters)}))


def team_rows(posts: Sequence[Post], territories: int, roles: int) -> NDArray[np.int64]:
    """Where the posts of each territory and role stand in a roster: [territory, role, 4].

    The first row of the base posts and the one after the last; the same of the additional ones.
    """
    rows = np.zeros((territories, roles, 2, 2), np.int64)
    for row, post in enumerate(posts):
        part = rows[post.territory, post.role, int(post.is_additional)]
        if part[1] == 0:
            part[0] = row
        part[1] = row + 1
    return rows.reshape(territories, roles, 4)


def post_terms(parameters: Parameters, posts: Sequence[Post]) -> tuple[PostTerms, ...]:
    """The terms of every post of a roster under the parameters of a date."""
    funded = _funded(parameters)
    terms: list[PostTerms] = []
    known: dict[tuple[int, int, float], PostTerms] = {}
    for post in posts:
        group = (post.territory, post.role, funded.get(post, 0.0))
        if group not in known:
            known[group] = _terms(parameters, *group)
        terms.append(known[group])
    return tuple(terms)


def _funded(parameters: Parameters) -> dict[Post, float]:
    """The posts that the parameters pay for, each with its share of a full-time post."""
    shares: dict[Post, float] = {}
    for territory, territory_label in enumerate(parameters.labels("territories")):
        for role, role_label in enumerate(parameters.labels("roles")):
            staff = f"territories.{territory_label}.staff.{role_label}"
            for is_additional, name in ((False, "fte"), (True, "additional_fte")):
                fte = parameters.number(f"{staff}.{name}")
                for number in range(math.ceil(fte - ROUNDING)):
                    share = round(min(1.0, fte - number), 9)
                    shares[Post(is_additional, territory, role, number)] = share
    return shares


def _terms(parameters: Parameters, territory: int, role: int, fte_share: float) -> PostTerms:
    territory_label = parameters.labels("territories")[territory]
    role_label = parameters.labels("roles")[role]
    outside = parameters.number("calendar.time_outside_contacts_share")
    cap = f"territories.{territory_label}.staff.{role_label}.portfolio_cap"
    return PostTerms(
        fte_share=fte_share,
        contact_minutes_per_day=parameters.number("calendar.minutes_per_day") * (1.0 - outside),
        portfolio_cap=parameters.number(cap),
        sickness_hazard=parameters.number("staffing.sickness_hazard"),
        sickness_mean_days=parameters.number("staffing.sickness_mean_days"),
        leave_weeks=_whole(parameters.number("staffing.leave_weeks")),
        turnover_hazard=parameters.number("staffing.turnover_hazard"),
        recruitment_delay_days=parameters.number("staffing.recruitment_delay_days"),
        replacement_delay_days=parameters.number("staffing.replacement_delay_days"),
        learning_months=parameters.number("staffing.learning_months"),
        learning_start_share=parameters.number("staffing.learning_start_share"),
    )


def _whole(quantity: float) -> int:
    return math.floor(quantity + ROUNDING)
