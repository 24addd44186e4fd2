"""`query`, `results`, `export` and `data describe`: what a store of experiments holds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.table import Table

from sim.batch.codebook import codebook, columns, outcome_rows
from sim.batch.holdings import Holding, whole_holding
from sim.batch.query import answered
from sim.batch.store import STORE, Store
from sim.batch.summary import SummaryRow, label_of, meaning, settings_of, summarise
from sim.errors import Fault, InputError
from sim.files import plain_numbers
from sim.outcomes import ALL, outcome_definition
from ui.cli import unused
from ui.cli.remarking import without_effect
from ui.cli.tables import outcome_text
from ui.cli.terminal import complain, say_json, say_plainly, screen
from ui.reports.batch_export import Export, Format, export
from ui.reports.wording import difference_text, ends_text, number_text

MOST_ROWS = 100
MOST_SETTINGS = 8
CATALOGUE = (
    "select experiment, title, scenarios, settings, draws, seeds, runs_done, runs, written_at "
    "from (select *, runs // (settings * greatest(draws, 1) * seeds) as scenarios from experiments)"
    " order by written_at"
)


def ask(text: str, folder: Path | None, is_csv: bool, is_json: bool) -> None:
    """Answer a question in SQL; raises `InputError`."""
    answer = answered(text, folder or STORE)
    if is_json:
        without_effect(unused.JSON_INSTEAD, "as_csv")
        record = {"command": "query", "rows": _records(answer.rows), "notes": answer.notes}
        say_json(plain_numbers(record))
    elif is_csv:
        say_plainly(answer.rows.to_csv(index=False, lineterminator="\n"))
    else:
        _print_frame(answer.rows)
    _tell(answer.notes)


def results(
    name: str | None,
    folder: Path | None,
    outcomes: Sequence[str],
    territory: str,
    is_json: bool,
) -> None:
    """List the experiments, or show the outcomes of one; raises `InputError`."""
    store = Store(folder or STORE)
    if name is None:
        without_effect(unused.NO_EXPERIMENT, "outcome", "territory")
        listed = answered(CATALOGUE, store.root)
        found = _records(listed.rows)
        if is_json:
            record: dict[str, object] = {
                "command": "results",
                "experiments": found,
                "notes": listed.notes,
            }
            say_json(plain_numbers(record))
        else:
            _print_frame(listed.rows)
        _tell(listed.notes)
        return
    holding = whole_holding(store, label_of(store, name))
    rows = summarise(holding, outcomes, territory)
    if is_json:
        record = {
            "command": "results",
            "experiment": holding.label,
            "territory": territory,
            "since": holding.since,
            "meaning": meaning(holding),
            "paired": holding.is_paired,
            "runs": holding.runs,
            "runs_done": holding.runs_done,
            "notes": holding.notes(),
            "rows": [asdict(row) for row in rows],
        }
        say_json(plain_numbers(record))
    else:
        _show_summary(holding, rows, territory)
    _tell(holding.notes())


def describe(folder: Path | None, is_json: bool) -> None:
    """The codebook of the tables and of the outcomes; with a store, of what it holds."""
    if is_json:
        without_effect(unused.CODEBOOK_ALONE, "store")
        say_json({"command": "data describe", **codebook()})
        return
    console = screen()
    table = _table("Table", "Column", "Type", "Meaning")
    for column in columns():
        table.add_row(column.table, column.name, column.type, column.meaning)
    console.print(table)
    table = _table("Outcome", "Unit", "Kind", "Counts from", "Definition")
    for row in outcome_rows("en"):
        cells = (row["outcome"], row["unit"], row["kind"], row["start"], row["definition"])
        table.add_row(*map(str, cells))
    console.print(table)
    store = Store(folder or STORE)
    if store.labels():
        factors = "select distinct experiment, factor, unit from settings"
        _print_frame(answered(factors, store.root).rows)


def write_export(
    name: str | None,
    folder: Path | None,
    form: str,
    out: Path | None,
    outcomes: Sequence[str],
    territories: Sequence[str],
    is_total: bool,
    is_french: bool,
    is_replacing: bool,
    is_json: bool,
) -> None:
    """Write an export of one experiment; raises `InputError`, also for a file that is there."""
    store = Store(folder or STORE)
    known: tuple[Format, ...] = ("csv", "xlsx", "parquet")
    chosen = next((one for one in known if one == form), None)
    if chosen is None:
        raise InputError([Fault("command line", "--format", repr(form), ", ".join(known))])
    for outcome in outcomes:
        outcome_definition(outcome)
    label = label_of(store, name)
    path = out or Path(f"{label}.{chosen}")
    if path.is_file() and not is_replacing:
        accepted = "a new file, or --overwrite"
        raise InputError([Fault("command line", "--to", f"the file {path}", accepted)])
    if path.is_dir():
        raise InputError([Fault("command line", "--to", f"the folder {path}", "a file")])
    asked = Export(label, chosen, path, tuple(outcomes), tuple(territories), is_total, is_french)
    count = export(store, asked)
    holding = whole_holding(store, label)
    if is_json:
        record = {
            "command": "export",
            "experiment": label,
            "file": str(path),
            "rows": count,
            "design": holding.design_text(),
            "runs": holding.runs,
            "runs_done": holding.runs_done,
            "notes": holding.notes(),
        }
        say_json(record)
    else:
        state = "" if holding.is_whole else f" ({holding.runs_text()})"
        screen().print(f"{count:,} rows of {label}{state}: {path}", soft_wrap=True)
    _tell(holding.notes())


def _show_summary(holding: Holding, rows: list[SummaryRow], territory: str) -> None:
    console = screen()
    place = "whole department" if territory == ALL else territory
    state = "" if holding.is_whole else f": {holding.runs_text()}"
    period = f"flows and cohorts from {holding.since} on"
    console.print(f"{holding.label}, {place}, whole period, {period}{state}", style="bold")
    settings = sorted({row.setting for row in rows})
    if len(settings) > 1:
        _print_frame(settings_of(holding, MOST_SETTINGS))
    table = _table("Outcome", "Setting", "Scenario", "Mean", "5 % to 95 %", "Difference")
    outcome = ""
    for row in rows:
        if row.setting >= MOST_SETTINGS:
            continue
        if row.outcome != outcome:
            table.add_section()
        text = "" if row.outcome == outcome else outcome_text(row.outcome)
        outcome = row.outcome
        gap = "" if math.isnan(row.difference) else difference_text(row.difference, row.unit)
        if gap:
            gap += " " + ends_text(row.ends, row.unit)
        between = f"{number_text(row.low, row.unit)} to {number_text(row.high, row.unit)}"
        mean = number_text(row.mean, row.unit)
        cells = (text, str(row.setting), row.scenario, mean, between, gap)
        table.add_row(*cells)
    console.print(table)
    if len(settings) > MOST_SETTINGS:
        left = len(settings) - MOST_SETTINGS
        console.print(f"… and {left:,} settings more: --json or `caseload query` show them all")
    console.print(meaning(holding), style="dim")


def _tell(notes: Sequence[str]) -> None:
    """Say on standard error what whoever reads the answer must know."""
    for note in notes:
        complain(note)


def _print_frame(frame: pd.DataFrame) -> None:
    table = _table(*map(str, frame.columns))
    for values in frame.head(MOST_ROWS).itertuples(index=False):
        table.add_row(*(_cell(value) for value in values))
    console = screen()
    console.print(table)
    if len(frame) > MOST_ROWS:
        left = len(frame) - MOST_ROWS
        console.print(f"… and {left:,} rows more: --csv or --json print them all")


def _cell(value: object) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return "–"
    return f"{value:,.6g}" if isinstance(value, float) else str(value)


def _records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Rows as plain values."""
    return [
        {str(name): _plain(value) for name, value in row.items()}
        for row in frame.astype(object).to_dict(orient="records")
    ]


def _plain(value: object) -> object:
    if value is pd.NA or value is pd.NaT:
        return None
    plain = getattr(value, "tolist", None)
    return plain() if callable(plain) else value


def _table(*heads: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold")
    return table
