"""The same simulated persons under two scenarios: same person, same luck.

They live in one territory of its full size: in a part of it posts would be parts of posts, whose
short days hold no appointment, and lives would tell of a want of time that the office has not.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.experiments.experiment import Experiment
from sim.experiments.lives import Lives, live
from sim.language import Language
from sim.vocabulary import MEMBER_BITS, Benefit, Support
from ui.reports.story import Story, story_of
from ui.study import Draft, Study, experiment_of
from ui.work.preview import Small, households_of

REPLICATION = 0
"""The replication of the full run whose luck and draw of the parameters the lives share."""
PERSONS_OFFERED = 8
LOOKED_AT = 40
MEMBER_MASK = (1 << MEMBER_BITS) - 1
SUPPORTED = (Support.SUPPORTED, Support.IN_JOB_FOLLOW_UP)
MOST_HOUSEHOLDS = 5000.0
"""Full logs are large: a territory with more is simulated in part."""


@dataclass(frozen=True)
class Pair:
    """The reference and a scenario with all their lives."""

    reference: Lives
    scenario: Lives

    def persons(self) -> list[int]:
        """Persons to whom much happens, those whose lives differ most first."""
        candidates = self.scenario.eventful(LOOKED_AT)
        known = [who for who in candidates if self._is_known(who)]
        ordered = sorted(known, key=lambda who: -self._differences(who))
        return ordered[:PERSONS_OFFERED]

    def stories(self, who: int, language: Language) -> tuple[Story, Story]:
        """The life of one person under the reference and under the scenario."""
        before, after = (side.life(who) for side in (self.reference, self.scenario))
        return story_of(before, language), story_of(after, language)

    def lanes_open(self, who: int) -> set[str]:
        """What holds for a person on the first day."""
        start = self.reference.start
        rows = (start.households["id"] == who & ~MEMBER_MASK).nonzero()[0]
        if not len(rows):
            return set()
        home = start.households[int(rows[0])]
        person = start.people[int(home["first"]) + (who & MEMBER_MASK) - 1]
        found = {"on_rsa"} if home["benefit"] == Benefit.PAID else set()
        if int(person["support"]) in SUPPORTED:
            found.add("supported")
        if int(person["job"]) >= 0:
            found.add("in_job")
        return found

    def _is_known(self, who: int) -> bool:
        return bool((self.reference.result.last.households["id"] == who & ~MEMBER_MASK).any())

    def _differences(self, who: int) -> int:
        before, after = self.stories(who, "fr")
        told = {(line.date, line.text) for line in before.lines}
        again = {(line.date, line.text) for line in after.lines}
        return len(told ^ again)


def pair_of(study: Study, draft: Draft) -> Pair:
    """Both sides in one territory, with full logs; raises `InputError`."""
    experiment = experiment_of(study.model_copy(update={"drafts": (draft,)}))
    world, seed = world_of_lives(experiment), experiment.seeds[REPLICATION]
    first, second = (world.of(one) for one in experiment.scenarios_of(REPLICATION))
    return Pair(live(first, seed), live(second, seed))


def world_of_lives(experiment: Experiment) -> Small:
    """The largest territory that a scenario changes and that can be simulated whole."""
    reference = experiment.reference
    changed = experiment.changed_territories if is_local(experiment) else ()
    labels = changed or reference.base.labels("territories")
    sizes = {one: households_of(reference, (one,)) for one in labels}
    whole = {one: size for one, size in sizes.items() if size <= MOST_HOUSEHOLDS}
    chosen = max(whole, key=whole.__getitem__) if whole else min(sizes, key=sizes.__getitem__)
    share = min(1.0, MOST_HOUSEHOLDS / max(sizes[chosen], 1.0))
    return Small((chosen,), share, reference.months)


def is_local(experiment: Experiment) -> bool:
    """Whether every change names its territory."""
    paths = {
        path
        for scenario in experiment.scenarios
        for change in scenario.timeline
        for path in change.changes
    }
    if any(scenario.unemployment_path is not None for scenario in experiment.scenarios):
        return False
    return all(path.startswith("territories.") for path in paths)
