"""The page on unemployment and households.

``python -m ui.reports.labour_market_page FILE`` writes it from the findings of
`calibration.labour_market`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from math import expm1
from pathlib import Path
from typing import Any

from calibration.labour_market.explained import FIRST, LAST
from calibration.labour_market.findings import kept
from sim.parameters import load_department, shipped_departments
from sim.parameters.derivation.statistics import names_by_code
from sim.parameters.entry import Entry
from sim.parameters.national import load_tables
from sim.policy.unemployment import ENTRIES, JOB_FINDING, LAG, alternatives
from ui.reports.markdown import table

CHECKS = {
    "with_pandemic": "with 2020 and 2021",
    "without_trends": "without a trend of each department",
    "before_2020": "2017 to 2019 only",
    "after_2021": "2022 to 2024 only",
    "three_years": "with the year before those two",
    "without_years": "without effects of years",
}
OPENING = """# Unemployment and households

Written by `python -m ui.reports.labour_market_page docs/labour_market.md` from what
`python -m calibration.labour_market` found; do not edit.

A scenario may state a path of the unemployment rate. The model knows no unemployment: before the
run the path is told to it as factors on job finding and on first entries. This page says how
large, from what, and how sure.

## What a scenario says

```yaml
extends: somme_today
unemployment: one_point_higher        # or one_point_lower, shock_2009, published, constant
unemployment: {2026-T1: 8.1, 2026-T3: 8.4}   # or the department's own rates, in percent
```

`constant` is the default: unemployment stays what it is at the start of the run, and nothing is
changed. A rate holds until the next one. What counts is its ratio to the rate at the start, the
last one that Insee published up to then for the department. Named paths begin with the first
quarter that begins within the run; `published` takes Insee's rates as far as they go.

"""


def page(found: Mapping[str, Any]) -> str:
    """The whole page."""
    parts = [
        OPENING + _named(),
        _households(found),
        _quarters(found["checks"]["by_quarter"]),
        _channels(found),
        _explained(found["explained"]),
        OUTSIDE,
    ]
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


def _named() -> str:
    lines = []
    for name, one in alternatives().items():
        points = ", ".join(f"{float(value):+g} point" for value in one.points)
        factors = ", ".join(f"× {float(value):g}" for value in one.factors)
        lines.append([f"`{name}`", points or factors])
    return table(("path", "quarter by quarter, the last one stays"), lines)


def _households(found: Mapping[str, Any]) -> str:
    main, other = found["households"], found["checks"]
    lines = [_line("**as used**", main)]
    lines += [_line(told, other[name]) for name, told in CHECKS.items()]
    heads = ("", "year of the change", "next year", "year after", "rows", "fewest clusters")
    return f"""## What the departments show

Growth of households from December to December, {main["rows"]} of them in 88 to 98 departments,
2017 to 2019 and 2022 to 2024 (2020 and 2021, the pandemic, are left out; 2016, when the in-work
bonus came, too), on the change of the logarithm of the department's unemployment rate (Insee)
over the same year and over the year before, with an effect of each year and a trend of each
department. Cumulated elasticities of households, with 90 % intervals from errors clustered by
department and by year (Student, as years are few):

{table(heads, lines)}

- A rate one tenth higher goes with {_pct(main, 0)} % more households at the end of the year in
  which it rises and {_pct(main, 1)} % at the end of the next one. One point on 7.5 % is 13 %.
- **What it rests on is the difference between departments.** Without effects of years nothing is
  left (the line above): in the country as a whole unemployment fell from 2017 to 2024, in which
  households rose and fell for other reasons. That a national rise does the same as a local one is
  an assumption.
- It is no proof of a cause: what hits jobs in a department may hit households by other ways too.
  Local rates are estimates themselves, to a tenth of a point, which makes elasticities too small
  rather than too large."""


def _line(told: str, found: Mapping[str, Any]) -> list[str]:
    cells = [
        f"{_signed(value)} ({_signed(low)} to {_signed(high)})"
        for value, low, high in zip(found["values"], found["low"], found["high"], strict=True)
    ]
    cells += [""] * (3 - len(cells))
    return [told, *cells, str(found["rows"]), str(found["clusters"])]


def _signed(value: float) -> str:
    """Two digits; no sign before nothing."""
    return f"{round(value, 2) + 0.0:.2f}"


def _pct(found: Mapping[str, Any], year: int) -> str:
    values = [100 * (1.1 ** found[name][year] - 1) for name in ("values", "low", "high")]
    return f"{values[0]:.1f} ({values[1]:.1f} to {values[2]:.1f})"


def _quarters(found: Mapping[str, Any]) -> str:
    heads = ("quarters after", *map(str, range(len(found["values"]))))
    lines = [
        ["elasticity", *(f"{value:.2f}" for value in found["values"])],
        ["standard error", *(f"{error:.2f}" for error in found["errors"])],
    ]
    lag = load_tables().entries[LAG]
    return f"""## How soon

