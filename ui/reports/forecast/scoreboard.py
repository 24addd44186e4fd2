"""The page of the scoreboard, written from the scores.

``python -m ui.reports.forecast.scoreboard FILE`` writes it again.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from brought.series import month_of, month_text
from forecast.backtest import (
    HORIZON,
    METHODS,
    MODEL,
    ORIGINS,
    ScoredForecast,
    backtest_panel,
    summary,
)
from forecast.benchmarks import BENCHMARKS, COMBINATION
from forecast.panel import Panel, shipped_panel
from sim.parameters.derivation.statistics import names_by_code
from ui.reports.forecast.scoreboard_dated import dated_sections
from ui.reports.forecast.scoreboard_text import (
    CLOSING,
    GOAL_HIGH,
    GOAL_LOW,
    LONG_TEXT,
    OPENING,
    SHOCK_TEXT,
    reached,
    score_cell,
)
from ui.reports.markdown import table

LONG_ORIGIN, LONG_HORIZON = "2018-02", 24
SHOCK_ORIGIN, SHOCK_HORIZON = "2019-12", 10
GOAL_MAPE, GOAL_GAIN = 0.95, 0.10
GOAL_MAPE_CHOSEN = 0.96
LATE = (
    "01", "10", "11", "16", "23", "24", "26", "27", "33", "37", "45", "46", "48", "52",
    "56", "64", "71", "81", "82", "87", "88", "89", "93", "971", "972",
)  # fmt: skip
"""Departments whose months were published after the structure was chosen."""
SCORE_HEADS = ("Method", "MAPE %", "Bias %", "CRPS %", "Inside 90 %")
SCORES = ("mape", "bias", "crps", "coverage_90")
SHOWN_AHEAD = (1, 2, 3, 4, 5, 6, 8, 10, 12, 18, 24)


def page(panel: Panel, today: date) -> str:
    """The whole page in Markdown; fits every origin, which takes about a minute."""
    main = backtest_panel(panel, _months(ORIGINS), HORIZON)
    long = backtest_panel(panel, _months([LONG_ORIGIN]), LONG_HORIZON)
    shock = backtest_panel(panel, _months([SHOCK_ORIGIN]), SHOCK_HORIZON)
    parts = [
        opening(panel, today.isoformat()),
        "## Three origins, 12 months ahead",
        f"Origins {', '.join(ORIGINS)}: {len(main) // len(METHODS)} forecasts by method.",
        score_table(main),
        "### Against the goals",
        *_verdicts(main),
        "### Departments seen when the structure was chosen, and those that came later",
        *(_of_departments(main, is_late) for is_late in (False, True)),
        "### By origin",
        *(_by_origin(main, month) for month in _months(ORIGINS)),
        "### By month ahead",
        _ahead_tables(main),
        "## 24 months ahead, from February 2018",
        LONG_TEXT,
        score_table(long),
        _ahead_tables(long),
        f"## An unannounced shock: {SHOCK_HORIZON} months from December 2019",
        SHOCK_TEXT,
        score_table(shock),
        _ahead_tables(shock),
        *dated_sections(panel),
        "## Department by department",
        _losses(main),
        department_table(main),
        CLOSING,
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def opening(panel: Panel, today: str) -> str:
    """What the page says before its tables, for a panel and the day it is written."""
    months = f"{month_text(panel.first_monthly)} to {month_text(panel.last_monthly)}"
    late = [code for code in panel.departments if code in LATE]
    return OPENING.format(
        today=today,
        panel=f"{len(panel.departments)} departments, {months}",
        chosen=len(panel.departments) - len(late),
        late=len(late),
        late_codes=", ".join(late),
    )


def score_table(rows: Sequence[ScoredForecast]) -> str:
    """Means over departments, origins and months ahead, by method."""
    lines = [
        [f"`{one['method']}`", *(score_cell(name, _float(one[name])) for name in SCORES)]
        for one in summary(rows)
    ]
    return table(SCORE_HEADS, lines)


def department_table(rows: Sequence[ScoredForecast]) -> str:
    """Each department's means over origins: the model and the best single benchmark."""
    heads = (
        "Department", "Model, MAPE %", "Bias %", "Inside 90 %", "CRPS %", "Combination",
        "Best benchmark", "Its CRPS", "Model",
    )  # fmt: skip
    return table(heads, [cells for _, cells in sorted(_department_cells(rows).items())])


def _department_cells(rows: Sequence[ScoredForecast]) -> Mapping[str, list[str]]:
    names = names_by_code()
    found: dict[str, list[str]] = {}
    for code, scored in _by_department(rows).items():
        model = scored[MODEL]
        best = min(BENCHMARKS, key=lambda name: scored[name]["crps"])
        is_lost = model["crps"] > min(scored[best]["crps"], scored[COMBINATION]["crps"])
        found[code] = [
            f"{code} {names.get(code, '')}".strip(),
            score_cell("mape", model["mape"]),
            score_cell("bias", model["bias"]),
            score_cell("coverage_90", model["coverage_90"]),
            score_cell("crps", model["crps"]),
            score_cell("crps", scored[COMBINATION]["crps"]),
            f"`{best}`",
            score_cell("crps", scored[best]["crps"]),
            "**loses**" if is_lost else "wins",
        ]
    return found


