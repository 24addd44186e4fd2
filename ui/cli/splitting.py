"""`variance`: how much of the spread of runs comes from the parameters, and how much from luck."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.table import Table

from sim.batch.holdings import whole_holding
from sim.batch.store import STORE, Store
from sim.batch.summary import label_of
from sim.batch.variance import VarianceRow, split_of_variance
from sim.experiments.variance import Component, Split
from sim.files import plain_numbers
from ui.cli.rows import tell
from ui.cli.spoken import counted, in_language, language, text, texts
from ui.cli.tables import outcome_text
from ui.cli.terminal import say_json, screen
from ui.reports.refusals import note_in
from ui.reports.wording import PERCENT
from ui.texts.figures import bracketed


def split(
    name: str | None,
    folder: Path | None,
    outcomes: Sequence[str],
    territory: str,
    is_json: bool,
) -> None:
    """Split the variance of the outcomes of an experiment; raises `InputError`."""
    store = Store(folder or STORE)
    label = label_of(store, name)
    rows = split_of_variance(store, label, outcomes, territory)
    notes = whole_holding(store, label).notes()
    if is_json:
        record = {
            "command": "variance",
            "experiment": label,
            "territory": territory,
            "meaning": text("cli_variance.meaning"),
            "notes": notes,
            "rows": [_record(row) for row in rows],
        }
        say_json(plain_numbers(record))
    else:
        _show(label, rows)
    tell(notes)


def _record(row: VarianceRow) -> dict[str, object]:
    """A row with its variances, and the share of the parameters."""
    share = None if row.split is None else row.split.share_of_parameters
    return {**asdict(row), "share_of_parameters": share}


def _show(label: str, rows: Sequence[VarianceRow]) -> None:
    console = screen()
    console.print(text("cli_variance.title", label=label), style="bold")
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    has_settings = len({row.setting for row in rows}) > 1
    settings = [text("cli_variance.setting")] * has_settings
    heads = (text("cli_variance.outcome"), *settings, text("cli_variance.scenario"))
    for head in (*heads, *texts("cli_variance.heads")):
        table.add_column(head, overflow="fold")
    for row in rows:
        gap = text("cli_variance.difference", scenario=row.scenario)
        scenario = gap if row.is_difference else row.scenario
        place = (outcome_text(row.outcome), *[str(row.setting)] * has_settings, scenario)
        if row.split is None:
            table.add_row(*place, "", note_in(row.reason, language()))
        else:
            table.add_row(*place, *_cells(row.split, row.unit))
    console.print(table)
    left_out = sum(row.left_out for row in rows)
    if left_out:
        console.print(counted("cli_variance.left_out", left_out))
    console.print(text("cli_variance.meaning"), style="dim")


def _cells(found: Split, unit: str) -> tuple[str, ...]:
    share = found.share_of_parameters
    return (
        f"{found.draws} × {found.seeds}, {found.design}",
        _deviation(found.parameters, unit),
        _deviation(found.luck, unit),
        text("cli_variance.in_luck") if found.both is None else _deviation(found.both, unit),
        "–" if math.isnan(share) else f"{100 * share:.0f} %",
    )


def _deviation(component: Component, unit: str) -> str:
    """A standard deviation with its interval."""
    ends = [math.sqrt(one) for one in (component.variance, component.low, component.high)]
    scale = PERCENT if unit == "share" else 1.0
    middle, low, high = (in_language(f"{scale * one:,.3g}") for one in ends)
    return f"{middle} {bracketed((low, high), language())}"
