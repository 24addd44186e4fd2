"""Parameters by name, as they hold from one time on: what the naive replay knows of a department.

Nothing here reads a packed array. What the law gives is computed from its own amounts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from statistics import NormalDist

from sim.engine.run_plan import RunPlan
from sim.money.law.in_force import nearest_law
from sim.money.law.typical import mean_counted_benefits_eur
from sim.parameters import Parameters
from sim.units import CENTS_PER_EUR, date_of, day_number

NORMAL = NormalDist()
LATENT_CLASSES = 5
NATIONAL_LIFE = (
    "actions.",
    "allowance.housing_support_share",
    "barrier_effects.",
    "barriers.",
    "benefit.",
    "calendar.refresh_days",
    "education.",
    "effects.",
    "frailty.",
    "household_types.",
    "inflow.candidate_factor",
    "job_finding.",
    "job_types.",
    "population.",
    "stayers.",
    "unemployment.",
    "wages.",
)
"""Beginnings of the names of what the lives of the whole department are made of."""
NO_LIFE = (
    "effects.early_contact_boost",
    "effects.early_contact_half_life_days",
    "benefit.declaration_lag_months",
    "effects.displacement_share",
    "population.adults_per_household",
    "population.duties_share",
    "population.self_employed_share",
    "wages.full_time_eur",
    "wages.index",
)
"""Names among them that only offices or the allowance read."""
NO_LIFE_OF_BARRIERS = (
    "detection_sensitivity",
    "detection_specificity",
    "pathway_weight",
    "waives_activity",
)
LIFE_OF_TERRITORY = ("market_level", "event_factor", "reassignment_wave")
LIFE_OF_PATHWAY = ("activity_hours", "activity_ramp_days", "follow_up_interval_days")


@dataclass
class Regime:
    """The parameters that hold from a time on; dated ones are those of the day ``when``.

    ``since`` is in days from the epoch. ``is_history``: the years before any office, in which
    everyone has the reference intensity of support.
    """

    parameters: Parameters
    when: date
    seed: int
    since: float = 0.0
    is_history: bool = False
    _numbers: dict[str, float] = field(default_factory=dict)
    _labels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _touched: dict[int, bool] = field(default_factory=dict)

    def number(self, path: str) -> float:
        """The number of that name."""
        found = self._numbers.get(path)
        if found is None:
            found = self._numbers[path] = float(self.parameters.number(path))
        return found

    def labels(self, group: str) -> tuple[str, ...]:
        """The names of a group's members."""
        found = self._labels.get(group)
        if found is None:
            found = self._labels[group] = self.parameters.labels(group)
        return found

    def number_on_date(self, path: str) -> float:
        """The number of a dated name."""
        value = self.parameters.value_on(path, self.when)
        assert isinstance(value, int | float)
        return float(value)

    def territory(self, index: int) -> str:
        """Beginning of the names of a territory's parameters."""
        return f"territories.{self.labels('territories')[index]}"

    def organisation(self, territory: int, pathway: int) -> str:
        """Beginning of the names of a pathway's parameters in a territory."""
        return f"{self.territory(territory)}.pathways.{self.labels('pathways')[pathway]}"

    @cached_property
    def grid_days(self) -> float:
        """Days between two looks at the slow factors."""
        return self.number("history.refresh_days" if self.is_history else "calendar.refresh_days")

    @cached_property
    def full_time_wage_cents(self) -> int:
        """Monthly pay of a full-time job, at the prices of the day."""
        index = self.number_on_date("wages.index")
        return round(CENTS_PER_EUR * (self.number("wages.full_time_eur") * index))

    def saturation(self, level: float) -> float:
        """Share of the full effect that a level of contacts a month reaches."""
        return 1.0 - math.exp(-level / self.number("effects.contact_saturation_per_month"))

    @cached_property
    def reference_saturation(self) -> float:
        """The share that the reference intensity reaches."""
        return self.saturation(self.number("effects.reference_contacts_per_month"))

    def activity_effect(self, weekly_hours: float) -> float:
        """Factor of job finding under so many hours of activity."""
        reached = 1 - math.exp(-weekly_hours / self.number("effects.activity_saturation_hours"))
        return 1.0 + self.number("effects.activity_size") * reached

    @cached_property
    def reference_support(self) -> float:
        """Factor of job finding under the reference intensity."""
        contacts = 1.0 + self.number("effects.contact_size") * self.reference_saturation
        return contacts * self.activity_effect(self.number("effects.reference_activity_hours"))

    def pick(self, group: str, u: float, shares: Iterable[float] | None = None) -> int:
        """Index of the member of a group that a uniform falls on."""
        labels = self.labels(group)
        if shares is None:
            shares = [self.number(f"{group}.{label}.share") for label in labels]
        total = 0.0
        for index, share in enumerate(shares):
            total += share
            if u < total:
                return index
        return len(labels) - 1

    def household_kind(self, u: float) -> int:
        """The type of a household that enters."""
        weights = [
            self.number(f"household_types.{kind}.share")
            * self.number(f"household_types.{kind}.entry_factor")
            for kind in self.labels("household_types")
        ]
        return self.pick("household_types", u, [weight / sum(weights) for weight in weights])

    def prevalence(self, barrier: int, latent: int) -> float:
        """Share of the people of a latent class who have a barrier in the long run."""
        return self._prevalences[barrier][latent]

    @cached_property
    def _prevalences(self) -> list[list[float]]:
        correlation = self.number("population.barrier_latent_correlation")
        found = []
        for label in self.labels("barriers"):
            overall = self.number(f"barriers.{label}.prevalence")
            if overall in (0.0, 1.0):
                found.append([overall] * LATENT_CLASSES)
                continue
            limit = NORMAL.inv_cdf(overall)
            given = []
            for latent in range(LATENT_CLASSES):
                middle = NORMAL.inv_cdf((latent + 0.5) / LATENT_CLASSES)
                pulled = limit + math.sqrt(correlation) * middle
                given.append(NORMAL.cdf(pulled / math.sqrt(1.0 - correlation)))
            mean = sum(given) / LATENT_CLASSES
            found.append([min(share * overall / mean, 1.0) for share in given])
        return found

    def break_even_cents(self, kind: int, *, is_housed: bool, is_increased: bool) -> int:
        """Monthly earnings from which a type of household receives nothing."""
        key = (kind, is_housed, is_increased)
        found = self._break_even.get(key)
        if found is None:
            found = self._break_even[key] = self._computed_break_even(*key)
        return found

    @cached_property
    def _break_even(self) -> dict[tuple[int, bool, bool], int]:
        return {}

    def _computed_break_even(self, kind: int, is_housed: bool, is_increased: bool) -> int:
        """The legal scale: code de l'action sociale et des familles, L262-2 and R262-1."""
        label = self.labels("household_types")[kind]
        adults = int(self.number(f"household_types.{label}.adults"))
        children = int(self.number(f"household_types.{label}.children"))
        base = CENTS_PER_EUR * self.number_on_date("allowance.base_eur")
        second = self.number("allowance.coefficient_second_person")
        child = self.number("allowance.coefficient_child")
        third = self.number("allowance.coefficient_third_child")
        # The second person is the partner, or the first child of somebody alone.
        coefficients = [1.0] + [second] * (adults - 1)
        coefficients += [third if rank >= 3 else child for rank in range(1, children + 1)]
        if adults == 1 and children > 0:
            coefficients[1] = second
        scale = base * sum(coefficients)
        if is_increased:
            scale = base * (
                self.number("allowance.increased_base")
                + children * self.number("allowance.increased_child")
            )
        if is_housed:
            persons = min(adults + children, 3)
            amount_of_persons = base * sum([1.0, second, child][:persons])
            scale -= amount_of_persons * self.number(f"allowance.housing_deduction_{persons}")
        scale -= CENTS_PER_EUR * mean_counted_benefits_eur(
            nearest_law(self.when, self.parameters),
            adults,
            children,
            self.parameters.numbers("family_benefits.age_shares"),
            is_increased=is_increased,
        )
        return max(math.floor(scale + 0.5), 0)

    def touches_lives(self, before: Regime, territory: int) -> bool:
        """Whether lives in a territory go on otherwise than under the regime just before."""
        if territory not in self._touched:
            self._touched[territory] = self._touches(before, territory)
        return self._touched[territory]

    def _touches(self, before: Regime, territory: int) -> bool:
        names = [name for name in self.parameters.paths() if _is_of_every_life(name)]
        place = self.territory(territory)
        names += [f"{place}.{name}" for name in LIFE_OF_TERRITORY]
        for pathway in range(len(self.labels("pathways"))):
            rows = self.organisation(territory, pathway)
            names += [f"{rows}.{name}" for name in LIFE_OF_PATHWAY]
        return any(self.parameters.value(n) != before.parameters.value(n) for n in names)


def _is_of_every_life(name: str) -> bool:
    if name in NO_LIFE or not name.startswith(NATIONAL_LIFE):
        return False
    is_barrier = name.startswith("barriers.")
    return not (is_barrier and name.rsplit(".", 1)[-1] in NO_LIFE_OF_BARRIERS)


def regimes_of(plan: RunPlan, seed: int, working_days: list[int]) -> list[Regime]:
    """The regimes of a run, in order of time.

    What changes on a date takes effect when the offices are next open, and on lives from the day
    after they were last open.
    """
    start = day_number(plan.start)
    found = {start: Regime(plan.base, plan.start, seed, float(start))}
    for when, parameters in plan.timeline(plan.start, date_of(plan.end_day))[1:]:
        ahead = [day for day in working_days if day >= day_number(when)]
        if ahead:
            before = [day for day in working_days if day < ahead[0]]
            since = before[-1] + 1 if before else start
            found[since] = Regime(parameters, date_of(ahead[0]), seed, float(since))
    return [found[since] for since in sorted(found)]
