"""The assessment sees barriers imperfectly; a rule maps what it sees to a pathway."""

from __future__ import annotations

from sim.compiled import kernel, rule
from sim.randomness import uniform
from sim.vocabulary import Decision
from sim.world.codes import BARRIERS
from sim.world.numbers import of_pathway, of_territory, whole
from sim.world.reading import household_key, person_key
from sim.world.sets import has_barrier, toggled
from sim.world.world import World

NUMBERS_OF_TERRITORY = of_territory(
    employment_at_most=whole("assessment.employment_at_most"),
    social_at_least=whole("assessment.social_at_least"),
    review_margin_points=whole("assessment.review_margin_points"),
)
NUMBERS_OF_PATHWAY = of_pathway(
    coverage_share="coverage_share",
)

LOW = 0

MIDDLE = 1

HIGH = 2

LOOKS_THAT_COUNT = 4

EVERYONE = 0

SELF_EMPLOYED = 1


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


@rule
def sharpened(share: float, looks: int) -> float:
    """Chance of a right judgement after ``looks`` looks, each right with chance ``share``."""
    wrong = 1.0
    for _ in range(min(looks, LOOKS_THAT_COUNT)):
        wrong *= 1.0 - share
    return 1.0 - wrong


@rule
def is_seen(is_present: bool, sensitivity: float, specificity: float, looks: int, u: float) -> bool:
    """Whether the assessment notes a barrier: true positive or false alarm.

    ``u`` stays the same while the barrier does not change: a second look corrects the first one
    and does not forget it.
    """
    if is_present:
        return u < sharpened(sensitivity, looks)
    return u >= sharpened(specificity, looks)


@rule
def pathway_level(points: int, employment_at_most: int, social_at_least: int) -> int:
    """Level of need from the points of the barriers seen: low, middle or high."""
    if points <= employment_at_most:
        return LOW
    if points >= social_at_least:
        return HIGH
    return MIDDLE


@rule
def reviewed_level(
    points: int, level: int, margin: int, employment_at_most: int, social_at_least: int
) -> int:
    """Level after a review: it moves only when the points pass a limit by ``margin``."""
    low_limit = employment_at_most + margin if level == LOW else employment_at_most - margin
    high_limit = social_at_least - margin if level == HIGH else social_at_least + margin
    return pathway_level(points, low_limit, high_limit)


@rule
def is_offered(public: int, is_self_employed: bool, mark: float, coverage_share: float) -> bool:
    """Whether a pathway of the person's band is for this person.

    ``mark`` (0 to 1) is the household's own for all pathways and dates: a higher coverage only
    adds households.
    """
    if public == SELF_EMPLOYED and not is_self_employed:
        return False
    return mark < coverage_share
