"""What commands ask before anything runs: that it can run, and is not too large."""

from __future__ import annotations

from collections.abc import Sequence

from sim.experiments.experiment import Experiment
from sim.experiments.readiness import check_ready
from sim.experiments.size import Size, check_size, limits_here, size_of_experiment
from sim.policy import Scenario
from ui.cli.allowing import OPTION, is_large_allowed


def check_before_running(
    experiment: Experiment, workers: int | None = None, *, is_logging: bool = False
) -> Size:
    """The size of an experiment that can run; raises `InputError` for one that cannot.

    ``workers`` is the number of threads; with ``is_logging`` full logs are kept.
    """
    size = size_of_experiment(experiment, workers, is_logging=is_logging)
    refuse_large(size)
    for scenario in experiment.scenarios:
        check_ready(scenario)
    return size


def check_part_before_running(
    scenarios: Sequence[Scenario], share: float, runs: int, workers: int | None
) -> Size:
    """The same of scenarios in a part of their department, each of them under so many seeds."""
    scaled = tuple(scenario.scaled(share) for scenario in scenarios)
    return check_before_running(Experiment(scaled, replications=runs), workers)


def refuse_large(size: Size) -> None:
    """Raise `TooLargeError` for what is above the limits and was not allowed."""
    if not is_large_allowed():
        check_size(size, limits_here(), OPTION)
