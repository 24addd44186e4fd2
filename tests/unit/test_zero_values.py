"""Where a value of zero stands below a line: no failure, no infinite number."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest

from sim.engine.packed import pack
from sim.policy import load_scenario
from ui.reports.wording import difference_text, interval_text, number_text

PREVALENCE = "barriers.mobility.prevalence"
MULTIPLIER = "barriers.mobility.job_finding_multiplier"
EXPONENT = "barrier_effects.exponent"


@pytest.mark.parametrize(
    "changes",
    [{PREVALENCE: 0.0}, {PREVALENCE: 1.0}, {MULTIPLIER: 0.0}, {MULTIPLIER: 0.0, EXPONENT: 0.0}],
)
@pytest.mark.filterwarnings("error")
def test_a_barrier_of_nobody_or_that_stops_everything(changes: dict[str, object]) -> None:
    scenario = load_scenario("somme_reference").with_changes(changes)
    nation = pack(scenario.parameters_on(scenario.start), date(2023, 1, 1), 0).national[0]
    for name in ("prevalence", "onset", "removal", "factor"):
        assert np.isfinite(nation[f"barrier_{name}"]).all()
    mobility = scenario.base.labels("barriers").index("mobility")
    if PREVALENCE in changes:
        assert (nation["barrier_prevalence"][:, mobility] == changes[PREVALENCE]).all()
    if MULTIPLIER in changes:
        assert nation["barrier_factor"][mobility] == float(EXPONENT in changes)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_a_dash(value: float) -> None:
    assert number_text(value, "share") == "–"
    assert difference_text(value, "number") == "–"
    assert "inf" not in interval_text(0.0, value, "number")
