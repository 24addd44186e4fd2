"""Tables on the screen."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.table import Table

from sim.experiments.comparison import Row, compare, meaning
from sim.experiments.headlines import (
    HEADLINES,
    headline_rows,
    territories_shown,
)
from sim.experiments.runner import Results
from sim.experiments.tables import spread
from sim.outcomes.definitions import outcome_definition
from sim.outcomes.table import ALL
from ui.ages import untold_start
from ui.cli.spoken import language, number, text
from ui.reports.called_words import called_sentence
from ui.reports.remarks import remark_text
from ui.reports.why_words import shown_reasons, why_sentences
from ui.reports.wording import (
    difference_text,
    ends_text,
    label_text,
    number_text,
    territory_text,
    unit_text,
)

OUTCOME_WIDTH = 28
"""Of the column of outcomes. Fixed: with a least width, the library cuts off what is too wide."""
UNITS_TO_NAME = ("days", "eur", "fte", "minutes", "share")


def comparison_table(results: Results) -> Table:
    """Each outcome under the reference, and each scenario with difference and interval."""
    experiment = results.experiment
    rows = headline_rows(compare(results))
    table = _table("")
    for name in experiment.names:
        table.add_column(name, justify="right", overflow="fold")
    for territory in territories_shown(experiment):
        table.add_section()
        table.add_row(territory_text(experiment.reference, territory, language()), style="bold")
        for outcome in HEADLINES:
            found = [rows.get((territory, outcome, name)) for name in experiment.names[1:]]
            first = next((row for row in found if row is not None), None)
            if first is None:
                continue
            reference = number_text(first.reference, first.unit, language())
            table.add_row(outcome_text(outcome), reference, *(_cell(row) for row in found))
    return table


def run_table(results: Results) -> Table:
    """Each outcome by territory: the mean over replications."""
    experiment = results.experiment
    found = {
        (row["territory"], row["outcome"]): row for row in spread(results) if row["month"] == ALL
    }
    territories = experiment.reference.base.labels("territories")
    places = (ALL, *(territories if len(territories) > 1 else ()))
    table = _table(getattr(experiment.reference.title, language()))
    for territory in places:
        name = territory_text(experiment.reference, territory, language())
        table.add_column(name, justify="right")
    for outcome in HEADLINES:
        cells = []
        for territory in places:
            row = found.get((territory, outcome))
            known = row is not None
            cells.append(
                number_text(float(str(row["value"])), str(row["unit"]), language())
                if known and row
                else "–"
            )
        table.add_row(outcome_text(outcome), *cells)
    return table


def notes(results: Results) -> list[str]:
    """What the table shows, in a few sentences."""
    experiment = results.experiment
    months = results.replications[0].outcomes[0].axes.months
    since = label_text(months[experiment.since + 1], language())
    last = label_text(months[-1], language())
    seconds = number(results.seconds)
    known = {"replications": experiment.replications, "seed": experiment.seed, "seconds": seconds}
    start = untold_start(experiment.reference, language())
    told = [
        *([start] if start else []),
        *why_sentences(shown_reasons(results), experiment, language()),
        text("cli_run.counted", last=last, since=since),
        text("cli_run.made", count=len(results.replications), **known),
    ]
    if len(experiment.scenarios) > 1:
        held = remark_text(meaning(experiment), language())
        told[-1:-1] = [text("cli_run.below", held=held), text("cli_run.same_people")]
        called = called_sentence(experiment.scenarios, language())
        if called:
            told[-1:-1] = [called]
        if not experiment.is_paired:
            told.append(text("cli_run.apart"))
    if experiment.reference.share != 1.0:
        told.append(text("cli_run.part"))
    return told


def _table(title: str) -> Table:
    table = Table(title=title or None, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(text("cli_run.outcome"), overflow="fold", width=OUTCOME_WIDTH)
    return table


def outcome_text(outcome: str) -> str:
    """The label, with the unit where the label does not say it."""
    definition = outcome_definition(outcome)
    if definition.unit not in UNITS_TO_NAME:
        return str(getattr(definition.label, language()))
    return f"{getattr(definition.label, language())}, {unit_text(definition.unit, language())}"


def _cell(row: Row | None) -> str:
    if row is None:
        return "–"
    gap = difference_text(row.difference, row.unit, language())
    ends = ends_text(row.ends, row.unit, language())
    return f"{number_text(row.value, row.unit, language())}\n{gap} {ends}"
