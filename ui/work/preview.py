"""The quick preview: a small world like the department, few replications, in this process.

One territory is kept (or all, for who looks at all), and what is left is scaled to about
`WANTED_HOUSEHOLDS`. What it shows are delays, loads and shares, never counts of a whole department.
Which people are simulated and which months are counted depends on the reference and the territory
alone: whatever a scenario changes, the reference beside it stays the same.

A preview has threads of its own, so that no visitor waits for another one's; its end comes with
the last run, with its deadline or when it is dropped. Compiled days cannot be interrupted: a run
looks up between two stretches of them.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from itertools import product

from sim.experiments.experiment import Experiment
from sim.experiments.jobs import outcomes_under
from sim.experiments.runner import Replication, Results
from sim.experiments.size import check_size, limits_here, size_of_experiment
from sim.experiments.threads import in_threads
from sim.experiments.why import Why, why
from sim.outcomes.table import Outcomes
from sim.parameters.rules import STOCK
from sim.policy import Scenario
from ui.study import Study, experiment_of
from ui.study.draft import Draft
from ui.work.model import load_model
from ui.work.results import FullRun
from ui.work.run_files import RunState

REPLICATIONS = 3
MONTHS = 18
MONTHS_COUNTED = 12
"""The last months of a preview, which its numbers are of."""
WANTED_HOUSEHOLDS = 900.0
KEPT = 96
AT_ONCE = 2
MOST_SECONDS = 20.0
"""What a preview may take: by the estimate before it begins, by the clock once it runs."""


@dataclass(frozen=True)
class Small:
    """A small world: the territories that are kept, the part of them, the months."""

    kept: tuple[str, ...]
    share: float
    months: int

    def of(self, scenario: Scenario) -> Scenario:
        """A scenario in the small world."""
        base = scenario.base
        labels = base.labels("territories")
        left_out = [label for label in labels if label not in self.kept]
        if left_out:
            stock = math.ceil(households_of(scenario, self.kept)) + len(left_out)
            changes: dict[str, object] = {STOCK: stock}
            for label in left_out:
                own = f"territories.{label}"
                if base.word(f"{own}.stock_unit") != "remainder":
                    changes[f"{own}.stock_value"] = 0
                changes |= {f"{own}.staff.{role}.fte": 0 for role in base.labels("roles")}
            scenario = scenario.with_variant(changes)
        return scenario.with_months(self.months).scaled(self.share)


class PreviewTooLongError(Exception):
    """A preview that was not over at its deadline."""


class Running:
    """A preview under way: three runs of the reference and of the scenario."""

    def __init__(
        self,
        study: Study,
        experiment: Experiment,
        run: Callable[[Scenario, int, Callable[[], bool]], Outcomes],
        kept: tuple[str, ...],
    ) -> None:
        self._study = study
        self._kept = kept
        self._experiment = experiment
        self._deadline = time.monotonic() + MOST_SECONDS
        self._is_dropped = threading.Event()
        self._found: dict[tuple[int, int], Outcomes] = {}

        def outcomes(place: tuple[int, int]) -> Outcomes:
            position, number = place
            seed = experiment.seeds[number]
            return run(experiment.scenarios[position], seed, self._should_stop)

        watching = ThreadPoolExecutor(max_workers=1)
        self._is_whole: Future[bool] = watching.submit(
            in_threads,
            outcomes,
            list(product(range(len(experiment.scenarios)), range(experiment.replications))),
            self._found.__setitem__,
            workers=AT_ONCE,
            cancel=self._is_dropped,
            warm_up=load_model,
        )
        watching.shutdown(wait=False)

    def is_over(self, seconds: float) -> bool:
        """Whether all runs have ended, after at most some seconds of waiting."""
        return not wait([self._is_whole], seconds).not_done

    def drop(self) -> None:
        """Nobody waits any more: what has not begun never will, the rest ends soon."""
        self._is_dropped.set()

    def result(self) -> FullRun:
        """The outcomes, once all runs have ended; raises `PreviewTooLongError`."""
        if not self._is_whole.result():
            raise PreviewTooLongError(self._experiment.reference.name)
        replications = tuple(
            Replication(number, seed, (self._found[0, number], self._found[1, number]), (), 0.0)
            for number, seed in enumerate(self._experiment.seeds)
        )
        results = Results(self._experiment, replications, False, 0.0)
        return FullRun(
            self._study,
            results,
            RunState("complete", replications=REPLICATIONS),
            {},
            {},
            is_preview=True,
            why=tuple(_at_full_size(one, self._experiment) for one in why(results, self._kept)),
        )

    def _should_stop(self) -> bool:
        return self._is_dropped.is_set() or time.monotonic() > self._deadline


class Previews:
    """Small runs by what they are made of: what was run is not run again."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, int], Outcomes] = OrderedDict()
        self._lock = threading.Lock()

    def start(self, study: Study, draft: Draft, territory: str | None = None) -> Running:
        """Begin with the reference and one scenario in the small world of a territory (None: all).

        Raises `InputError`, `TooLargeError` where the small world is still a large one.
        """
        alone = study.model_copy(update={"drafts": (draft,), "replications": REPLICATIONS})
        experiment = experiment_of(alone)
        small = small_world(experiment.reference, () if territory is None else (territory,))
        scenarios = tuple(small.of(scenario) for scenario in experiment.scenarios)
        months = experiment.months
        first = months[max(small.months - MONTHS_COUNTED, 0)]
        little = Experiment(scenarios, experiment.seed, REPLICATIONS, counted_from=first)
        check_size(size_of_experiment(little, AT_ONCE), limits_here(AT_ONCE * MOST_SECONDS))
        load_model()

        def run(scenario: Scenario, seed: int, should_stop: Callable[[], bool]) -> Outcomes:
            return self._outcomes(scenario, seed, little.since, should_stop)

        return Running(alone, little, run, small.kept)

    def preview(self, study: Study, draft: Draft, territory: str | None = None) -> FullRun:
        """A preview from its beginning to its end; raises what these two raise."""
        return self.start(study, draft, territory).result()

    def _outcomes(
        self, scenario: Scenario, seed: int, since: int, should_stop: Callable[[], bool]
    ) -> Outcomes:
        key = (f"{scenario.fingerprint()} {since}", seed)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        (found,) = outcomes_under(seed, [scenario], since, should_stop=should_stop)
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found


