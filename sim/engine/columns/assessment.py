"""The assessment of a person: barriers seen, imperfectly, and the pathway that follows."""

from __future__ import annotations

from sim.compiled import kernel
from sim.engine.columns.hazards import BARRIERS
from sim.engine.columns.people import household_key, person_key
from sim.engine.columns.world import World
from sim.processes.assessment import is_offered, is_seen, pathway_level, reviewed_level
from sim.processes.barriers import has_barrier, toggled
from sim.randomness import uniform
from sim.vocabulary import Decision


@kernel
def assess(w: World, person: int) -> int:
    """Note the barriers seen; returns their points."""
    g = w.national[0]
    p = w.people[person]
    key = person_key(w, person)
    seen = 0
    points = 0
    p.assessments = min(p.assessments + 1, 100)
    for barrier in range(g.barrier_factor.shape[0]):
        changes = int(p.fired[BARRIERS + barrier])
        drawn = uniform(key, Decision.ASSESSMENT + barrier, changes)
        if is_seen(
            has_barrier(int(p.barriers), barrier),
            g.barrier_sensitivity[barrier],
            g.barrier_specificity[barrier],
            int(p.assessments),
            drawn,
        ):
            seen = toggled(seen, barrier)
            points += g.barrier_points[barrier]
    p.seen = seen
    return points


@kernel
def pathway_in_band(w: World, person: int, band: int) -> int:
    """The first pathway of a band that is offered to the person; the last takes whoever is left."""
    g = w.national[0]
    p = w.people[person]
    territory = w.households[p.household].territory
    mark = uniform(household_key(w, p.household), Decision.COVERAGE, 0)
    found = -1
    for pathway in range(w.organisation.shape[1]):
        if g.pathway_band[pathway] == band:
            found = pathway
            coverage = w.organisation[territory, pathway].coverage_share
            if is_offered(g.pathway_public[pathway], p.is_self_employed == 1, mark, coverage):
                return found
    return found


@kernel
def pathway_of(w: World, person: int, points: int) -> int:
    """The pathway that the territory's rule gives to a first assessment."""
    t = w.territories[w.households[w.people[person].household].territory]
    band = pathway_level(points, t.employment_at_most, t.social_at_least)
    return pathway_in_band(w, person, band)


@kernel
def reviewed_pathway(w: World, person: int, points: int) -> int:
    """The pathway after a review: small changes of the points leave the band as it is."""
    p = w.people[person]
    t = w.territories[w.households[p.household].territory]
    band = reviewed_level(
        points,
        w.national[0].pathway_band[p.pathway],
        t.review_margin_points,
        t.employment_at_most,
        t.social_at_least,
    )
    return pathway_in_band(w, person, band)


@kernel
def pathway_now(w: World, person: int) -> int:
    """The pathway that the present offer gives within the band of the last judgement."""
    return pathway_in_band(w, person, w.national[0].pathway_band[w.people[person].pathway])
