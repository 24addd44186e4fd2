"""What kept series say of today's level, staff and delay: the figures that a study starts from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from brought.spelling import squeezed
from sim.parameters import Parameters
from ui.own_data.monthly import MONTHS_PER_YEAR, by_month
from ui.own_data.store import OwnSeries
from ui.texts import LANGUAGES

DECIMALS = 1
ORIENTATION, CASEWORKER = "orientation_days", "caseworker_days"
"""The delays that a series may tell, by their columns."""


@dataclass(frozen=True)
class Level:
    """Households in the last whole month of a series."""

    households: int
    month: str
    title: str


@dataclass(frozen=True)
class Posts:
    """Full-time equivalents and mean portfolios (weighted by posts) by role, as it is written."""

    fte: Mapping[str, float]
    portfolio: Mapping[str, float]
    title: str

    @property
    def total(self) -> float:
        """All posts."""
        return sum(self.fte.values())


@dataclass(frozen=True)
class Delay:
    """The mean delay of the last year that a series tells."""

    days: float
    first: str
    last: str
    title: str


def level_of(kept: Iterable[OwnSeries]) -> Level | None:
    """The level of the series of households that was kept last; None without one."""
    for one in kept:
        if one.kind != "caseload":
            continue
        monthly = by_month(one.rows, "households")
        for month, value in zip(reversed(monthly.months), reversed(monthly.values), strict=True):
            if math.isfinite(value) and value >= 1.0:
                return Level(round(float(value)), month, one.title)
    return None


def posts_of(kept: Iterable[OwnSeries]) -> Posts | None:
    """The posts of the table that was kept last; None without one."""
    one = next((one for one in kept if one.kind == "posts"), None)
    if one is None:
        return None
    fte: dict[str, float] = {}
    portfolios: dict[str, list[tuple[float, float]]] = {}
    for row in one.rows:
        role, posts = str(row["role"]), float(row.get("fte") or 0.0)
        fte[role] = fte.get(role, 0.0) + posts
        if isinstance(row.get("portfolio"), int | float) and posts > 0.0:
            portfolios.setdefault(role, []).append((float(row["portfolio"]), posts))
    means = {role: _weighted(known) for role, known in portfolios.items()}
    return Posts(fte, means, one.title)


def delay_of(kept: Iterable[OwnSeries], column: str = ORIENTATION) -> Delay | None:
    """The delay of a column of the last series that tells one; None without one."""
    for one in kept:
        if one.kind != "delays":
            continue
        monthly = by_month(one.rows, column)
        known = [
            (month, float(value))
            for month, value in zip(monthly.months, monthly.values, strict=True)
            if math.isfinite(value)
        ][-MONTHS_PER_YEAR:]
        if known:
            mean = float(np.mean([value for _, value in known]))
            return Delay(round(mean, DECIMALS), known[0][0], known[-1][0], one.title)
    return None


def role_meant(written: str, base: Parameters, roles: Sequence[str]) -> str | None:
    """The role of the model that is written so; None where none is, or several are."""
    asked = squeezed(written)
    names = {
        role: {squeezed(base.label_text("roles", role, one)) for one in LANGUAGES}
        | {squeezed(role)}
        for role in roles
    }
    exact = [role for role, known in names.items() if asked in known]
    alike = [role for role, known in names.items() if any(asked in one for one in known)]
    found = exact or alike
    return found[0] if len(found) == 1 and asked else None


def staff_values(
    base: Parameters, posts: Posts, roles: Mapping[str, str | None], used: Sequence[str]
) -> dict[str, float]:
    """Posts and portfolios by parameter path, shared among territories as they are published.

    ``roles``: the role of the model for each one that is written; ``used``: those that the model
    has work for, which have no posts where the table names none.
    """
    fte = dict.fromkeys(used, 0.0)
    sizes: dict[str, list[tuple[float, float]]] = {}
    for written, role in roles.items():
        if role is None:
            continue
        fte[role] = fte.get(role, 0.0) + posts.fte[written]
        if written in posts.portfolio:
            known = (posts.portfolio[written], posts.fte[written])
            sizes.setdefault(role, []).append(known)
    found: dict[str, float] = {}
    places = base.labels("territories")
    for role, total in fte.items():
        own = [base.number(f"territories.{place}.staff.{role}.fte") for place in places]
        whole = sum(own)
        for place, part in zip(places, own, strict=True):
            share = part / whole if whole else 1.0 / len(places)
            staff = f"territories.{place}.staff.{role}"
            found[f"{staff}.fte"] = round(total * share, 3)
            if role in sizes:
                mean = _weighted(sizes[role])
                found[f"{staff}.portfolio_cap"] = round(mean, DECIMALS)
    return found


def _weighted(known: Sequence[tuple[float, float]]) -> float:
    """The mean of values with their weights."""
    values, weights = zip(*known, strict=True)
    return float(np.average(values, weights=weights))
