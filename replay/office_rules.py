"""What offices go by, read by name: rhythms, roles, places, sessions, sanctions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from replay.regime import Regime
from sim.units import DAYS_PER_MONTH
from sim.vocabulary import Contact

FULL_WEIGHT = 100
"""Weight of a supported person in a portfolio, in hundredths."""
LOOKS_THAT_COUNT = 4
BANDS = ("low", "middle", "high")
KINDS_OF_RHYTHM = (Contact.CONTACT, Contact.APPOINTMENT)
"""What spare time makes more frequent."""
KINDS_OF_SUPPORT = (Contact.CONTACT, Contact.APPOINTMENT, Contact.CONTRACT)


@dataclass(frozen=True)
class Rhythm:
    """One kind of contact in a pathway of a territory; days, minutes, positions that attend."""

    interval: int
    shortest: int
    minutes: int
    attendance: tuple[int, ...]


class OfficeRules:
    """The rules of all offices under one regime, and the rhythm that they hold so far.

    ``time``: thousandths of minutes a day by territory and role; ``held``: days by territory,
    pathway and kind. Both outlive a regime.
    """

    def __init__(
        self,
        regime: Regime,
        time: dict[tuple[int, int], int],
        held: dict[tuple[int, int, int], int],
    ) -> None:
        self.regime = regime
        self.time, self.held = time, held
        self._rhythms: dict[tuple[int, int, int], Rhythm] = {}

    def number(self, name: str) -> float:
        """A number by name."""
        return self.regime.number(name)

    def at(self, territory: int, name: str) -> int:
        """A whole number of a territory."""
        return int(self.number(f"{self.regime.territory(territory)}.{name}"))

    def share_at(self, territory: int, name: str) -> float:
        """A share of a territory."""
        return self.number(f"{self.regime.territory(territory)}.{name}")

    def roles_at(self, territory: int, name: str) -> list[int]:
        """Roles that a territory names for a task, in the order of the tables."""
        named = self.regime.parameters.words(f"{self.regime.territory(territory)}.{name}")
        return [i for i, role in enumerate(self.regime.labels("roles")) if role in named]

    def of_pathway(self, territory: int, pathway: int, name: str) -> float:
        """A number of a pathway in a territory."""
        return self.number(f"{self.regime.organisation(territory, pathway)}.{name}")

    def days(self, territory: int, pathway: int, name: str) -> int:
        """A number of months of a pathway in a territory, in whole days."""
        return int(self.of_pathway(territory, pathway, name) * DAYS_PER_MONTH + 0.5)

    def roles_of(self, pathway: int) -> list[int]:
        """Roles that serve a pathway, in the order in which they sit in a pair."""
        label = self.regime.labels("pathways")[pathway]
        roles = self.regime.labels("roles")
        return [roles.index(w) for w in self.regime.parameters.words(f"pathways.{label}.roles")]

    def follow_up_weight(self, territory: int, pathway: int) -> int:
        """Weight in a portfolio of somebody followed in the job, in hundredths."""
        return round(self.of_pathway(territory, pathway, "follow_up_weight") * FULL_WEIGHT)

    def rhythm(self, territory: int, pathway: int, kind: int) -> Rhythm:
        """How a kind of contact is held."""
        key = (territory, pathway, kind)
        if key not in self._rhythms:
            self._rhythms[key] = self._read_rhythm(*key)
        return self._rhythms[key]

    def _read_rhythm(self, territory: int, pathway: int, kind: int) -> Rhythm:
        prefix, name = self.regime.organisation(territory, pathway), Contact(kind).name.lower()
        who = "first" if kind == Contact.FOLLOW_UP else "all"
        if kind in (Contact.CONTACT, Contact.APPOINTMENT):
            interval = int(self.number(f"{prefix}.{name}_interval_days"))
            shortest = int(self.number(f"{prefix}.{name}_shortest_days"))
            who = self.regime.parameters.word(f"{prefix}.{name}_attendance")
        else:
            field = "contract_renewal" if kind == Contact.CONTRACT else "follow_up_interval"
            interval = shortest = int(self.number(f"{prefix}.{field}_days"))
        positions = range(len(self.roles_of(pathway)))
        attending = tuple(positions) if who == "all" else (("first", "second").index(who),)
        if len(positions) == 1:
            attending = (0,)
        minutes = int(self.number(f"{prefix}.{name}_minutes"))
        return Rhythm(interval, shortest, minutes, attending)

    def held_days(self, territory: int, pathway: int, kind: int) -> int:
        """Days between two contacts of a kind as they are held; as promised until known."""
        rhythm = self.rhythm(territory, pathway, kind)
        held = self.held.get((territory, pathway, kind), 0)
        if held == 0 or kind not in KINDS_OF_RHYTHM:
            return rhythm.interval
        return min(max(held, rhythm.shortest), rhythm.interval)

    def of_contact(self, kind: int, name: str) -> float:
        """A number of a kind of contact."""
        return self.number(f"contact_types.{Contact(kind).name.lower()}.{name}")

    def of_ladder(self, name: str) -> float:
        """A number of the ladder of sanctions in force."""
        ladder = self.regime.parameters.value_on("sanctions.ladder", self.regime.when)
        return self.number(f"ladders.{ladder}.{name}")

    def has_in_ladder(self, name: str) -> bool:
        """Whether the ladder of sanctions in force provides for something."""
        ladder = self.regime.parameters.value_on("sanctions.ladder", self.regime.when)
        return self.number(f"ladders.{ladder}.{name}") == 1.0

    def intake_no_show(self, territory: int) -> float:
        """Share of invited people who do not come: after a call, that of the channel of calls."""
        parameters = self.regime.parameters
        channel = parameters.word(f"{self.regime.territory(territory)}.intake.channel")
        if self.roles_at(territory, "intake.call_roles"):
            called = (c for c in parameters.labels("channels") if self._is_after_a_call(c))
            channel = next(called, channel)
        return self.number(f"channels.{channel}.no_show_share")

    def _is_after_a_call(self, channel: str) -> bool:
        return self.regime.parameters.flag(f"channels.{channel}.after_a_call")

    def holds_workshops(self, territory: int) -> bool:
        """Whether a territory has a day for workshops."""
        place = self.regime.territory(territory)
        return bool(self.regime.parameters.words(f"{place}.workshop.weekdays"))

    @cached_property
    def orientation_limit(self) -> int:
        """Days after which the law asks for an orientation; 0 for no limit."""
        return int(self.regime.number_on_date("law.orientation_limit_days"))

    @cached_property
    def waiving_barriers(self) -> set[int]:
        """Barriers that free from activity, where the law has waivers."""
        parameters = self.regime.parameters
        if not parameters.value_on("law.activity_waivers", self.regime.when):
            return set()
        labels = enumerate(self.regime.labels("barriers"))
        return {b for b, label in labels if parameters.flag(f"barriers.{label}.waives_activity")}

    def is_ill(self, barriers: set[int]) -> bool:
        """Whether one of the barriers leads to another minimum."""
        labels = self.regime.labels("barriers")
        return any(
            self.number(f"barriers.{labels[b]}.other_minimum_factor") != 1.0 for b in barriers
        )

    def is_seen(self, barrier: int, looks: int, drawn: float, *, is_present: bool) -> bool:
        """Whether an assessment notes a barrier."""
        label = self.regime.labels("barriers")[barrier]
        name = "detection_sensitivity" if is_present else "detection_specificity"
        wrong = (1.0 - self.number(f"barriers.{label}.{name}")) ** min(looks, LOOKS_THAT_COUNT)
        return drawn < 1.0 - wrong if is_present else drawn >= 1.0 - wrong

    def points(self, barriers: set[int]) -> int:
        """Points of need of the barriers seen."""
        labels = self.regime.labels("barriers")
        return sum(int(self.number(f"barriers.{labels[b]}.pathway_weight")) for b in barriers)

    def band_of(self, pathway: int) -> int:
        """The band of need of a pathway."""
        label = self.regime.labels("pathways")[pathway]
        return BANDS.index(self.regime.parameters.word(f"pathways.{label}.rule"))

    def offered(self, territory: int, band: int, mark: float, *, is_self_employed: bool) -> int:
        """The first pathway of a band that is for this person; its last takes whoever is left."""
        labels = self.regime.labels("pathways")
        mine = [p for p in range(len(labels)) if self.band_of(p) == band]
        for pathway in mine:
            public = self.regime.parameters.word(f"pathways.{labels[pathway]}.public")
            if public == "self_employed" and not is_self_employed:
                continue
            if mark < self.of_pathway(territory, pathway, "coverage_share"):
                return pathway
        return mine[-1]
