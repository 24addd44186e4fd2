"""What supports people in a derived department: sessions, staff, places, the assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from sim.parameters.derivation.people import Counted
from sim.parameters.derivation.stated import Doubt, Entry, fixed, note, said_of, stated
from sim.parameters.derivation.statistics import Figure, spent, staffed, surveyed

SUPPORTED_OF_ORIENTED = 0.935
"""Of those oriented, who is in a portfolio at a time: 0.86 of 0.92 in the Deux-Sèvres. Assumed."""
ENTRIES, TO_ORIENT, MISSED = 0.26, 0.80, 0.50
WEEKS, SLOTS_A_SESSION = 52, 4
WORKING_DAYS = ("mon", "tue", "wed", "thu", "fri")
SESSIONS = 2
MOST_DESKS = 40
"""With two sessions a week; the model holds 64 interviews side by side, so beyond it every day."""
PERSONS_A_POST, JOBSEEKERS_AN_ADVISER = 100, 300
CONTRACTS_OF_THE_SOMME, SPENT_BY_THE_SOMME, PEC_SHARE = 420, 2_750_000.0, 220 / 420
HALF_OF_THE_TIME = 0.5
STAFF, DESKS, PLACES, ACTIONS = Doubt(0.35), Doubt(0.45), Doubt(0.4), Doubt(0.9)
GUESS = Doubt(1.0)
SURVEY, ASSUMED = "oarsa_departments", "assumed"
SHARES_OF_PERSONS = {"integration": (0.05, "F0049"), "training": (0.03, "assumption")}
"""Places of integration: 80 structures × 12 for 19,073 persons in the Somme; training assumed."""
ACTION_QUESTIONS = {
    "care": "health",
    "childcare_place": "family",
    "housing_support": "housing",
    "collective_action": "social_link",
}
ACTION_SHARES = {
    "mobility_help": 0.04,
    "digital_workshop": 0.03,
    "language_course": 0.02,
    "addiction_care": 0.01,
}


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
        return self.oriented.value / 100.0 * SUPPORTED_OF_ORIENTED

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
        slots = SLOTS_A_SESSION * (len(WORKING_DAYS) if is_daily else SESSIONS)
        desks = max(1, ceil(weekly / slots))
        words = {
            "entries": ENTRIES, "to_orient": TO_ORIENT, "weeks": WEEKS,
            "weekly": f"{weekly:.0f}", "slots": slots, "persons": self.people.persons_text,
        }  # fmt: skip
        doubt = DESKS.range_of(desks, [self.people.stock], self.people.on)
        found = {"desks": stated(desks, note("desks", **words), [SURVEY, "F0197"], doubt, ASSUMED)}
        if is_daily:
            days = list(WORKING_DAYS)
            found["weekdays"] = fixed(days, note("daily"), "assumption", note("rule"), ASSUMED)
        return found

    def staff(self) -> dict[str, Entry]:
        """Posts of the two roles before any scheme."""
        workers = self.supported * self.outside / PERSONS_A_POST
        counsellors = self.supported * (1.0 - self.outside) / JOBSEEKERS_AN_ADVISER
        known = staffed("social_educational_staff_fte", self.people.code)
        part = f"{100.0 * workers / known.value:.0f}"
        supported = f"{self.supported_share:.2f}"
        written = {
            "social_worker": note(
                "social_worker",
                persons=self.people.persons_text,
                supported=supported,
                outside=f"{self.outside:.2f}",
                oriented=f"{self.oriented.value:.0f}",
                posts=PERSONS_A_POST,
                part=note("part_of_staff", part=part, staff=f"{known.value:g}", year=known.year)
                if known.is_own
                else note("no_staff"),
                **said_of(self.oriented),
            ),
            "job_counsellor": note(
                "job_counsellor",
                persons=self.people.persons_text,
                supported=supported,
                inside=f"{1.0 - self.outside:.2f}",
                jobseekers=JOBSEEKERS_AN_ADVISER,
                **said_of(self.to_employment),
            ),
        }
        sources = {
            "social_worker": [SURVEY, "F0294", "department_staff"],
            "job_counsellor": [SURVEY, "F0085"],
        }
        figures = [self.oriented, self.to_employment]
        values = {"social_worker": workers, "job_counsellor": counsellors}
        return {
            role: {
                "fte": stated(
                    round(value, 1),
                    written[role],
                    sources[role],
                    STAFF.range_of(value, figures, self.people.on),
                    as_of=self.oriented.as_of,
                )
            }
            for role, value in values.items()
        }

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
        sources = ["F0050", "F0051", "department_spending"]
        found: dict[str, Entry] = {}
        for name, part in (("pec", PEC_SHARE), ("cie", 1.0 - PEC_SHARE)):
            value = round(contracts * part)
            doubt = PLACES.range_of(value, [money], self.people.on)
            found[name] = stated(value, written, sources, doubt, as_of=money.as_of)
        return found | {
            name: self._share_of_persons(share, source)
            for name, (share, source) in SHARES_OF_PERSONS.items()
        }

    def action_places(self) -> dict[str, Entry]:
        """Places of actions on barriers held at the same time."""
        found: dict[str, Entry] = {}
        for name, question in ACTION_QUESTIONS.items():
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
            doubt = ACTIONS.range_of(value, [asked, self.with_contract], self.people.on)
            found[name] = stated(value, written, SURVEY, doubt, as_of=asked.as_of)
        return found | {
            name: self._share_of_persons(share, "assumption")
            for name, share in ACTION_SHARES.items()
        }

    def _share_of_persons(self, share: float, source: str) -> Entry:
        value = round(self.people.persons * share)
        words = {"share": f"{100 * share:g}", "persons": self.people.persons_text}
        doubt = GUESS.range_of(value, [self.people.stock], self.people.on)
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
