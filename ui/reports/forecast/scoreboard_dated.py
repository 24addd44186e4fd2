"""The sections of the scoreboard on origins after which the months are silent, and on fresh months.

Each says of which data its scores are: ends of year, ends of year after the last month, months of
one department's family fund.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from brought.series import month_of, month_text
from forecast.backtest import MODEL, backtest_series, summary
from forecast.benchmarks import COMBINATION, YEAR
from forecast.december_backtest import (
    YEARS,
    DatedScore,
    dated_means,
    score_after_months,
    score_decembers,
)
from forecast.family_funds import la_reunion
from forecast.panel import Panel
from forecast.shared_dynamics import fit_dynamics
from sim.parameters.derivation.statistics import names_by_code
from ui.reports.forecast.scoreboard_text import (
    AFTER_TEXT,
    DECEMBER_TEXT,
    FADING_TEXT,
    FUNDS_TEXT,
    GOAL_HIGH,
    GOAL_LOW,
    reached,
    score_cell,
)
from ui.reports.markdown import table

SIMPLE = ("last_value", "drift", COMBINATION)
GOAL_GAIN, GOAL_FUNDS = 0.10, 0.60
LAST_MONTH, AFTER_HORIZON, FOURTEEN = "2020-10", 26, 14
LAST_YEAR = 2024
FIRST_FUNDS, FUNDS_HORIZON = "2018-06", 12
FUNDS_PERIODS = (
    ("2018-06", "2019-02"), ("2019-03", "2020-10"), ("2020-11", "2021-11"), ("2021-12", "2024-03"),
)  # fmt: skip
"""Before the shock, running into it, its fading, after it."""
SCORES = ("mape", "bias", "crps", "coverage_90")
HEADS = ("Months ahead", "Method", "Forecasts", "MAPE %", "Bias %", "CRPS %", "Inside 90 %")


def dated_sections(panel: Panel) -> list[str]:
    """Decembers from Decembers, Decembers from the last month, months of La Réunion."""
    decembers = score_decembers(panel)
    after = score_after_months(panel, month_of(LAST_MONTH), AFTER_HORIZON)
    return [
        "## From December to December, 2020 to 2024",
        DECEMBER_TEXT,
        FADING_TEXT,
        dated_table(decembers),
        "### Against the goals, Decembers",
        december_verdicts(decembers),
        "### By origin, Decembers",
        origin_table(decembers),
        "### How fast the shock of 2020 fades, as each origin knew it",
        FADING_TEXT,
        fading_table(panel),
        f"## From {LAST_MONTH}, after which no month was published",
        AFTER_TEXT,
        dated_table(after),
        after_verdict(after),
        *funds_section(panel),
    ]


def dated_table(rows: Sequence[DatedScore]) -> str:
    """Means over departments and origins, by months ahead and method."""
    lines = []
    for ahead in sorted({row.ahead for row in rows}):
        for method, scores in dated_means(row for row in rows if row.ahead == ahead).items():
            cells = [score_cell(name, scores[name]) for name in SCORES]
            lines.append([str(ahead), f"`{method}`", f"{scores['forecasts']:.0f}", *cells])
    return table(HEADS, lines)


def origin_table(rows: Sequence[DatedScore]) -> str:
    """The model and the last value from each origin: where the evidence comes from."""
    heads = (
        "Origin", "Months ahead", "Departments", "Model, MAPE %", "Bias %", "Inside 90 %",
        "`last_value`, MAPE %", "Departments that the model loses",
    )  # fmt: skip
    lines = []
    for origin, ahead in sorted({(row.origin, row.ahead) for row in rows}):
        chosen = [row for row in rows if (row.origin, row.ahead) == (origin, ahead)]
        by_method = dated_means(chosen)
        model, last = by_method[MODEL], by_method["last_value"]
        sizes = {(row.method, row.department): abs(row.error) for row in chosen}
        lost = sum(
            sizes[MODEL, code] > sizes["last_value", code] for name, code in sizes if name == MODEL
        )
        lines.append(
            [
                month_text(origin), str(ahead), f"{model['forecasts']:.0f}",
                *(score_cell(name, model[name]) for name in ("mape", "bias", "coverage_90")),
                score_cell("mape", last["mape"]), str(lost),
            ]
        )  # fmt: skip
    return table(heads, lines)


def fading_table(panel: Panel) -> str:
    """The half-life of the emergency's jumps by origin: geometric mean and spread, months."""
    origins = [month_of(LAST_MONTH), *(YEAR * year + YEAR - 1 for year in (*YEARS, LAST_YEAR))]
    lines = []
    for origin in origins:
        found = fit_dynamics(panel.until(origin))
        mean = float(found.chances @ found.fadings)
        sd = float(np.sqrt(found.chances @ (found.fadings - mean) ** 2))
        cells = [f"{np.exp(mean + one * sd):.1f}" for one in (0.0, -1.0, 1.0)]
        lines.append([month_text(origin), *cells])
    heads = ("Origin", "Half-life, months", "One sd shorter", "One sd longer")
    return table(heads, lines)


