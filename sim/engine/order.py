"""The order of the day as the documentation prints it: the list that the engine walks."""

from __future__ import annotations

from sim.compiled import plain
from sim.engine.day import ORDER_OF_THE_DAY

POLICY_DATES = (
    "policy dates",
    "Parameters that change today, or changed since the offices were last open, take effect.",
)
"""What comes before the stages of a day: a day with new parameters begins a new call."""


def printed_order() -> tuple[tuple[str, str], ...]:
    """Stages of a working day: (name, one sentence), from the functions that are walked."""
    stages = tuple(plain(stage.act) for stage in ORDER_OF_THE_DAY)
    return (
        POLICY_DATES,
        *((stage.__name__.replace("_", " "), _first_line(stage.__doc__)) for stage in stages),
    )


def _first_line(text: str | None) -> str:
    if not text:
        raise TypeError("a stage of the day has a sentence")
    return text.splitlines()[0]
