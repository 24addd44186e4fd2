"""All that is estimated, in one file: ``python -m calibration.labour_market`` writes it.

The elasticity of households with its checks, the model's own response, the elasticity of first
entries that follows, and what unemployment explains of the last years.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from calibration.labour_market.estimate import Estimate, estimated
from calibration.labour_market.explained import FIRST, LAST, explained
from calibration.labour_market.panel import Panel, december_panel, over_years, quarter_panel
from calibration.labour_market.response import Response
from sim.parameters.draw_files import POSTERIOR
from sim.parameters.national import load_tables
from sim.parameters.unemployment import QUARTERS

FINDINGS = POSTERIOR / "labour_market.json"
JOB_FINDING = "labour_market.job_finding_elasticity"
YEARS, LONG_YEARS, QUARTERS_SHOWN = 2, 3, 7
DIGITS = 4
Found = dict[str, Any]


def main_estimate() -> Estimate:
    """The response of households in the year of a change and in the next one, to be cumulated.

    Decembers without the years of the pandemic, effects of years, a trend of each department.
    """
    return _of(december_panel(YEARS * QUARTERS).without_pandemic(), YEARS)


def checks() -> dict[str, Estimate]:
    """The same on other years, without trends or years, and by quarter; all cumulated."""
    panel, long = december_panel(YEARS * QUARTERS), december_panel(LONG_YEARS * QUARTERS)
    calm = panel.without_pandemic()
    months = quarter_panel(QUARTERS_SHOWN)
    by_quarter = estimated(
        months.growth, months.changes[:, :QUARTERS_SHOWN], months.departments, months.periods
    )
    found = {
        "with_pandemic": _of(panel, YEARS),
        "without_trends": _of(calm, YEARS, has_trends=False),
        "before_2020": _of(calm.where(calm.years < 2020), YEARS),
        "after_2021": _of(calm.where(calm.years > 2021), YEARS),
        "three_years": _of(long.without_pandemic(), LONG_YEARS),
        "without_years": _of(calm, YEARS, has_periods=False),
        "by_quarter": by_quarter,
    }
    return {name: one.cumulated() for name, one in found.items()}


def _of(panel: Panel, years: int, has_trends: bool = True, has_periods: bool = True) -> Estimate:
    return estimated(
        panel.growth, over_years(panel, years), panel.departments, panel.periods, has_trends,
        has_periods,
    )  # fmt: skip


def entries_elasticity(response: Response, job_finding: float) -> tuple[float, float, float]:
    """First entries: what job finding leaves of the households' response in the second year.

    Value and 90 % interval, given the elasticity of job finding.
    """
    whole = main_estimate().cumulated()
    low, high = whole.interval(YEARS - 1)
    left = job_finding * response.job_finding[YEARS - 1]
    value, low, high = (
        (one - left) / response.entries[YEARS - 1]
        for one in (float(whole.values[YEARS - 1]), low, high)
    )
    return value, low, high


def findings(response: Response) -> Found:
    """The content of the file."""
    estimate = main_estimate()
    job_finding = float(str(load_tables().entries[JOB_FINDING].value))
    value, low, high = entries_elasticity(response, job_finding)
    model = [
        job_finding * finding + value * entries
        for finding, entries in zip(response.job_finding, response.entries, strict=True)
    ]
    found: Found = {
        "households": _record(estimate.cumulated()),
        "checks": {name: _record(one) for name, one in checks().items()},
        "response": asdict(response),
        "entries_elasticity": {"value": value, "low": low, "high": high},
        "households_of_the_model": model,
        "explained_years": [FIRST, LAST],
        "explained": [asdict(one) for one in explained(estimate)],
    }
    return found


def _record(estimate: Estimate) -> Found:
    places = range(len(estimate.values))
    return {
        "values": estimate.values.tolist(),
        "errors": estimate.errors.tolist(),
        "low": [estimate.interval(place)[0] for place in places],
        "high": [estimate.interval(place)[1] for place in places],
        "rows": estimate.rows,
        "clusters": estimate.clusters,
    }


def text_of(found: Mapping[str, Any]) -> str:
    """The file's text, numbers to four digits."""
    return json.dumps(_rounded(found), indent=1, ensure_ascii=True) + "\n"


def _rounded(found: Any) -> Any:
    if isinstance(found, float):
        return round(found, DIGITS)
    if isinstance(found, Mapping):
        return {key: _rounded(one) for key, one in found.items()}
    return [_rounded(one) for one in found] if isinstance(found, list | tuple) else found


def kept() -> Found:
    """What the file says."""
    content: Found = json.loads(FINDINGS.read_text(encoding="ascii"))
    return content


def kept_response() -> Response:
    """The model's response as it was measured."""
    found = kept()["response"]
    return Response(tuple(found["job_finding"]), tuple(found["entries"]))