def _at_full_size(found: Why, experiment: Experiment) -> Why:
    """What is asked and there in the whole territory, of which a part was simulated."""
    share = experiment.reference.share
    needs = (
        replace(need, asked=need.asked / share, there=need.there / share, units=need.units / share)
        for need in found.needs
    )
    return replace(found, needs=tuple(needs))


def small_world(reference: Scenario, territories: tuple[str, ...] = ()) -> Small:
    """The small world of some territories of a reference (none: all)."""
    kept = territories or reference.base.labels("territories")
    share = min(1.0, WANTED_HOUSEHOLDS / max(households_of(reference, kept), 1.0))
    return Small(kept, share, min(reference.months, MONTHS))


def households_of(scenario: Scenario, territories: tuple[str, ...]) -> float:
    """Households of some territories at the start; a remainder is what the others leave."""
    base = scenario.base
    total = base.number(STOCK)
    adults = base.number("population.adults_per_household")
    found, known, remainders = 0.0, 0.0, 0
    for label in base.labels("territories"):
        unit = base.word(f"territories.{label}.stock_unit")
        value = base.number(f"territories.{label}.stock_value")
        size = value / adults if unit == "persons" else value
        if unit == "remainder":
            remainders += label in territories
            continue
        known += size
        found += size if label in territories else 0.0
    count = sum(
        base.word(f"territories.{label}.stock_unit") == "remainder"
        for label in base.labels("territories")
    )
    rest = max(total - known, 0.0) / count if count else 0.0
    return found + remainders * rest
