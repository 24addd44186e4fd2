"""The ladder of sanctions in force decides what repeated breaches lead to."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray
from small_worlds import somme

from sim.engine.run import run_plan
from sim.engine.run_plan import RunPlan
from sim.events import COLUMNS
from sim.parameters import Parameters, scale_department
from sim.units import MINUTES_PER_DAY, day_number
from sim.vocabulary import Record

SEED = 3
START, CHANGED = date(2023, 1, 1), date(2023, 9, 1)
TIME, KIND, DETAIL, VALUE = (COLUMNS.index(name) for name in ("time", "kind", "detail", "value"))
FAMILY_CAP = 500


def sanctions(ladder: object) -> NDArray[np.int64]:
    """Sanctions of a year and a half in a strict department under a ladder."""
    plain = scale_department(somme(), 0.08)
    strict: dict[str, object] = {
        "sanctions.ladder": ladder,
        "sanctions.application_share": 1.0,
        "sanctions.breach_threshold": 1,
    }
    for kind in plain.labels("contact_types"):
        strict[f"contact_types.{kind}.no_show_share"] = 0.5
    base: Parameters = plain.patched(strict, "test")
    log = run_plan(RunPlan("ladder", START, 18, base), SEED, is_logging=True).log
    assert log is not None
    return log.rows[log.rows[:, KIND] == Record.SANCTIONED]


def shares(rows: NDArray[np.int64], stages: tuple[int, ...]) -> set[int]:
    return set(rows[np.isin(rows[:, DETAIL], stages), VALUE].tolist())


def test_without_a_ladder_breaches_have_no_consequence_until_there_is_one() -> None:
    rows = sanctions({"1960-01-01": "none", CHANGED.isoformat(): "graduated"})
    assert len(rows) > 30
    assert rows[:, TIME].min() >= day_number(CHANGED) * MINUTES_PER_DAY
    # Nothing was kept in mind: the first sanctions are first steps.
    assert set(rows[:10, DETAIL].tolist()) == {1}


@pytest.mark.slow
def test_each_ladder_withholds_its_own_shares() -> None:
    graduated, decree = sanctions("graduated"), sanctions("decree_2025")
    assert shares(graduated, (1,)) == {800, FAMILY_CAP}
    assert shares(decree, (1,)) == {650, FAMILY_CAP}
    for rows in (graduated, decree):
        assert shares(rows, (2, 3)) == {1000, FAMILY_CAP}