def _by_department(
    rows: Sequence[ScoredForecast],
) -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    found: dict[str, dict[str, Mapping[str, float]]] = {}
    for code in {row.department for row in rows}:
        own = [row for row in rows if row.department == code]
        found[code] = {
            str(one["method"]): {name: _float(one[name]) for name in SCORES} for one in summary(own)
        }
    return found


def _verdicts(rows: Sequence[ScoredForecast]) -> list[str]:
    """What was wanted and what was reached, one sentence each."""
    by_method = {str(one["method"]): one for one in summary(rows)}
    model = by_method[MODEL]
    mape, crps = _float(model["mape"]), _float(model["crps"])
    best = min(BENCHMARKS, key=lambda name: _float(by_method[name]["crps"]))
    gain = 1 - crps / _float(by_method[best]["crps"])
    combined = 1 - crps / _float(by_method[COMBINATION]["crps"])
    ahead = model["by_horizon"]
    assert isinstance(ahead, list)
    outside = [
        f"{one['horizon']} ({100 * one['coverage_90']:.1f} %)"
        for one in ahead
        if not GOAL_LOW <= one["coverage_90"] <= GOAL_HIGH
    ]
    coverage = (
        "in every month ahead" if not outside else f"except {', '.join(outside)} months ahead"
    )
    goal = f"{100 * GOAL_LOW:.0f} to {100 * GOAL_HIGH:.0f} %"
    return [
        "\n".join(
            [
                f"- MAPE at most {GOAL_MAPE} %: {mape:.3f} %, {reached(mape <= GOAL_MAPE)}.",
                f"- CRPS at least {100 * GOAL_GAIN:.0f} % below the best single benchmark "
                f"(`{best}`): {100 * gain:.1f} % below, {reached(gain >= GOAL_GAIN)}.",
                f"- CRPS not above the combination's: {100 * combined:.1f} % below, "
                f"{reached(combined >= 0)}.",
                f"- {goal} of what came inside the 90 % interval, by month ahead: {coverage}, "
                f"{reached(not outside)}.",
            ]
        )
    ]


def _losses(rows: Sequence[ScoredForecast]) -> str:
    scored = _by_department(rows)
    against = {
        name: sum(one[MODEL]["crps"] > one[name]["crps"] for one in scored.values())
        for name in (*BENCHMARKS, COMBINATION)
    }
    texts = ", ".join(f"`{name}` in {count}" for name, count in against.items())
    return (
        f"CRPS over the three origins. Of {len(scored)} departments the model loses to {texts}. "
        "The last columns compare it with whichever benchmark turned out best there, which nobody "
        "could know before."
    )


def _of_departments(rows: Sequence[ScoredForecast], is_late: bool) -> str:
    chosen = [row for row in rows if (row.department in LATE) == is_late]
    count = len({row.department for row in chosen})
    if is_late:
        return f"{count} departments that were not seen:\n\n{score_table(chosen)}"
    mape = _float(summary(chosen)[0]["mape"])
    goal = (
        f"MAPE not above {GOAL_MAPE_CHOSEN} %: {mape:.2f} %, "
        f"{reached(round(mape, 2) <= GOAL_MAPE_CHOSEN)}."
    )
    return f"{count} departments that were seen. {goal}\n\n{score_table(chosen)}"


def _by_origin(rows: Sequence[ScoredForecast], origin: int) -> str:
    chosen = [row for row in rows if row.origin == origin]
    return f"Origin {month_text(origin)}:\n\n{score_table(chosen)}"


def _ahead_tables(rows: Sequence[ScoredForecast]) -> str:
    """MAPE by method and month ahead, then the model's coverage."""
    by_method = {str(one["method"]): one["by_horizon"] for one in summary(rows)}
    first = by_method[MODEL]
    assert isinstance(first, list)
    shown = [ahead for ahead in SHOWN_AHEAD if ahead <= len(first)]
    lines = []
    for name, title in (("mape", "MAPE %"), ("crps", "CRPS %"), ("coverage_90", "inside 90 %")):
        for method in METHODS if name == "mape" else (MODEL, COMBINATION):
            values = by_method[method]
            assert isinstance(values, list)
            cells = [score_cell(name, values[ahead - 1][name]) for ahead in shown]
            lines.append([f"`{method}`, {title}", *cells])
    return table(("Months ahead", *map(str, shown)), lines)


def _months(texts: Sequence[str]) -> list[int]:
    return [month_of(text) for text in texts]


def _float(value: object) -> float:
    return float(str(value))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(shipped_panel(), date.today()), encoding="utf-8")