The monthly series, from quarter end to quarter end before 2020 ({found["rows"]} rows), cumulated
by the age of the change:

{table(heads, lines)}

Households move in the quarter itself and go on moving for a year and a half. No delay of two to
four quarters is seen before that, so the rate of a quarter acts from its first day (`{LAG}`
{lag.value}); the slowness is the model's own."""


def _channels(found: Mapping[str, Any]) -> str:
    tables = load_tables().entries
    response, main = found["response"], found["households"]
    entries = found["entries_elasticity"]
    heads = ("elasticity of households to", "first year", "second year")
    lines = [
        ["job finding, in the model", *(f"{value:.3f}" for value in response["job_finding"])],
        ["first entries, in the model", *(f"{value:.3f}" for value in response["entries"])],
        ["unemployment, departments", *(f"{value:.2f}" for value in main["values"])],
        ["unemployment, model", *(f"{value:.2f}" for value in found["households_of_the_model"])],
    ]
    return f"""## Two ways into the model

The panel has no entries and no exits: it cannot separate the two ways. The split is an assumption.

- **Job finding** × ratio ^ {_entry(tables[JOB_FINDING])}. Job finding moves about 65 % of French
  unemployment, half of it in the nineties (Hairault, Le Barbanchon and Sopraseuth, 2015,
  *European Economic Review* 76). That recipients follow all unemployed is assumed. Kind:
  {tables[JOB_FINDING].kind}.
- **First entries** × ratio ^ {_entry(tables[ENTRIES])}: what is left of the households'
  elasticity in the second year ({entries["value"]:.2f}, {entries["low"]:.2f} to
  {entries["high"]:.2f}, before rounding). Returns and exits without a job, which the model leaves
  as they are, are in it. Kind: {tables[ENTRIES].kind}, data to {tables[ENTRIES].as_of}.

{table(heads, lines)}

The response of the model is measured by simulation in three departments (means of each year after
a lasting change). It is slower than the departments are in the first year, within their interval.
Beyond the second year it goes on rising, as does the panel's.

With `--draws` both elasticities are drawn from their ranges, each by itself, which makes the
spread of the households somewhat wider than the panel's. First entries stop at the candidates of
the model (`inflow.candidate_factor`); an answer says so where they do. Every answer with such a
path says the rates, the elasticities with their ranges, and their source."""


def _entry(entry: Entry) -> str:
    known = entry.uncertainty
    return f"{float(str(entry.value)):.2f} ({known.low:.2f} to {known.high:.2f})"


def _change(logarithm: float) -> str:
    """A change in percent, from 100 × that of the logarithm."""
    return f"{100 * expm1(logarithm / 100):+.1f}"


def _explained(found: Sequence[Mapping[str, Any]]) -> str:
    own = {load_department(name).code for name in shipped_departments()}
    names = names_by_code()
    lines = [
        [
            names.get(one["code"], "all departments with both figures"),
            f"{one['households'][0]:,.0f} → {one['households'][1]:,.0f}",
            f"{one['rates'][0]:.1f} → {one['rates'][1]:.1f}",
            _change(one["change"]),
            f"{_change(one['by_unemployment'])} ({_change(one['low'])} to {_change(one['high'])})",
            f"{100 * one['by_unemployment'] / one['change']:.0f} %",
            _change(one["change"] - one["by_unemployment"]),
        ]
        for one in found
        if not one["code"] or one["code"] in own
    ]
    heads = (
        "", "households", "unemployment, %", "change, %", "by unemployment, %", "its part",
        "unexplained, %",
    )  # fmt: skip
    return f"""## What stays unexplained of {FIRST} to {LAST}

December {FIRST} to December {LAST}, with the elasticities above and the unemployment of
{FIRST - 1} to {LAST}. Changes in percent multiply; the part is that of the logarithms. Rates of all
departments: means weighted by households.

{table(heads, lines)}

December {FIRST} is the top of the pandemic: a part of the fall is its end. The rest is not known:
insurance, the in-work bonus, take-up, controls, who ages into the pension."""


OUTSIDE = """## Outside

**The reforms of unemployment insurance.** That of 2021 (from 1 October: days without work in the
reference wage, from December 2021 six months of work instead of four to open rights) and that of
2023 (from 1 February: rights a quarter shorter while unemployment is low) are neither inputs nor
in the elasticities. Their likely sign: smaller and shorter insurance brings more households to
the RSA, sooner, so more entries; and a part of the insured search harder, so fewer. The first is
larger for those near the RSA, from late 2023 on, when the first shortened rights end. They begin
on one day in every department of metropolitan France: the panel's effects of years take them out,
and they cannot be told from the rest. A scenario may state them as a dated change of
`inflow_multiplier`.

**Jobs by kind, wages, hours**: only the rate acts.
"""


def main() -> None:
    """Write the page to the file that is named."""
    Path(sys.argv[1]).write_text(page(kept()), encoding="utf-8")


if __name__ == "__main__":
    main()
