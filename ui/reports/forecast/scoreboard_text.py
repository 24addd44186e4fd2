"""The sentences of the scoreboard's page."""

OPENING = """
# Backtest: forecasts of the caseload scored on the past

Written by `python -m ui.reports.forecast.scoreboard docs/backtest.md` on {today}. Data: {panel}
(DREES, monthly RSA households; June to October 2020 provisional). Nothing here is edited by hand,
and losses stay on the page. `caseload backtest` computes the same scores; `caseload backtest
--series FILE.csv` scores a department's own series.

**What is scored.** From each origin (the last month that is known) every method forecasts every
department. Only months up to the origin are used; a test proves that later months never change a
forecast. All scores are in percent of the households that were observed: MAPE (mean absolute
error over the months ahead), bias (forecast minus observed), CRPS (error of the whole
distribution, in the unit of MAPE; small is good), and the share of months inside the central 90 %
interval. The data are today's published values, so revisions made after an origin are not played
back.

**`model` is a statistical forecast of the level. It is not the simulation.** It knows nothing of
support, staff or rules, and says nothing about what a changed policy would do: the simulation
keeps the differences between scenarios. The growth of a department is a common growth plus a
deviation. Both are Gaussian processes with a drift, a slow part that returns to it, a season that
changes slowly, lasting shocks and passing noise. The departments share the parameters of their
deviations; each has a spread, drawn from one distribution. The parameters are fitted at each
origin, with the households at five ends of year before 2017 for the deviations. The spread is
calibrated on earlier origins, month ahead by month ahead: once for the common path, whose few
errors are trusted little, and once for how the departments stray from it.

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

**Benchmarks.** `last_value`; `drift` (mean monthly change); `seasonal_naive` (a year before);
`ets` (exponential smoothing of the logarithm, damped trend where AICc prefers one); `arima`
(1,1,0) of the logarithm; `combination` of last value, drift and ETS with equal weights (mean of
the central paths, mixture of the distributions).

**How sure the scores are.** The departments of one origin share one common error, and the last
two origins overlap in ten of twelve months. The scores rest on two to three independent pieces of
evidence about the common growth, not on 228. A difference in coverage of 3 points is within
chance.
"""

LONG_TEXT = """
14 months are known at the origin, so no season has been seen twice. Scored apart.
"""

SHOCK_TEXT = """
The epidemic of 2020 was not announced. No method could know it, the 90 % interval of the model did
not hold it, and it should not be read as a probability that includes such events. Ten months,
because the data end in October 2020.
"""

CLOSING = """
## What this does not say

- Nothing about other years: the series cover one calm period and one shock.
- Nothing beyond 24 months: that is not verified on the past.
- Nothing about the effect of a policy.
"""
