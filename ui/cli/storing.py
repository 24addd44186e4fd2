"""`results`, `export` and `data describe`: what a store of experiments holds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from sim.batch.codebook import codebook, columns, outcome_rows
from sim.batch.holdings import Holding, whole_holding
from sim.batch.query import answered
from sim.batch.store import STORE, Store
from sim.batch.summary import SummaryRow, label_of, meaning, settings_of, summarise
from sim.errors import Fault, InputError
from sim.files import plain_numbers
from sim.outcomes.definitions import outcome_definition
from sim.outcomes.table import ALL
from ui.cli.frames import plain_rows, print_frame
from ui.cli.remarking import without_effect
from ui.cli.rows import empty_table, tell
from ui.cli.spoken import MACHINES, counted, language, number, text, texts
from ui.cli.tables import outcome_text
from ui.cli.terminal import say_json, screen
from ui.reports.batch_export import (
    FORMATS,
    PACKED,
    Export,
    Format,
    export,
    format_of,
    shares_codebook,
)
from ui.reports.batch_words import design_text, runs_text
from ui.reports.remarks import remark_text
from ui.reports.wording import difference_text, ends_text, number_text
from ui.texts.translated import translated

COLON = {"en": ": ", "fr": " : "}
CODEBOOK = "codebook"
MOST_SETTINGS = 8
CATALOGUE = (
    "select experiment, title, scenarios, settings, draws, seeds, runs_done, runs, written_at "
    "from (select *, runs // (settings * greatest(draws, 1) * seeds) as scenarios from experiments)"
    " order by written_at"
)


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
        without_effect("unused_no_experiment", "outcome", "territory")
        listed = answered(CATALOGUE, store.root)
        found = plain_rows(listed.rows)
        if is_json:
            record: dict[str, object] = {
                "command": "results",
                "experiments": found,
                "notes": listed.notes,
            }
            say_json(plain_numbers(record))
        else:
            print_frame(listed.rows)
        tell(listed.notes)
        return
    holding = whole_holding(store, label_of(store, name))
    rows = summarise(holding, outcomes, territory)
    if is_json:
        record = {
            "command": "results",
            "experiment": holding.label,
            "territory": territory,
            "since": holding.since,
            "meaning": remark_text(meaning(holding), MACHINES),
            "paired": holding.is_paired,
            "runs": holding.runs,
            "runs_done": holding.runs_done,
            "notes": holding.notes(),
            "rows": [asdict(row) for row in rows],
        }
        say_json(plain_numbers(record))
    else:
        _show_summary(holding, rows, territory)
    tell(holding.notes())


def describe(folder: Path | None, is_json: bool) -> None:
    """The codebook of the tables and of the outcomes; with a store, of what it holds."""
    if is_json:
        without_effect("unused_codebook_alone", "store")
        say_json({"command": "data describe", **codebook()})
        return
    console = screen()
    table = empty_table(*texts("cli_results.column_heads"))
    for column in columns():
        described = (translated(one, language(), CODEBOOK) for one in (column.type, column.meaning))
        table.add_row(column.table, column.name, *described)
    console.print(table)
    table = empty_table(*texts("cli_results.outcome_heads"))
    for row in outcome_rows(language()):
        counted_in = (translated(str(row[key]), language(), CODEBOOK) for key in ("unit", "kind"))
        table.add_row(str(row["outcome"]), *counted_in, str(row["start"]), str(row["definition"]))
    console.print(table)
    store = Store(folder or STORE)
    if store.labels():
        factors = "select distinct experiment, factor, unit from settings"
        print_frame(answered(factors, store.root).rows)


def write_export(
    name: str | None,
    folder: Path | None,
    form: str | None,
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
    chosen = _format_asked(form, out)
    for outcome in outcomes:
        outcome_definition(outcome)
    label = label_of(store, name)
    path = out or Path(f"{label}.{chosen}")
    if chosen != "csv" and path.suffix.lower() == PACKED:
        accepted = text("cli_fault.packed_csv_alone", ending=PACKED)
        raise InputError([Fault(text("cli_fault.command_line"), "--out", str(path), accepted)])
    asked = Export(label, chosen, path, tuple(outcomes), tuple(territories), is_total, is_french)
    beside = asked.codebook
    # Exports of one name share their codebook where it is the same.
    written = (path, None if shares_codebook(asked) else beside)
    for file in written:
        if file is not None and file.is_file() and not is_replacing:
            accepted = text("cli_fault.new_or_overwrite")
            there = text("cli_fault.the_file", path=file)
            raise InputError([Fault(text("cli_fault.command_line"), "--out", there, accepted)])
    if path.is_dir():
        there, accepted = text("cli_fault.the_folder", path=path), text("cli_fault.a_file")
        raise InputError([Fault(text("cli_fault.command_line"), "--out", there, accepted)])
    count = export(store, asked)
    holding = whole_holding(store, label)
    if is_json:
        record = {
            "command": "export",
            "experiment": label,
            "file": str(path),
            "codebook": None if beside is None else str(beside),
            "rows": count,
            "design": design_text(holding),
            "runs": holding.runs,
            "runs_done": holding.runs_done,
            "notes": holding.notes(),
        }
        say_json(record)
    else:
        state = "" if holding.is_whole else f" ({runs_text(holding, language())})"
        words = {"rows": number(count), "label": label, "state": state, "file": path}
        screen().print(text("cli_results.exported", **words), soft_wrap=True)
        if beside is not None:
            screen().print(text("cli_results.codebook", file=beside), soft_wrap=True)
    tell(holding.notes())


def _format_asked(form: str | None, out: Path | None) -> Format:
    """The format that is named, else that of the file's name; raises `InputError`."""
    where = text("cli_fault.command_line")
    if form is not None:
        if form in FORMATS:
            return form
        raise InputError([Fault(where, "--format", repr(form), ", ".join(FORMATS))])
    chosen = format_of(out)
    if chosen is None:
        endings = ", ".join([*(f".{one}" for one in FORMATS), f".csv{PACKED}"])
        accepted = text("cli_fault.export_ending", endings=endings)
        raise InputError([Fault(where, "--out", str(out), accepted)])
    return chosen