def december_verdicts(rows: Sequence[DatedScore]) -> str:
    """What was wanted of the Decembers and what was reached."""
    by_ahead = {
        ahead: dated_means(row for row in rows if row.ahead == ahead)
        for ahead in sorted({row.ahead for row in rows})
    }
    first = by_ahead[min(by_ahead)]
    best = min(SIMPLE, key=lambda name: first[name]["mape"])
    model = first[MODEL]["mape"]
    over = {
        name: float(np.mean([means[name]["mape"] for means in by_ahead.values()]))
        for name in (MODEL, *SIMPLE)
    }
    lowest = min(SIMPLE, key=lambda name: over[name])
    gain = 1.0 - over[MODEL] / over[lowest]
    inside = {ahead: means[MODEL]["coverage_90"] for ahead, means in by_ahead.items()}
    shares = ", ".join(f"{100 * share:.1f} % at {ahead} months" for ahead, share in inside.items())
    is_inside = all(GOAL_LOW <= share <= GOAL_HIGH for share in inside.values())
    return "\n".join(
        [
            f"- One year ahead, MAPE at most that of the best of last value, drift and combination "
            f"(`{best}`, {first[best]['mape']:.2f} %): {model:.2f} %, "
            f"{reached(model <= first[best]['mape'])}.",
            f"- MAPE 10 % below the best of them on average over the horizons (`{lowest}`, "
            f"{over[lowest]:.2f} %): {over[MODEL]:.2f} %, {100 * gain:.0f} % below, "
            f"{reached(gain >= GOAL_GAIN)}.",
            f"- 85 to 95 % inside the 90 % interval at each horizon: {shares}, "
            f"{reached(is_inside)}.",
        ]
    )


def after_verdict(rows: Sequence[DatedScore]) -> str:
    """Fourteen months after the last month, against no change."""
    means = dated_means(row for row in rows if row.ahead == FOURTEEN)
    model, last = means[MODEL]["mape"], means["last_value"]["mape"]
    return (
        f"Goal: at {FOURTEEN} months MAPE not above that of the last value ({last:.2f} %): "
        f"{model:.2f} %, {reached(model <= last)}."
    )


def funds_section(panel: Panel) -> list[str]:
    """La Réunion: every month is an origin, then the three that `caseload backtest` chooses."""
    series = la_reunion()
    origins = list(range(month_of(FIRST_FUNDS), series.last_month - FUNDS_HORIZON + 1))
    rows, _ = backtest_series(panel, series, origins, FUNDS_HORIZON)
    chosen, _ = backtest_series(panel, series, None, FUNDS_HORIZON)
    periods = [(FIRST_FUNDS, month_text(origins[-1])), *FUNDS_PERIODS]
    parts = [
        (f"{first} to {last}", [
            row for row in rows if month_of(first) <= row.origin <= month_of(last)
        ])
        for first, last in periods
    ]  # fmt: skip
    named = ", ".join(sorted({month_text(row.origin) for row in chosen}))
    parts.append((named, chosen))
    lines = []
    for text, part in parts:
        for one in summary(part):
            if one["method"] in (MODEL, *SIMPLE):
                cells = [score_cell(name, float(str(one[name]))) for name in SCORES]
                lines.append([text, str(one["forecasts"]), f"`{one['method']}`", *cells])
    heads = ("Origins", "Forecasts", "Method", "MAPE %", "Bias %", "CRPS %", "Inside 90 %")
    every, last_ones = summary(rows)[0], summary(chosen)[0]
    whole, few = (float(str(one["coverage_90"])) for one in (every, last_ones))
    error = float(str(last_ones["mape"]))
    verdict = "\n".join(
        [
            f"- MAPE at most {GOAL_FUNDS:.2f} % from the last three origins: {error:.2f} %, "
            f"{reached(error <= GOAL_FUNDS)}. From every month since {FIRST_FUNDS}: "
            f"{float(str(every['mape'])):.2f} %, for the shock of 2020 is among them.",
            f"- 85 to 95 % inside the 90 % interval over all origins: {100 * whole:.1f} %, "
            f"{reached(GOAL_LOW <= whole <= GOAL_HIGH)}; from the last three alone: "
            f"{100 * few:.1f} %, {reached(GOAL_LOW <= few <= GOAL_HIGH)}.",
        ]
    )
    return [
        f"## {names_by_code()[la_reunion().department]} by month, family funds, to March 2025",
        FUNDS_TEXT,
        table(heads, lines),
        verdict,
    ]
