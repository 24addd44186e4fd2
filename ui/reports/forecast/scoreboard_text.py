"""The sentences of the scoreboard's page, and how its numbers are written."""

GOAL_LOW, GOAL_HIGH = 0.85, 0.95
"""Shares of what came that a 90 % interval should hold."""
REACHED, MISSED = "reached", "**missed**"
"""The words for a goal."""

OPENING = """
# Backtest: forecasts of the caseload scored on the past

Written by `python -m ui.reports.forecast.scoreboard docs/backtest.md` on {today}. Data: {panel}
(DREES, monthly RSA households, June to October 2020 provisional; households on 31 December 2020 to
2024 to the nearest ten) and La Réunion by month to March 2025 (CNAF). Nothing here is edited by
hand, and losses stay on the page. `caseload backtest` computes the scores of the months; `caseload
backtest --series FILE.csv` scores a department's own series.

**What is scored.** From each origin (the last month that is known) every method forecasts every
department. Only what was known at the origin is used; tests prove that later months, Decembers and
national counts never change a forecast. All scores are in percent of the households that were
observed: MAPE (mean absolute error over the months ahead), bias (forecast minus observed), CRPS
(error of the whole distribution, in the unit of MAPE; small is good), and the share of months
inside the central 90 % interval. The data are today's published values, so revisions made after an
origin are not played back.

**`model` is a statistical forecast of the level. It is not the simulation.** It knows nothing of
support, staff or rules, and says nothing about what a changed policy would do: the simulation
keeps the differences between scenarios. The growth of a department is a common growth plus a
deviation. Both are Gaussian processes with a drift, a slow part that returns to it, a season that
changes slowly, lasting shocks and passing noise. A declared emergency (the epidemic, March to
December 2020) adds jumps of the level in its months, which are alike and shrink by the same share
every month afterwards; an origin uses those up to its own date, and averages over the half-lives by
how probable they are there. The departments share the parameters of their deviations; each has a
spread, drawn from one distribution. The parameters are fitted at each origin, with the households
at five ends of year before 2017 for the deviations. Where no department's month is known, a
national one speaks for all; where none is, the path goes on at the next December. Errors have heavy
tails (Student, five degrees of freedom, with the 90 % interval of a normal error). The spread is
calibrated on earlier origins, month ahead by month ahead, every month and every later December
among them: once for the common path, whose few errors are trusted little, and once for how the
departments stray from it; of a single series once more on its own earlier months. Paths that ran
into the shock of 2020 count, so that at every origin after it the common path's factor stands at
the largest that is allowed, 1.5, for most months ahead.

**How the structure was chosen.** On forecasts from September 2017 to March 2018 of months up to
June 2018, before any scored month (mean MAPE): ends of year before 2017 used for the deviations,
0.78; without them, 0.84; last value, 0.92. Tried there and not kept: averages of the model with
last value, drift or ARIMA (0.81 to 0.86), a part shared by the departments of a region (0.79),
clipping unusual months (0.78), the mean over the posterior of the common growth's parameters in
place of its mode (0.80), rounding and chance that are larger in small departments (0.79, CRPS 0.57
as before). The three origins were scored four times: with the growth of three years before 2017 and
a weaker calibration of the spread (MAPE 0.956, 93.9 % inside), with five years and a stronger one,
which the earlier origins supported (0.956, 93.8 %), after an approximation became exact (0.956,
93.9 %, above 95 % in four months ahead), and with the spread calibrated by month ahead (this page).
The earlier origins have no origins before them and say nothing about this last change: it was
decided as the better way to count common errors, and scored once. The medians of the priors were
set by hand with the whole series in view; the priors are wide.

**What was chosen after 2020 was seen.** That an emergency fades, that its months are alike (half of
their variance in common), and its months themselves were decided with the Decembers to 2024 in
view: an origin of October or December 2020 could not have known that a shock of this kind goes back
at all. The half-life has the median of the slow part's prior, 12 months (factor 2); 9 and 6
months give smaller errors from the end of 2020 and larger ones later, and were not taken. Without
the common part of the jumps the error from December 2020 is 7.1 % one year ahead in place of 4.5 %.
Tried and not kept: a share of the common growth of its own for a single series (same error, same
coverage). Degrees of freedom of 3 to 6 were compared: 4 to 6 serve equally.

**Benchmarks.** `last_value`; `drift` (mean monthly change); `seasonal_naive` (a year before);
`ets` (exponential smoothing of the logarithm, damped trend where AICc prefers one); `arima`
(1,1,0) of the logarithm; `combination` of last value, drift and ETS with equal weights (mean of
the central paths, mixture of the distributions).

**How sure the scores are.** The departments of one origin share one common error, and the last
two origins overlap in ten of twelve months. The scores rest on two to three independent pieces of
evidence about the common growth, not on the number of forecasts. A difference in coverage of 3
points is within chance. The Decembers rest on four origins that share one path: the fading of one
shock. Their coverage by horizon is that of four, three and two common errors.

**The departments.** The structure of the monthly part was chosen on {chosen} departments; {late}
more were published later and are scored here as they are (`{late_codes}`).
"""

DECEMBER_TEXT = """
Households on 31 December, metropolitan departments whose Decembers are published (eight have none
after 2019, the five overseas have none). From each December the methods forecast the next one, two
and three; benchmarks know the department's Decembers since 2011, the model also the months to
October 2020. `ets`, `arima` and `combination` need ten of them, which two departments do not have.
"""

FADING_TEXT = """
Of the common path, averaged by how probable each half-life is. In October and December 2020 it is
nearly the prior; the later ones have seen the caseload go back.
"""

AFTER_TEXT = """
The shock is in the months, its fading is not: what the model says of it is its prior. Benchmarks
know the months from January 2017 to October 2020. What came are the Decembers of 2020, 2021, 2022.
"""

FUNDS_TEXT = """
Households of the family fund of La Réunion (without the farmers' fund), forecast as a department's
own file: by its months and by what the panel knew, months to October 2020 and Decembers after them.
Every month from June 2018 on that has twelve published months after it is an origin; neighbouring
origins share eleven of them, so that these are few separate pieces of evidence on one department.
The shock of 2020 hardly touched it. What few origins say of a spread, and why this one stays:
[decision 16](decisions/016-the-interval-of-la-reunion.md).
"""

LONG_TEXT = """
14 months are known at the origin, so no season has been seen twice. Scored apart.
"""

SHOCK_TEXT = """
The epidemic of 2020 was not announced. No method could know it, the 90 % interval of the model did
not hold it, and it should not be read as a probability that includes such events. Ten months,
because the months end in October 2020.
"""

CLOSING = """
## What this does not say

- Nothing about other years: the series cover one calm period, one shock and its fading.
- Nothing about the next shock: one alone was seen, and it may fade otherwise.
- Nothing beyond 36 months: that is not verified on the past. Months beyond 24 are verified at ends
  of year only.
- Nothing about the effect of a policy.
"""


def score_cell(name: str, value: float) -> str:
    """A score as tables show it: percent, the bias with its sign."""
    if name == "coverage_90":
        return f"{100 * value:.1f}"
    return f"{value:+.2f}" if name == "bias" else f"{value:.2f}"


def reached(is_reached: bool) -> str:
    """The word for a goal."""
    return REACHED if is_reached else MISSED
