"""What it means that a log and the naive replay agree."""

from __future__ import annotations

from replay.comparing import Comparison
from replay.office_day import OfficeComparison

ONE_UNDECIDED_IN = 400
"""Of lives of ten years and more, at most: an event within a minute of a midnight is rare."""


def assert_agree(found: Comparison, *, households: int, events: int) -> None:
    """Every life is the one foretold, of at least so many households and events."""
    assert found.disagreements == (), "\n".join(map(str, found.disagreements[:5]))
    assert found.households >= households
    assert found.events >= events
    assert found.undecided <= 1 + found.households // ONE_UNDECIDED_IN


def assert_exact(found: OfficeComparison, *, days: int, rows: int) -> None:
    """Every row that offices wrote is the one foretold, of at least so many days and rows."""
    assert found.first is None, str(found.first)
    assert found.days >= days
    assert found.rows >= rows
