"""A value that is set from a day on, and what a scenario itself sets later."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sim.policy.scenario import Scenario


def set_again(scenario: Scenario, paths: Collection[str], since: date | None) -> date | None:
    """The last day of the run on which a scenario undoes what is set from another day on.

    ``since`` is None for what holds before the first day too. None where nothing is undone.
    """
    days = [
        change.day
        for change in scenario.timeline
        if (since is None or since < change.day)
        and change.day < scenario.end
        and not set(paths).isdisjoint(change.changes)
    ]
    return max(days, default=None)


def too_early(scenario: Scenario, since: date | None) -> str:
    """What is wrong with setting a value on a day, in the words of a fault."""
    return f"{since or 'always'}, before {scenario.name} sets it"
