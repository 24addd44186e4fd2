"""The same simulated persons under two scenarios: same person, same luck."""

from __future__ import annotations

from dataclasses import dataclass

from sim.experiments.experiment import Experiment
from sim.experiments.lives import Lives, live
from sim.language import Language
from sim.vocabulary import MEMBER_BITS, Benefit, Support
from ui.reports.story import Story, story_of
from ui.study import Draft, Study, experiment_of
from ui.work.preview import Small, small_world

SEED = 1
PERSONS_OFFERED = 8
LOOKED_AT = 40
MEMBER_MASK = (1 << MEMBER_BITS) - 1
SUPPORTED = (Support.SUPPORTED, Support.IN_JOB_FOLLOW_UP)
SHARE_OF_PREVIEW = 0.5
"""Full logs are large: half the world of the preview is enough to choose persons from."""


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
    """Both sides in a small world, with full logs; raises `InputError`."""
    experiment = experiment_of(study.model_copy(update={"drafts": (draft,)}))
    changed = experiment.changed_territories if is_local(experiment) else ()
    world = small_world(experiment.reference, changed)
    small = Small(world.kept, world.share * SHARE_OF_PREVIEW, experiment.reference.months)
    first, second = (small.of(scenario) for scenario in experiment.scenarios)
    return Pair(live(first, SEED), live(second, SEED))


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
