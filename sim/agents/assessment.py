"""The assessment of a person: barriers seen, imperfectly, and the pathway that follows."""

from __future__ import annotations

from sim.agents.occupations import WorkingPerson
from sim.processes.assessment import is_seen, pathway_level, reviewed_level
from sim.processes.barriers import has_barrier, toggled
from sim.vocabulary import Decision, PersonClock, Record

MOST_ASSESSMENTS = 100
"""Assessments are counted up to this number."""


class AssessedPerson(WorkingPerson):
    """A person whose barriers are looked at, and whose pathway follows from what is seen."""

    def be_oriented(self, day: int, time: float) -> None:
        """The person was received at ``time``: barriers seen, pathway chosen, next queue."""
        self.end_wait(day)
        self.pathway = self.first_pathway(self.assess())
        self.oriented_on = day
        waited = day - self.waiting_since
        self.note(Record.ORIENTED, time, value=waited, since=self.waiting_since)
        self.wait_for_caseworker(day)

    def assess(self) -> int:
        """Note the barriers seen; returns their points."""
        nation = self.model.nation
        self.assessments = min(self.assessments + 1, MOST_ASSESSMENTS)
        self.seen = 0
        points = 0
        for barrier in range(len(nation.barrier_factor)):
            changes = self.fired[PersonClock.BARRIERS + barrier]
            if is_seen(
                has_barrier(self.barriers, barrier),
                nation.barrier_sensitivity[barrier],
                nation.barrier_specificity[barrier],
                self.assessments,
                self.luck.chance(Decision.ASSESSMENT + barrier, changes),
            ):
                self.seen = toggled(self.seen, barrier)
                points += nation.barrier_points[barrier]
        return points

    def first_pathway(self, points: int) -> int:
        """The pathway that the territory's rule gives to a first assessment."""
        rules = self.office.rules
        level = pathway_level(points, rules.employment_at_most, rules.social_at_least)
        pathway: int = self.model.nation.pathway_of_level[level]
        return pathway

    def reviewed_pathway(self, points: int) -> int:
        """The pathway after a review: small changes of the points leave it as it is."""
        rules = self.office.rules
        pathway_of_level = self.model.nation.pathway_of_level
        level = reviewed_level(
            points,
            pathway_of_level.index(self.pathway),
            rules.review_margin_points,
            rules.employment_at_most,
            rules.social_at_least,
        )
        pathway: int = pathway_of_level[level]
        return pathway
