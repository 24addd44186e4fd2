"""The rule of arrivals: first entries stay within the candidates from which they are taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.errors import Fault
from sim.parameters.rule import Rule, Values, number

SEASON, ELASTICITY = "inflow.season", "inflow.market_elasticity"
CANDIDATES = "inflow.candidate_factor"


@dataclass(frozen=True, slots=True)
class ArrivalsAreCandidates:
    """In no month first entries exceed the candidates for arrival of a territory.

    A rate is judged as it is told, in hundredths of the reference rate.
    """

    territory: str

    @property
    def paths(self) -> tuple[str, ...]:
        """What makes the rate of a territory, and its bound."""
        return self._multiplier, self._market, SEASON, ELASTICITY, CANDIDATES

    @property
    def _multiplier(self) -> str:
        return f"territories.{self.territory}.inflow_multiplier"

    @property
    def _market(self) -> str:
        return f"territories.{self.territory}.market_level"

    def fault(self, values: Values, file: str) -> Fault | None:
        """The fault if the rate of the highest month is above the bound."""
        season = values[SEASON]
        months = season if isinstance(season, tuple) else ()
        rate = highest_arrivals(
            [float(item) for item in months if isinstance(item, int | float)],
            number(values, self._multiplier),
            number(values, self._market),
            number(values, ELASTICITY),
        )
        bound = number(values, CANDIDATES)
        if round(rate, 2) <= bound:
            return None
        found = f"arrivals up to {rate:.2f} × the reference rate"
        return Fault(file, self._multiplier, found, f"at most {bound:g} × it in any month")


def highest_arrivals(
    season: Sequence[float], multiplier: float, market: float, elasticity: float
) -> float:
    """First entries of the highest month, times the reference rate."""
    rate = max(season, default=0.0) * multiplier
    return rate * market**elasticity if rate > 0.0 else rate


def arrival_rules(labels: Mapping[str, Sequence[str]]) -> tuple[Rule, ...]:
    """One rule for each territory."""
    return tuple(ArrivalsAreCandidates(territory) for territory in labels["territories"])