def _shown_settings(holding: Holding) -> pd.DataFrame:
    """The first settings, numbers as numbers: their text has the digits and signs of a program."""
    found = settings_of(holding, MOST_SETTINGS)
    numbers, texts = found.pop("number"), found["value"].astype(object)
    return found.assign(value=numbers.astype(object).where(numbers.notna(), texts))


def _show_summary(holding: Holding, rows: list[SummaryRow], territory: str) -> None:
    console = screen()
    place = text("cli.whole_department") if territory == ALL else territory
    state = "" if holding.is_whole else f"{COLON[language()]}{runs_text(holding, language())}"
    period = text("cli_results.whole_period"), text("cli_results.since", since=holding.since)
    console.print(", ".join([holding.label, place, *period]) + state, style="bold")
    settings = sorted({row.setting for row in rows})
    if len(settings) > 1:
        print_frame(_shown_settings(holding))
    table = empty_table(*texts("cli_results.heads"))
    outcome = ""
    for row in rows:
        if row.setting >= MOST_SETTINGS:
            continue
        if row.outcome != outcome:
            table.add_section()
        named = "" if row.outcome == outcome else outcome_text(row.outcome)
        outcome = row.outcome
        gap = (
            ""
            if math.isnan(row.difference)
            else difference_text(row.difference, row.unit, language())
        )
        if gap:
            is_over_draws = holding.has_draws
            gap += " " + ends_text(row.ends, row.unit, language(), is_over_draws=is_over_draws)
        low, mean, high = (
            number_text(one, row.unit, language()) for one in (row.low, row.mean, row.high)
        )
        between = text("cli.to", low=low, high=high)
        cells = (named, str(row.setting), row.scenario, mean, between, gap)
        table.add_row(*cells)
    console.print(table)
    if len(settings) > MOST_SETTINGS:
        left = len(settings) - MOST_SETTINGS
        console.print(counted("cli_results.more_settings", left))
    console.print(remark_text(meaning(holding), language()), style="dim")
