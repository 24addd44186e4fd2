"""The elasticity of households to unemployment: the estimator, the findings, tables and page."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from calibration.labour_market.estimate import Estimate, estimated
from calibration.labour_market.explained import explained
from calibration.labour_market.findings import (
    FINDINGS,
    YEARS,
    entries_elasticity,
    findings,
    kept,
    kept_response,
    main_estimate,
    text_of,
)
from calibration.labour_market.panel import PANDEMIC, december_panel, over_years, quarter_panel
from forecast.context import remarks_of_context
from sim.parameters.national import load_tables
from sim.parameters.unemployment import QUARTERS
from sim.policy.unemployment import ENTRIES, JOB_FINDING
from ui.reports.labour_market_page import page
from ui.reports.remarks import remark_text

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
TRUE = np.array([0.25, 0.15])
DEPARTMENTS, PERIODS, PANELS = 60, 12, 60


def synthetic(seed: int, has_causes: bool = True) -> Estimate:
    """A panel whose unemployment follows years that move households too, with trends and shocks
    that the departments of a year share in part."""
    rng = np.random.default_rng(seed)
    years = rng.normal(0.0, 8.0, PERIODS)
    causes = rng.normal(0.0, 5.0, (DEPARTMENTS, PERIODS, 2)) + years[:, None]
    growth = causes @ TRUE if has_causes else np.zeros((DEPARTMENTS, PERIODS))
    growth = growth - 0.5 * years + rng.normal(0.0, 1.5, (DEPARTMENTS, 1))
    exposure = causes[..., 0] - causes[..., 0].mean(axis=0)
    growth = growth + 0.05 * exposure * rng.normal(0.0, 1.0, PERIODS)
    growth = growth + rng.normal(0.0, 2.0, growth.shape)
    rows, columns = np.indices(growth.shape)
    return estimated(
        growth.ravel(), causes.reshape(-1, 2), rows.ravel().astype(str), columns.ravel()
    )


@pytest.fixture(scope="module")
def panels() -> list[Estimate]:
    return [synthetic(seed) for seed in range(PANELS)]


def test_known_elasticities_are_found_beside_years_and_trends(panels: list[Estimate]) -> None:
    values = np.array([one.values for one in panels])
    tolerance = 4.5 * values.std(axis=0, ddof=1) / np.sqrt(PANELS)
    assert np.all(np.abs(values.mean(axis=0) - TRUE) < tolerance)
    # The tolerance is worth something: a tenth of an elasticity would be seen.
    assert np.all(tolerance < 0.1 * TRUE.sum())


def test_intervals_hold_about_as_often_as_they_say(panels: list[Estimate]) -> None:
    held = [
        low <= true <= high
        for one in panels
        for true, (low, high) in zip(TRUE, map(one.interval, range(2)), strict=True)
    ]
    # 120 intervals of 90 %: 4.5 binomial deviations, and never narrower than said by more.
    assert np.mean(held) > 0.90 - 4.5 * np.sqrt(0.9 * 0.1 / len(held))


def test_without_an_effect_none_is_found() -> None:
    values = np.array([synthetic(seed, has_causes=False).values for seed in range(PANELS)])
    tolerance = 4.5 * values.std(axis=0, ddof=1) / np.sqrt(PANELS)
    assert np.all(np.abs(values.mean(axis=0)) < tolerance)


def test_cumulated_elasticities_add_up_with_their_errors() -> None:
    one = synthetic(1)
    both = one.cumulated()
    assert both.values == pytest.approx([one.values[0], one.values.sum()])
    assert both.errors[1] == pytest.approx(np.sqrt(one.covariance.sum()))
    assert one.errors[0] == both.errors[0]


def test_the_panel_leaves_the_pandemic_out_and_mixes_no_tables() -> None:
    panel = december_panel(YEARS * QUARTERS)
    assert set(PANDEMIC) <= set(panel.years.tolist())
    calm = panel.without_pandemic()
    assert not set(PANDEMIC) & set(calm.years.tolist())
    assert calm.years.min() == 2017
    # Each year's changes are sums of four quarters.
    assert over_years(calm, 2)[:, 1] == pytest.approx(calm.changes[:, 4:8].sum(axis=1))
    pairs = set(zip(panel.departments.tolist(), panel.periods.tolist(), strict=True))
    assert len(pairs) == len(panel.growth)
    assert quarter_panel(1).years.max() < min(PANDEMIC)


def test_the_findings_are_those_of_the_shipped_data() -> None:
    assert text_of(findings(kept_response())) == FINDINGS.read_text(encoding="ascii")


def test_the_tables_hold_what_was_found() -> None:
    tables = load_tables().entries
    finding, entries = tables[JOB_FINDING], tables[ENTRIES]
    value, low, high = entries_elasticity(kept_response(), float(str(finding.value)))
    assert float(str(entries.value)) == pytest.approx(value, abs=0.01)
    assert entries.uncertainty.low == pytest.approx(low, abs=0.05)
    assert entries.uncertainty.high == pytest.approx(high, abs=0.05)
    assert entries.uncertainty.interval == finding.uncertainty.interval == 0.90
    assert (finding.kind, entries.kind) == ("literature", "derived")


def test_the_page_says_what_was_found() -> None:
    assert (ROOT / "docs" / "labour_market.md").read_text(encoding="utf-8") == page(kept())


def test_what_is_explained_is_the_change_of_the_rate_times_the_elasticities() -> None:
    estimate = main_estimate()
    whole, *each = explained(estimate)
    assert whole.households[0] == sum(one.households[0] for one in each)
    assert all(one.low < one.by_unemployment < one.high or one.by_unemployment == 0 for one in each)
    falling = next(one for one in each if one.code == "80")
    assert falling.rates == (9.3, 8.1)
    assert -100.0 < falling.change < falling.by_unemployment < 0.0


def test_a_forecast_says_what_is_explained_where_it_is_known() -> None:
    (remark,) = remarks_of_context("80")
    assert "-16.3 %" in remark_text(remark, "en")
    assert "16,3 %" in remark_text(remark, "fr")
    assert remarks_of_context("no such department") == ()
