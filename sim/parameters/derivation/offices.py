"""What supports people in a derived department: sessions, staff, places, the assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from sim.parameters.derivation.people import Counted
from sim.parameters.derivation.stated import Doubt, Entry, fixed, stated
from sim.parameters.derivation.statistics import Figure, spent, staffed, surveyed

SUPPORTED_OF_ORIENTED = 0.935
"""Of those oriented, who is in a portfolio at a time: 0.86 of 0.92 in the Deux-Sèvres. Assumed."""
ENTRIES, TO_ORIENT, MISSED = 0.26, 0.80, 0.50
WEEKS, SLOTS_A_SESSION = 52, 4
WORKING_DAYS = ("mon", "tue", "wed", "thu", "fri")
MOST_DESKS = 40
"""With two sessions a week; the model holds 64 interviews side by side, so beyond it every day."""
PERSONS_A_POST, JOBSEEKERS_AN_ADVISER = 100, 300
CONTRACTS_OF_THE_SOMME, SPENT_BY_THE_SOMME, PEC_SHARE = 420, 2_750_000.0, 220 / 420
HALF_OF_THE_TIME = 0.5
STAFF, DESKS, PLACES, ACTIONS = Doubt(0.35), Doubt(0.45), Doubt(0.4), Doubt(0.9)
GUESS = Doubt(1.0)
SURVEY = "oarsa_departments"
TUNED = "a rule of the assessment, tuned to the share of the employment pathway"
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

    @property
    def supported_share(self) -> float:
        """Share of the persons who are in a portfolio."""
        return self.oriented.value / 100.0 * SUPPORTED_OF_ORIENTED

    @property
    def supported(self) -> float:
        """Persons in a portfolio."""
        return self.people.persons * self.supported_share

    @property
    def contract_share(self) -> float:
        """Share of the persons with an engagement contract of the department or a partner."""
        outside = 1.0 - self.to_employment.value / 100.0
        return self.oriented.value / 100.0 * outside * self._contracts.value / 100.0

    @cached_property
    def _contracts(self) -> Figure:
        return surveyed("cer_share_non_pe", self.people.code)

    def intake(self) -> dict[str, Entry]:
        """Desks of the sessions of orientation, and the days of the week if there are many."""
        on = self.people.on
        weekly = self.people.persons * ENTRIES * TO_ORIENT / WEEKS / MISSED
        is_daily = weekly / (2 * SLOTS_A_SESSION) > MOST_DESKS
        days = len(WORKING_DAYS) if is_daily else 2
        desks = max(1, ceil(weekly / (days * SLOTS_A_SESSION)))
        note = (
            f"{self.people.words} x {ENTRIES} entries a year x {TO_ORIENT} to orient / {WEEKS} "
            f"weeks; half miss a session by letter, so {weekly:.0f} slots a week, "
            f"{days * SLOTS_A_SESSION} slots a desk."
        )
        doubt = DESKS.range_of(desks, [self.people.stock], on)
        found = {"desks": stated(desks, note, [SURVEY, "F0197"], doubt, "assumed")}
        if is_daily:
            why = "More sessions a week: the model holds at most 64 interviews side by side."
            rule = "a rule of the office"
            found["weekdays"] = fixed(list(WORKING_DAYS), why, "assumption", rule, "assumed")
        return found

    def staff(self) -> dict[str, Entry]:
        """Posts of the two roles before any scheme."""
        outside = 1.0 - self.to_employment.value / 100.0
        workers = self.supported * outside / PERSONS_A_POST
        counsellors = self.supported * (1.0 - outside) / JOBSEEKERS_AN_ADVISER
        known = staffed("social_educational_staff_fte", self.people.code)
        part = (
            f"{100.0 * workers / known.value:.0f} % of the {known.value:g} social and educational"
        )
        of = f"{part} staff of {known.year}." if known.is_own else "Its staff is not published."
        supported = f"{self.supported_share:.2f} supported ({_said(self.oriented, 'oriented')})"
        basis = f"{self.people.words} x {supported}"
        employment = _said(self.to_employment, "to the employment service")
        figures = [self.oriented, self.to_employment]
        on = self.people.on
        return {
            "social_worker": {
                "fte": stated(
                    round(workers, 1),
                    f"{basis} x {outside:.2f} outside the employment service / {PERSONS_A_POST} "
                    f"persons per FTE. {of}",
                    [SURVEY, "F0294", "department_staff"],
                    STAFF.range_of(workers, figures, on),
                    as_of=self.oriented.as_of,
                )
            },
            "job_counsellor": {
                "fte": stated(
                    round(counsellors, 1),
                    f"{basis} x {1.0 - outside:.2f} ({employment}) / {JOBSEEKERS_AN_ADVISER} "
                    "jobseekers per adviser (Somme).",
                    [SURVEY, "F0085"],
                    STAFF.range_of(counsellors, figures, on),
                    as_of=self.to_employment.as_of,
                )
            },
        }

    def places(self) -> dict[str, Entry]:
        """Places of subsidised jobs, integration and training held at the same time."""
        on, persons = self.people.on, self.people.persons
        money = spent("subsidised_contracts_gross_eur", self.people.code)
        contracts = CONTRACTS_OF_THE_SOMME * max(money.value, 0.0) / SPENT_BY_THE_SOMME
        if not money.is_own:
            contracts = CONTRACTS_OF_THE_SOMME * persons / 19_073
        note = (
            f"The {CONTRACTS_OF_THE_SOMME} subsidised contracts of the Somme x "
            f"{money.value / 1e6:.2f} million euro of gross spending on such contracts in "
            f"{money.year} / {SPENT_BY_THE_SOMME / 1e6:.2f} = {contracts:.0f}."
        )
        sources = ["F0050", "F0051", "department_spending"]
        found: dict[str, Entry] = {}
        for name, part in (("pec", PEC_SHARE), ("cie", 1.0 - PEC_SHARE)):
            value = round(contracts * part)
            doubt = PLACES.range_of(value, [money], on)
            found[name] = stated(value, note, sources, doubt, as_of=money.as_of)
        for name, (share, source) in SHARES_OF_PERSONS.items():
            value = round(persons * share)
            note = f"{100 * share:g} % of {self.people.words}; no figure of the department."
            doubt = GUESS.range_of(value, [self.people.stock], on)
            found[name] = stated(value, note, source, doubt, "assumed")
        return found

    def action_places(self) -> dict[str, Entry]:
        """Places of actions on barriers held at the same time."""
        on, persons = self.people.on, self.people.persons
        found: dict[str, Entry] = {}
        for name, question in ACTION_QUESTIONS.items():
            asked = surveyed(f"cer_action_{question}_share", self.people.code)
            value = round(persons * self.contract_share * asked.value / 100.0 * HALF_OF_THE_TIME)
            note = (
                f"{asked.value:.0f} % of contracts hold such an action ({_whose(asked)}, "
                f"{asked.year}); a contract for {100 * self.contract_share:.0f} % of "
                f"{self.people.words}; half of them at the same time."
            )
            figures = [asked, self._contracts]
            doubt = ACTIONS.range_of(value, figures, on)
            found[name] = stated(value, note, SURVEY, doubt, as_of=asked.as_of)
        for name, share in ACTION_SHARES.items():
            value = round(persons * share)
            note = (
                f"{100 * share:g} % of {self.people.words} at the same time. No figure was found."
            )
            doubt = GUESS.range_of(value, [self.people.stock], on)
            found[name] = stated(value, note, "assumption", doubt, "assumed")
        return found

    def activity_places(self) -> Entry:
        """As many as supported persons: half an hour a week is never short of places."""
        note = "As many as supported persons, so that half an hour a week is never short of places."
        reason = "not binding in the reference; a lever of the scenarios with hours of activity"
        return fixed(round(self.supported), note, "assumption", reason, "assumed")

    def assessment(self, rules: Mapping[float, Mapping[str, int]]) -> dict[str, Entry]:
        """The rule whose simulated share of the employment pathway is nearest to the survey's.

        ``rules`` are limits and points of barriers by that share, %.
        """
        share = min(rules, key=lambda one: abs(one - self.to_employment.value))
        asked = _said(self.to_employment, "oriented to the employment service")
        note = f"{asked}; the nearest rule gives {share:.0f} %, simulated."
        return {
            name: fixed(points, note, SURVEY, TUNED, "assumed")
            for name, points in rules[share].items()
        }


def _said(figure: Figure, what: str) -> str:
    return f"{figure.value:.0f} % {what}, {_whose(figure)}, {figure.year}"


def _whose(figure: Figure) -> str:
    return "its own answer" if figure.is_own else f"mean of {figure.count} departments"
