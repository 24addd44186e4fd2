"""The tables of the exports: options, summary, limits, series, budget, hypotheses, sources."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.money.budget.table import cells
from sim.money.costs.entered import InsertionAmount
from sim.outcomes.definitions import outcome_definitions
from sim.outcomes.table import ALL
from sim.parameters.entry import Entry
from sim.parameters.sources import read_sources
from sim.plain_text import spreadsheet_text
from ui.ages import aged_text
from ui.look import BADGES
from ui.options_words import options_text
from ui.outcome_words import Shown, doubt_text, place_text, unit_word
from ui.reports.budget.entered import origins_of
from ui.reports.budget.names import line_name
from ui.reports.why_words import explained, limit_begun, limit_heads, reason_begun, unit_text
from ui.setting_words import setting_text
from ui.sources import source_text
from ui.spoken import language, text, words
from ui.work.money import budget_of_run
from ui.work.options import COST, NO_SPAN, PRICE, Cell, Span, options_of, outcome_line
from ui.work.results import FullRun, spread


def safe(value: object) -> object:
    """A cell that no spreadsheet takes for a formula; numbers are left alone."""
    return spreadsheet_text(value) if isinstance(value, str) else value


def safe_table(table: pd.DataFrame) -> pd.DataFrame:
    """A table with every text made safe, its heads too."""
    made = table.copy()
    for column in made.columns:
        if not pd.api.types.is_numeric_dtype(made[column]):
            made[column] = made[column].map(safe)
    made.columns = pd.Index([str(safe(str(column))) for column in made.columns])
    return made


def number_or_text(value: object) -> object:
    """A number as it is, so that a workbook can count with it; anything else as text."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number else str(value)


def titles_of(found: FullRun) -> list[str]:
    """The reference and the scenarios, by name."""
    return [text("common.reference"), *(draft.title for draft in found.study.drafts)]


def options(found: FullRun) -> pd.DataFrame:
    """The options side by side in every place, each cell as numbers and as the page writes it.

    Money is that of the whole department: it stands there alone.
    """
    heads = words("export.options")
    base = found.experiment.reference.base
    rows = []
    for place in (ALL, *base.labels("territories")):
        compared = options_of(found, place)
        written = options_text(found, compared)
        for line, told in zip(compared.lines, written.lines, strict=True):
            if line.place != place:
                continue
            scale, unit = _scale_and_unit(line.key)
            for title, cell, cell_told in zip(
                titles_of(found)[1:], line.cells, told.cells, strict=True
            ):
                values = (line.reference, *_level_and_difference(line.key, cell))
                rows.append(
                    [
                        place_text(base, place),
                        told.label,
                        unit,
                        title,
                        *(each * scale if np.isfinite(each) else np.nan for each in values),
                        cell_told.word,
                        # A cell of a spreadsheet must not begin with a sign.
                        text("export.gap", words=cell_told.plain)
                        if line.key == COST
                        else cell_told.plain,
                    ]
                )
    return pd.DataFrame(rows, columns=list(heads.values()))


def _level_and_difference(key: str, cell: Cell) -> tuple[float, float, float, float]:
    """The level, then the difference to the reference with its ends; a price is a level."""
    if key == PRICE:
        return (cell.difference.mean, *NO_SPAN)
    return (cell.level, *cell.difference)


def _scale_and_unit(key: str) -> tuple[float, str]:
    if key in (COST, PRICE):
        return 1.0, text("unit.eur")
    shown = Shown.of(key)
    return shown.scale, shown.unit


def summary(found: FullRun) -> pd.DataFrame:
    """Every outcome of the whole period, by scenario and place, with its range."""
    heads = words("export.summary")
    base = found.experiment.reference.base
    rows = []
    for place in (ALL, *base.labels("territories")):
        for outcome in outcome_definitions():
            shown, line = Shown.of(outcome), outcome_line(found, outcome, place)
            sides = [(line.reference, Span(0.0, 0.0, 0.0))]
            sides += [(cell.level, cell.difference) for cell in line.cells]
            for title, (level, difference) in zip(titles_of(found), sides, strict=True):
                if np.isnan(level):
                    continue
                mean, low, high = (each * shown.scale for each in difference)
                rows.append(
                    {
                        heads["place"]: place_text(base, place),
                        heads["indicator"]: shown.label,
                        heads["unit"]: shown.unit,
                        heads["scenario"]: title,
                        heads["value"]: level * shown.scale,
                        heads["difference"]: mean,
                        heads["low"]: low,
                        heads["high"]: high,
                    }
                )
    return pd.DataFrame(rows)


