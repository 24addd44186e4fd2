"""What supports people in a derived department: sessions, staff, places, the assessment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import ceil
from pathlib import Path
from typing import Any

from sim.parameters.derivation.people import Counted
from sim.parameters.derivation.stated import Doubt, Entry, fixed, note, said_of, stated
from sim.parameters.derivation.statistics import Figure, spent, staffed, surveyed
from sim.parameters.reading import read_yaml
from sim.vocabulary import WEEKDAYS

ENTRIES, TO_ORIENT, MISSED = 0.26, 0.80, 0.50
WEEKS, SLOTS_A_SESSION = 52, 4
SESSIONS = 2
MOST_DESKS = 40
"""With two sessions a week; the model holds 64 interviews side by side, so beyond it every day."""
CONTRACTS_OF_THE_SOMME, SPENT_BY_THE_SOMME = 420, 2_750_000.0
HALF_OF_THE_TIME = 0.5
STAFF, DESKS, PLACES, ACTIONS = Doubt(0.35), Doubt(0.45), Doubt(0.4), Doubt(0.9)
GUESS = Doubt(1.0)
SURVEY, ASSUMED, OUTSIDE = "oarsa_departments", "assumed", "outside"
RULES = Path(__file__).with_name("rules.yaml")


@lru_cache(maxsize=1)
def rules_of_offices() -> Mapping[str, Any]:
    """The numbers and labels of `rules.yaml`."""
    return read_yaml(RULES, RULES.name)


@dataclass(frozen=True)
class Supported:
    """The offices of a department."""

    people: Counted

    @cached_property
    def oriented(self) -> Figure:
        """Share of the persons who are oriented, %."""
        return surveyed("oriented_share", self.people.code)

    @cached_property
    def to_employment(self) -> Figure:
        """Share of the oriented who go to the public employment service, %."""
        return surveyed("to_pole_emploi_share", self.people.code)

    @cached_property
    def with_contract(self) -> Figure:
        """Share of those outside the employment service who have a contract, %."""
        return surveyed("cer_share_non_pe", self.people.code)

    @property
    def supported_share(self) -> float:
        """Share of the persons who are in a portfolio."""
        share = self.oriented.value / 100.0 * float(rules_of_offices()["supported_of_oriented"])
        return self.people.printed("supported", share)

    @property
    def outside(self) -> float:
        """Share of the oriented who are not with the employment service."""
        return 1.0 - self.to_employment.value / 100.0

    @property
    def contract_share(self) -> float:
        """Share of the persons with an engagement contract of the department or a partner."""
        return self.oriented.value / 100.0 * self.outside * self.with_contract.value / 100.0

    def intake(self) -> dict[str, Entry]:
        """Desks of the sessions of orientation, and the days of the week if there are many."""
        weekly = self.people.persons * ENTRIES * TO_ORIENT / WEEKS / MISSED
        is_daily = weekly / (SESSIONS * SLOTS_A_SESSION) > MOST_DESKS
        slots = SLOTS_A_SESSION * (len(WEEKDAYS) if is_daily else SESSIONS)
        desks = max(1, ceil(weekly / slots))
        words = {
            "entries": ENTRIES, "to_orient": TO_ORIENT, "weeks": WEEKS,
            "weekly": f"{weekly:.0f}", "slots": slots, "persons": self.people.persons_text,
        }  # fmt: skip
        doubt = self.people.range_of("desks", DESKS, desks, [self.people.stock])
        found = {"desks": stated(desks, note("desks", **words), [SURVEY, "F0197"], doubt, ASSUMED)}
        if is_daily:
            days = list(WEEKDAYS)
            found["weekdays"] = fixed(days, note("daily"), "assumption", note("rule"), ASSUMED)
        return found

    def staff(self, shares: Collection[float]) -> dict[str, Entry]:
        """Posts of each role before any scheme.

        ``shares``: what the rules of the assessment send to the employment pathway, %; none where
        the department has its own rule. Where the published share lies beyond all of them, posts
        follow the people that are simulated.
        """
        figures = [self.oriented, self.to_employment]
        published = self.to_employment.value
        sent = min(max(published, min(shares)), max(shares)) if shares else published
        beyond = "" if sent == published else " " + note("beyond", asked=f"{published:.0f}")
        found: dict[str, Entry] = {}
        for role, rule in rules_of_offices()["staff"].items():
            is_outside = rule["serves"] == OUTSIDE
            share = 1.0 - sent / 100.0 if is_outside else sent / 100.0
            value = self.supported * share / rule["persons"]
            doubt = self.people.range_of("staff", STAFF, value, figures)
            entry = stated(
                round(value, 1),
                self._note_of_staff(rule, share, value, is_outside=is_outside) + beyond,
                rule["sources"],
                doubt,
                as_of=(self.oriented if is_outside else self.to_employment).as_of,
            )
            found[role] = {"fte": entry}
        return found

    def _note_of_staff(
        self, rule: Mapping[str, Any], share: float, posts: float, *, is_outside: bool
    ) -> str:
        words: dict[str, object] = {
            "persons": self.people.persons_text,
            "supported": f"{self.supported_share:.2f}",
            "share": f"{share:.2f}",
            "each": rule["persons"],
        }
        if not is_outside:
            return note("inside", **words, **said_of(self.to_employment))
        known = staffed("social_educational_staff_fte", self.people.code)
        part = {"part": f"{100.0 * posts / known.value:.0f}", "staff": f"{known.value:g}"}
        of_staff = note("part_of_staff", **part, year=known.year)
        return note(
            "outside",
            oriented=f"{self.oriented.value:.0f}",
            part=of_staff if known.is_own else note("no_staff"),
            **words,
            **said_of(self.oriented),
        )

    @property
    def supported(self) -> float:
        """Persons in a portfolio."""
        return self.people.persons * self.supported_share

    def places(self) -> dict[str, Entry]:
        """Places of subsidised jobs, integration and training held at the same time."""
        money = spent("subsidised_contracts_gross_eur", self.people.code)
        contracts = CONTRACTS_OF_THE_SOMME * max(money.value, 0.0) / SPENT_BY_THE_SOMME
        written = note(
            "contracts",
            somme=CONTRACTS_OF_THE_SOMME,
            money=f"{money.value / 1e6:.2f}",
            spent=f"{SPENT_BY_THE_SOMME / 1e6:.2f}",
            contracts=f"{contracts:.0f}",
            year=money.year,
        )
        if self.people.part < 1.0:
            written += " " + note("part", part=f"{100.0 * self.people.part:.1f}")
        sources = ["F0050", "F0051", "department_spending"]
        found: dict[str, Entry] = {}
        for name, part in rules_of_offices()["contracts"].items():
            value = round(contracts * self.people.part * part)
            doubt = self.people.range_of("contracts", PLACES, value, [money])
            found[name] = stated(value, written, sources, doubt, as_of=money.as_of)
        return found | {
            name: self._share_of_persons(name, rule["share"], rule["source"])
            for name, rule in rules_of_offices()["places"].items()
        }

    def action_places(self) -> dict[str, Entry]:
        """Places of actions on barriers held at the same time."""
        found: dict[str, Entry] = {}
        for name, question in rules_of_offices()["surveyed_actions"].items():
            asked = surveyed(f"cer_action_{question}_share", self.people.code)
            held = self.people.persons * self.contract_share * asked.value / 100.0
            value = round(held * HALF_OF_THE_TIME)
            written = note(
                "action",
                asked=f"{asked.value:.0f}",
                contracts=f"{100 * self.contract_share:.0f}",
                persons=self.people.persons_text,
                **said_of(asked),
            )
            doubt = self.people.range_of(
                "surveyed_actions", ACTIONS, value, [asked, self.with_contract]
            )
            found[name] = stated(value, written, SURVEY, doubt, as_of=asked.as_of)
        return found | {
            name: self._share_of_persons("assumed_actions", share, "assumption")
            for name, share in rules_of_offices()["assumed_actions"].items()
        }

    def _share_of_persons(self, kind: str, share: float, source: str) -> Entry:
        value = round(self.people.persons * share)
        words = {"share": f"{100 * share:g}", "persons": self.people.persons_text}
        doubt = self.people.range_of(kind, GUESS, value, [self.people.stock])
        return stated(value, note("share_of_persons", **words), source, doubt, ASSUMED)

    def activity_places(self) -> Entry:
        """As many as supported persons: half an hour a week is never short of places."""
        value, reason = round(self.supported), note("not_binding")
        return fixed(value, note("activity"), "assumption", reason, ASSUMED)

    def assessment(self, rules: Mapping[float, Mapping[str, int]]) -> dict[str, Entry]:
        """The rule whose simulated share of the employment pathway is nearest to the survey's.

        ``rules`` are limits and points of barriers by that share, %.
        """
        asked = self.to_employment
        share = min(rules, key=lambda one: abs(one - asked.value))
        words = {"asked": f"{asked.value:.0f}", "share": f"{share:.0f}"}
        written = note("assessment", **words, **said_of(asked))
        return {
            name: fixed(points, written, SURVEY, note("tuned"), ASSUMED)
            for name, points in rules[share].items()
        }
