"""Whether the log of a run tells the lives and the days of offices that plain rules foretell."""

from __future__ import annotations

from dataclasses import dataclass

from replay.runs import relive_run
from sim.engine.run_plan import RunPlan

SHOWN = 3


@dataclass(frozen=True)
class Relived:
    """What was relived of a run, how much of it, and the first differences in words.

    ``undecided`` are lives that part after an event within a minute of a midnight: either side
    may be right (`replay.comparing`).
    """

    households: int
    events: int
    undecided: int
    days: int
    rows: int
    differences: tuple[str, ...]

    @property
    def is_foretold(self) -> bool:
        """Whether nothing differs."""
        return not self.differences


def relived(plan: RunPlan, seed: int) -> Relived:
    """Run a plan with its log; live every household and every day of the offices again."""
    lives, offices = relive_run(plan, seed)
    told = [str(one) for one in lives.disagreements[:SHOWN]]
    if offices.first is not None:
        told.append(str(offices.first))
    return Relived(
        lives.households,
        lives.events,
        lives.undecided,
        offices.days,
        offices.rows,
        tuple(told),
    )
