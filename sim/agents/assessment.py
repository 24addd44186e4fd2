"""The assessment of a person: barriers seen, imperfectly, and the pathway that follows."""

from __future__ import annotations

from sim.agents.occupations import WorkingPerson
from sim.processes.assessment import is_offered, is_seen, pathway_level, reviewed_level
from sim.vocabulary import Call, Decision, OrientedBy, PersonClock, Record, Support
from sim.world.sets import has_barrier, toggled

MOST_ASSESSMENTS = 100
"""Assessments are counted up to this number."""


class AssessedPerson(WorkingPerson):
    """A person whose barriers are looked at, and whose pathway follows from what is seen."""

    def be_oriented(self, day: int, time: float, by: OrientedBy) -> None:
        """The person was received at ``time``: barriers seen, pathway chosen, next queue."""
        self.end_wait(day)
        self.pathway = self.first_pathway(self.assess())
        self.oriented_on = day
        waited = day - self.waiting_since
        self.note(Record.ORIENTED, time, detail=by, value=waited, since=self.waiting_since)
        self.call = Call.NONE
        rules = self.office.rules
        self.workshops_missed = 0
        self.workshop_on = day + rules.workshop_after_days if rules.holds_workshops else 0
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
        band = pathway_level(points, rules.employment_at_most, rules.social_at_least)
        return self.pathway_in_band(band)

    def reviewed_pathway(self, points: int) -> int:
        """The pathway after a review: small changes of the points leave the band as it is."""
        rules = self.office.rules
        band = reviewed_level(
            points,
            self.model.nation.pathway_band[self.pathway],
            rules.review_margin_points,
            rules.employment_at_most,
            rules.social_at_least,
        )
        return self.pathway_in_band(band)

    def pathway_in_band(self, band: int) -> int:
        """The first pathway of a band that is offered here; its last takes whoever is left."""
        nation = self.model.nation
        pathways = [number for number, of in enumerate(nation.pathway_band) if of == band]
        mark = self.household.luck.chance(Decision.COVERAGE)
        for pathway in pathways:
            coverage = self.office.organisation[pathway].coverage_share
            public = nation.pathway_public[pathway]
            if is_offered(public, self.is_self_employed, mark, coverage):
                return pathway
        return pathways[-1]

    @property
    def pathway_now(self) -> int:
        """The pathway that the present offer gives within the band of the last judgement."""
        return self.pathway_in_band(self.model.nation.pathway_band[self.pathway])

    def be_taken_in_again(self, day: int) -> None:
        """A new organisation: supported people queue again, and count as entrants anew.

        Who waits already queues anew only for another pathway.
        """
        if self.support == Support.SUPPORTED:
            self.note(Record.REASSIGNED, day)
            self.cohort_on = 0
            self.requeue(day, self.pathway_now)
        elif self.support == Support.WAITING_CASEWORKER and self.pathway_now != self.pathway:
            self.requeue(day, self.pathway_now)
