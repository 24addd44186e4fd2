"""`check` and `batch --check` find what `run` would refuse: faults are built from the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.campaign import luck_of
from tests.hostile.door import RIGHT, Attempt, Ending
from tests.hostile.scenarios import prepared_departments, prepared_plans, prepared_scenarios

pytestmark = pytest.mark.slow

SEED, INPUTS = 3, 20


@pytest.mark.slow
@pytest.mark.parametrize("prepared", [prepared_scenarios, prepared_departments, prepared_plans])
def test_what_is_checked_runs_and_what_is_refused_is_refused_alike(
    prepared: Callable[[Path], Attempt], tmp_path: Path
) -> None:
    attempt = prepared(tmp_path)
    endings = Counter(attempt(luck_of(SEED, prepared.__name__, n)) for n in range(INPUTS))
    assert set(endings) == set(RIGHT)
    assert endings[Ending.TAKEN] >= INPUTS // 10