def series(found: FullRun, outcomes: tuple[str, ...], place: str = ALL) -> pd.DataFrame:
    """Monthly means and ranges of some outcomes in one place, a row for each month."""
    heads = words("export.series")
    months = found.axes.months[1:]
    pieces = []
    for outcome in outcomes:
        shown = Shown.of(outcome)
        table: dict[str, object] = {
            heads["month"]: list(months),
            heads["indicator"]: [shown.label] * len(months),
            heads["unit"]: [shown.unit] * len(months),
        }
        before = found.values(0, outcome, place) * shown.scale
        for arm, title in enumerate(titles_of(found)):
            after = found.values(arm, outcome, place) * shown.scale
            table[title] = _mean(after)
            if arm:
                low, high = spread(after - before)
                table[f"{title} – {heads['difference']}"] = _mean(after - before)
                table[f"{title} – {heads['low']}"] = low
                table[f"{title} – {heads['high']}"] = high
        pieces.append(pd.DataFrame(table).dropna(subset=[titles_of(found)[0]]))
    return pd.concat(pieces, ignore_index=True)


def budget(found: FullRun, insertion: tuple[InsertionAmount, ...] = ()) -> pd.DataFrame:
    """Lines by budget year and scenario, all funders; ``insertion``: own lines in them."""
    heads, origins = words("export.budget"), words("export.origins")
    made = budget_of_run(found, insertion)
    base = found.experiment.reference.base
    names = dict(zip(made.names, titles_of(found), strict=True))
    if not made.years:
        return pd.DataFrame(columns=list(heads.values()))
    come_from = origins_of(made)
    return pd.DataFrame(
        [
            {
                heads["scenario"]: names[cell.scenario],
                heads["line"]: line_name(cell.row, base, language()),
                heads["year"]: cell.year,
                heads["value"]: round(cell.value),
                heads["low"]: round(cell.low),
                heads["high"]: round(cell.high),
                heads["difference"]: round(cell.difference),
                heads["difference_low"]: round(cell.difference_low),
                heads["difference_high"]: round(cell.difference_high),
                heads["origin"]: origins[come_from[cell.row, cell.year]],
            }
            for cell in cells(made)
        ]
    )


def capacities(found: FullRun) -> pd.DataFrame:
    """What is asked of every limit of the offices, by place and scenario, places that change first.

    The last column says what holds back, on the first row of each place and scenario. A ratio to
    nothing is left open.
    """
    spoken, experiment = language(), found.experiment
    base, titles = experiment.reference.base, titles_of(found)
    changed = experiment.changed_territories
    places = sorted(base.labels("territories"), key=lambda place: place not in changed)
    told = explained(found.why, experiment)
    rows: list[list[object]] = []
    for one in sorted(told, key=lambda one: places.index(one.territory)):
        scenario = experiment.scenarios[one.position]
        for need in one.needs:
            is_first = need is one.needs[0]
            rows.append(
                [
                    titles[one.position],
                    place_text(base, one.territory),
                    limit_begun(need, scenario, spoken),
                    unit_text(need, spoken),
                    *(round(n, 2) for n in (need.units, need.each, need.there, need.asked)),
                    round(need.ratio, 4) if np.isfinite(need.ratio) else np.nan,
                    reason_begun(one, scenario, spoken) if is_first else "",
                ]
            )
    return pd.DataFrame(rows, columns=[*limit_heads(spoken), text("why.holds_back")])


def settings(found: FullRun) -> pd.DataFrame:
    """What each scenario changes, on which day."""
    heads = words("export.settings")
    rows = [
        {
            heads["scenario"]: draft.title,
            heads["day"]: f"{change.day:%d/%m/%Y}",
            heads["path"]: setting_text(path, scenario.base),
            heads["value"]: number_or_text(value),
        }
        for draft, scenario in zip(found.study.drafts, found.experiment.scenarios[1:], strict=True)
        for change in scenario.timeline
        if change.day < scenario.end
        for path, value in change.changes.items()
    ]
    return pd.DataFrame(rows, columns=list(heads.values()))


def hypotheses(found: FullRun) -> pd.DataFrame:
    """Every value of the reference with its unit, kind, range and source."""
    heads = words("export.hypotheses")
    base = found.experiment.reference.base
    rows = []
    for path in base.paths():
        entry = base.entry(path)
        rows.append(
            {
                heads["path"]: path,
                heads["value"]: number_or_text(entry.value),
                heads["unit"]: unit_word(entry.unit),
                heads["kind"]: text(f"kind.{entry.kind}"),
                heads["badge"]: text(f"badge.{BADGES[entry.kind]}"),
                heads["range"]: doubt_text(entry.uncertainty),
                heads["source"]: _source_of(entry),
            }
        )
    return pd.DataFrame(rows)


def _source_of(entry: Entry) -> str:
    """The sources of a value, with the day and the age of the figure where they are known."""
    named = ", ".join(entry.source)
    return named if entry.as_of is None else f"{named}, {aged_text(entry.as_of, language())}"


def sources(found: FullRun) -> pd.DataFrame:
    """The sources that the values of the reference cite."""
    heads = words("export.sources")
    base = found.experiment.reference.base
    known = read_sources()
    cited = sorted({key for path in base.paths() for key in base.entry(path).source})
    return pd.DataFrame(
        [
            {
                heads["key"]: key,
                heads["title"]: source_text(key),
                heads["reference"]: known[key].reference if key in known else "",
            }
            for key in cited
        ]
    )


def _mean(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> list[float]:
    return [float(np.mean(values[:, row])) for row in range(values.shape[1])]
