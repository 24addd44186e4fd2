"""Rules of who supports whom: pathways that lead somewhere, roles that have something to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from sim.errors import Fault
from sim.parameters.rule import Rule, Values
from sim.vocabulary import MAXIMUM_ROLES_PER_PATHWAY

BANDS = ("low", "middle", "high")
EVERYONE = "everyone"
WORK_OF_A_TERRITORY = (
    "intake.attending_roles",
    "intake.call_roles",
    "intake.limit_roles",
    "workshop.attending_roles",
)
"""What a role may do in a territory beside serving a pathway."""


@dataclass(frozen=True, slots=True)
class AttendanceExists:
    """A pathway served by one role names no second role as attending."""

    attendance: str
    roles: str

    @property
    def paths(self) -> tuple[str, ...]:
        """Who attends, and the roles of the pathway."""
        return self.attendance, self.roles

    def fault(self, values: Values, file: str) -> Fault | None:
        """The fault if a second role is named where there is one role."""
        roles = values[self.roles]
        if values[self.attendance] != "second" or (isinstance(roles, tuple) and len(roles) > 1):
            return None
        return Fault(file, self.attendance, "second", f"all or first: {self.roles} has one role")


@dataclass(frozen=True, slots=True)
class FewRoles:
    """A pathway is served by one role or by a pair."""

    roles: str

    @property
    def paths(self) -> tuple[str, ...]:
        """The roles of the pathway."""
        return (self.roles,)

    def fault(self, values: Values, file: str) -> Fault | None:
        """The fault if there are more roles than the model knows."""
        roles = values[self.roles]
        if not isinstance(roles, tuple) or len(roles) <= MAXIMUM_ROLES_PER_PATHWAY:
            return None
        accepted = f"at most {MAXIMUM_ROLES_PER_PATHWAY} roles"
        return Fault(file, self.roles, f"{len(roles)} roles", accepted)


@dataclass(frozen=True, slots=True)
class RoleServes:
    """A role serves a pathway, an intake, a telephone platform or a workshop.

    A role that only scenarios put to work says so, and has nothing to serve before.
    """

    role: str
    work: tuple[str, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """Every list of roles that may name the role, and whether it waits for a scenario."""
        return (self._waits, *self.work)

    @property
    def _waits(self) -> str:
        return f"roles.{self.role}.scenario_only"

    def fault(self, values: Values, file: str) -> Fault | None:
        """The fault if nothing names the role."""
        if values[self._waits] is True:
            return None
        for path in self.work:
            named = values[path]
            if isinstance(named, tuple) and self.role in named:
                return None
        accepted = (
            "a role that serves a pathway, an intake, a telephone platform or a workshop, "
            f"or {self._waits}: true"
        )
        return Fault(file, f"roles.{self.role}", "a role that serves nothing", accepted)


@dataclass(frozen=True, slots=True)
class CoversBands:
    """The seen points lead somewhere: the last pathway of each band takes whoever is left."""

    pathways: tuple[str, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """The band and the public of every pathway."""
        fields = ("rule", "public")
        return tuple(f"pathways.{name}.{field}" for name in self.pathways for field in fields)

    def fault(self, values: Values, file: str) -> Fault | None:
        """The fault if a band has no pathway, or a last one that is not for everyone."""
        last = {
            str(values[f"pathways.{name}.rule"]): values[f"pathways.{name}.public"]
            for name in self.pathways
        }
        missing = [band for band in BANDS if last.get(band) != EVERYONE]
        if not missing:
            return None
        found = f"nowhere to go for everyone left in the band {' and '.join(missing)}"
        accepted = f"low, middle and high, the last pathway of each for {EVERYONE}"
        return Fault(file, "pathways.*.rule", found, accepted)


def support_rules(labels: Mapping[str, Sequence[str]]) -> tuple[Rule, ...]:
    """The rules of support of a department with the given labels."""
    territories, pathways = labels["territories"], labels["pathways"]
    serving = [f"pathways.{pathway}.roles" for pathway in pathways]
    places = product(territories, WORK_OF_A_TERRITORY)
    work = (*serving, *(f"territories.{territory}.{what}" for territory, what in places))
    rules: list[Rule] = [RoleServes(role, work) for role in labels["roles"]]
    rules.extend(FewRoles(path) for path in serving)
    rules.append(CoversBands(tuple(pathways)))
    for territory, pathway in product(territories, pathways):
        own = f"territories.{territory}.pathways.{pathway}"
        for what in ("contact_attendance", "appointment_attendance"):
            rules.append(AttendanceExists(f"{own}.{what}", f"pathways.{pathway}.roles"))
    return tuple(rules)
